import assert from "node:assert/strict";
import { test } from "node:test";
import { grammars } from "./grammars.ts";
import { trial } from "./refactorings/random.ts";
import { chanceOf } from "./refactorings/random-places.ts";
import { python, withoutPython } from "./refactorings.ts";
import { tries } from "./tries.ts";

await grammars();

test("extractions at random places of Python's own library compile and keep every name what it was", {
  skip: withoutPython,
}, () => {
  const modules = python<{ path: string; text: string }[]>("tables", tries(24));
  const chance = chanceOf(2026);
  const tried = modules.flatMap(({ path, text }) =>
    ["extract-function", "extract-function", "extract-variable", "extract-constant"].flatMap(
      (name) => trial(path, text, name, chance) ?? [],
    ),
  );
  const applied = tried.filter(({ after }) => after !== undefined);
  assert.ok(applied.length > tries(40), `${applied.length} of ${tried.length} were applied`);
  const faults = python<string[][]>(
    "judge",
    applied.map((each) => ({ ...each, kind: each.refactoring.replace("extract-", "") })),
  );
  for (const [index, list] of faults.entries()) assert.deepEqual(list, [], JSON.stringify(applied[index]?.at));
});

test("the judge sees a name that became another", { skip: withoutPython }, () => {
  const before = "def f(a):\n    b = a\n    return b\n";
  const wrong = {
    "def _g():\n    return a\n\n\ndef f(a):\n    b = _g()\n    return b\n": /a became global/,
    "def _g(a):\n    return a\n\n\ndef f(a):\n    b = _g(a\n    return b\n": /does not compile/,
  };
  for (const [after, fault] of Object.entries(wrong)) {
    const [faults] = python<string[][]>("judge", [{ before, after, hosts: ["f"], name: "_g", kind: "function" }]);
    assert.match(faults?.join() ?? "", fault);
  }
});
