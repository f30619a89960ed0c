import { styleText } from "node:util";
import * as l10n from "@vscode/l10n";
import { veiled } from "../core/credentials.ts";
import type { Offer, Severity } from "../core/rule.ts";
import { skippedMessage } from "../core/settings.ts";
import { Lines, type Span } from "../core/text.ts";
import type { FileReport, Report } from "./check.ts";
import { placeOf, placeText } from "./place.ts";
import { columnsOf, visible } from "./terminal.ts";

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

/** A finding longer than this many lines is shown by its first ones. */
const shownLines = 4;

/** For people: place, message, the lines with the range underlined, related places and the fixes. */
export function reportText(report: Report): string {
  const paint: Paint = (style, text) => (usesColours() ? styleText(style, text) : text);
  const parts = report.files.flatMap((file) => findingsOf(file, paint));
  for (const error of report.errors) parts.push(`${paint("red", visible(error.file))}: ${visible(error.message)}\n`);
  for (const file of report.skipped) parts.push(`${visible(skippedMessage(file))}\n`);
  parts.push(`${summary(report)}\n`);
  return parts.join("");
}

function usesColours(): boolean {
  if (process.env.NO_COLOR) return false;
  return Boolean(process.env.FORCE_COLOR) || (process.stdout.isTTY && process.env.TERM !== "dumb");
}

const colours: Record<Severity, Style> = { error: "red", warning: "yellow", information: "blue", hint: "cyan" };

function findingsOf(file: FileReport, paint: Paint): string[] {
  const lines = new Lines(file.text);
  const cells = file.cellsOf(file.path);
  return file.findings.map((finding) => {
    const range = lines.rangeOf(finding.at);
    const place = placeOf(range.start, lines.lineText(range.start.line), cells);
    // How many lines of the text stand before the first that counts: in a notebook, those above the cell.
    const above = range.start.line + 1 - place.line;
    const gutter = String(Math.min(range.end.line, range.start.line + shownLines - 1) + 1 - above).length;
    const bar = `${" ".repeat(gutter)} ${paint("blue", "|")}`;
    const notes = [
      ...(finding.related ?? []).map((related) => {
        const there = placeOf(related.range.start, undefined, file.cellsOf(related.path));
        return `${placeText(file.display(related.path), there)}: ${related.message}`;
      }),
      ...new Set(finding.fixes.map((fix) => fixNote(fix, file.file))),
    ];
    return [
      `${paint("bold", visible(placeText(file.file, place)))}: ${paint(colours[finding.severity], finding.severity)}[${finding.rule}] ${visible(finding.message)}`,
      bar,
      ...excerpt(lines, finding.at, { gutter, above }, paint),
      bar,
      ...notes.map((note) => `${" ".repeat(gutter)} ${paint("blue", "=")} ${visible(note)}`),
      "",
      "",
    ].join("\n");
  });
}

/** What does on the command line what a command of the editor does. */
const commandLines: Readonly<Record<string, (file: string) => string>> = {
  "groundwork.pinRequirement": (file) => `groundwork pin ${file}`,
  "groundwork.pinRequirements": (file) => `groundwork pin ${file}`,
  "groundwork.saveAsUtf8": (file) => `groundwork check --fix ${file}`,
  "groundwork.server.createRequirements": () => "groundwork create-requirements",
  "groundwork.server.notebookToModule": (file) => `groundwork promote ${file} --to-module --write`,
};

function fixNote(fix: Offer, file: string): string {
  const command = fix.command && commandLines[fix.command.name];
  if (command) return l10n.t("fix: run `{0}`", command(file));
  if (fix.command) return l10n.t("in the editor: {0}", fix.title);
  if (fix.kind.startsWith("refactor")) return l10n.t("refactoring in the editor: {0}", fix.title);
  return fix.safe ? l10n.t("fix: {0}", fix.title) : l10n.t("fix (please review): {0}", fix.title);
}

function excerpt(
  lines: Lines,
  at: Span,
  { gutter, above }: { readonly gutter: number; readonly above: number },
  paint: Paint,
): string[] {
  const first = lines.lineAt(at.start);
  const last = lines.lineAt(Math.max(at.start, at.end - 1));
  const rows: string[] = [];
  for (let line = first; line <= Math.min(last, first + shownLines - 1); line++) {
    const text = lines.lineText(line);
    const from = line === first ? at.start - lines.startOf(line) : text.length - text.trimStart().length;
    const to = Math.max(from + 1, line === last ? at.end - lines.startOf(line) : text.trimEnd().length);
    const number = paint("blue", `${String(line + 1 - above).padStart(gutter)} |`);
    const before = widthOf(text.slice(0, from));
    const shown = fitted(visible(untabbed(veiled(text))), before, excerptWidth() - gutter - 3);
    rows.push(`${number} ${shown.text}`);
    if (text.trim() === "") continue;
    const marked = Math.max(1, Math.min(widthOf(text.slice(from, to)), widthOf(shown.text) - before + shown.cut));
    const under = " ".repeat(before - shown.cut) + "^".repeat(marked);
    rows.push(`${" ".repeat(gutter)} ${paint("blue", "|")} ${paint("yellow", under)}`);
  }
  const hidden = last - first + 1 - shownLines;
  if (hidden > 0) {
    const more = hidden === 1 ? l10n.t("… and 1 more line") : l10n.t("… and {0} more lines", hidden);
    rows.push(`${" ".repeat(gutter)} ${paint("blue", "|")} ${more}`);
  }
  return rows;
}

/** Lines are cut to a terminal, not to a file or pipe. */
function excerptWidth(): number {
  return columnsOf() ?? Number.POSITIVE_INFINITY;
}

/** As much of a line as fits, with the column `from` in it; `cut` columns are missing at its beginning. */
function fitted(text: string, from: number, width: number): { readonly text: string; readonly cut: number } {
  const signs = [...text];
  if (signs.length <= width) return { text, cut: 0 };
  const start = from < width / 2 ? 0 : Math.min(from - Math.floor(width / 4), signs.length - width);
  const part = signs.slice(start, start + width);
  if (start > 0) part[0] = "…";
  if (start + width < signs.length) part[part.length - 1] = "…";
  return { text: part.join(""), cut: start };
}

function untabbed(text: string): string {
  return text.replaceAll("\t", "    ");
}

function widthOf(text: string): number {
  return [...untabbed(text)].length;
}

function summary(report: Report): string {
  const count = report.files.reduce((sum, file) => sum + file.findings.length, 0);
  const unread = report.errors.length > 0 ? ` ${l10n.t("Not readable: {0}.", report.errors.length)}` : "";
  if (count === 0) {
    const nothing =
      report.checked === 1 ? l10n.t("Nothing found in 1 file.") : l10n.t("Nothing found in {0} files.", report.checked);
    return nothing + unread;
  }
  return l10n.t("Findings: {0}, in {1} of {2} files.", count, report.files.length, report.checked) + unread;
}
