import type { Edit } from "./edit.ts";
import type { Lines, Span } from "./text.ts";

/**
 * `# groundwork: ignore[rule, …]` silences the rules at the line it stands on, or, alone on a line, at the next line
 * that is no comment; without brackets it silences every rule. `# groundwork: ignore-file[rule, …]` silences a file.
 * `ignore-class` is `ignore` that, at one copy of a block, silences the other copies too.
 */
const marker = /#\s*groundwork:\s*ignore(-file|-class)?(?:\[([^\]\n]*)\])?(?![\w-])/g;

/** One such comment, as it is written. */
export interface IgnoreComment {
  /** From `#` to the bracket's end. */
  readonly at: Span;
  /** The rules that it names; a single `*` where it names none. */
  readonly names: readonly { readonly name: string; readonly at: Span }[];
  /** The line (from 0) that it silences; undefined for the whole file. */
  readonly line: number | undefined;
  /** At a copy, the other copies are silenced with it. */
  readonly isOfClass: boolean;
}

/** The ignore comments of a text, in its order, those in strings too: only a grammar tells them apart. */
export function ignoreComments(lines: Lines): IgnoreComment[] {
  if (!lines.text.includes("groundwork:")) return [];
  return [...lines.text.matchAll(marker)].map((match) => {
    const at = { start: match.index, end: match.index + match[0].length };
    const line = match[1] === "-file" ? undefined : targetLine(lines, lines.lineAt(match.index));
    const isOfClass = match[1] === "-class";
    return { at, line, isOfClass, names: match[2] === undefined ? [{ name: "*", at }] : namesIn(match[2], at.end - 1) };
  });
}

/** The names of a list that ends at an offset, each with its place. */
function namesIn(list: string, end: number): IgnoreComment["names"] {
  const start = end - list.length;
  return [...list.matchAll(/[^\s,](?:[^,]*[^\s,])?/g)].map((match) => {
    const at = { start: start + match.index, end: start + match.index + match[0].length };
    return { name: match[0], at };
  });
}

export class Suppressions {
  readonly #byLine = new Map<number, Set<string>>();
  readonly #wholeFile = new Set<string>();
  readonly #classes = new Map<number, Set<string>>();

  constructor(lines: Lines, comments = ignoreComments(lines)) {
    for (const { names, line, isOfClass } of comments) {
      for (const { name } of names) {
        if (line === undefined) this.#wholeFile.add(name);
        else addTo(this.#byLine, line, name);
        if (line !== undefined && isOfClass) addTo(this.#classes, line, name);
      }
    }
  }

  /** Is a rule silenced for a finding that starts on this line (from 0)? */
  covers(rule: string, line: number): boolean {
    const here = this.#byLine.get(line);
    return this.#wholeFile.has(rule) || this.#wholeFile.has("*") || here?.has(rule) === true || here?.has("*") === true;
  }

  /** Are all copies of the block that starts on this line (from 0) silenced with it? */
  coversClass(rule: string, line: number): boolean {
    const here = this.#classes.get(line);
    return here?.has(rule) === true || here?.has("*") === true;
  }
}

function addTo(byLine: Map<number, Set<string>>, line: number, name: string): void {
  const known = byLine.get(line) ?? new Set();
  byLine.set(line, known.add(name));
}

function targetLine(lines: Lines, line: number): number {
  if (!isComment(lines.lineText(line))) return line;
  let next = line + 1;
  while (next < lines.count && isComment(lines.lineText(next))) next++;
  return next;
}

function isComment(text: string): boolean {
  return text.trimStart().startsWith("#");
}

/**
 * The edit that silences a rule for the finding on a line: at the end of the line, within the marker that stands
 * there, or on a line of its own above where the line's end may lie inside a string or a continuation.
 */
export function suppressionEdit(
  lines: Lines,
  line: number,
  rule: string,
  word: "ignore" | "ignore-class" = "ignore",
): Edit {
  const text = lines.lineText(line);
  const existing = new RegExp(`#\\s*groundwork:\\s*${word}\\[([^\\]\\n]*)\\]`).exec(text);
  if (existing) {
    const at = lines.startOf(line) + existing.index + existing[0].length - 1;
    return { at: { start: at, end: at }, text: existing[1]?.trim() ? `, ${rule}` : rule };
  }
  if (text.trimEnd().endsWith("\\") || /"""|'''/.test(text)) {
    const at = lines.startOf(line);
    const indentation = /^[ \t]*/.exec(text)?.[0] ?? "";
    return { at: { start: at, end: at }, text: `${indentation}# groundwork: ${word}[${rule}]${lineEnd(lines)}` };
  }
  const end = lines.startOf(line) + text.trimEnd().length;
  return { at: { start: end, end: lines.endOf(line) }, text: `  # groundwork: ${word}[${rule}]` };
}

function lineEnd(lines: Lines): string {
  return lines.text.includes("\r\n") ? "\r\n" : "\n";
}
