import type { Run } from "./blocks.ts";
import { finish, mix } from "./hashes.ts";
import type { UnitIndex } from "./unit-index.ts";

/**
 * A hash of how the names recur in a block. Two blocks of equal units differ by a one-to-one renaming when it is equal:
 * their names, numbered by first occurrence over the whole block, are then the same (parameterised matching; Baker,
 * "Parameterized pattern matching", JCSS 1996).
 */
export function renamingOf(index: UnitIndex, run: Run): number {
  const names = index.fileOf(run.start)?.names ?? [];
  const numbers = new Map<number, number>();
  const end = index.units.nameEnd[run.start + run.count - 1] ?? 0;
  let hash = 1;
  for (let at = namesStart(index, run.start); at < end; at++) {
    const name = names[at] ?? 0;
    const known = numbers.get(name) ?? numbers.size + 1;
    numbers.set(name, known);
    hash = mix(hash, known);
  }
  return finish(hash);
}

/**
 * Which of the pairs of equal units are renamed alike. Each name of one side is given the one name of the other that it
 * stands for most often; a pair that says otherwise is not the same statement.
 */
export function renamedAlike(index: UnitIndex, rows: readonly number[], others: readonly number[]): boolean[] {
  if (isOneToOne(index, rows, others)) return rows.map(() => true);
  const votes = new Map<number, number>();
  const pairs = rows.map((row, at) => namePairs(index, row, others[at] ?? 0));
  for (const pair of pairs.flat()) votes.set(pair, (votes.get(pair) ?? 0) + 1);
  const images = new Map<number, number>();
  const origins = new Map<number, number>();
  for (const [pair] of [...votes].sort((a, b) => b[1] - a[1])) {
    const name = pair >>> 16;
    const image = pair & 0xffff;
    if (images.has(name) || origins.has(image)) continue;
    images.set(name, image);
    origins.set(image, name);
  }
  return pairs.map((each) => each.every((pair) => images.get(pair >>> 16) === (pair & 0xffff)));
}

/** Whether every name stands for one other name and is stood for by it alone. */
function isOneToOne(index: UnitIndex, rows: readonly number[], others: readonly number[]): boolean {
  const names = index.fileOf(rows[0] ?? 0)?.names ?? noNames;
  const otherNames = index.fileOf(others[0] ?? 0)?.names ?? noNames;
  const seen: number[] = [];
  const images: number[] = [];
  for (let at = 0; at < rows.length; at++) {
    const start = namesStart(index, rows[at] ?? 0);
    const shift = namesStart(index, others[at] ?? 0) - start;
    const end = index.units.nameEnd[rows[at] ?? 0] ?? 0;
    for (let place = start; place < end; place++) {
      const name = names[place] ?? 0;
      const image = otherNames[place + shift] ?? 0;
      const known = seen.indexOf(name);
      if (known !== images.indexOf(image)) return false;
      if (known < 0) {
        seen.push(name);
        images.push(image);
      }
    }
  }
  return true;
}

const noNames = new Uint16Array(0);

/** The names of two equal units, pair by pair. */
function namePairs(index: UnitIndex, row: number, other: number): number[] {
  const names = index.fileOf(row)?.names ?? [];
  const otherNames = index.fileOf(other)?.names ?? [];
  const otherStart = namesStart(index, other);
  const pairs: number[] = [];
  const start = namesStart(index, row);
  const end = index.units.nameEnd[row] ?? 0;
  for (let at = start; at < end; at++) {
    pairs.push((((names[at] ?? 0) << 16) | (otherNames[otherStart + at - start] ?? 0)) >>> 0);
  }
  return pairs;
}

function namesStart(index: UnitIndex, row: number): number {
  return index.fileOf(row)?.start === row ? 0 : (index.units.nameEnd[row - 1] ?? 0);
}
