// Texts on which a regular expression with more than one way to match would not come to an end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { similarity } from "../server/clones/alignment.ts";
import { importedNames } from "../server/python/imported-names.ts";
import { PythonModule } from "../server/python/module.ts";
import { syntaxOf } from "../server/python/syntax.ts";
import { grammars } from "./grammars.ts";

await grammars();

const ruler = "#".repeat(60);

test("a string with an escape and a ruler of signs, as a template for a file has it", () => {
  using module = new PythonModule("a.py", `text = """\\\n    ${ruler}\n    ### FILE ###\n    end"""\n`);
  assert.equal(syntaxOf(module).isBroken, false);
});

test("an import in brackets that nothing closes", () => {
  assert.ok(importedNames(`from a import (b, ${ruler}\n  c, ${ruler}`).includes("a"));
  assert.deepEqual(importedNames(`from a import (b, ${ruler}\n  c)`), ["a", "a.b", "a.c"]);
});

test("a string of backslashes that nothing closes", () => {
  const text = `x = "${"\\".repeat(61)}`;
  assert.equal(similarity(text, text), 1);
});
