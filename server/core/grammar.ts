import { Language, Parser, type Tree } from "web-tree-sitter";

export type GrammarName = "python" | "requirements";

/** The WebAssembly files that the host must provide, under the names they have in `dist/`. */
export const grammarFiles = {
  runtime: "web-tree-sitter.wasm",
  python: "tree-sitter-python.wasm",
  requirements: "tree-sitter-requirements.wasm",
} as const;

const parsers = new Map<GrammarName, Parser>();

/**
 * Loads tree-sitter and both grammars once per process (or worker); every later parse is synchronous. `read` returns
 * the bytes of a file of {@link grammarFiles}. Rejects when a file is missing or is no WebAssembly.
 */
export async function loadGrammars(read: (file: string) => Promise<Uint8Array>): Promise<void> {
  if (parsers.size > 0) return;
  await Parser.init({ wasmBinary: await read(grammarFiles.runtime) });
  for (const name of ["python", "requirements"] as const) {
    const parser = new Parser();
    parser.setLanguage(await Language.load(await read(grammarFiles[name])));
    parsers.set(name, parser);
  }
}

/**
 * Parses a text; with `previous` (already told of its edits with `tree.edit`) only what changed is parsed again.
 * Whoever parses disposes: call `delete()` on the tree. Throws an Error when the grammars were not loaded.
 */
export function parse(grammar: GrammarName, text: string, previous?: Tree): Tree {
  const tree = parsers.get(grammar)?.parse(text, previous);
  if (!tree) throw new Error(`the ${grammar} grammar is not loaded`);
  return tree;
}
