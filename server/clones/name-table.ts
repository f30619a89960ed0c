const slots = 1 << 17;
/** Names of one file that are told apart; further ones share the last number. */
const mostNames = 0xffff;

/** Gives each different name of a file a number of 16 bits. One table serves many files, one after the other. */
export class NameTable {
  readonly #hashes = new Int32Array(slots);
  readonly #numbers = new Uint16Array(slots);
  readonly #files = new Int32Array(slots);
  #file = 0;
  #count = 0;

  /** A new file begins. */
  clear(): void {
    this.#file++;
    this.#count = 0;
  }

  /** The number of the name with this hash. */
  numberOf(hash: number): number {
    let slot = Math.imul(hash, 0x9e3779b1) >>> 15;
    while (this.#files[slot] === this.#file) {
      if (this.#hashes[slot] === hash) return this.#numbers[slot] ?? 0;
      slot = (slot + 1) & (slots - 1);
    }
    if (this.#count === mostNames) return mostNames;
    this.#files[slot] = this.#file;
    this.#hashes[slot] = hash;
    this.#numbers[slot] = this.#count;
    return this.#count++;
  }
}
