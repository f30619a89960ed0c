import * as l10n from "@vscode/l10n";
import type { Finding } from "../core/rule.ts";
import { Lines } from "../core/text.ts";

/** The file, in the project's root, that holds the findings which are known and left for later. */
export const baselineName = "groundwork-baseline.json";

/**
 * Recorded findings: for each path and rule, how often each line's mark occurs. A mark is made of the flagged line
 * without its blanks, so that a finding stays known when lines above it come and go or its block is indented.
 */
export type Baseline = ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, number>>>;

/** Findings of one file, told apart by what was recorded. */
export interface Compared {
  readonly fresh: readonly Finding[];
  readonly known: readonly Finding[];
  /** How many recorded findings of this file are there no more. */
  readonly gone: number;
}

/** Which findings of a file (in the order of its text) are new. */
export function comparedWith(baseline: Baseline, path: string, text: string, findings: readonly Finding[]): Compared {
  const left = new Map([...(baseline.get(path) ?? [])].map(([rule, marks]) => [rule, new Map(marks)]));
  const lines = new Lines(text);
  const fresh: Finding[] = [];
  const known: Finding[] = [];
  for (const finding of findings) {
    const marks = left.get(finding.rule);
    const mark = markOf(finding, lines);
    const count = marks?.get(mark) ?? 0;
    if (count > 0) marks?.set(mark, count - 1);
    (count > 0 ? known : fresh).push(finding);
  }
  const rest = [...left.values()].flatMap((marks) => [...marks.values()]);
  return { fresh, known, gone: rest.reduce((sum, count) => sum + count, 0) };
}

/** The text of a baseline file with these findings: sorted, one line for each mark, so that versions merge. */
export function baselineText(
  files: Iterable<{ readonly path: string; readonly text: string; readonly findings: readonly Finding[] }>,
): string {
  const recorded: Record<string, Record<string, Record<string, number>>> = {};
  for (const { path, text, findings } of files) {
    const lines = new Lines(text);
    for (const finding of findings) {
      const rules = recorded[path] ?? {};
      const marks = rules[finding.rule] ?? {};
      const mark = markOf(finding, lines);
      recorded[path] = { ...rules, [finding.rule]: { ...marks, [mark]: (marks[mark] ?? 0) + 1 } };
    }
  }
  const ordered = sorted(recorded).map(([path, rules]) => [
    path,
    Object.fromEntries(sorted(rules).map(([rule, marks]) => [rule, Object.fromEntries(sorted(marks))])),
  ]);
  return `${JSON.stringify({ version: 1, findings: Object.fromEntries(ordered) }, undefined, 2)}\n`;
}

/** Reads a baseline file; or, localised, why it is none. */
export function readBaseline(text: string): Baseline | { readonly error: string } {
  try {
    const document: unknown = JSON.parse(text);
    const { version, findings } = record(document) ?? {};
    const files = record(findings);
    if (version !== 1 || !files) return { error: l10n.t("{0} is of another form or version", baselineName) };
    return new Map(
      Object.entries(files).map(([path, rules]) => [
        path,
        new Map(Object.entries(record(rules) ?? {}).map(([rule, marks]) => [rule, countsOf(marks)])),
      ]),
    );
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { error: l10n.t("{0} is no JSON: {1}", baselineName, error.message) };
  }
}

function countsOf(marks: unknown): Map<string, number> {
  const counts = Object.entries(record(marks) ?? {});
  return new Map(counts.flatMap(([mark, count]) => (typeof count === "number" ? [[mark, count]] : [])));
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function sorted<Value>(table: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** For each finding, what it is recognised by in a later version of the text: its line without blanks, and which of the equal ones it is. */
export function marksOf(text: string, findings: readonly Finding[]): string[] {
  const lines = new Lines(text);
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const mark = markOf(finding, lines);
    const key = `${finding.rule}:${mark}`;
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return `${mark}:${count}`;
  });
}

function markOf(finding: Finding, lines: Lines): string {
  return hashOf(lines.lineText(lines.lineAt(finding.at.start)).replace(/\s+/g, ""));
}

/** Two FNV-1a hashes of 32 bits with different beginnings, in hexadecimal: what is recorded need not be readable. */
function hashOf(text: string): string {
  const hashes = [0x811c9dc5, 0x9747b28c].map((start) => {
    let hash = start;
    for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    return (hash >>> 0).toString(16).padStart(8, "0");
  });
  return hashes.join("");
}
