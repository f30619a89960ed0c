import type { Span } from "./text.ts";

/** Replace the text of a span by another; an empty span inserts. */
export interface Edit {
  readonly at: Span;
  readonly text: string;
}

/**
 * Edits of one file, relative to the project's root (POSIX path). A file that does not exist yet is made when
 * `creates` is set; then its only edit inserts the whole text at 0.
 */
export interface FileEdits {
  readonly path: string;
  readonly edits: readonly Edit[];
  readonly creates?: boolean;
  /** The path to which the file moves after the edits; nothing lies there yet. */
  readonly moves?: string;
}

/** The text after all edits, which must not overlap; order does not matter. Throws a RangeError if they do. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = [...edits].sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end);
  let result = "";
  let done = 0;
  for (const edit of ordered) {
    if (edit.at.start < done) throw new RangeError("overlapping edits");
    result += text.slice(done, edit.at.start) + edit.text;
    done = edit.at.end;
  }
  return result + text.slice(done);
}

/** The smallest single edit that turns one text into another, or undefined when they are equal. */
export function minimalEdit(before: string, after: string): Edit | undefined {
  if (before === after) return undefined;
  const limit = Math.min(before.length, after.length);
  let start = 0;
  while (start < limit && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  if (isLowSurrogate(before, start)) start--;
  let back = 0;
  while (
    back < limit - start &&
    before.charCodeAt(before.length - 1 - back) === after.charCodeAt(after.length - 1 - back)
  ) {
    back++;
  }
  if (isLowSurrogate(before, before.length - back)) back--;
  return { at: { start, end: before.length - back }, text: after.slice(start, after.length - back) };
}

function isLowSurrogate(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  return code >= 0xdc00 && code <= 0xdfff;
}
