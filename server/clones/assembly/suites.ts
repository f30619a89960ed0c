import { names } from "./names";

const deepest: i32 = 250;
const columns: usize = memory.data(252 * 4);
const openers: usize = memory.data(252);

/** The suites that are open: the column of each, and the meaning of the word that began the statement above it. */
export class Suites {
  depth: i32 = 0;
  /** Depth of the function whose local names are known, -1 outside of functions. */
  private function: i32 = -1;
  private expected: i32 = 0;

  startFile(): void {
    this.depth = 0;
    this.function = -1;
    this.expected = 0;
  }

  /** What opened the innermost suite. */
  get opener(): i32 {
    return load<u8>(openers + this.depth);
  }

  /** A statement of this indentation begins. */
  indent(column: i32): void {
    while (this.depth > 0 && load<i32>(columns + (this.depth << 2)) > column) this.depth--;
    if (load<i32>(columns + (this.depth << 2)) < column && this.depth < deepest) {
      this.depth++;
      store<i32>(columns + (this.depth << 2), column);
      store<u8>(openers + this.depth, this.expected);
    }
    this.expected = 0;
    if (this.depth <= this.function) {
      this.function = -1;
      names.forget();
    }
  }

  /** The statement at hand may open a suite. */
  expect(opener: i32): void {
    this.expected = opener;
  }

  /** The statement at hand defines a function; within another one its names are that one's. */
  enterFunction(): void {
    if (this.function >= 0 && this.depth > this.function) return;
    this.function = this.depth;
    names.forget();
  }
}

export const suites: Suites = new Suites();
