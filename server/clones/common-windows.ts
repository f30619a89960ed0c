import type { UnitIndex } from "./unit-index.ts";

/** Of the occurrences that go on alike, the first so many by path are looked at: all are found through them. */
const mostPartners = 32;

const none = new Int32Array(0);

/**
 * The windows of one query with too many occurrences to pair each with each, grouped by how the code goes on: each is
 * collected once, however often the files that are asked for hold it.
 */
export class CommonWindows {
  readonly #index: UnitIndex;
  readonly #occurrences = new Map<number, Int32Array>();
  readonly #groups = new Map<number, Map<number, number[]>>();
  /** Groups that hold no more than the first by path. */
  readonly #chosen = new Set<readonly number[]>();

  constructor(index: UnitIndex) {
    this.#index = index;
  }

  has(hash: number): boolean {
    return this.#occurrences.has(hash);
  }

  /** Remembers a window; without occurrences it is an idiom that leads nowhere. */
  add(hash: number, occurrences: Int32Array | undefined): void {
    this.#occurrences.set(hash, occurrences?.slice() ?? none);
  }

  /** The first occurrences of a window, by path and line, that go on as the one at a row does. */
  partnersOf(hash: number, row: number): readonly number[] {
    const groups = this.#groups.get(hash) ?? this.#grouped(hash);
    const key = this.#continuationOf(row);
    const group = groups.get(key) ?? [];
    if (this.#chosen.has(group)) return group;
    const first = this.#firstByPath(group);
    groups.set(key, first);
    this.#chosen.add(first);
    return first;
  }

  #grouped(hash: number): Map<number, number[]> {
    const groups = new Map<number, number[]>();
    for (const row of this.#occurrences.get(hash) ?? none) {
      const key = this.#continuationOf(row);
      const group = groups.get(key);
      if (group) group.push(row);
      else groups.set(key, [row]);
    }
    this.#groups.set(hash, groups);
    return groups;
  }

  /** What stands in the two windows behind the next unit, 0 behind the end of the file. */
  #continuationOf(row: number): number {
    const end = this.#index.fileOf(row)?.end ?? 0;
    const { windows } = this.#index;
    const next = row + 1 < end ? windows.hashAt(row + 1) : 0;
    const last = row + 3 < end ? windows.hashAt(row + 3) : 0;
    return (next >>> 0) * 0x100000 + (last >>> 12);
  }

  #firstByPath(rows: number[]): number[] {
    if (rows.length < 2) return [];
    const pathOf = (row: number) => this.#index.fileOf(row)?.path ?? "";
    const placed = rows.map((row) => ({ row, path: pathOf(row) }));
    placed.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.row - b.row));
    return placed.slice(0, mostPartners).map(({ row }) => row);
  }
}
