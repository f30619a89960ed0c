import { Language, Parser, type Tree, Edit as TreeEdit } from "web-tree-sitter";
import type { Lines, Span } from "./text.ts";
import { type Runtime, useRuntime } from "./tree-walk.ts";

export type GrammarName = "python" | "requirements";

/** The WebAssembly files that the host must provide, under the names they have in `dist/`. */
export const grammarFiles = {
  runtime: "web-tree-sitter.wasm",
  python: "tree-sitter-python.wasm",
  requirements: "tree-sitter-requirements.wasm",
} as const;

/** What {@link parse} throws before the grammars are loaded: whoever can wait loads them, and does it again. */
export class GrammarsMissing extends Error {}

const parsers = new Map<GrammarName, Parser>();

/**
 * UTF-16 code units that the parser is given at once. It would take 5,000, and in broken code it goes back and forth:
 * each time it leaves what it has been given, so much is copied.
 */
const chunk = 512;

/**
 * Loads tree-sitter and both grammars once per process (or worker); every later parse is synchronous. `read` returns
 * the bytes of a file of {@link grammarFiles}. Rejects when a file is missing or is no WebAssembly.
 */
export async function loadGrammars(read: (file: string) => Promise<Uint8Array>): Promise<void> {
  if (parsers.size > 0) return;
  const runtime: Runtime = { wasmBinary: await read(grammarFiles.runtime) };
  await Parser.init(runtime);
  useRuntime(runtime);
  for (const name of ["python", "requirements"] as const) {
    const parser = new Parser();
    parser.setLanguage(await Language.load(await read(grammarFiles[name])));
    parsers.set(name, parser);
  }
}

/**
 * Parses a text; with `previous` (already told of its edits with `tree.edit`) only what changed is parsed again.
 * Whoever parses disposes: call `delete()` on the tree. Throws {@link GrammarsMissing} when they were not loaded.
 */
export function parse(grammar: GrammarName, text: string, previous?: Tree): Tree {
  const tree = parsers.get(grammar)?.parse((index) => text.slice(index, index + chunk), previous);
  if (!tree) throw new GrammarsMissing(`the ${grammar} grammar is not loaded`);
  return tree;
}

/**
 * What a tree must be told before its text is parsed again: a span of the text that it belongs to (whose lines these
 * are) is replaced by another text.
 */
export function treeEdit(lines: Lines, at: Span, inserted: string): TreeEdit {
  const start = lines.positionAt(at.start);
  const oldEnd = lines.positionAt(at.end);
  const rows = inserted.split("\n");
  const last = rows.at(-1) ?? "";
  return new TreeEdit({
    startIndex: at.start,
    oldEndIndex: at.end,
    newEndIndex: at.start + inserted.length,
    startPosition: { row: start.line, column: start.column },
    oldEndPosition: { row: oldEnd.line, column: oldEnd.column },
    newEndPosition: {
      row: start.line + rows.length - 1,
      column: rows.length === 1 ? start.column + last.length : last.length,
    },
  });
}
