import { Lines } from "../core/text.ts";
import type { FileReport, Report } from "./check.ts";
import { placeOf } from "./place.ts";

/** One object on one line; lines and columns count from 1, columns in code points, ends are exclusive; a notebook's lines count in their cell. */
export function reportJson(report: Report): string {
  const findings = report.files.flatMap(findingsOf);
  const object = { findings, files: report.checked, errors: report.errors, skipped: report.skipped };
  return `${JSON.stringify(object)}\n`;
}

function findingsOf(file: FileReport): unknown[] {
  const lines = new Lines(file.text);
  const cells = file.cellsOf(file.path);
  const place = (offset: number) => {
    const position = lines.positionAt(offset);
    return placeOf(position, lines.lineText(position.line), cells);
  };
  return file.findings.map((finding) => ({
    rule: finding.rule,
    severity: finding.severity,
    file: file.file,
    start: place(finding.at.start),
    end: place(finding.at.end),
    message: finding.message,
    related: (finding.related ?? []).map((related) => ({
      file: file.display(related.path),
      start: placeOf(related.range.start, undefined, file.cellsOf(related.path)),
      end: placeOf(related.range.end, undefined, file.cellsOf(related.path)),
      message: related.message,
    })),
    fixes: finding.fixes
      .filter((fix) => fix.command === undefined || fix.encoding)
      .map(({ title, safe }) => ({ title, safe })),
  }));
}
