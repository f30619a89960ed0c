import { type CloneReport, linesSavedBy, percentOf, rounded } from "../report/clone-report.ts";

/** One object on one line; lines count from 1 and both ends of a copy are inclusive. */
export function clonesJson(report: CloneReport): string {
  const { files, lines, duplicated, counted, base } = report;
  const classes = report.classes.map((found) => ({
    kind: found.kind,
    tokens: found.tokens,
    saves: linesSavedBy(found),
    copies: found.copies.map(({ file, cell, startLine, endLine, isNew }) => ({
      file,
      ...(cell !== undefined && { cell }),
      startLine,
      endLine,
      ...(base && { new: isNew }),
    })),
  }));
  const share = { duplicatedLines: duplicated, percent: rounded(percentOf(report)) };
  const since = base && { base: { ...base, addedLines: counted } };
  return `${JSON.stringify({ classes, files: files.length, lines, ...share, ...since })}\n`;
}
