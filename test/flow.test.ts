import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { mayManagerSwallow } from "../server/python/context-managers.ts";
import { boundNames, liveNames, NameSets } from "../server/python/data-flow.ts";
import { flowOf } from "../server/python/flow.ts";
import { PythonModule } from "../server/python/module.ts";
import { readScopes } from "../server/python/scopes.ts";
import { syntaxOf } from "../server/python/syntax.ts";
import { grammars } from "./grammars.ts";

await grammars();

/**
 * Stands at the statement `HERE` in the function `f` of a text: the names surely bound there (`undefined` when it is
 * not reached) and those whose value may still be read.
 */
function at(text: string): { readonly bound: string | undefined; readonly live: string } {
  using module = new PythonModule("a.py", text);
  const syntax = syntaxOf(module);
  assert.equal(syntax.isBroken, false, "the example parses");
  const scopes = readScopes(syntax);
  const owner = [...syntax.root.descendants()].find(
    (node) => node.type === "function_definition" && text.startsWith("def f(", node.start),
  );
  assert.ok(owner);
  const flow = flowOf(owner, syntax, scopes, mayManagerSwallow(syntax, scopes));
  const sets = new NameSets();
  const bound = boundNames([flow.first], 0n, sets);
  const live = liveNames(flow, sets);
  const marks = flow.steps.filter(
    (step) => step.kind === "start" && text.slice(step.node.start, step.node.end) === "HERE",
  );
  assert.ok(marks.length > 0);
  const isVariable = (name: string) => name !== "HERE" && name === name.toLowerCase();
  const spelt = (set: bigint) => [...sets.names(set)].filter(isVariable).sort().join(" ");
  const reached = marks.flatMap((step) => bound.get(step) ?? []);
  return {
    bound: reached.length > 0 ? spelt(reached.reduce((all, set) => all & set)) : undefined,
    live: spelt(marks.reduce((all, step) => all | (live.get(step) ?? 0n), 0n)),
  };
}

const inFunction = (body: string) => `def f(a):\n${body.replace(/^(?=.)/gm, "    ")}\n`;

describe("definite assignment", () => {
  const examples: readonly (readonly [string, string, string | undefined])[] = [
    ["both branches", "if a:\n    x = 1\nelse:\n    x = 2\nHERE", "a x"],
    ["one branch", "if a:\n    x = 1\nHERE", "a"],
    ["a branch that leaves", "if a:\n    x = 1\nelse:\n    raise E\nHERE", "a x"],
    ["elif without else", "if a:\n    x = 1\nelif A:\n    x = 2\nHERE", "a"],
    ["a for loop may run no turn", "for x in a:\n    y = 1\nHERE", "a"],
    ["in the loop", "for x in a:\n    HERE", "a x"],
    ["for with else and break", "for x in a:\n    if x:\n        y = 1\n        break\nelse:\n    y = 2\nHERE", "a y"],
    ["while True ends by break only", "while True:\n    x = a\n    if x:\n        break\nHERE", "a x"],
    ["while True without break", "while True:\n    x = a\nHERE", undefined],
    ["after return", "return a\nHERE", undefined],
    ["try that may fail", "try:\n    x = a()\nexcept E:\n    pass\nHERE", "a"],
    ["try and handler", "try:\n    x = a()\nexcept E:\n    x = 1\nHERE", "a x"],
    ["in the handler", "try:\n    x = 1\n    y = a()\nexcept E as e:\n    HERE", "a e"],
    ["the handler's name is gone afterwards", "e = 1\ntry:\n    a()\nexcept E as e:\n    pass\nHERE", "a"],
    [
      "and gone when a loop goes on",
      "e = 1\nfor x in a:\n    HERE\n    try:\n        a()\n    except E as e:\n        continue",
      "a x",
    ],
    ["try with else", "try:\n    x = a()\nexcept E:\n    return\nelse:\n    y = 1\nHERE", "a x y"],
    ["finally runs on every way", "try:\n    x = a()\nfinally:\n    HERE", "a"],
    ["finally binds", "try:\n    x = a()\nfinally:\n    y = 1\nHERE", "a x y"],
    ["with lets pass", "with open(a) as x:\n    y = 1\nHERE", "a x y"],
    ["with swallows", "with suppress(E) as x:\n    y = 1\nHERE", "a x"],
    ["del", "x = 1\ndel x\nHERE", "a"],
    ["walrus on the right of and", "if a and (x := a):\n    HERE", "a"],
    ["walrus on the left of and", "if (x := a) and a:\n    HERE", "a x"],
    ["walrus in a comprehension", "[x := b for b in a]\nHERE", "a"],
    ["walrus in a chained comparison", "1 < a < (x := 3)\nHERE", "a"],
    [
      "match with a case for the rest",
      "match a:\n    case [x]:\n        y = 1\n    case _:\n        y = 2\nHERE",
      "a y",
    ],
    ["match without one", "match a:\n    case [x]:\n        y = 1\nHERE", "a"],
    ["assert's message", "assert a, (x := 1)\nHERE", "a"],
    ["imports, functions and classes", "import b.c, d as e\ndef g(): pass\nclass k: pass\nHERE", "a b e g k"],
    ["a declaration binds nothing", "x: int\ny: int = 1\nHERE", "a y"],
  ];
  for (const [title, body, expected] of examples) {
    test(title, () => assert.equal(at(inFunction(body)).bound, expected));
  }
});

describe("liveness", () => {
  const examples: readonly (readonly [string, string, string])[] = [
    ["read below", "x = y = 1\nHERE\nreturn x", "x"],
    ["rebound before it is read", "HERE\nx = 1\nreturn x", ""],
    ["an augmented assignment reads", "HERE\nx += 1", "x"],
    ["the next turn of a loop", "for b in a:\n    HERE\n    y = x\n    x = b", "b x"],
    ["the value comes before the target", "HERE\nx = x + 1", "x"],
    ["a handler", "try:\n    HERE\n    x = a()\nexcept E:\n    print(x)", "a x"],
    ["a finally on the way of a return", "try:\n    HERE\n    return a\nfinally:\n    print(x)", "a x"],
    [
      "a finally on the way of a break",
      "for b in a:\n    try:\n        HERE\n        break\n    finally:\n        print(x)",
      "x",
    ],
    ["what follows a swallowed exception", "with suppress(E):\n    HERE\n    x = a()\nreturn x", "a x"],
    ["what follows an exception that passes", "with open(a):\n    HERE\n    x = a()\nreturn x", "a"],
    ["a function defined below", "HERE\ndef g():\n    return x\nx = 1", "x"],
    ["a function's own name is not needed", "HERE\ndef g():\n    return g()", ""],
    ["del needs its name", "HERE\ndel x", "x"],
    ["a comprehension's own names", "HERE\n[b for b in a if b]", "a"],
    ["f-strings", "HERE\nf'{x:{y}}'", "x y"],
    ["a local annotation is not evaluated", "HERE\nz: x = y", "y"],
    ["both arms of a ternary", "HERE\nx if y else z", "x y z"],
    ["the default of an inner function", "HERE\ndef g(b=x): pass", "x"],
    ["a guard of match", "HERE\nmatch a:\n    case b if x:\n        pass", "a x"],
  ];
  for (const [title, body, expected] of examples) {
    test(title, () =>
      assert.equal(
        at(inFunction(body))
          .live.replace(/\bprint ?/, "")
          .trim(),
        expected,
      ),
    );
  }
});

describe("managers", () => {
  const after = (manager: string, before = "") =>
    at(`${before}\n${inFunction(`with ${manager}:\n    y = 1\nHERE`)}`).bound === "a y";

  test("known ones let exceptions pass", () => {
    for (const manager of ["open(a)", "torch.no_grad()", "self.lock", "gzip.open(a) as b, open(a) as c"]) {
      assert.ok(after(manager.replace(/ as \w/g, "")), manager);
    }
  });

  test("unknown ones may swallow", () => {
    for (const manager of ["suppress(E)", "self.assertRaises(E)", "step()", "open(a), step()", "(step())"]) {
      assert.ok(!after(manager), manager);
    }
  });

  test("those of the file are read", () => {
    const exit = (value: string) => `class M:\n    def __exit__(self, *e):\n        ${value}\n`;
    assert.ok(after("M()", exit("pass")));
    assert.ok(after("M()", exit("return False")));
    assert.ok(!after("M()", exit("return e[0] is None")));
    assert.ok(!after("M()", exit("pass").replace("M:", "M(Base):")));
    const made = (body: string) => `@contextmanager\ndef m():\n${body.replace(/^(?=.)/gm, "    ")}\n`;
    assert.ok(after("m()", made("yield 1")));
    assert.ok(after("m()", made("try:\n    yield 1\nfinally:\n    pass")));
    assert.ok(!after("m()", made("try:\n    yield 1\nexcept E:\n    pass")));
    assert.ok(!after("m()", made("try:\n    yield 1\nfinally:\n    return")));
    assert.ok(!after("m()", made("with suppress(E):\n    yield 1")));
    assert.ok(!after("m()", made("yield 1").replace("@contextmanager", "@other")));
  });
});
