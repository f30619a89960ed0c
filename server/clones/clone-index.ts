import { blocksOf } from "./blocks.ts";
import { ClassBuilder, type FoundClass } from "./class-builder.ts";
import type { CloneClass, Copy } from "./clone-class.ts";
import { CommonWindows } from "./common-windows.ts";
import { withoutCovered } from "./covered.ts";
import { type GappedPair, gappedPairsOf } from "./gapped.ts";
import { gappedClasses } from "./gapped-classes.ts";
import { matchesOf, type Partners } from "./matches.ts";
import { isRewritten } from "./rewritten.ts";
import { type IndexedFile, type PackedFile, UnitIndex } from "./unit-index.ts";

export interface CloneOptions {
  /** Copies with fewer lines of code are not reported; 5 unless told. */
  readonly minLines?: number;
  /** The same in test files; 10 unless told. */
  readonly minLinesInTests?: number;
}

/**
 * Copies among Python files, kept up to date file by file. What it answers depends on the files alone, not on the order
 * in which they came. Adding, replacing or removing a file takes time proportional to that file.
 */
export class CloneIndex {
  readonly #index = new UnitIndex();
  readonly #options: Required<CloneOptions>;

  constructor(options: CloneOptions = {}) {
    this.#options = { minLines: 5, minLinesInTests: 10, ...options };
  }

  /** Lines of all files. */
  get lines(): number {
    return this.#index.lines;
  }

  get files(): number {
    return this.#index.fileCount;
  }

  /** Bytes that the index takes. */
  get size(): number {
    return this.#index.size;
  }

  /** Adds or replaces a file; `path` is POSIX, relative to the project's root, `bytes` are its UTF-8. */
  set(path: string, bytes: Uint8Array): void {
    this.#index.set(path, bytes);
  }

  /** What `set` learnt of a file, for {@link restore}; undefined for a file that is not here. */
  packedOf(path: string): PackedFile | undefined {
    return this.#index.packedOf(path);
  }

  /** Does what `set` did, from what it learnt then of the same bytes. */
  restore(path: string, packed: PackedFile): void {
    this.#index.restore(path, packed);
  }

  remove(path: string): void {
    this.#index.remove(path);
  }

  /** See {@link isRewritten}; false for a file that is not here. */
  isRewritten(path: string, other: string): boolean {
    const [file, otherFile] = [this.#index.fileAt(path), this.#index.fileAt(other)];
    return file !== undefined && otherFile !== undefined && isRewritten(this.#index, file, otherFile);
  }

  /** The clone classes with a copy in this file, in the order of that copy. */
  clonesOf(path: string): CloneClass[] {
    const file = this.#index.fileAt(path);
    if (!file) return [];
    const found = this.#classesOf([file], "all");
    return found.filter(({ copies }) => copies.some((copy) => copy.path === path)).sort(byCopyIn(path));
  }

  /** Every clone class, ordered by its first copy. */
  all(): CloneClass[] {
    return this.#classesOf(this.#index.files, "before").sort((a, b) => compareFirst(a, b));
  }

  #classesOf(files: Iterable<IndexedFile>, partners: Partners): CloneClass[] {
    const index = this.#index;
    const builder = new ClassBuilder(index, this.#options);
    const found: FoundClass[] = [];
    const pairs: GappedPair[] = [];
    const common = new CommonWindows(index);
    for (const file of files) {
      const { heavy, seeds } = matchesOf(index, file, partners, common);
      for (const match of heavy) {
        for (const block of blocksOf(index, match)) found.push(...builder.classesOf(block));
      }
      for (const pair of gappedPairsOf(index, seeds, this.#options)) pairs.push(pair);
    }
    if (found.length === 0 && pairs.length === 0) return [];
    return withoutCovered(index.units, [...found, ...gappedClasses(index, pairs)]).map((one) => one.result);
  }
}

function byCopyIn(path: string): (a: CloneClass, b: CloneClass) => number {
  const copyIn = (one: CloneClass) => one.copies.find((copy) => copy.path === path);
  return (a, b) => {
    const start = copyIn(a)?.range.start;
    const other = copyIn(b)?.range.start;
    return (start?.line ?? 0) - (other?.line ?? 0) || (start?.column ?? 0) - (other?.column ?? 0) || compareFirst(a, b);
  };
}

function compareFirst(a: CloneClass, b: CloneClass): number {
  for (let at = 0; at < Math.min(a.copies.length, b.copies.length); at++) {
    const order = compareCopies(a.copies[at], b.copies[at]);
    if (order !== 0) return order;
  }
  return a.copies.length - b.copies.length;
}

function compareCopies(a: Copy | undefined, b: Copy | undefined): number {
  if (!a || !b) return 0;
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  const { start, end } = a.range;
  const other = b.range;
  return (
    start.line - other.start.line ||
    start.column - other.start.column ||
    end.line - other.end.line ||
    end.column - other.end.column
  );
}
