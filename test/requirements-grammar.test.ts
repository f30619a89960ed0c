import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { Edit } from "web-tree-sitter";
import { buildGrammar, generateParser, grammarFolder, grammarWasm, missingTool } from "../scripts/grammar.ts";
import { parse } from "../server/core/grammar.ts";
import { readRequirements } from "../server/requirements/reader.ts";
import { grammars } from "./grammars.ts";
import { requirementsText } from "./requirements/lines.ts";
import { tries } from "./tries.ts";

await grammars();

/** The cases of a file in tree-sitter's corpus format: title, text and expected tree. */
const corpus = readFileSync(join(grammarFolder, "test/corpus/requirements.txt"), "utf8");
const cases = corpus.split(/^=+\n(.+)\n=+\n/m).slice(1);

for (let index = 0; index < cases.length; index += 2) {
  test(`parses: ${cases[index]}`, () => {
    const [text = "", expected = ""] = (cases[index + 1] ?? "").split("\n---\n");
    const tree = parse("requirements", text);
    const fields = /\b[a-z]+: /g;
    assert.equal(tree.rootNode.toString().replace(fields, ""), expected.trim().replace(/\s+/g, " "));
    tree.delete();
  });
}

const brokenLines = [
  "a=1",
  "pip install b",
  "c[x",
  "conda-forge::d",
  "e>=",
  '"f',
  "g; python_version < 3",
  "h (>=1",
  "i @",
  "j; os_name == 'x",
  "k k k k",
  "<<<<<<< HEAD",
  "\ufeffl",
  "- m",
];

for (const broken of brokenLines) {
  test(`a broken line leaves the next alone: ${broken}`, () => {
    const next = "numpy>=1.0 ; os_name == 'nt' --hash=sha256:abc # why\n";
    const tree = parse("requirements", `${broken}\n${next}`);
    const node = tree.rootNode.namedChildren.find((child) => child.startIndex === broken.length + 1);
    assert.equal(node?.type, "requirement");
    assert.equal(node?.hasError, false);
    assert.equal(node?.childForFieldName("marker")?.text, "os_name == 'nt'");
    tree.delete();
    using file = readRequirements("requirements.txt", `${broken}\n${next}`);
    assert.equal(file.entries[1]?.specifier, ">=1.0");
  });
}

test("an edited tree reads as a new one", () => {
  const edits = fc.record({ start: fc.nat(60), removed: fc.nat(20), added: requirementsText });
  const texts = fc.array(requirementsText, { minLength: 1, maxLength: 4 }).map((lines) => lines.join("\n"));
  fc.assert(
    fc.property(texts, edits, (text, edit) => {
      const start = Math.min(edit.start, text.length);
      const end = Math.min(start + edit.removed, text.length);
      const edited = text.slice(0, start) + edit.added + text.slice(end);
      const old = parse("requirements", text);
      const newEnd = start + edit.added.length;
      old.edit(
        new Edit({
          startIndex: start,
          oldEndIndex: end,
          newEndIndex: newEnd,
          startPosition: pointAt(text, start),
          oldEndPosition: pointAt(text, end),
          newEndPosition: pointAt(edited, newEnd),
        }),
      );
      const tree = parse("requirements", edited, old);
      const fresh = parse("requirements", edited);
      assert.equal(tree.rootNode.toString(), fresh.rootNode.toString());
      fresh.delete();
      tree.delete();
      old.delete();
    }),
    { seed: 7, numRuns: tries(300) },
  );
});

function pointAt(text: string, offset: number): { row: number; column: number } {
  const lines = text.slice(0, offset).split("\n");
  return { row: lines.length - 1, column: lines.at(-1)?.length ?? 0 };
}

const compiler = missingTool(["clang", "wasm-ld"], true);
const generator = missingTool(["tree-sitter"], true);

test("the WebAssembly is what its source compiles to", { skip: compiler && `${compiler} is not here` }, () => {
  inFolder((folder) => {
    const built = join(folder, "grammar.wasm");
    buildGrammar(built);
    assert.ok(readFileSync(built).equals(readFileSync(grammarWasm)), "run `node scripts/grammar.ts`");
  });
});

test("the parser is what the grammar generates", { skip: generator && `${generator} is not here` }, () => {
  inFolder((folder) => {
    generateParser(folder);
    const source = (where: string) => readFileSync(join(where, "parser.c"), "utf8");
    assert.equal(source(folder), source(join(grammarFolder, "src")), "run `node scripts/grammar.ts`");
  });
});

function inFolder(work: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "groundwork-test-"));
  try {
    work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
