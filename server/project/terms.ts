import { hashOf } from "../clones/bytes.ts";
import { END, NAME, Tokenizer } from "../clones/tokenizer.ts";
import type { Import } from "./imports.ts";
import { learningModules, servingModules, terms } from "./learning-names.ts";

/** What is told of a file that learns from data or serves what was learnt. */
export interface LearningFacts {
  /** The words of the vocabulary that occur among its names. */
  readonly terms: ReadonlySet<string>;
  /** Whether it speaks of a baseline, a dummy, a majority, chance or a naive prediction, in names or in words. */
  readonly speaksOfBaseline: boolean;
}

/**
 * The facts of a Python file from its bytes in UTF-8, which `includes` searches for a word; undefined when its imports
 * say that it does neither.
 */
export function learningIn(
  bytes: Uint8Array,
  imports: readonly Import[],
  includes: (word: string) => boolean,
): LearningFacts | undefined {
  const has = (modules: ReadonlySet<string>) => imports.some(({ module }) => modules.has(module));
  if (!has(learningModules) && !(has(servingModules) && includes("predict"))) return undefined;
  const words = ["aseline", "BASELINE", "ummy", "ajority", "chance", "most_frequent", "naive_", "_naive", "Naive"];
  return { terms: scanner.scan(bytes), speaksOfBaseline: words.some(includes) };
}

const byHash = new Map([...terms].map((term) => [hashOf(term), term]));

class TermScanner extends Tokenizer {
  scan(bytes: Uint8Array): ReadonlySet<string> {
    const found = new Set<string>();
    this.open(bytes);
    while (this.nextStatement()) {
      for (let token = this.next(); token !== END; token = this.next()) {
        const term = token === NAME ? byHash.get(this.hash) : undefined;
        if (term !== undefined) found.add(term);
      }
    }
    return found;
  }
}

const scanner = new TermScanner();
