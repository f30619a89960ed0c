import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { loadGrammars } from "../server/core/grammar.ts";

const require = createRequire(import.meta.url);
const where: Record<string, string> = {
  "web-tree-sitter.wasm": "web-tree-sitter/web-tree-sitter.wasm",
  "tree-sitter-python.wasm": "tree-sitter-python/tree-sitter-python.wasm",
  "tree-sitter-requirements.wasm": "../server/requirements/grammar/tree-sitter-requirements.wasm",
};

/** Loads the grammars from the installed packages and from this repository; every test file that parses awaits it once. */
export function grammars(): Promise<void> {
  return loadGrammars((file) => readFile(require.resolve(where[file] ?? file)));
}
