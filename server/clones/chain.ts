import type { IndexedFile, UnitIndex } from "./unit-index.ts";
import { isDefinition } from "./units.ts";

/** Statements that one side may have and the other not, between two matched ones. */
export const widestGap = 3;
/** A single statement behind a gap counts as matched only from this weight on: `return x` is found everywhere. */
const lightestLink = 4;

/** Equal units in ascending order, row by row: those of one place and those of another, with gaps. */
export interface Chain {
  readonly rows: number[];
  readonly others: number[];
}

/** The two files of a chain; the first has the smaller path. */
export interface Sides {
  readonly file: IndexedFile;
  readonly other: IndexedFile;
}

/**
 * Grows a chain in both directions from two equal units. It goes on over gaps of at most three statements a side, never
 * into another function (Type-3 clones; the idea of chaining matches is that of Ueda, Kamiya, Kusumoto and Inoue, "On
 * detection of gapped code clones", APSEC 2002).
 */
export function chainFrom(index: UnitIndex, sides: Sides, row: number, other: number): Chain {
  const grower = new Grower(index, sides, row, other);
  const chain = { rows: [row], others: [other] };
  grower.grow(chain, -1);
  chain.rows.reverse();
  chain.others.reverse();
  grower.grow(chain, 1);
  return chain;
}

class Grower {
  readonly #index: UnitIndex;
  readonly #sides: Sides;
  readonly #step: number;
  readonly #isOneFile: boolean;
  /** The last row of the first side and the first of the second: in one file they must not meet. */
  #last: number;
  #first: number;

  constructor(index: UnitIndex, sides: Sides, row: number, other: number) {
    this.#index = index;
    this.#sides = sides;
    this.#isOneFile = sides.file === sides.other;
    this.#last = row;
    this.#first = other;
    const { depth } = index.units;
    this.#step = (depth[row] ?? 0) - (depth[other] ?? 0);
  }

  /** Adds the rows that follow the last ones in one direction: 1 for downwards, -1 for upwards. */
  grow({ rows, others }: Chain, direction: 1 | -1): void {
    let row = rows.at(-1) ?? 0;
    let otherRow = others.at(-1) ?? 0;
    for (;;) {
      const gap = this.#nextGap(row, otherRow, direction);
      if (gap < 0) return;
      row += direction * (1 + (gap >> 4));
      otherRow += direction * (1 + (gap & 15));
      rows.push(row);
      others.push(otherRow);
      this.#last = Math.max(this.#last, row);
      this.#first = Math.min(this.#first, otherRow);
    }
  }

  /** The shortest gap to the next equal units, rows of one side times 16 plus rows of the other; -1 if there is none. */
  #nextGap(row: number, other: number, direction: 1 | -1): number {
    for (let size = 0; size <= 2 * widestGap; size++) {
      for (let gap = Math.max(0, size - widestGap); gap <= Math.min(size, widestGap); gap++) {
        if (this.#isLink(row, other, gap, size - gap, direction)) return (gap << 4) | (size - gap);
      }
    }
    return -1;
  }

  #isLink(row: number, other: number, gap: number, otherGap: number, direction: 1 | -1): boolean {
    const next = row + direction * (1 + gap);
    const otherNext = other + direction * (1 + otherGap);
    if (!this.#isEqual(next, otherNext)) return false;
    if (gap + otherGap === 0) return true;
    const isLight = (this.#index.units.weight[next] ?? 0) < lightestLink;
    if (isLight && !this.#isEqual(next + direction, otherNext + direction)) return false;
    return !this.#leavesFunction(row, next, direction) && !this.#leavesFunction(other, otherNext, direction);
  }

  #isEqual(row: number, other: number): boolean {
    const { file, other: second } = this.#sides;
    if (row < file.start || row >= file.end || other < second.start || other >= second.end) return false;
    if (this.#isOneFile && Math.max(this.#last, row) >= Math.min(this.#first, other)) return false;
    const { normal, depth } = this.#index.units;
    return normal[row] === normal[other] && (depth[row] ?? 0) - (depth[other] ?? 0) === this.#step;
  }

  /** Whether a definition begins on the way from a row to another one. */
  #leavesFunction(from: number, to: number, direction: 1 | -1): boolean {
    const { kind } = this.#index.units;
    for (let row = from; row !== to; ) {
      if (direction === 1) row++;
      if (isDefinition(kind[row])) return true;
      if (direction === -1) row--;
    }
    return false;
  }
}
