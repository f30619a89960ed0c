import { isTestPath } from "./test-path.ts";
import { packer } from "./unit-packer.ts";
import { Units, unitsIn } from "./units.ts";
import { WindowTable } from "./window-table.ts";

/** A file of the index; its units are the rows from `start` to `end`. */
export interface IndexedFile {
  readonly path: string;
  readonly number: number;
  start: number;
  end: number;
  /** Rows that it may use before it must move. */
  capacity: number;
  lines: number;
  readonly isTest: boolean;
  /** The names of its units; see `nameEnd` of the units. */
  names: Uint16Array;
}

/** What is known of a file without its text: the same for the same bytes. */
export interface PackedFile extends Pick<IndexedFile, "lines" | "names"> {
  /** See {@link Units.packed}. */
  readonly units: Uint8Array;
}

/** The units of all files and their windows. Every change costs time proportional to the file that changes. */
export class UnitIndex {
  readonly units: Units = new Units(1 << 12);
  readonly windows: WindowTable = new WindowTable();
  readonly #files: (IndexedFile | undefined)[] = [];
  readonly #byPath = new Map<string, IndexedFile>();
  readonly #freeNumbers: number[] = [];
  #fileOf = new Int32Array(1 << 12);
  /** Rows that belong to no file any more. */
  #abandoned = 0;
  #lines = 0;
  #nameCount = 0;

  get lines(): number {
    return this.#lines;
  }

  get files(): IterableIterator<IndexedFile> {
    return this.#byPath.values();
  }

  get fileCount(): number {
    return this.#byPath.size;
  }

  /** Bytes that the rows, their names and their windows take. */
  get size(): number {
    return this.units.size + this.#nameCount * 2 + this.#fileOf.byteLength + this.windows.size;
  }

  fileAt(path: string): IndexedFile | undefined {
    return this.#byPath.get(path);
  }

  /** The file that a unit belongs to. */
  fileOf(unit: number): IndexedFile | undefined {
    return this.#files[this.#fileOf[unit] ?? -1];
  }

  /** Adds a file or replaces it. */
  set(path: string, bytes: Uint8Array): void {
    this.restore(path, packer.pack(bytes));
  }

  /** What `set` learnt of a file, for {@link restore}; undefined for a file that is not here. */
  packedOf(path: string): PackedFile | undefined {
    const file = this.#byPath.get(path);
    return file && { lines: file.lines, names: file.names, units: this.units.packed(file.start, file.end) };
  }

  /** Does what `set` did, from what it learnt then. */
  restore(path: string, { lines, names, units }: PackedFile): void {
    const count = unitsIn(units);
    const file = this.#emptied(path, count);
    this.#lines += lines - file.lines;
    file.lines = lines;
    this.#nameCount += names.length - file.names.length;
    file.names = names;
    file.end = file.start + count;
    this.units.unpack(units, file.start);
    this.windows.link(this.units, file.start, file.end);
  }

  remove(path: string): void {
    const file = this.#byPath.get(path);
    if (!file) return;
    this.windows.unlink(file.start, file.end);
    this.#byPath.delete(path);
    this.#files[file.number] = undefined;
    this.#freeNumbers.push(file.number);
    this.#lines -= file.lines;
    this.#nameCount -= file.names.length;
    this.#abandoned += file.capacity;
    this.#compact();
  }

  /** A file with room for so many units and none linked. A file that has grown moves to the end, with some slack. */
  #emptied(path: string, count: number): IndexedFile {
    const known = this.#byPath.get(path);
    if (!known) return this.#added(path, count);
    this.windows.unlink(known.start, known.end);
    known.end = known.start;
    if (count <= known.capacity) return known;
    this.#abandoned += known.capacity;
    known.capacity = 0;
    this.#compact();
    known.capacity = count + (count >> 3) + 8;
    known.start = this.#reserve(known.capacity, known.number);
    known.end = known.start;
    return known;
  }

  #added(path: string, count: number): IndexedFile {
    const number = this.#freeNumbers.pop() ?? this.#files.length;
    const start = this.#reserve(count, number);
    const file: IndexedFile = {
      path,
      number,
      start,
      end: start,
      capacity: count,
      lines: 0,
      isTest: isTestPath(path),
      names: new Uint16Array(0),
    };
    this.#files[number] = file;
    this.#byPath.set(path, file);
    return file;
  }

  #reserve(capacity: number, number: number): number {
    const start = this.units.count;
    const end = start + capacity;
    this.units.reserve(end);
    this.units.count = end;
    if (this.#fileOf.length < this.units.capacity) {
      const grown = new Int32Array(this.units.capacity);
      grown.set(this.#fileOf);
      this.#fileOf = grown;
    }
    this.#fileOf.fill(number, start, end);
    if (this.windows.reserve(this.units.capacity)) this.#linkAll();
    return start;
  }

  #linkAll(): void {
    for (const file of this.#byPath.values()) this.windows.link(this.units, file.start, file.end);
  }

  /** Moves all files together once more rows are abandoned than used, so that the cost is shared by many changes. */
  #compact(): void {
    if (this.#abandoned * 2 <= this.units.count) return;
    const units = new Units(Math.max(1 << 12, this.units.count - this.#abandoned));
    for (const file of this.#byPath.values()) {
      const start = units.count;
      units.copy(this.units, file.start, file.end, start);
      units.count += file.capacity;
      file.end += start - file.start;
      file.start = start;
    }
    this.units.become(units);
    this.#abandoned = 0;
    this.#fileOf = new Int32Array(units.capacity);
    for (const file of this.#byPath.values()) this.#fileOf.fill(file.number, file.start, file.start + file.capacity);
    this.windows.clear(units.capacity);
    this.#linkAll();
  }
}
