// A walk must tell of a tree what tree-sitter's own cursor tells: it asks the runtime for it, behind the library's back.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import type { Tree, TreeCursor } from "web-tree-sitter";
import { parse } from "../server/core/grammar.ts";
import { TreeWalk } from "../server/core/tree-walk.ts";
import { grammars } from "./grammars.ts";

await grammars();

type Node = readonly [
  id: number,
  type: string,
  typeId: number,
  named: boolean,
  missing: boolean,
  field: string | undefined,
  start: number,
  end: number,
];

function byCursor(tree: Tree): Node[] {
  const nodes: Node[] = [];
  const cursor = tree.walk();
  const visit = (at: TreeCursor) => {
    const field = at.currentFieldName ?? undefined;
    nodes.push([
      at.nodeId,
      at.nodeType,
      at.nodeTypeId,
      at.nodeIsNamed,
      at.nodeIsMissing,
      field,
      at.startIndex,
      at.endIndex,
    ]);
    if (!at.gotoFirstChild()) return;
    do visit(at);
    while (at.gotoNextSibling());
    at.gotoParent();
  };
  visit(cursor);
  cursor.delete();
  return nodes;
}

function byWalk(tree: Tree): Node[] {
  const nodes: Node[] = [];
  using walk = new TreeWalk(tree);
  const visit = () => {
    nodes.push([walk.nodeId, walk.type, walk.typeId, walk.isNamed, walk.isMissing, walk.field, walk.start, walk.end]);
    if (!walk.toFirstChild()) return;
    do visit();
    while (walk.toNextSibling());
    walk.toParent();
  };
  visit();
  return nodes;
}

function compare(text: string): void {
  const tree = parse("python", text);
  assert.deepEqual(byWalk(tree), byCursor(tree));
  tree.delete();
}

test("a walk tells what a cursor tells, of sound and of broken code", () => {
  for (const text of [
    "",
    "x",
    "é = '𝒳'  # ü\nprint(é)\n",
    "def f(:\n  x = (1,\nclass",
    "x = not in y is not z\nf(a=1)\n",
  ])
    compare(text);
});

test("a walk tells what a cursor tells of the example project, whole and cut off anywhere", () => {
  const folder = new URL("../examples/churn/", import.meta.url);
  for (const name of readdirSync(folder).filter((each) => each.endsWith(".py"))) {
    const text = readFileSync(new URL(name, folder), "utf8");
    for (let end = text.length; end > 0; end -= 211) compare(text.slice(0, end));
  }
});

test("walks may follow one another, and leave trees and cursors alone", () => {
  const [one, other] = [parse("python", "a = 1\n"), parse("python", "def f():\n    return 2\n")];
  const cursor = one.walk();
  assert.equal(byWalk(other).length, byCursor(other).length);
  assert.ok(cursor.gotoFirstChild());
  assert.equal(cursor.nodeType, "expression_statement");
  cursor.delete();
  one.delete();
  other.delete();
});
