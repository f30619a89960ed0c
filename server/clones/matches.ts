import { lightestBlock, lightestFunction, type Match } from "./blocks.ts";
import type { CommonWindows } from "./common-windows.ts";
import type { IndexedFile, UnitIndex } from "./unit-index.ts";
import { DEFINITION } from "./units.ts";
import { windowUnits } from "./window-table.ts";

/** A window with more occurrences is too common to pair each of them with each. */
const mostPaired = 128;

/** One with more occurrences is no seed of a chain. */
const mostSeeded = 32;

/** Which partners of a file are looked at: all, or those before it, which is enough when every file is asked. */
export type Partners = "all" | "before";

/** What a file has in common with the index, itself included. */
export interface Matches {
  /** Maximal matches that are heavy enough to hold a block. */
  readonly heavy: readonly Match[];
  /** The maximal matches around rare windows, from which chains with gaps can grow. */
  readonly seeds: readonly Match[];
}

/**
 * The maximal matches between a file and the index, itself included. Windows are seeds; each is extended as far as the
 * units stay equal, and taken only at its leftmost seed. Of a window with very many occurrences, only the one where
 * most units stay equal is taken: whoever completes the class finds the others.
 */
export function matchesOf(index: UnitIndex, file: IndexedFile, partners: Partners, common: CommonWindows): Matches {
  const { windows } = index;
  const heavy: Match[] = [];
  const seeds: Match[] = [];
  /** Where the last match of each diagonal (distance between the sides) ended. */
  const ends = new Map<number, number>();
  /** Where the last match of a common window ended: nothing longer is looked for inside of it. */
  let commonEnd = file.start;
  let seeded = false;
  for (let unit = file.start; unit + windowUnits <= file.end; unit++) {
    const hash = windows.hashAt(unit);
    const others = hash === 0 || common.has(hash) ? undefined : windows.occurrencesOf(hash);
    if (hash !== 0 && (others ? others.length > mostPaired : !common.has(hash))) common.add(hash, others);
    const isCommon = common.has(hash);
    if (isCommon && unit >= commonEnd) {
      const match = longestMatch(index, file, unit, common.partnersOf(hash, unit));
      if (match && isHeavy(index, match)) heavy.push(match);
      if (match) commonEnd = match.first + match.count - windowUnits + 1;
    }
    for (let at = 0; others && !isCommon && at < others.length; at++) {
      const other = others[at] ?? 0;
      if (other === unit || (other > unit && partners === "before")) continue;
      const goesOn = seeded && isSameBefore(index, unit, other);
      const partner = index.fileOf(other);
      if (!partner || (other > unit && partner === file)) continue;
      if (goesOn && unit > file.start && other > partner.start) continue;
      if ((ends.get(unit - other) ?? -1) > unit) continue;
      const match = extended(index, file, partner, unit, other);
      ends.set(unit - other, match.first + match.count);
      if (isHeavy(index, match)) heavy.push(match);
      if (others.length <= mostSeeded) seeds.push(match);
    }
    seeded = others !== undefined && !isCommon;
  }
  return { heavy, seeds };
}

/** The match with most units among some partners; of equal ones the first. */
function longestMatch(index: UnitIndex, file: IndexedFile, unit: number, others: readonly number[]): Match | undefined {
  let best: Match | undefined;
  for (const other of others) {
    const partner = index.fileOf(other);
    if (!partner || other === unit || (partner === file && other > unit)) continue;
    const match = extended(index, file, partner, unit, other);
    if (!best || match.count > best.count) best = match;
  }
  return best;
}

/** Whether the unit before is equal too; then, if it was a seed, this match has been seen. */
function continues(index: UnitIndex, file: IndexedFile, partner: IndexedFile, unit: number, other: number): boolean {
  return unit > file.start && other > partner.start && isSameBefore(index, unit, other);
}

function isSameBefore(index: UnitIndex, unit: number, other: number): boolean {
  const { units } = index;
  return (
    units.normal[unit - 1] === units.normal[other - 1] &&
    depthStep(index, unit - 1, other - 1) === depthStep(index, unit, other)
  );
}

function depthStep(index: UnitIndex, unit: number, other: number): number {
  return (index.units.depth[unit] ?? 0) - (index.units.depth[other] ?? 0);
}

function extended(index: UnitIndex, file: IndexedFile, partner: IndexedFile, unit: number, other: number): Match {
  const { units } = index;
  const step = depthStep(index, unit, other);
  let first = unit;
  let second = other;
  while (continues(index, file, partner, first, second)) {
    first--;
    second--;
  }
  // Within one file the sides must not overlap.
  const reach = partner === file ? first : partner.end;
  let count = 0;
  while (
    first + count < file.end &&
    second + count < reach &&
    units.normal[first + count] === units.normal[second + count] &&
    depthStep(index, first + count, second + count) === step
  ) {
    count++;
  }
  return { first, second, count };
}

/** Whether a match may hold a block, or a short function. */
function isHeavy(index: UnitIndex, match: Match): boolean {
  const { weight, kind } = index.units;
  const end = match.first + match.count;
  let sum = 0;
  let isInFunction = kind[match.first - 1] === DEFINITION;
  for (let unit = match.first; unit < end; unit++) {
    sum += weight[unit] ?? 0;
    if (sum >= lightestBlock) return true;
    isInFunction ||= kind[unit] === DEFINITION;
  }
  return isInFunction && sum >= lightestFunction;
}
