import { type CloneReport, linesSavedBy, percentOf, rounded } from "../report/clone-report.ts";

/** One object on one line, in parts; lines count from 1 and both ends of a copy are inclusive. */
export function* clonesJson(report: CloneReport): Generator<string> {
  const { files, lines, duplicated, counted, base } = report;
  let before = '{"classes":[';
  for (const found of report.classes) {
    const copies = found.copies.map(({ file, cell, startLine, endLine, isNew }) => ({
      file,
      ...(cell !== undefined && { cell }),
      startLine,
      endLine,
      ...(base && { new: isNew }),
    }));
    const { kind, tokens } = found;
    yield `${before}${JSON.stringify({ kind, tokens, saves: linesSavedBy(found), copies })}`;
    before = ",";
  }
  const share = { duplicatedLines: duplicated, percent: rounded(percentOf(report)) };
  const since = base && { base: { ...base, addedLines: counted } };
  const rest = JSON.stringify({ files: files.length, lines, ...share, ...since }).slice(1);
  yield `${before === "," ? "" : before}],${rest}\n`;
}
