import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { refactorings } from "../server/languages.ts";
import { refusalCodes } from "../server/refactorings/refusals.ts";
import { grammars } from "./grammars.ts";
import { type Case, casesOf, python, refactored, textAfter, withoutPython } from "./refactorings.ts";

await grammars();

test("every refactoring has its literate test", () => {
  const files = literateFiles("refactorings/");
  assert.deepEqual(files.sort(), refactorings.map(({ name }) => name).sort());
});

test("every reason for a refusal has its case", () => {
  const folders = ["refactorings/", "refactorings/across/"];
  const files = folders.flatMap((folder) => literateFiles(folder).map((name) => `${folder}${name}.md`));
  const text = files.map((file) => readFileSync(new URL(file, import.meta.url), "utf8")).join("");
  // Those of notebooks are told in their own tests.
  const own = refusalCodes.filter((code) => !/^(NOTEBOOK_\w+|MOVE_\w+|UNKNOWN_NAME|FILE_EXISTS)$/.test(code));
  const without = own.filter((code) => !new RegExp(`\\b${code}\\b`).test(text));
  assert.deepEqual(without, []);
});

test("every rule of docs/refactoring-rules.md has cases that exist", () => {
  const table = readFileSync(new URL("../docs/refactoring-rules.md", import.meta.url), "utf8");
  const rows = table.split("\n").filter((line) => line.startsWith("| ") && !/^\| (rule|---)/.test(line));
  for (const row of rows) {
    const lists = [...row.matchAll(/`([\w/-]+\.md)`: ((?:“[^”]+”(?:, )?)+)/g)];
    assert.ok(lists.length > 0, row);
    for (const [, file = "", titles = ""] of lists) {
      const text = readFileSync(new URL(`refactorings/${file}`, import.meta.url), "utf8");
      for (const [, title] of titles.matchAll(/“([^”]+)”/g))
        assert.ok(text.includes(`\n## ${title}\n`), `${file}: ${title}`);
    }
  }
});

/** The names of the literate tests in a folder, without `.md`. */
function literateFiles(folder: string): string[] {
  return readdirSync(new URL(folder, import.meta.url))
    .filter((name) => name.endsWith(".md"))
    .map((name) => name.replace(/\.md$/, ""));
}

const all = refactorings.map(({ name }) => ({ name, cases: casesOf(name) }));
/** One Python answers for the cases of all refactorings; the first test that wants its answers starts it. */
const answers = new Map<string, readonly unknown[]>();

/** What a command of the oracle says of the applied cases of one refactoring, in their order. */
function said<Answer>(command: string, name: string): readonly Answer[] {
  const runs = all.flatMap((each) =>
    appliedOf(each.cases).map(({ text, after, run }) => ({
      name: each.name,
      run: { before: text, after, lines: run },
    })),
  );
  const known =
    answers.get(command) ??
    python<unknown[]>(
      command,
      runs.map((each) => each.run),
    );
  answers.set(command, known);
  assert.equal(known.length, runs.length);
  return known.filter((_, index) => runs[index]?.name === name) as Answer[];
}

function appliedOf(cases: readonly Case[]): readonly Case[] {
  return cases.filter((each) => each.after !== undefined);
}

for (const { name, cases } of all) {
  describe(name, () => {
    for (const each of cases) {
      test(each.title, () => {
        const result = refactored(name, each.text, each.places, each.options, each.path);
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
      const applied = appliedOf(cases);
      const told = said<{ readonly before: unknown; readonly after: unknown }>("run", name);
      assert.equal(told.length, applied.length);
      for (const [index, both] of told.entries()) assert.deepEqual(both.after, both.before, applied[index]?.title);
      const count = applied.filter((each) => each.run.length > 0).length;
      assert.ok(count > applied.length / 2, `${count} of ${applied.length} cases are run`);
    });

    test("their functions do the same with generated arguments", { skip: withoutPython }, () => {
      const applied = appliedOf(cases);
      const told = said<{ readonly calls: number; readonly different: unknown }>("compare", name);
      for (const [index, { different }] of told.entries()) assert.equal(different, null, applied[index]?.title);
      assert.ok(told.reduce((sum, { calls }) => sum + calls, 0) > 2 * applied.length, "enough is called");
    });
  });
}
