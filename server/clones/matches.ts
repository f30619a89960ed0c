import type { Match } from "./blocks.ts";
import type { IndexedFile, UnitIndex } from "./unit-index.ts";
import { windowUnits } from "./window-table.ts";

/** Matches lighter than the lightest block lead nowhere. */
const lightestMatch = 44;

/** Which partners of a file are looked at: all, or those before it, which is enough when every file is asked. */
export type Partners = "all" | "before";

/**
 * The maximal matches between a file and the index, itself included. Windows are seeds; each is extended as far as the
 * units stay equal, and taken only at its leftmost seed.
 */
export function matchesOf(index: UnitIndex, file: IndexedFile, partners: Partners): Match[] {
  const { windows } = index;
  const matches: Match[] = [];
  /** Where the last match of each diagonal (distance between the sides) ended. */
  const ends = new Map<number, number>();
  let seeded = false;
  for (let unit = file.start; unit + windowUnits <= file.end; unit++) {
    const hash = windows.hashAt(unit);
    const others = hash === 0 ? undefined : windows.occurrencesOf(hash);
    for (let at = 0; others && at < others.length; at++) {
      const other = others[at] ?? 0;
      const partner = index.fileOf(other);
      if (!partner || other === unit || (other > unit && (partner === file || partners === "before"))) continue;
      if (seeded && continues(index, file, partner, unit, other)) continue;
      if ((ends.get(unit - other) ?? -1) > unit) continue;
      const match = extended(index, file, partner, unit, other);
      ends.set(unit - other, match.first + match.count);
      if (isHeavy(index, match)) matches.push(match);
    }
    seeded = others !== undefined;
  }
  return matches;
}

/** Whether the unit before is equal too; then, if it was a seed, this match has been seen. */
function continues(index: UnitIndex, file: IndexedFile, partner: IndexedFile, unit: number, other: number): boolean {
  const { units } = index;
  return (
    unit > file.start &&
    other > partner.start &&
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

function isHeavy(index: UnitIndex, match: Match): boolean {
  const { weight } = index.units;
  let sum = 0;
  for (let unit = match.first; unit < match.first + match.count; unit++) {
    sum += weight[unit] ?? 0;
    if (sum >= lightestMatch) return true;
  }
  return false;
}
