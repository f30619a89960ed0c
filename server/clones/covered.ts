import { codeLinesOf, type Run } from "./blocks.ts";
import type { FoundClass } from "./class-builder.ts";
import type { Units } from "./units.ts";

/** Copies that overlap by this share, of either, are the same fragment. */
const sameFragment = 0.8;
/** A class without gaps that has this share of the lines of one with gaps says enough. */
const mostlySame = 0.75;
/** So does one inside of it with this share of what its copies have in common. */
const nearlyAll = 0.85;

interface Placed {
  readonly run: Run;
  readonly owner: FoundClass;
}

/**
 * Leaves out what a better class says already: one whose every copy lies in a copy of another, and one whose every copy
 * is nearly the same fragment as a copy of a class with more copies.
 */
export function withoutCovered(units: Units, found: readonly FoundClass[]): FoundClass[] {
  const placed = found.flatMap((owner) => owner.runs.map((run) => ({ run, owner })));
  placed.sort((a, b) => a.run.start - b.run.start || b.run.count - a.run.count);
  const neighbours = overlapping(placed);
  return found.filter((one) => {
    const rivals = neighbours.get(one);
    return !rivals || ![...rivals].some((rival) => covers(units, rival, one));
  });
}

/** For each class the classes with a copy that overlaps its first copy. */
function overlapping(placed: readonly Placed[]): Map<FoundClass, Set<FoundClass>> {
  const neighbours = new Map<FoundClass, Set<FoundClass>>();
  const add = (one: Placed, other: Placed) => {
    if (one.owner === other.owner || one.run !== one.owner.runs[0]) return;
    const known = neighbours.get(one.owner);
    if (known) known.add(other.owner);
    else neighbours.set(one.owner, new Set([other.owner]));
  };
  let open: Placed[] = [];
  for (const next of placed) {
    open = open.filter(({ run }) => run.start + run.count > next.run.start);
    for (const before of open) {
      add(before, next);
      add(next, before);
    }
    open.push(next);
  }
  return neighbours;
}

function covers(units: Units, rival: FoundClass, one: FoundClass): boolean {
  const rivalHasGaps = rival.result.kind === "gapped";
  const hasGaps = one.result.kind === "gapped";
  if (rivalHasGaps === hasGaps) {
    const hasMore = rival.runs.length > one.runs.length;
    return liesIn(one, rival, (run, other) => isWithin(run, other) || (hasMore && isSame(run, other, sameFragment)));
  }
  if (hasGaps)
    return liesIn(one, rival, (run, other) => isWithin(run, other) || isEnough(units, rival, other, one, run));
  const isSlight = one.runs.some((run) => rival.runs.every((other) => !isEnough(units, one, run, rival, other)));
  return isSlight && liesIn(one, rival, isWithin) && !covers(units, one, rival);
}

function liesIn(one: FoundClass, rival: FoundClass, stands: (run: Run, other: Run) => boolean): boolean {
  return one.runs.every((run) => rival.runs.some((other) => stands(run, other)));
}

/**
 * Whether a copy without gaps says enough of one with gaps that it overlaps: it has most of its lines of code, or nearly
 * all that the copies with gaps have in common.
 */
function isEnough(units: Units, smooth: FoundClass, run: Run, gapped: FoundClass, other: Run): boolean {
  const start = Math.max(run.start, other.start);
  const count = Math.min(run.start + run.count, other.start + other.count) - start;
  if (count <= 0) return false;
  if (codeLinesOf(units, { start, count }) >= mostlySame * codeLinesOf(units, other)) return true;
  return count === run.count && smooth.result.tokens >= nearlyAll * gapped.result.tokens;
}

function isWithin(run: Run, other: Run): boolean {
  return other.count > run.count && other.start <= run.start && run.start + run.count <= other.start + other.count;
}

function isSame(run: Run, other: Run, least: number): boolean {
  const overlap = Math.min(run.start + run.count, other.start + other.count) - Math.max(run.start, other.start);
  return overlap >= least * Math.max(run.count, other.count);
}
