const slots = 1024;
const mostNames = 64;

/** Which names a function binds, as far as it was read, and the numbers that one statement gives to its names. */
export class LocalNames {
  readonly #bound = new Int32Array(slots);
  readonly #generations = new Int32Array(slots);
  #generation = 1;
  readonly #numbered = new Int32Array(mostNames);
  #count = 0;

  /** A new function begins. */
  forget(): void {
    this.#generation++;
  }

  bind(hash: number): void {
    const slot = (hash >>> 5) & (slots - 1);
    this.#bound[slot] = hash;
    this.#generations[slot] = this.#generation;
  }

  isLocal(hash: number): boolean {
    const slot = (hash >>> 5) & (slots - 1);
    return this.#generations[slot] === this.#generation && this.#bound[slot] === hash;
  }

  startStatement(): void {
    this.#count = 0;
  }

  /** How many names the statement at hand has been given numbers for. */
  get count(): number {
    return this.#count;
  }

  /** The hash of the name with a number, from 1. */
  named(number: number): number {
    return this.#numbered[number - 1] ?? 0;
  }

  /** The number, from 1, of a name by its first occurrence in the statement; names beyond the 64th share one. */
  numberOf(hash: number): number {
    const count = this.#count;
    for (let index = 0; index < count; index++) if (this.#numbered[index] === hash) return index + 1;
    if (count < mostNames) this.#numbered[this.#count++] = hash;
    return count + 1;
  }
}
