import type { IndexedFile, UnitIndex } from "./unit-index.ts";

/** Of the statements of the longer file, so many may be too many for the other. */
const mostFurther = 1 / 8;
/** Of the statements of a file, so many must stand in the other, at the same depth and renaming aside. */
const leastShared = 1 / 4;

/**
 * Is one file the other with words changed all over, as code without `await` is beside code with it? Both have nearly as
 * many statements, and many are the same. Said of two files whose names say it already.
 */
export function isRewritten(index: UnitIndex, one: IndexedFile, other: IndexedFile): boolean {
  const [count, otherCount] = [one.end - one.start, other.end - other.start];
  const longer = Math.max(count, otherCount);
  if (longer === 0 || Math.abs(count - otherCount) > longer * mostFurther) return false;
  return sharedBy(index, one, other) >= count * leastShared;
}

/** How many statements of a file stand in another, too, each of them counted once. */
function sharedBy({ units }: UnitIndex, one: IndexedFile, other: IndexedFile): number {
  const keyOf = (row: number) => (units.normal[row] ?? 0) * 256 + (units.depth[row] ?? 0);
  const left = new Map<number, number>();
  for (let row = other.start; row < other.end; row++) left.set(keyOf(row), (left.get(keyOf(row)) ?? 0) + 1);
  let shared = 0;
  for (let row = one.start; row < one.end; row++) {
    const count = left.get(keyOf(row)) ?? 0;
    if (count === 0) continue;
    left.set(keyOf(row), count - 1);
    shared++;
  }
  return shared;
}
