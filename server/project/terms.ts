import { hashOf } from "../clones/hashes.ts";
import { END, NAME, Tokenizer } from "../clones/tokenizer.ts";
import type { Import } from "./imports.ts";
import { crossValidations, learningModules, servingModules, terms, webModules } from "./learning-names.ts";

/** What is told of a file that learns from data or serves what was learnt. */
export interface LearningFacts {
  /** The words of the vocabulary that occur among its names. */
  readonly terms: ReadonlySet<string>;
  /** Whether it speaks of a baseline, a dummy, a majority, chance or a naive prediction, in names or in words. */
  readonly speaksOfBaseline: boolean;
  /** Whether it is run by itself: it has a `__main__` guard, or fits a model outside of functions and classes. */
  readonly isRun: boolean;
  /** Whether it imports what answers requests. */
  readonly serves: boolean;
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
  return { ...scanner.scan(bytes), speaksOfBaseline: words.some(includes), serves: has(webModules) };
}

/** Statements whose body, or whose names, are not run where they stand. */
const definitions = new Set(["def", "class", "async", "import", "from"].map(hashOf));
/** `if __name__ == "__main__"`, and what fits a model, in a loop of PyTorch step by step. */
const running = new Set(["__name__", "fit", "backward", ...crossValidations].map(hashOf));
const byHash = new Map([...terms].map((term) => [hashOf(term), term]));

class TermScanner extends Tokenizer {
  scan(bytes: Uint8Array): Pick<LearningFacts, "terms" | "isRun"> {
    const found = new Set<string>();
    let isRun = false;
    let isInside = false;
    this.open(bytes);
    while (this.nextStatement()) {
      let token = this.next();
      if (this.indentation === 0) isInside = token === NAME && definitions.has(this.hash);
      for (; token !== END; token = this.next()) {
        const term = token === NAME ? byHash.get(this.hash) : undefined;
        if (term !== undefined) found.add(term);
        if (!isInside && token === NAME && running.has(this.hash)) isRun = true;
      }
    }
    return { terms: found, isRun };
  }
}

const scanner = new TermScanner();
