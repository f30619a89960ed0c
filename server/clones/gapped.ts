import {
  beginsBlock,
  codeLinesOf,
  endsBlock,
  fullWeightOf,
  lightestBlock,
  type Match,
  type Run,
  weightOfRows,
} from "./blocks.ts";
import { type Chain, chainFrom, type Sides, widestGap } from "./chain.ts";
import type { ClassLimits } from "./class-builder.ts";
import { renamedAlike } from "./renaming.ts";
import type { IndexedFile, UnitIndex } from "./unit-index.ts";
import { IMPORTING } from "./units.ts";

/** The share of the weight of either side that must be matched. */
const leastMatched = 0.7;
/** Two fragments that share so much of both their sides are one. */
const mostShared = 0.5;

/** Two blocks of whole statements that are alike but for some statements. */
export interface GappedPair {
  readonly run: Run;
  readonly other: Run;
  /** Equal units, renamed alike, in ascending order. */
  readonly chain: Chain;
  /** Weight of the equal units. */
  readonly weight: number;
}

/** The pairs of blocks with gaps (Type-3 clones) that grow from the matches of a file. */
export function gappedPairsOf(index: UnitIndex, seeds: readonly Match[], limits: ClassLimits): GappedPair[] {
  const bySides = new Map<IndexedFile, Match[]>();
  for (const seed of seeds) {
    const partner = index.fileOf(seed.second);
    const known = partner && bySides.get(partner);
    if (known) known.push(seed);
    else if (partner) bySides.set(partner, [seed]);
  }
  return [...bySides.values()].flatMap((group) => pairsAmong(index, group, limits));
}

/** The pairs of two files, which do not overlap: those from heavy seeds first. */
function pairsAmong(index: UnitIndex, seeds: readonly Match[], limits: ClassLimits): GappedPair[] {
  const sides = sidesOf(index, seeds);
  if (!sides) return [];
  const oriented = seeds.map((seed) => orientedSeed(index, sides, seed));
  oriented.sort((a, b) => b.count - a.count || a.first - b.first || a.second - b.second);
  const keyOf = (row: number, other: number) =>
    (row - sides.file.start) * (sides.other.end - sides.other.start) + other - sides.other.start;
  /** The seeds that lie in no chain yet. */
  const open = new Set(oriented.map(({ first, second }) => keyOf(first, second)));
  const pairs: GappedPair[] = [];
  for (const { first, second } of oriented) {
    if (!open.delete(keyOf(first, second))) continue;
    const chain = chainFrom(index, sides, first, second);
    const { rows, others } = chain;
    for (let at = 0; open.size > 0 && at < rows.length; at++) open.delete(keyOf(rows[at] ?? 0, others[at] ?? 0));
    for (const pair of blocksIn(index, sides, chain)) {
      if (isLarge(index, pair, limits) && !pairs.some((known) => sharesMost(known, pair))) pairs.push(pair);
    }
  }
  return pairs;
}

/** The files of seeds that all have the same two, that with the smaller path first. */
function sidesOf(index: UnitIndex, [seed]: readonly Match[]): Sides | undefined {
  const file = seed && index.fileOf(seed.first);
  const other = seed && index.fileOf(seed.second);
  if (!file || !other) return undefined;
  return other.path < file.path ? { file: other, other: file } : { file, other };
}

function orientedSeed(index: UnitIndex, { file, other }: Sides, seed: Match): Match {
  const turned = file === other ? seed.second < seed.first : index.fileOf(seed.first) !== file;
  return turned ? { first: seed.second, second: seed.first, count: seed.count } : seed;
}

/** Cuts a chain into pairs of blocks: whole statements of one suite, on both sides. */
function blocksIn(index: UnitIndex, sides: Sides, chain: Chain): GappedPair[] {
  const pairs: GappedPair[] = [];
  if (!isHeavy(index, chain.rows)) return pairs;
  for (let at = 0; at < chain.rows.length; ) {
    const block = blockFrom(index, sides, chain, at);
    const pair = block && pairOf(index, chain, at, block);
    if (pair) pairs.push(pair);
    at = block ? block.next : at + 1;
  }
  return pairs;
}

function isHeavy(index: UnitIndex, rows: readonly number[]): boolean {
  let sum = 0;
  for (const row of rows) sum += index.units.weight[row] ?? 0;
  return sum >= lightestBlock;
}

interface Ends {
  readonly end: number;
  readonly otherEnd: number;
  /** The place in the chain behind the block. */
  readonly next: number;
}

/** The longest block that begins with the units at one place of a chain. */
function blockFrom(index: UnitIndex, sides: Sides, chain: Chain, at: number): Ends | undefined {
  const start = chain.rows[at] ?? 0;
  const other = chain.others[at] ?? 0;
  if (index.units.kind[start] === IMPORTING || !beginsBlock(index, start) || !beginsBlock(index, other))
    return undefined;
  let ends: Ends | undefined;
  for (let last = at; last < chain.rows.length; last++) {
    const row = chain.rows[last] ?? 0;
    const otherRow = chain.others[last] ?? 0;
    if (leaves(index, start, chain.rows[last - 1] ?? row, row)) break;
    if (leaves(index, other, chain.others[last - 1] ?? otherRow, otherRow)) break;
    const reach = last + 1 < chain.rows.length ? (chain.rows[last + 1] ?? 0) : sides.file.end;
    const otherReach = last + 1 < chain.others.length ? (chain.others[last + 1] ?? 0) : sides.other.end;
    const end = blockEnd(index, start, row, reach);
    const otherEnd = blockEnd(index, other, otherRow, otherReach);
    if (end > 0 && otherEnd > 0) ends = { end, otherEnd, next: last + 1 };
  }
  return ends;
}

/** Whether a row up to `to`, behind `from`, is outside of the suite of the block from `start` on. */
function leaves(index: UnitIndex, start: number, from: number, to: number): boolean {
  const { depth } = index.units;
  const least = depth[start] ?? 0;
  for (let row = Math.max(from, start) + 1; row <= to; row++) if ((depth[row] ?? 0) < least) return true;
  return false;
}

/** Where a block from `start` may end behind a row: at once, or behind the few statements that complete it; else 0. */
function blockEnd(index: UnitIndex, start: number, row: number, reach: number): number {
  const { depth } = index.units;
  const least = depth[start] ?? 0;
  for (let end = row + 1; end <= Math.min(row + 1 + widestGap, reach); end++) {
    if (endsBlock(index, start, end)) return end;
    if ((depth[end] ?? 0) < least) return 0;
  }
  return 0;
}

/** The pair of blocks if it is worth telling: with gaps, and alike enough. */
function pairOf(index: UnitIndex, chain: Chain, at: number, ends: Ends): GappedPair | undefined {
  const { units } = index;
  const run = runOf(chain.rows[at] ?? 0, ends.end);
  const other = runOf(chain.others[at] ?? 0, ends.otherEnd);
  const rows = chain.rows.slice(at, ends.next);
  const others = chain.others.slice(at, ends.next);
  const least = leastMatched * Math.max(fullWeightOf(units, run), fullWeightOf(units, other));
  if (weightOfRows(units, rows) < least) return undefined;
  const alike = renamedAlike(index, rows, others);
  const kept = alike.includes(false) ? { rows: keptOf(rows, alike), others: keptOf(others, alike) } : { rows, others };
  if (kept.rows.length === run.count && kept.rows.length === other.count) return undefined;
  const weight = weightOfRows(units, kept.rows);
  return weight === 0 || weight < least ? undefined : { run, other, chain: kept, weight };
}

/** A pair is kept until all are grouped: `slice` takes the room away that `filter` leaves for more. */
function keptOf(rows: readonly number[], alike: readonly boolean[]): number[] {
  return rows.filter((_, place) => alike[place]).slice();
}

function runOf(start: number, end: number): Run {
  return { start, count: end - start };
}

function isLarge(index: UnitIndex, { run, other }: GappedPair, limits: ClassLimits): boolean {
  return [run, other].every((each) => {
    const least = index.fileOf(each.start)?.isTest ? limits.minLinesInTests : limits.minLines;
    return codeLinesOf(index.units, each) >= least;
  });
}

/** Whether both blocks of a pair mostly lie in those of another. */
function sharesMost(known: GappedPair, pair: GappedPair): boolean {
  return (
    sharedRows(known.run, pair.run) > mostShared * pair.run.count &&
    sharedRows(known.other, pair.other) > mostShared * pair.other.count
  );
}

/** How many rows two runs share. */
export function sharedRows(run: Run, other: Run): number {
  return Math.min(run.start + run.count, other.start + other.count) - Math.max(run.start, other.start);
}
