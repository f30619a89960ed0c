import { beginsBlock, codeLinesOf, endsBlock, isWholeFunction, type Run, standsAt, weightOf } from "./blocks.ts";
import type { CloneClass } from "./clone-class.ts";
import { copiesOf, type Placed, rangeOf } from "./copies.ts";
import { mix } from "./hashes.ts";
import { renamingOf } from "./renaming.ts";
import type { UnitIndex } from "./unit-index.ts";
import type { Units } from "./units.ts";
import { windowUnits } from "./window-table.ts";

export interface ClassLimits {
  readonly minLines: number;
  readonly minLinesInTests: number;
}

/** A clone class with the rows of its copies, in the same order. */
export interface FoundClass {
  readonly result: CloneClass;
  readonly runs: readonly Run[];
}

/** To look for a window with fewer occurrences would cost more than to compare the block at each of them. */
const rareEnough = 8;

interface Candidate {
  readonly run: Run;
  readonly path: string;
  readonly weight: number;
}

/** Completes a block to the class of all its copies; each class is answered once. */
export class ClassBuilder {
  readonly #index: UnitIndex;
  readonly #limits: ClassLimits;
  /** Blocks that belong to a class which was answered, or that are too small: their first rows, by their length. */
  readonly #seen = new Map<number, Set<number>>();

  constructor(index: UnitIndex, limits: ClassLimits) {
    this.#index = index;
    this.#limits = limits;
  }

  /** The classes of the copies of one block: one, or several whose names are not renamed alike. */
  classesOf(block: Run): FoundClass[] {
    const seen = this.#seen.get(block.count) ?? new Set();
    this.#seen.set(block.count, seen);
    if (seen.has(block.start)) return [];
    seen.add(block.start);
    if (weightOf(this.#index, block) === 0) return [];
    const starts = this.#occurrencesOf(block);
    for (const start of starts) seen.add(start);
    const candidates = withoutOverlaps(this.#candidatesAt(starts, block.count));
    return candidates.length < 2 ? [] : this.#grouped(candidates);
  }

  /** The rows at which the block stands as a whole, found through its rarest window, or one that is rare enough. */
  #occurrencesOf(block: Run): number[] {
    const { windows, units } = this.#index;
    let rarest: Int32Array | undefined;
    let offset = 0;
    for (let at = 0; at + windowUnits <= block.count && (rarest?.length ?? rareEnough) >= rareEnough; at++) {
      const hash = windows.hashAt(block.start + at);
      const found = hash === 0 ? undefined : windows.occurrencesOf(hash);
      if (!found || (rarest && found.length >= rarest.length)) continue;
      rarest = found.slice();
      offset = at;
    }
    const starts: number[] = [];
    for (let at = 0; rarest && at < rarest.length; at++) {
      const start = (rarest[at] ?? 0) - offset;
      const file = this.#index.fileOf(start + offset);
      if (!file || !standsAt(units, block, start, file)) continue;
      if (beginsBlock(this.#index, start) && endsBlock(this.#index, start, start + block.count)) starts.push(start);
    }
    return starts;
  }

  /** The copies that are large enough for the kind of file they are in, ordered by path and line. */
  #candidatesAt(starts: readonly number[], count: number): Candidate[] {
    const candidates: Candidate[] = [];
    for (const start of starts) {
      const run = { start, count };
      const file = this.#index.fileOf(start);
      const weight = weightOf(this.#index, run);
      const least = file?.isTest ? this.#limits.minLinesInTests : this.#limits.minLines;
      if (weight > 0 && codeLinesOf(this.#index.units, run) >= least) {
        candidates.push({ run, path: file?.path ?? "", weight });
      }
    }
    return candidates.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.run.start - b.run.start));
  }

  #grouped(candidates: readonly Candidate[]): FoundClass[] {
    const { units } = this.#index;
    const exact = groupedBy(candidates, ({ run }) => spellingOf(units, run));
    if (exact.size === 1) return [this.#found("exact", candidates)];
    const renamed = groupedBy([...exact.values()], ([one]) => (one ? renamingOf(this.#index, one.run) : 0));
    return [...renamed.values()].flatMap((groups) => {
      const together = groups.flat().sort((a, b) => candidates.indexOf(a) - candidates.indexOf(b));
      if (together.length < 2) return [];
      return [this.#found(groups.length === 1 ? "exact" : "renamed", together)];
    });
  }

  #found(kind: "exact" | "renamed", candidates: readonly Candidate[]): FoundClass {
    const { units } = this.#index;
    const runs = candidates.map(({ run }) => run);
    const tokens = Math.min(...candidates.map(({ weight }) => weight));
    const whole = wholeOf(this.#index, runs);
    if (kind === "exact") {
      const copies = candidates.map(({ run, path }) => ({ path, range: rangeOf(units, run) }));
      return { result: { kind, tokens, ...whole, copies }, runs };
    }
    const { copies } = copiesOf(this.#index, withSpeltAlike(units, candidates));
    return { result: { kind, tokens, ...whole, copies }, runs };
  }
}

/** What every copy is, if they are all more than a block. */
export function wholeOf(index: UnitIndex, runs: readonly Run[]): { readonly whole?: "function" } {
  return runs.every((run) => isWholeFunction(index, run)) ? { whole: "function" } : {};
}

/** The copies of a renamed class with the rows that are spelt alike in all of them. */
function withSpeltAlike(units: Units, candidates: readonly Candidate[]): Placed[] {
  const [first] = candidates;
  const offsets = Array.from({ length: first?.run.count ?? 0 }, (_, at) => at).filter((at) =>
    candidates.every(({ run }) => units.exact[run.start + at] === units.exact[(first?.run.start ?? 0) + at]),
  );
  return candidates.map(({ run }) => ({ run, common: offsets.map((at) => run.start + at) }));
}

function groupedBy<Item, Key>(items: readonly Item[], keyOfItem: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOfItem(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function spellingOf(units: Units, run: Run): number {
  let hash = 1;
  let other = 2;
  for (let unit = run.start; unit < run.start + run.count; unit++) {
    hash = mix(hash, units.exact[unit] ?? 0);
    other = mix(other, units.exact[unit] ?? 0);
  }
  return (hash >>> 0) * 0x100000 + (other >>> 12);
}

/** In each file, from its top, only copies that do not overlap the copy before. */
function withoutOverlaps(candidates: readonly Candidate[]): Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of candidates) {
    const before = kept.at(-1);
    const overlaps = before?.path === candidate.path && before.run.start + before.run.count > candidate.run.start;
    if (!overlaps) kept.push(candidate);
  }
  return kept;
}
