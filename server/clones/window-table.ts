import { finish, mix } from "./hashes.ts";
import type { Units } from "./units.ts";

/** Units in one window. */
export const windowUnits = 2;
/** Windows that weigh less are no seeds: they are everywhere. */
const lightestWindow = 12;
const none = -1;

/**
 * Where every window of neighbouring units occurs: hash buckets of doubly linked chains over typed arrays, so that a
 * file is linked and unlinked in time proportional to its units.
 */
export class WindowTable {
  #hashes = new Int32Array(0);
  #next = new Int32Array(0);
  #previous = new Int32Array(0);
  #heads = new Int32Array(0);
  readonly #found = new Int32Array(mostOccurrences);

  /** Bytes that the table holds. */
  get size(): number {
    return this.#hashes.byteLength * 3 + this.#heads.byteLength;
  }

  /** The hash of the window at a unit, 0 when the unit begins none. */
  hashAt(unit: number): number {
    return this.#hashes[unit] ?? 0;
  }

  /** Makes room for so many units; true when the buckets were made anew and everything must be linked again. */
  reserve(capacity: number): boolean {
    if (this.#hashes.length < capacity) {
      const grown = Math.max(capacity, Math.ceil(this.#hashes.length * 1.4));
      this.#hashes = enlarged(this.#hashes, grown);
      this.#next = enlarged(this.#next, grown);
      this.#previous = enlarged(this.#previous, grown);
    }
    if (this.#heads.length >= capacity) return false;
    let buckets = Math.max(1024, this.#heads.length);
    while (buckets < capacity) buckets *= 2;
    this.#heads = new Int32Array(buckets).fill(none);
    return true;
  }

  /** Forgets everything and makes room for so many units. */
  clear(capacity: number): void {
    this.#hashes = new Int32Array(capacity);
    this.#next = new Int32Array(capacity);
    this.#previous = new Int32Array(capacity);
    this.#heads = new Int32Array(0);
    this.reserve(capacity);
  }

  /** Computes and links the windows of the units of one file. */
  link(units: Units, start: number, end: number): void {
    for (let unit = start; unit < end; unit++) {
      const hash = unit + windowUnits <= end ? windowHash(units, unit) : 0;
      this.#hashes[unit] = hash;
      if (hash !== 0) this.#insert(unit, hash);
    }
  }

  unlink(start: number, end: number): void {
    for (let unit = start; unit < end; unit++) {
      const hash = this.hashAt(unit);
      if (hash === 0) continue;
      const before = this.#previous[unit] ?? none;
      const after = this.#next[unit] ?? none;
      if (before === none) this.#heads[hash & (this.#heads.length - 1)] = after;
      else this.#next[before] = after;
      if (after !== none) this.#previous[after] = before;
      this.#hashes[unit] = 0;
    }
  }

  /**
   * The units at which the same window begins, itself included, in no order; undefined when there are too many. The
   * array is used again by the next call.
   */
  occurrencesOf(hash: number): Int32Array | undefined {
    const found = this.#found;
    let count = 0;
    let unit = this.#heads[hash & (this.#heads.length - 1)] ?? none;
    for (; unit !== none; unit = this.#next[unit] ?? none) {
      if (this.#hashes[unit] !== hash) continue;
      if (count === mostOccurrences) return undefined;
      found[count++] = unit;
    }
    return found.subarray(0, count);
  }

  #insert(unit: number, hash: number): void {
    const bucket = hash & (this.#heads.length - 1);
    const first = this.#heads[bucket] ?? none;
    this.#next[unit] = first;
    this.#previous[unit] = none;
    if (first !== none) this.#previous[first] = unit;
    this.#heads[bucket] = unit;
  }
}

/** A window with more occurrences is an idiom, not a copy; it is no seed, whatever the order of the files. */
export const mostOccurrences = 4096;

function windowHash(units: Units, unit: number): number {
  const second = unit + 1;
  if ((units.weight[unit] ?? 0) + (units.weight[second] ?? 0) < lightestWindow) return 0;
  const step = (units.depth[second] ?? 0) - (units.depth[unit] ?? 0);
  return finish(mix(mix(units.normal[unit] ?? 0, units.normal[second] ?? 0), step)) || 1;
}

function enlarged(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const result = new Int32Array(length);
  result.set(array);
  return result;
}
