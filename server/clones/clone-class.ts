import type { Range } from "../core/text.ts";

/** Pieces of code that are copies of each other: exactly, after renaming, or with gaps. */
export interface CloneClass {
  readonly kind: "exact" | "renamed" | "gapped";
  /** Weighted tokens of one copy: what extraction would save per copy. */
  readonly tokens: number;
  /** At least two, ordered by path and line; consecutive whole statements of one suite. */
  readonly copies: readonly Copy[];
}

/** One place of a clone class. `path` is POSIX, relative to the project's root. */
export interface Copy {
  readonly path: string;
  /** From the first token of the first statement to the last token of the last, UTF-16 columns. */
  readonly range: Range;
}
