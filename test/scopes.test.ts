import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { PythonModule } from "../server/python/module.ts";
import type { Scope } from "../server/python/scope.ts";
import { readScopes } from "../server/python/scopes.ts";
import { syntaxOf } from "../server/python/syntax.ts";
import { grammars } from "./grammars.ts";

await grammars();

const hasPython = spawnSync("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]).status === 0;
const skip = hasPython ? false : "there is no Python 3.11 on this machine";

/** `kind name: local; free` of every scope inside the module, in source order. */
function scopesOf(text: string): string[] {
  using module = new PythonModule("a.py", text);
  const syntax = syntaxOf(module);
  assert.equal(syntax.isBroken, false);
  return [...readScopes(syntax).module.all()].slice(1).map((scope) => {
    const free = namesOf(scope).filter((name) => isFree(scope, name));
    const local = namesOf(scope).filter((name) => scope.isLocal(name));
    return `${scope.kind}: ${local.join(" ")}; ${free.join(" ")}`.trim();
  });
}

function namesOf(scope: Scope): string[] {
  const inner = scope.children.flatMap((child) => [...child.freeNames()]);
  return [...new Set([...scope.reads, ...scope.bindings.keys(), ...scope.nonlocals, ...inner])].sort();
}

function isFree(scope: Scope, name: string): boolean {
  const owner = scope.ownerOf(name);
  return owner !== scope && owner !== scope.module;
}

describe("scopes", () => {
  const examples: readonly (readonly [string, string, readonly string[]])[] = [
    [
      "parameters and targets",
      "def f(a, *b, c=D, **e):\n    x, (y, *z) = a\n    w.v = u[t] = 1\n",
      ["function: a b c e x y z;"],
    ],
    [
      "every statement that binds",
      "def f():\n    import a.b, c as d\n    from e import g\n    with h as i: pass\n    for j in k: pass\n    try: pass\n    except L as m: pass\n    def n(): pass\n    class O: pass\n    del p\n    q += 1\n",
      ["function: O a d g i j m n p q;", "function: ;", "class: ;"],
    ],
    [
      "a comprehension's first iterable stands outside",
      "def f(a):\n    return [b for b in a for c in a if b]\n",
      ["function: a;", "comprehension: b c; a"],
    ],
    [
      "a walrus binds outside its comprehension",
      "def f(a):\n    return [b for c in a if (b := c)]\n",
      ["function: a b;", "comprehension: c; b"],
    ],
    [
      "functions do not see class names",
      "def f(x):\n    class A:\n        x = x\n        def g(self):\n            return x\n",
      ["function: A x;", "class: g x;", "function: self; x"],
    ],
    [
      "global and nonlocal",
      "def f():\n    x = y = 1\n    def g():\n        nonlocal x\n        global y\n        x = y = 2\n        def h():\n            return x, y\n",
      ["function: g x y;", "function: h; x", "function: ; x"],
    ],
    [
      "defaults, annotations and decorators stand outside",
      "def f(a):\n    @a\n    def g(b: a = a) -> a:\n        return lambda c=b: c\n",
      ["function: a g;", "function: b;", "lambda: c;"],
    ],
    [
      "match captures",
      "def f(v):\n    match v:\n        case {'k': a, **b} | [a, *b] if c: pass\n        case K(d, e=g) as h: pass\n        case M.N | _: pass\n",
      ["function: a b d g h v;"],
    ],
    ["keyword arguments and attributes are no names", "def f(a):\n    return a.b(c=a)\n", ["function: a;"]],
  ];
  for (const [title, text, expected] of examples) {
    test(title, () => assert.deepEqual(scopesOf(text), expected));
  }

  for (const [title, text] of [
    ["an ERROR node", "def f(:\n    pass\n"],
    ["Python 2", "print 'a'\n"],
    ["a suite without a statement", "def f():\n\nx = 1\n"],
    ["`as` outside with, except and case", "x = (a as b)\n"],
    ["scopes of PEP 695", "def f[T](x: T): pass\n"],
    ["a lone carriage return", "x = 1\ry = 2\n"],
    ["nesting without end", `x = ${"(".repeat(500)}1${")".repeat(500)}\n`],
  ] as const) {
    test(`nothing is concluded from ${title}`, () => {
      using module = new PythonModule("a.py", text);
      assert.equal(syntaxOf(module).isBroken, true);
    });
  }

  test("agree with Python's symbol tables on its own library", { skip }, () => {
    const script = fileURLToPath(new URL("refactorings/oracle.py", import.meta.url));
    const answer = spawnSync("python3", [script, "tables"], { input: "25", encoding: "utf8", maxBuffer: 1 << 28 });
    assert.equal(answer.status, 0, answer.stderr);
    const files = JSON.parse(answer.stdout) as { path: string; text: string; scopes: string[] }[];
    assert.equal(files.length, 25);
    for (const { path, text, scopes } of files) assert.deepEqual(scopesOf(text).sort(), scopes, path);
  });
});
