import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parse } from "smol-toml";
import { applyEdits } from "../server/core/edit.ts";
import { addedDependency } from "../server/project/pyproject-dependency.ts";

/** The text with numpy 1.26.4 among its dependencies; undefined where nothing can be added. */
function withNumpy(toml: string, version: string | undefined = "1.26.4+cpu"): string | undefined {
  const added = addedDependency(toml, "numpy", version);
  if (!added) return undefined;
  return "edit" in added ? applyEdits(toml, [added.edit]) : added.refused;
}

const dependencies = (list: string) => `[project]\nname = "x"\ndependencies = ${list}  # runtime\n\n[tool.x]\n`;

test("a list in order stays in order, any other gets it at its end", () => {
  assert.equal(withNumpy(dependencies('["a==1", "z==1"]')), dependencies('["a==1", "numpy==1.26.4", "z==1"]'));
  assert.equal(withNumpy(dependencies('["z==1", "a==1"]')), dependencies('["z==1", "a==1", "numpy==1.26.4"]'));
  assert.equal(withNumpy(dependencies("[]")), dependencies('["numpy==1.26.4"]'));
  assert.equal(withNumpy('[project]\nname = "x"\n'), '[project]\nname = "x"\ndependencies = ["numpy==1.26.4"]\n');
});

test("its version is spelt as most neighbours spell theirs", () => {
  const spelt = (...list: string[]) => /numpy[^"]*/.exec(withNumpy(dependencies(JSON.stringify(list))) ?? "")?.[0];
  assert.equal(spelt("a>=1", "b>=2,<3", "c==1"), "numpy>=1.26.4");
  assert.equal(spelt("a~=1.0", "b[x] ~= 2.0; python_version < '3.9'"), "numpy~=1.26.4");
  assert.equal(spelt("a", "b ; python_version < '3.9'", "c @ https://x.org/c-1.0.zip"), "numpy");
  assert.equal(spelt("a==1"), "numpy==1.26.4");
  assert.equal(addedDependency(dependencies('["a~=1.0"]'), "numpy", "2")?.requirement, "numpy>=2");
  assert.equal(addedDependency(dependencies('["a==1"]'), "numpy", undefined)?.requirement, "numpy");
});

test("where [project] says nothing, computes it, or names it already, there is nothing to add", () => {
  for (const toml of [
    "",
    "not toml [",
    '[tool.poetry]\nname = "x"\n',
    '[project]\nname = "x"\ndynamic = ["version", "dependencies"]\n',
    dependencies('["NumPy>=1"]'),
    dependencies("[1]"),
    dependencies('"numpy"'),
  ]) {
    assert.equal(withNumpy(toml), undefined, toml);
  }
});

test("nothing else changes", () => {
  const names = fc.uniqueArray(fc.constantFrom("a", "B-c", "m", "o_p", "zz"), { maxLength: 5 });
  const layouts = fc.constantFrom(
    (list: string[]) => `[${list.join(", ")}]`,
    (list: string[]) => `[  # why\n${list.map((each) => `    # about\n    ${each},  # note\n`).join("")}]`,
    (list: string[]) => `[\r\n${list.join(",\r\n")}\r\n]`,
  );
  fc.assert(
    fc.property(names, layouts, (list, layout) => {
      const toml = dependencies(layout(list.map((each) => JSON.stringify(`${each}>=1`))));
      const after = withNumpy(toml) ?? "";
      const now = (parse(after) as { project: { dependencies: string[] } }).project.dependencies;
      assert.deepEqual(
        now.filter((each) => !each.startsWith("numpy")),
        list.map((each) => `${each}>=1`),
      );
      assert.equal(now.length, list.length + 1);
      assert.deepEqual(after.match(/#.*/g), toml.match(/#.*/g));
    }),
    { seed: 621, numRuns: 200 },
  );
});
