import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GrammarsMissing, loadGrammars } from "../core/grammar.ts";

/** Loads the grammars that the build puts beside the bundles. */
export function loadBundledGrammars(): Promise<void> {
  return loadGrammars((file) => Promise.resolve(readFileSync(join(__dirname, file))));
}

/**
 * Does something that may parse, and may be done twice. Most Python files are judged by their tokens: for those that are not, the
 * grammars are loaded when the first one turns up.
 */
export async function parsing<Result>(run: () => Result): Promise<Result> {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof GrammarsMissing)) throw error;
    await loadBundledGrammars();
    return run();
  }
}
