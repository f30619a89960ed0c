import { place } from "./place";

/** Bytes of a row while the file is scanned, and of one packed for the surrounding program, see its `Units`. */
const rowBytes: i32 = 28;
const packedBytes: i32 = 26;

/**
 * Where the file, the numbers of its names and its units lie: in one block of memory, in this order, so that what has no
 * known size is the last and may grow.
 */
export class Rows {
  private block: usize = 0;
  private size: i32 = 0;
  private offset: i32 = 0;
  count: i32 = 0;
  nameCount: i32 = 0;

  /** Makes room for a file of so many bytes with a margin of zeros behind them. */
  open(length: i32): void {
    // Two names have a byte between them.
    const names = (length + 31) & ~15;
    this.offset = names * 2;
    this.reserve(this.offset);
    place.input = this.block;
    place.length = length;
    memory.fill(this.block + length, 0, names - length);
    this.count = 0;
    this.nameCount = 0;
  }

  /** The address of the numbers of the names. */
  get names(): usize {
    return this.block + this.offset / 2;
  }

  /** The address of the packed units, once there are any. */
  get packed(): usize {
    return this.block + this.offset + this.count * rowBytes;
  }

  addName(number: i32): void {
    store<u16>(this.names + (this.nameCount++ << 1), number);
  }

  /** The address of one more row. */
  add(): usize {
    const end = this.offset + (this.count + 1) * rowBytes;
    this.reserve(end);
    return this.block + this.offset + this.count++ * rowBytes;
  }

  /** Lays the columns one behind the other, as the surrounding program has them. */
  pack(): void {
    const count = this.count;
    this.reserve(this.offset + count * (rowBytes + packedBytes));
    let to = this.packed;
    for (let column: usize = 0; column < 16; column += 4) {
      for (let row = 0; row < count; row++, to += 4) store<i32>(to, load<i32>(this.cell(row) + column));
    }
    for (let column: usize = 16; column < 22; column += 2) {
      for (let row = 0; row < count; row++, to += 2) store<u16>(to, load<u16>(this.cell(row) + column));
    }
    for (let column: usize = 22; column < 26; column++) {
      for (let row = 0; row < count; row++, to++) store<u8>(to, load<u8>(this.cell(row) + column));
    }
  }

  private cell(row: i32): usize {
    return this.block + this.offset + row * rowBytes;
  }

  /** The block is the last thing in memory, so that it grows where it lies. */
  private reserve(size: i32): void {
    if (size <= this.size) return;
    this.size = size + (size >> 1);
    this.block = this.block === 0 ? heap.alloc(this.size) : heap.realloc(this.block, this.size);
    place.input = this.block;
  }
}

export const rows: Rows = new Rows();
