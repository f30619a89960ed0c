import type { Lines, Span } from "../../core/text.ts";

export interface CommentLine {
  readonly at: Span;
  /** What stands behind `#`. */
  readonly text: string;
}

interface Run {
  readonly column: number;
  readonly lines: CommentLine[];
}

/**
 * Runs of so many neighbouring lines or more with nothing but a comment, at one indentation, told without a tree. One
 * blank line does not end a run that goes on within what it opened.
 */
export function commentBlocks({ text }: Lines, fewest: number): readonly (readonly CommentLine[])[] {
  const runs: Run[] = [];
  for (const match of text.matchAll(/^([ \t]*)#([^\r\n]*)\r?$/gm)) {
    const column = match[1]?.length ?? 0;
    const start = match.index + column;
    const line = { at: { start, end: start + 1 + (match[2]?.length ?? 0) }, text: match[2] ?? "" };
    const run = runs.at(-1);
    const between = text.slice(run?.lines.at(-1)?.at.end ?? 0, match.index);
    const goesOn = /^\r?\n$/.test(between) || (run && isBlankLine(between) && isWithin(line, run.lines));
    if (run?.column === column && goesOn) run.lines.push(line);
    else runs.push({ column, lines: [line] });
  }
  return runs.map(({ lines }) => lines).filter(({ length }) => length >= fewest);
}

/** Whether a gap between two lines is one blank line. */
export function isBlankLine(between: string): boolean {
  return /^\r?\n[ \t]*\r?\n[ \t]*$/.test(between);
}

const opening = /^\s*(?:async|class|def|elif|else|except|finally|for|if|try|while|with)\b.*[:(]$/;

/** Whether a line is indented as one before it is that stands in an open suite. */
function isWithin(line: CommentLine, before: readonly CommentLine[]): boolean {
  const margin = marginOf([line]);
  const opens = before.findIndex((each) => opening.test(each.text.trimEnd()) && marginOf([each]) < margin);
  return opens >= 0 && before.slice(opens).some((each) => marginOf([each]) === margin);
}

/** The indentation that the filled lines of a part share. */
export function marginOf(part: readonly CommentLine[]): number {
  const filled = part.filter((line) => line.text.trim() !== "");
  return Math.min(...filled.map((line) => /^[ \t]*/.exec(line.text)?.[0].length ?? 0));
}

/** From the first line to the last. */
export function spanOf(lines: readonly CommentLine[]): Span {
  return { start: lines[0]?.at.start ?? 0, end: lines.at(-1)?.at.end ?? 0 };
}
