import { fullWeightOf, type Run, weightOfRows } from "./blocks.ts";
import { type FoundClass, wholeOf } from "./class-builder.ts";
import { copiesOf, type Placed } from "./copies.ts";
import { type GappedPair, sharedRows } from "./gapped.ts";
import type { UnitIndex } from "./unit-index.ts";

/** Fragments of one file that overlap by this share, of either, are one. */
const sameFragment = 0.8;
/** The share of the weight of a class's centre that every copy has. */
const leastCommon = 0.6;

/** A fragment and the pairs that it is in, seen from it. */
export interface Fragment {
  readonly run: Run;
  readonly path: string;
  readonly links: Link[];
}

/** A pair seen from one of its sides: the chain's first rows are those of `from`. */
export interface Link {
  readonly from: Run;
  readonly to: Run;
  readonly rows: readonly number[];
  readonly others: readonly number[];
  readonly weight: number;
}

export interface Neighbour {
  readonly fragment: Fragment;
  readonly link: Link;
}

/**
 * Groups pairs into classes. Each class is a fragment with all that are like it, so that every copy is alike to one of
 * them, not only to a neighbour's neighbour. Fragments with most partners come first; each is in one class at least.
 */
export function gappedClasses(index: UnitIndex, pairs: readonly GappedPair[]): FoundClass[] {
  const neighbours = neighboursOf(index, pairs);
  const ordered = [...neighbours].sort(([a, near], [b, close]) => close.length - near.length || byPlace(a, b));
  const placed = new Set<Fragment>();
  const classes: FoundClass[] = [];
  for (const [centre, near] of ordered) {
    if (placed.has(centre)) continue;
    const fresh = near.filter(({ fragment }) => !placed.has(fragment));
    const members = alikeTo(index, centre, fresh.length > 0 ? fresh : near);
    placed.add(centre);
    for (const { fragment } of members) placed.add(fragment);
    if (members.length > 0)
      classes.push(
        gappedClass(
          index,
          centre.run,
          members.map(({ link }) => link),
        ),
      );
  }
  return classes;
}

/** Those that do not overlap each other, and have with all others enough in common with the centre; closest first. */
function alikeTo(index: UnitIndex, centre: Fragment, near: readonly Neighbour[]): Neighbour[] {
  const least = leastCommon * fullWeightOf(index.units, centre.run);
  const members: Neighbour[] = [];
  let common: ReadonlySet<number> | undefined;
  for (const neighbour of near) {
    const runs = [centre.run, ...members.map(({ link }) => link.to)];
    if (runs.some((run) => sharedRows(run, neighbour.link.to) > 0)) continue;
    const shared = neighbour.link.rows.filter((row) => common?.has(row) ?? true);
    if (weightOfRows(index.units, shared) < least) continue;
    common = new Set(shared);
    members.push(neighbour);
  }
  return members;
}

/** Every fragment with those that are like it, closest first. */
function neighboursOf(index: UnitIndex, pairs: readonly GappedPair[]): Map<Fragment, Neighbour[]> {
  const fragments = fragmentsOf(index, pairs);
  const neighbours = new Map<Fragment, Neighbour[]>();
  for (const fragment of new Set(fragments.values())) {
    const closest = new Map<Fragment, Link>();
    for (const link of fragment.links) {
      const other = fragments.get(keyOf(link.to));
      const known = other && closest.get(other);
      if (other && other !== fragment && (known?.weight ?? 0) < link.weight) closest.set(other, link);
    }
    const near = [...closest].map(([other, link]) => ({ fragment: other, link }));
    near.sort((a, b) => b.link.weight - a.link.weight || byPlace(a.fragment, b.fragment));
    if (near.length > 0) neighbours.set(fragment, near);
  }
  return neighbours;
}

/** The fragment of each block of the pairs. One that is nearly another of its file counts as that one. */
function fragmentsOf(index: UnitIndex, pairs: readonly GappedPair[]): Map<number, Fragment> {
  const links = pairs.flatMap(({ run, other, chain: { rows, others }, weight }): Link[] => [
    { from: run, to: other, rows, others, weight },
    { from: other, to: run, rows: others, others: rows, weight },
  ]);
  links.sort((a, b) => b.from.count - a.from.count || a.from.start - b.from.start || b.weight - a.weight);
  const inFile = new Map<string, Fragment[]>();
  const byRun = new Map<number, Fragment>();
  for (const link of links) {
    const path = index.fileOf(link.from.start)?.path ?? "";
    const known = inFile.get(path) ?? [];
    inFile.set(path, known);
    const same = byRun.get(keyOf(link.from)) ?? known.find(({ run }) => isSame(run, link.from));
    const fragment = same ?? { run: link.from, path, links: [] };
    if (!same) known.push(fragment);
    fragment.links.push(link);
    byRun.set(keyOf(link.from), fragment);
  }
  return byRun;
}

function isSame(run: Run, other: Run): boolean {
  return sharedRows(run, other) >= sameFragment * Math.max(run.count, other.count);
}

function byPlace(a: Fragment, b: Fragment): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : a.run.start - b.run.start || a.run.count - b.run.count;
}

function keyOf(run: Run): number {
  return run.start * 0x100000 + run.count;
}

/** The class of a fragment and those that are like it. */
function gappedClass(index: UnitIndex, centre: Run, links: readonly Link[]): FoundClass {
  const { units } = index;
  const images = links.map(({ rows, others }) => new Map(rows.map((row, at) => [row, others[at] ?? 0])));
  const common: number[] = [];
  for (let row = centre.start; row < centre.start + centre.count; row++) {
    if (images.every((image) => image.has(row))) common.push(row);
  }
  const placed: Placed[] = [{ run: centre, common }];
  for (const [at, { to }] of links.entries()) {
    placed.push({ run: to, common: common.map((row) => images[at]?.get(row) ?? row) });
  }
  const tokens = weightOfRows(units, common);
  const similarity = tokens / Math.max(...placed.map(({ run }) => fullWeightOf(units, run)));
  const { copies, runs } = copiesOf(index, placed);
  return { result: { kind: "gapped", tokens, similarity, ...wholeOf(index, runs), copies }, runs };
}
