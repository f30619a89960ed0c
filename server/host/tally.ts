/** A set of words that several files put together, and from which each can take its own out again. */
export class Tally {
  readonly #numbers = new Map<string, number>();
  readonly #counts: number[] = [];

  /** Adds words, each once, and answers what takes them out again: the same numbers for the same words. */
  add(words: ReadonlySet<string>): Uint32Array {
    const numbers = Uint32Array.from(words, (word) => this.#numberOf(word)).sort();
    for (const number of numbers) this.#counts[number] = (this.#counts[number] ?? 0) + 1;
    return numbers;
  }

  remove(numbers: Uint32Array): void {
    for (const number of numbers) this.#counts[number] = (this.#counts[number] ?? 0) - 1;
  }

  has(word: string): boolean {
    const number = this.#numbers.get(word);
    return number !== undefined && (this.#counts[number] ?? 0) > 0;
  }

  #numberOf(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    this.#numbers.set(word, this.#counts.length);
    return this.#counts.push(0) - 1;
  }
}
