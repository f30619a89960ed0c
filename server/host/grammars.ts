import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadGrammars } from "../core/grammar.ts";

/** Loads the grammars that the build puts beside the bundles. */
export function loadBundledGrammars(): Promise<void> {
  return loadGrammars((file) => Promise.resolve(readFileSync(join(__dirname, file))));
}
