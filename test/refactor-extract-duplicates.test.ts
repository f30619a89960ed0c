import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import type { CloneClass } from "../server/clones/clone-class.ts";
import { applyEdits } from "../server/core/edit.ts";
import type { RefactoringResult } from "../server/core/refactoring.ts";
import type { Span } from "../server/core/text.ts";
import { PythonModule } from "../server/python/module.ts";
import { duplicateFix } from "../server/refactorings/duplicate-fix.ts";
import { extractDuplicates } from "../server/refactorings/extract-duplicates.ts";
import { grammars } from "./grammars.ts";

/** One section of `refactorings/extract-duplicates.md`. */
interface Case {
  readonly title: string;
  readonly text: string;
  readonly copies: readonly Span[];
  readonly name: string | undefined;
  readonly refused: string | undefined;
  readonly after: string | undefined;
  readonly run: readonly string[];
}

const cases = readCases(readFileSync(new URL("refactorings/extract-duplicates.md", import.meta.url), "utf8"));
const hasPython = spawnSync("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]).status === 0;
const skip = hasPython ? false : "there is no Python 3.11 on this machine";

before(grammars);

describe("extract duplicates", () => {
  for (const each of cases) {
    test(each.title, () => {
      const result = extracted(each);
      if (each.refused !== undefined) {
        assert.equal(result.applied ? "applied" : result.code, each.refused);
        assert.ok(
          !result.applied && result.reason.length > 10 && !/\{\d\}|``/.test(result.reason),
          "one full sentence",
        );
        return;
      }
      assert.ok(result.applied, result.applied ? "" : `${result.code}: ${result.reason}`);
      const after = applyEdits(each.text, result.edits);
      assert.equal(after, each.after);
      const name = after.slice(result.name.start, result.name.end);
      assert.ok(after.includes(`def ${name}(`));
      if (each.name !== undefined) assert.equal(name, each.name);
    });
  }

  test("answers to whatever it is given, and never with code that does not parse", () => {
    const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(...cases), places, fc.boolean(), (each, fractions, isCut) => {
        const [from = 0, to = 0, ...ends] = fractions.map((fraction) => Math.floor(fraction * each.text.length));
        const text = isCut ? each.text.slice(0, Math.min(from, to)) + each.text.slice(Math.max(from, to)) : each.text;
        const place = (index: number) => Math.min(ends[index] ?? 0, text.length);
        const spans = [
          { start: place(0), end: place(1) },
          { start: place(2), end: place(3) },
        ];
        using module = new PythonModule("case.py", text);
        const result = extractDuplicates(module, isCut ? each.copies : spans);
        if (!result.applied) return;
        using edited = new PythonModule("case.py", applyEdits(text, result.edits));
        assert.equal(edited.tree.rootNode.hasError, false);
      }),
      { seed: 11, numRuns: 400 },
    );
  });

  test("the cases behave alike before and after", { skip }, () => {
    const applied = cases.filter((each) => each.after !== undefined);
    const runs = applied.map((each) => ({ before: each.text, after: each.after, lines: each.run }));
    const said = python<{ readonly before: unknown; readonly after: unknown }[]>("run", runs);
    assert.equal(said.length, applied.length);
    for (const [index, both] of said.entries()) assert.deepEqual(both.after, both.before, applied[index]?.title);
    assert.ok(applied.filter((each) => each.run.length > 0).length > 40, "most cases are run");
  });

  test("code of Python's own library keeps its names", { skip }, () => {
    const samples = python<Sample[]>("samples", { seed: 20, count: 60 });
    const applied = samples.flatMap((sample) => {
      const copies = sample.copies.map(([start, end]) => ({ start, end }));
      using module = new PythonModule(sample.path, sample.text);
      const result = extractDuplicates(module, copies);
      if (!result.applied) return [];
      const after = applyEdits(sample.text, result.edits);
      const name = after.slice(result.name.start, result.name.end);
      return [{ path: sample.path, hosts: sample.hosts, before: sample.text, after, name }];
    });
    assert.ok(applied.length > samples.length / 4, `${applied.length} of ${samples.length} were applied`);
    const faults = python<string[][]>("judge", applied);
    for (const [index, list] of faults.entries()) assert.deepEqual(list, [], applied[index]?.path);
  });
});

describe("the fix of a clone class", () => {
  const body = [
    "    total = 0",
    "    for value in values:",
    "        total += value",
    "    print(total)",
    "    print(1)",
  ];
  const text = [
    ...["def first(values):", ...body, "    return 1", "", ""],
    ...["def second(values):", ...body, "    return 2", ""],
  ].join("\n");
  const range = (line: number) => ({ start: { line, column: 4 }, end: { line: line + 4, column: 12 } });
  const here = [
    { path: "a.py", range: range(1) },
    { path: "a.py", range: range(10) },
  ];
  const fixOf = (cloneClass: CloneClass) => {
    using module = new PythonModule("a.py", text);
    return duplicateFix(module, cloneClass);
  };

  test("edits the copies of this file", () => {
    const fix = fixOf({ kind: "exact", tokens: 30, copies: here });
    assert.equal(fix.title, "Extract into a function");
    assert.equal(fix.safe, true);
    assert.equal(fix.refused, undefined);
    const [edits] = fix.edits;
    assert.equal(edits?.path, "a.py");
    assert.equal(applyEdits(text, edits?.edits ?? []).split("total += value").length, 2);
  });

  test("says that copies elsewhere stay", () => {
    const fix = fixOf({ kind: "exact", tokens: 30, copies: [...here, { path: "b.py", range: range(1) }] });
    assert.equal(fix.title, "Extract the copies in this file");
    assert.equal(fix.edits.length, 1);
  });

  test("is refused for one copy here, and for copies that differ", () => {
    const alone = fixOf({ kind: "exact", tokens: 30, copies: [...here.slice(1), { path: "b.py", range: range(1) }] });
    assert.deepEqual([alone.safe, alone.edits.length], [false, 0]);
    assert.match(alone.refused ?? "", /only one/);
    const other = [...here.slice(1), { path: "a.py", range: range(2) }];
    assert.match(fixOf({ kind: "renamed", tokens: 30, copies: other }).refused ?? "", /identical/);
  });

  test("is offered for equal copies here although those elsewhere differ", () => {
    const copies = [...here, { path: "b.py", range: range(1) }];
    assert.equal(fixOf({ kind: "renamed", tokens: 30, copies }).safe, true);
  });
});

function extracted({ text, copies, name }: Case): RefactoringResult {
  using module = new PythonModule("case.py", text);
  return extractDuplicates(module, copies, name === undefined ? {} : { name });
}

interface Sample {
  readonly path: string;
  readonly text: string;
  readonly copies: readonly (readonly [number, number])[];
  readonly hosts: readonly string[];
}

function python<Answer>(command: string, input: unknown): Answer {
  const script = fileURLToPath(new URL("refactorings/oracle.py", import.meta.url));
  const answer = spawnSync("python3", [script, command], {
    input: JSON.stringify(input),
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, PYTHONIOENCODING: "utf-8", PYTHONHASHSEED: "0" },
  });
  assert.equal(answer.status, 0, answer.stderr);
  return JSON.parse(answer.stdout) as Answer;
}

function readCases(markdown: string): Case[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const blocks = [...section.matchAll(/^```python ?(\w*)\n([\s\S]*?\n)```$/gm)].map(([, kind = "", code = ""]) => ({
        kind,
        code,
      }));
      const [first] = blocks;
      const flavour = first?.kind ?? "";
      const after = blocks.find((block) => block.kind === "after")?.code;
      const run = blocks.find((block) => block.kind === "run")?.code;
      return {
        title: section.slice(0, section.indexOf("\n")),
        ...marked(spelt(first?.code ?? "", flavour)),
        name: /^Name: `(.*)`$/m.exec(section)?.[1],
        refused: /^Refused: `(.*)`$/m.exec(section)?.[1],
        after: after === undefined ? undefined : spelt(after, flavour),
        run: run === undefined ? [] : run.trim().split("\n"),
      };
    });
}

function spelt(code: string, flavour: string): string {
  if (flavour === "crlf") return code.replaceAll("\n", "\r\n");
  return flavour === "unended" ? code.replace(/\n$/, "") : code;
}

/** Takes the marks `«` and `»` out of a text; marks may be nested. */
function marked(code: string): { readonly text: string; readonly copies: readonly Span[] } {
  let text = "";
  const open: number[] = [];
  const copies: Span[] = [];
  for (const piece of code.split(/([«»])/)) {
    if (piece === "«") open.push(text.length);
    else if (piece === "»") copies.push({ start: open.pop() ?? 0, end: text.length });
    else text += piece;
  }
  return { text, copies };
}
