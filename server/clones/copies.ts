import type { Position, Range } from "../core/text.ts";
import type { Run } from "./blocks.ts";
import type { Copy } from "./clone-class.ts";
import type { UnitIndex } from "./unit-index.ts";
import type { Units } from "./units.ts";

/** A block and those of its rows that all copies have in common: as many in each copy, in the same order. */
export interface Placed {
  readonly run: Run;
  readonly common: readonly number[];
}

/** The copies of a class with their differences, ordered by path and line, and their rows in the same order. */
export function copiesOf(index: UnitIndex, placed: readonly Placed[]): { copies: Copy[]; runs: Run[] } {
  const { units } = index;
  const differing = placesOfDifferences(placed);
  const respeltRuns = runsSpeltOtherwise(units, placed);
  const all = placed.map((each) => {
    const path = index.fileOf(each.run.start)?.path ?? "";
    const differences = differing.map((place) => differenceAt(units, each, place));
    const copy = { path, range: rangeOf(units, each.run), differences };
    if (respeltRuns.length === 0) return { run: each.run, copy };
    return { run: each.run, copy: { ...copy, respelt: respeltRuns.map((run) => respeltAt(units, each, run)) } };
  });
  all.sort((a, b) => (a.copy.path < b.copy.path ? -1 : a.copy.path > b.copy.path ? 1 : a.run.start - b.run.start));
  return { copies: all.map(({ copy }) => copy), runs: all.map(({ run }) => run) };
}

/** From the first token of a block to its last. */
export function rangeOf(units: Units, run: Run): Range {
  return { start: startOf(units, run.start), end: endOf(units, run.start + run.count - 1) };
}

/** The places among the common rows in front of which some copy has other statements. */
function placesOfDifferences(placed: readonly Placed[]): number[] {
  const places: number[] = [];
  const length = placed[0]?.common.length ?? 0;
  for (let place = 0; place <= length; place++) {
    if (placed.some((each) => between(each, place).count > 0)) places.push(place);
  }
  return places;
}

/** The common rows that are spelt otherwise in some copy, those together that follow each other in every copy. */
function runsSpeltOtherwise(units: Units, placed: readonly Placed[]): Run[] {
  const runs: { start: number; count: number }[] = [];
  const length = placed[0]?.common.length ?? 0;
  for (let place = 0; place < length; place++) {
    const spelling = units.exact[placed[0]?.common[place] ?? 0];
    if (placed.every(({ common }) => units.exact[common[place] ?? 0] === spelling)) continue;
    const last = runs.at(-1);
    const follows = placed.every(({ common }) => common[place] === (common[place - 1] ?? 0) + 1);
    if (last && follows && last.start + last.count === place) last.count++;
    else runs.push({ start: place, count: 1 });
  }
  return runs;
}

function respeltAt(units: Units, { common }: Placed, { start, count }: Run): Range {
  return rangeOf(units, { start: common[start] ?? 0, count });
}

/** The statements of a copy in front of one of the common rows, behind the one before. */
function between({ run, common }: Placed, place: number): Run {
  const start = place === 0 ? run.start : (common[place - 1] ?? 0) + 1;
  const end = place === common.length ? run.start + run.count : (common[place] ?? 0);
  return { start, count: end - start };
}

function differenceAt(units: Units, placed: Placed, place: number): Range {
  const run = between(placed, place);
  if (run.count > 0) return rangeOf(units, run);
  const at = place === 0 ? startOf(units, placed.run.start) : endOf(units, run.start - 1);
  return { start: at, end: at };
}

function startOf(units: Units, row: number): Position {
  return { line: units.line[row] ?? 0, column: units.column[row] ?? 0 };
}

function endOf(units: Units, row: number): Position {
  return { line: (units.line[row] ?? 0) + (units.extent[row] ?? 0), column: units.endColumn[row] ?? 0 };
}
