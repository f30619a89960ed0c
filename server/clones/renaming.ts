import { finish, mix } from "./bytes.ts";
import { END, NAME, SIGN, Tokenizer } from "./tokenizer.ts";
import * as words from "./words.ts";

const EQUALS = 61;
const DOT = 46;

/**
 * Tells whether two copies differ by a one-to-one renaming: their names, numbered by first occurrence over the whole
 * block, are then the same (parameterised matching; Baker, "Parameterized pattern matching", JCSS 1996).
 */
export class RenamingHasher extends Tokenizer {
  readonly #numbers = new Map<number, number>();

  /** A hash of how the names recur in the statements that begin on these lines (from 0, both included). */
  hashOfLines(bytes: Uint8Array, firstLine: number, lastLine: number): number {
    this.open(bytes);
    this.#numbers.clear();
    while (this.line < firstLine && this.position < this.length) {
      const end = this.passToLineEnd(this.position);
      this.position = end < this.length ? this.passLineEnd(end) : end;
    }
    let hash = 1;
    while (this.nextStatement() && this.line <= lastLine) hash = this.#statementHash(hash);
    return finish(hash);
  }

  #statementHash(seed: number): number {
    let hash = seed;
    let sign = 0;
    let inSignature = false;
    let first = true;
    for (let token = this.next(); token !== END; token = this.next()) {
      if (token === NAME) {
        const meaning = sign === DOT ? 0 : words.meaningOf(this.hash);
        if (first) inSignature = meaning === words.DEF || meaning === words.ASYNC;
        const isName = meaning === 0 || meaning >= words.MATCH;
        if (isName && sign !== DOT && !this.#isArgument(inSignature)) hash = mix(hash, this.#numberOf(this.hash));
      }
      sign = token === SIGN ? this.hash : 0;
      first = false;
    }
    return hash;
  }

  /** Whether the name is a keyword argument's: no variable. */
  #isArgument(inSignature: boolean): boolean {
    if (inSignature || this.depth === 0 || this.following() !== EQUALS) return false;
    return this.followingPair() !== EQUALS;
  }

  #numberOf(hash: number): number {
    const known = this.#numbers.get(hash);
    if (known !== undefined) return known;
    const number = this.#numbers.size + 1;
    this.#numbers.set(hash, number);
    return number;
  }
}
