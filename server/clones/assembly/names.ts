const boundSlots: i32 = 1024;
const bound: usize = memory.data(1024 * 4);
const boundIn: usize = memory.data(1024 * 4);
const mostNumbered: i32 = 64;
const numbered: usize = memory.data(64 * 4);

const slots: i32 = 1 << 17;
const hashes: usize = memory.data((1 << 17) * 4);
const files: usize = memory.data((1 << 17) * 4);
const numbers: usize = memory.data((1 << 17) * 2);
/** Names of one file that are told apart; further ones share the last number. */
const mostNames: i32 = 0xffff;

/**
 * Which names a function binds, as far as it was read; the numbers that one statement gives to its names; and those, of
 * 16 bits, that a file gives to its different names.
 */
export class Names {
  private function: i32 = 1;
  /** How many names the statement at hand has been given numbers for. */
  count: i32 = 0;
  private file: i32 = 0;
  private fileCount: i32 = 0;

  /** A new file begins. */
  startFile(): void {
    this.file++;
    this.fileCount = 0;
    this.forget();
  }

  /** A new function begins. */
  forget(): void {
    this.function++;
  }

  bind(hash: i32): void {
    const slot = boundSlotOf(hash);
    store<i32>(bound + slot, hash);
    store<i32>(boundIn + slot, this.function);
  }

  isLocal(hash: i32): bool {
    const slot = boundSlotOf(hash);
    return load<i32>(boundIn + slot) === this.function && load<i32>(bound + slot) === hash;
  }

  /** The hash of the statement's name with a number, from 1. */
  named(number: i32): i32 {
    return load<i32>(numbered + ((number - 1) << 2));
  }

  /** The number, from 1, of a name by its first occurrence in the statement; names beyond the 64th share one. */
  numberOf(hash: i32): i32 {
    const count = this.count;
    for (let index = 0; index < count; index++) if (load<i32>(numbered + (index << 2)) === hash) return index + 1;
    if (count < mostNumbered) store<i32>(numbered + (this.count++ << 2), hash);
    return count + 1;
  }

  /** The number, from 0, of a name by its first occurrence in the file. */
  numberInFile(hash: i32): i32 {
    let slot = <u32>(hash * 0x9e3779b1) >> 15;
    while (load<i32>(files + (slot << 2)) === this.file) {
      if (load<i32>(hashes + (slot << 2)) === hash) return load<u16>(numbers + (slot << 1));
      slot = (slot + 1) & (slots - 1);
    }
    if (this.fileCount === mostNames) return mostNames;
    store<i32>(files + (slot << 2), this.file);
    store<i32>(hashes + (slot << 2), hash);
    store<u16>(numbers + (slot << 1), this.fileCount);
    return this.fileCount++;
  }
}

export const names: Names = new Names();

function boundSlotOf(hash: i32): i32 {
  return ((<u32>hash >> 5) & (boundSlots - 1)) << 2;
}
