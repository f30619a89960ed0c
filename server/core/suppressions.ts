import type { Edit } from "./edit.ts";
import type { Lines } from "./text.ts";

/**
 * `# groundwork: ignore[rule, …]` silences the rules at the line it stands on, or, alone on a line, at the next line
 * that is no comment; without brackets it silences every rule. `# groundwork: ignore-file[rule, …]` silences a file.
 * `ignore-class` is `ignore` that, at one copy of a block, silences the other copies too.
 */
const marker = /#\s*groundwork:\s*ignore(-file|-class)?(?:\[([^\]\n]*)\])?(?![\w-])/g;

export class Suppressions {
  readonly #byLine = new Map<number, Set<string>>();
  readonly #wholeFile = new Set<string>();
  readonly #classes = new Map<number, Set<string>>();

  constructor(lines: Lines) {
    for (const match of lines.text.matchAll(marker)) {
      const rules = (match[2] ?? "*").split(",").map((name) => name.trim());
      const line = targetLine(lines, lines.lineAt(match.index));
      if (match[1] === "-file") for (const rule of rules) this.#wholeFile.add(rule);
      else addTo(this.#byLine, line, rules);
      if (match[1] === "-class") addTo(this.#classes, line, rules);
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

  /** The lines (from 0) at which a rule is silenced; undefined when it is silenced in the whole file. */
  linesOf(rule: string): readonly number[] | undefined {
    if (this.#wholeFile.has(rule) || this.#wholeFile.has("*")) return undefined;
    return [...this.#byLine].filter(([, rules]) => rules.has(rule) || rules.has("*")).map(([line]) => line);
  }
}

function addTo(byLine: Map<number, Set<string>>, line: number, rules: readonly string[]): void {
  const known = byLine.get(line) ?? new Set();
  for (const rule of rules) known.add(rule);
  byLine.set(line, known);
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
