import type { IndexedFile, UnitIndex } from "./unit-index.ts";
import { CONTINUATION, DECORATOR, DEFINITION, IMPORTING, isDefinition, STATEMENT, type Units } from "./units.ts";

/** Neighbouring units by their first row. */
export interface Run {
  readonly start: number;
  readonly count: number;
}

/** Distinct statement shapes that a block must have at least. */
const fewestShapes = 3;
/** How often one shape counts: further assertions, registrations or table rows of the same shape weigh nothing. */
const shapeCounts = 2;
export const lightestBlock = 44;
/** A function with its header and four statements may weigh less: whoever meets it can name it. */
export const lightestFunction = 28;
const fewestInFunction = 5;

/** The two occurrences of a run: rows from `first` and from `second` on, `count` of them, equal after renaming. */
export interface Match {
  readonly first: number;
  readonly second: number;
  readonly count: number;
}

/**
 * Cuts a match into blocks: the longest rows of consecutive whole statements of one suite, on both of its sides. The
 * rows are those of the first side.
 */
export function blocksOf(index: UnitIndex, match: Match): Run[] {
  const { units } = index;
  const blocks: Run[] = [];
  const end = match.first + match.count;
  const shift = match.second - match.first;
  let start = match.first;
  while (start < end) {
    const count =
      beginsBlock(index, start) && beginsBlock(index, start + shift) ? wholeUnits(index, start, end, shift) : 0;
    const block = count > 0 ? trimmed(units, start, count) : undefined;
    if (block && block.count > 0) blocks.push(block);
    start += Math.max(1, count);
  }
  return blocks;
}

/** How many units from `start` on, all before `end`, are whole statements of its suite here and `shift` rows on. */
function wholeUnits(index: UnitIndex, start: number, end: number, shift: number): number {
  const { units } = index;
  const depth = units.depth[start] ?? 0;
  let whole = start;
  for (let unit = start + 1; unit <= end; unit++) {
    if (endsBlock(index, start, unit) && (unit < end || endsBlock(index, start + shift, unit + shift))) whole = unit;
    if (unit < end && (units.depth[unit] ?? 0) < depth) break;
  }
  return whole - start;
}

/** Whether a statement with its decorators begins at a unit. */
export function beginsBlock(index: UnitIndex, unit: number): boolean {
  const { units } = index;
  if (units.kind[unit] === CONTINUATION) return false;
  return index.fileOf(unit)?.start === unit || units.kind[unit - 1] !== DECORATOR;
}

/** Whether a block that begins at `start` may end in front of the unit at `end`. */
export function endsBlock(index: UnitIndex, start: number, end: number): boolean {
  const { units } = index;
  if (units.kind[end - 1] === DECORATOR) return false;
  if (index.fileOf(start)?.end === end) return true;
  const depth = units.depth[start] ?? 0;
  const next = units.depth[end] ?? 0;
  return next < depth || (next === depth && units.kind[end] !== CONTINUATION);
}

/** Leaves out imports at both ends, and constants around definitions: they are not what is worth sharing. */
function trimmed(units: Units, start: number, count: number): Run {
  let first = start;
  let end = start + count;
  const depth = units.depth[start] ?? 0;
  const defines = hasDefinition(units, start, end, depth);
  const isLeft = (unit: number) =>
    units.kind[unit] === IMPORTING || (defines && units.kind[unit] === STATEMENT && (units.weight[unit] ?? 0) <= 1);
  while (first < end && isLeft(first)) first++;
  while (first < end && isLeft(end - 1) && units.depth[end - 1] === depth) end--;
  return { start: first, count: end - first };
}

function hasDefinition(units: Units, start: number, end: number, depth: number): boolean {
  for (let unit = start; unit < end; unit++) {
    if (isDefinition(units.kind[unit]) && units.depth[unit] === depth) return true;
  }
  return false;
}

/** Whether a block is one whole function, decorators included or not, or the whole body of one. */
export function isWholeFunction(index: UnitIndex, { start, count }: Run): boolean {
  const { kind, depth } = index.units;
  const end = start + count;
  let first = start;
  while (first < end && kind[first] === DECORATOR) first++;
  const least = depth[first] ?? 0;
  const isFunction = kind[first] === DEFINITION;
  const isBody = first === start && kind[start - 1] === DEFINITION && (depth[start - 1] ?? 0) < least;
  if (!isFunction && !(isBody && index.fileOf(start)?.start !== start)) return false;
  for (let row = first + 1; row < end; row++) {
    if ((depth[row] ?? 0) < least || (isFunction && depth[row] === least)) return false;
  }
  return isFunction || index.fileOf(start)?.end === end || (depth[end] ?? 0) < least;
}

/** The weight of a block, or 0 when it is too light or too uniform to be worth a person's attention. */
export function weightOf(index: UnitIndex, run: Run): number {
  const sum = new WeightSum(index.units);
  for (let row = run.start; row < run.start + run.count; row++) sum.add(row);
  const weight = sum.from(lightestBlock);
  if (weight > 0 || run.count < fewestInFunction || sum.from(lightestFunction) === 0) return weight;
  return isShortFunction(index, run) ? sum.from(lightestFunction) : 0;
}

/** Decorated ones, such as the handlers of routes, are alike because a framework wants them so. */
function isShortFunction(index: UnitIndex, run: Run): boolean {
  const { kind } = index.units;
  const header = isDefinition(kind[run.start]) ? run.start : run.start - 1;
  const isFirst = index.fileOf(run.start)?.start === header;
  return kind[header] === DEFINITION && (isFirst || kind[header - 1] !== DECORATOR) && isWholeFunction(index, run);
}

/** As {@link weightOf}, of the units at these rows. */
export function weightOfRows(units: Units, rows: readonly number[]): number {
  const sum = new WeightSum(units);
  for (const row of rows) sum.add(row);
  return sum.from(lightestBlock);
}

/** How often a sum met each shape. One array serves all sums, which are made one after the other. */
const shapeTimes = new Uint8Array(256);

/** Adds up units, of each shape only the first two for what must be reached. */
class WeightSum {
  readonly #units: Units;
  #total = 0;
  #varied = 0;
  #shapes = 0;

  constructor(units: Units) {
    this.#units = units;
    shapeTimes.fill(0);
  }

  add(row: number): void {
    const weight = this.#units.weight[row] ?? 0;
    const shape = this.#units.shape[row] ?? 0;
    const times = shapeTimes[shape] ?? 0;
    this.#total += weight;
    if (times === shapeCounts) return;
    shapeTimes[shape] = times + 1;
    this.#varied += weight;
    if (times === 0) this.#shapes++;
  }

  /** The sum, or 0 when it is less than the lightest. */
  from(lightest: number): number {
    return this.#varied >= lightest && this.#shapes >= fewestShapes ? this.#total : 0;
  }
}

/** The sum of the weights of a block's units. */
export function fullWeightOf(units: Units, run: Run): number {
  let total = 0;
  for (let unit = run.start; unit < run.start + run.count; unit++) total += units.weight[unit] ?? 0;
  return total;
}

/** Lines that hold code: comments, docstrings and blank lines do not count. */
export function codeLinesOf(units: Units, run: Run): number {
  let lines = 0;
  for (let unit = run.start; unit < run.start + run.count; unit++) lines += 1 + (units.extent[unit] ?? 0);
  return lines;
}

/** Whether the units of a run stand, with the same nesting, at another row of a file too. */
export function standsAt(units: Units, run: Run, start: number, file: IndexedFile): boolean {
  if (start < file.start || start + run.count > file.end) return false;
  const shift = start - run.start;
  const step = (units.depth[start] ?? 0) - (units.depth[run.start] ?? 0);
  for (let unit = run.start; unit < run.start + run.count; unit++) {
    if (units.normal[unit] !== units.normal[unit + shift]) return false;
    if ((units.depth[unit + shift] ?? 0) - (units.depth[unit] ?? 0) !== step) return false;
  }
  return true;
}
