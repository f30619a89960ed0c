import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { describe, test } from "node:test";
import { refactorings } from "../server/languages.ts";
import { grammars } from "./grammars.ts";
import { casesOf, python, refactored, textAfter, withoutPython } from "./refactorings.ts";

await grammars();

test("every refactoring has its literate test", () => {
  const files = readdirSync(new URL("refactorings", import.meta.url)).filter((name) => name.endsWith(".md"));
  assert.deepEqual(files.sort(), refactorings.map(({ name }) => `${name}.md`).sort());
});

for (const { name } of refactorings) {
  const cases = casesOf(name);

  describe(name, () => {
    for (const each of cases) {
      test(each.title, () => {
        const result = refactored(name, each.text, each.places, each.options);
        if (each.refused !== undefined) {
          assert.equal(result.applied ? "applied" : result.code, each.refused);
          assert.ok(
            !result.applied && result.reason.length > 10 && !/\{\d\}|``/.test(result.reason),
            "one full sentence",
          );
          return;
        }
        const after = textAfter(each.text, result);
        assert.equal(after, each.after);
        assert.ok(result.applied && (result.name === undefined || after.includes(result.name)));
      });
    }

    test("the cases behave alike before and after", { skip: withoutPython }, () => {
      const applied = cases.filter((each) => each.after !== undefined);
      const runs = applied.map((each) => ({ before: each.text, after: each.after, lines: each.run }));
      const said = python<{ readonly before: unknown; readonly after: unknown }[]>("run", runs);
      assert.equal(said.length, applied.length);
      for (const [index, both] of said.entries()) assert.deepEqual(both.after, both.before, applied[index]?.title);
      const count = applied.filter((each) => each.run.length > 0).length;
      assert.ok(count > applied.length / 2, `${count} of ${applied.length} cases are run`);
    });

    test("their functions do the same with generated arguments", { skip: withoutPython }, () => {
      const applied = cases.filter((each) => each.after !== undefined);
      const runs = applied.map((each) => ({ before: each.text, after: each.after }));
      const said = python<{ readonly calls: number; readonly different: unknown }[]>("compare", runs);
      for (const [index, { different }] of said.entries()) assert.equal(different, null, applied[index]?.title);
      assert.ok(said.reduce((sum, { calls }) => sum + calls, 0) > 2 * applied.length, "enough is called");
    });
  });
}
