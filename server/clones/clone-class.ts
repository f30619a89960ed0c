import type { Range } from "../core/text.ts";

/** Pieces of code that are copies of each other: exactly, after renaming, or with gaps. */
export interface CloneClass {
  readonly kind: "exact" | "renamed" | "gapped";
  /** Weighted tokens of one copy that the others have too: what extraction would save per copy. */
  readonly tokens: number;
  /** The smallest share, from 0 to 1, of the weighted tokens of a copy that all others have too; 1 unless gapped. */
  readonly similarity?: number;
  /** Present when every copy is one whole function, or the whole body of one. */
  readonly whole?: "function";
  /** At least two, ordered by path and line; consecutive whole statements of one suite. */
  readonly copies: readonly Copy[];
}

/** One place of a clone class. `path` is POSIX, relative to the project's root. */
export interface Copy {
  readonly path: string;
  /** From the first token of the first statement to the last token of the last, UTF-16 columns. */
  readonly range: Range;
  /**
   * Where the copies differ: whole statements that are spelt otherwise in another copy of a renamed class, or that are
   * not in every copy of a gapped one, renaming aside. Every copy of a class has as many, and the n-th stands for the
   * n-th of the others; one is empty where only other copies have a statement. Absent from exact copies.
   */
  readonly differences?: readonly Range[];
  /**
   * Whole statements that every copy of a gapped class has, spelt otherwise in some; the n-th stands for the n-th of the
   * others. Absent where there are none.
   */
  readonly respelt?: readonly Range[];
}
