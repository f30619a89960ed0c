// What flows into what inside of a scope, and what names mean by the imports.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PythonModule } from "../server/python/module.ts";
import { flowsInto } from "../server/python/value.ts";
import { valueFlowOf } from "../server/python/value-flow.ts";
import { grammars } from "./grammars.ts";

await grammars();

/** Whether the result of the call of `source` flows into an argument of `sink`. */
function flows(text: string): boolean {
  using module = new PythonModule("module.py", text);
  const { calls } = valueFlowOf(module);
  const [from, into] = ["source", "sink"].map((name) => calls.find(({ callee }) => callee === name));
  assert.ok(from && into, text);
  return into.positional.some(({ values }) => flowsInto(from.value, values));
}

function meanings(text: string): (string | undefined)[] {
  using module = new PythonModule("module.py", text);
  return valueFlowOf(module).calls.map(({ callee, method }) => callee ?? `.${method}`);
}

test("a value flows through names, expressions, parts and calls", () => {
  const yes = [
    "a = source()\nb = a\nsink(b)",
    "sink(f(source())[0].values + 1)",
    "a, (b, c) = source()\nsink(c)",
    "a, b = 1, source()\nsink(b)",
    "frame['x'] = source()\nsink(frame.drop('y'))",
    "frame.loc[:, 'x'] = source()\nsink(frame)",
    "self.x = source()\nsink(self.x)",
    "parts = []\nparts.append(source())\nsink(parts)",
    "x = 1\nx += source()\nsink(x)",
    "sink([f(each) for each in source()])",
    "if (x := source()):\n    sink(x)",
    "with source() as x:\n    sink(x)",
    "for x in source():\n    sink(x)",
    "x = source() if a else 2\nsink(x)",
    "models = {'a': source()}\nfor name, model in models.items():\n    sink(model)",
  ];
  for (const text of yes) assert.ok(flows(text), text);
  const no = [
    "a = source()\na = 1\nsink(a)",
    "a, b = source(), 1\nsink(b)",
    "a = source()\nsink(b)",
    "frame['x'] = source()\nframe = load()\nsink(frame)",
    "sink(a)\na = source()",
    "[a for a in source()]\nsink(a)",
    "models = {'a': source()}\nfor name, model in models.items():\n    sink(name)",
  ];
  for (const text of no) assert.ok(!flows(text), text);
});

test("branches are joined, loops come round, functions see what the module leaves", () => {
  const yes = [
    "if a:\n    x = source()\nelse:\n    x = 1\nsink(x)",
    "x = source()\nif a:\n    x = 1\nsink(x)",
    "try:\n    x = source()\nexcept E:\n    x = 1\nsink(x)",
    "for i in y:\n    sink(x)\n    x = source()",
    "while a:\n    sink(x)\n    x = source()",
    "match a:\n    case 1:\n        x = source()\nsink(x)",
    "x = source()\ndef f():\n    sink(x)",
  ];
  for (const text of yes) assert.ok(flows(text), text);
  const no = [
    "if a:\n    x = source()\n    x = 1\nsink(x)",
    "def f():\n    x = source()\ndef g():\n    sink(x)",
    "x = source()\ndef f(x):\n    sink(x)",
    "if a:\n    x = 1\nelif b:\n    x = 2\nelse:\n    x = 3\ny = source()\nsink(x)",
  ];
  for (const text of no) assert.ok(!flows(text), text);
});

test("what is fitted is what fit hands back", () => {
  using module = new PythonModule("module.py", "a = Model()\nb = a.fit(X)\nb.predict(Y)\n");
  const [made, , predicted] = valueFlowOf(module).calls;
  assert.deepEqual(predicted?.receiver, [made?.value]);
});

test("names mean what the imports say", () => {
  assert.deepEqual(
    meanings(
      "import a.b\nimport c.d as e\nfrom f.g import h as i, j\nfrom .k import l\nfrom m import *\na.b.x()\ne.x()\ni()\nj.x()\nl()\nFree()\nprint()\n",
    ),
    ["a.b.x", "c.d.x", "f.g.h", "f.g.j.x", ".k.l", "m.Free", "print"],
  );
  assert.deepEqual(meanings("import a\na = a.b()\na.c()\n"), [".b", ".c"]);
  assert.deepEqual(meanings("import a\ndef f(a):\n    a.b()\n"), [".b"]);
  assert.deepEqual(meanings("try:\n    import fast as np\nexcept ImportError:\n    import numpy as np\nnp.x()\n"), [
    "fast.x",
  ]);
});

test("broken and deep code is read without a failure", () => {
  for (const text of [
    "def (:\n  x = ",
    "x = = 1\nf(",
    `x = ${"(".repeat(300)}1${")".repeat(300)}`,
    "f(*, **)",
    "a[b",
  ]) {
    using module = new PythonModule("module.py", text);
    valueFlowOf(module);
  }
});
