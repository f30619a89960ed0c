// An open document is read again after each edit, with what the edit left as it was taken over from before.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { defaultSettings } from "../server/core/settings.ts";
import type { Span } from "../server/core/text.ts";
import { Workspace } from "../server/host/workspace.ts";
import { languageNamed } from "../server/languages.ts";
import { toRange } from "../server/lsp/convert.ts";
import { OpenDocument } from "../server/lsp/document.ts";
import { PythonModule } from "../server/python/module.ts";
import { readScopes, type Scopes, scopesOf } from "../server/python/scopes.ts";
import { readSyntax, type Syntax, syntaxOf } from "../server/python/syntax.ts";
import { grammars } from "./grammars.ts";
import { type Chance, chanceOf } from "./refactorings/random-places.ts";
import { tries } from "./tries.ts";

await grammars();

const source = readFileSync(fileURLToPath(new URL("refactorings/recorder.py", import.meta.url)), "utf8");
/** What is typed, pasted, half done, and what breaks a file. */
const pieces = [
  "x",
  "\n",
  "    ",
  "def f():\n",
  "class A:\n    def g(self):\n        pass\n",
  "# c\n",
  "(",
  ")",
  ":",
  "é",
];
const rarer = ["😀", '"""', "@d\n", "async ", "return 1\n", "\r\n", "\\\n", "pass", ""];

test("what is read of a document after edits is what is read of its tree anew", () => {
  let taken = 0;
  for (let seed = 1; seed <= tries(24); seed++) {
    const chance = chanceOf(seed);
    using document = opened(source);
    for (let step = 0; step < 60; step++) {
      edit(document, chance);
      // Not each version is read: what is typed quickly is not looked at in between.
      if (chance() < 0.3) continue;
      const { module } = document;
      const earlier = module.earlier?.syntax;
      const syntax = syntaxOf(module);
      const anew = readSyntax(new PythonModule("a.py", document.text, () => module.tree));
      assert.equal(toldOf(syntax), toldOf(anew), `seed ${seed}, step ${step}`);
      taken += [...syntax.definitions.keys()].filter((each) => earlier?.definitions.has(each)).length;
      // Scopes are not always asked for, either.
      if (chance() < 0.3) continue;
      assert.equal(scopesTold(scopesOf(module)), scopesTold(readScopes(anew)), `scopes of seed ${seed}, step ${step}`);
    }
  }
  assert.ok(taken > tries(24) * 60, `only ${taken} definitions were taken over`);
});

test("what was typed and taken back again leaves what was there, wherever it was", () => {
  using document = opened(source);
  const before = toldOf(syntaxOf(document.module));
  for (let at = 0; at < source.length; at += 311) {
    for (const typed of ["x", "(", '"""']) {
      replace(document, { start: at, end: at }, typed);
      syntaxOf(document.module);
      replace(document, { start: at, end: at + typed.length }, "");
      assert.equal(toldOf(syntaxOf(document.module)), before, `${typed} at ${at}`);
    }
  }
});

test("who held on to an earlier version is told of that one, and the present one is read as it is", () => {
  using document = opened("def f():\n    return 1\n");
  const before = document.module;
  replace(document, { start: 0, end: 0 }, "x = 1\n");
  assert.equal(before.tree.rootNode.text, "def f():\n    return 1\n");
  assert.equal(toldOf(syntaxOf(document.module)), toldOf(readSyntax(new PythonModule("a.py", document.text))));
});

test("a document that is replaced as a whole is read as a whole", () => {
  using document = opened("def f():\n    return 1\n");
  syntaxOf(document.module);
  document.update([{ text: "def f():\n    return 2\n\n\ndef g():\n    pass\n" }], 2);
  assert.deepEqual(
    syntaxOf(document.module)
      .ofType("function_definition")
      .map(({ start, end }) => document.text.slice(start, end)),
    ["def f():\n    return 2", "def g():\n    pass"],
  );
});

function opened(text: string): OpenDocument {
  const workspace = new Workspace("/project", defaultSettings);
  const place = { workspace, path: "a.py", language: languageNamed("python") };
  return new OpenDocument({ uri: "file:///project/a.py", languageId: "python", version: 1, text }, place);
}

function edit(document: OpenDocument, chance: Chance): void {
  const of = <Item>(items: readonly Item[]) => items[Math.floor(chance() * items.length)];
  const start = Math.floor(chance() * document.text.length);
  const length = chance() < 0.6 ? 0 : Math.floor(chance() * 12);
  const at = { start, end: Math.min(document.text.length, start + length) };
  replace(document, at, of(chance() < 0.8 ? pieces : rarer) ?? "");
}

function replace(document: OpenDocument, at: Span, text: string): void {
  document.update([{ range: toRange(document.lines.rangeOf(at)), text }], document.version + 1);
}

function scopesTold(scopes: Scopes): string {
  return JSON.stringify(
    [...scopes.module.all()].map((scope) => [
      [scope.kind, scope.node.start, scope.parent?.node.start, scopes.of(scope.node) === scope],
      [...scope.bindings].map(([name, nodes]) => [name, nodes.map(({ start }) => start)]),
      [scope.parameters, scope.reads, scope.globals, scope.nonlocals].map((names) => [...names]),
    ]),
  );
}

function toldOf({ root, comments, broken, ofType }: Syntax): string {
  const nodes = [...root.descendants()];
  const types = new Set(nodes.map(({ type }) => type));
  return JSON.stringify([
    nodes.map(({ type, start, end, field, isNamed, parent }) => [type, start, end, field, isNamed, parent?.start]),
    comments,
    broken.map(({ type, start, end }) => [type, start, end]),
    [...types].map((type) => ofType(type).map(({ start }) => start)),
  ]);
}
