import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { CloneClass } from "../server/clones/clone-class.ts";
import { applyEdits } from "../server/core/edit.ts";
import { defaultSettings } from "../server/core/settings.ts";
import { Workspace } from "../server/host/workspace.ts";
import { languageNamed } from "../server/languages.ts";
import { PythonModule } from "../server/python/module.ts";
import { duplicateFixes } from "../server/refactorings/duplicate-fix.ts";
import { grammars } from "./grammars.ts";
import { casesOf, python, refactored, textAfter, withoutPython } from "./refactorings.ts";
import { tries } from "./tries.ts";

const name = "extract-duplicates";
const cases = casesOf(name);

await grammars();

describe("extract duplicates", () => {
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
        const result = refactored(name, text, isCut ? each.places : spans);
        if (!result.applied) return;
        using edited = new PythonModule("case.py", textAfter(text, result));
        assert.equal(edited.tree.rootNode.hasError, false);
      }),
      { seed: 11, numRuns: tries(400) },
    );
  });

  test("code of Python's own library keeps its names", { skip: withoutPython }, () => {
    const samples = python<Sample[]>("samples", { seed: 20, count: tries(60) });
    const applied = samples.flatMap((sample) => {
      const copies = sample.copies.map(([start, end]) => ({ start, end }));
      const result = refactored(name, sample.text, copies);
      if (!result.applied) return [];
      const after = textAfter(sample.text, result);
      return [{ path: sample.path, hosts: sample.hosts, before: sample.text, after, name: result.name }];
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
  const fixesOf = (cloneClass: CloneClass) => {
    using module = new PythonModule("a.py", text);
    const workspace = new Workspace("/project", defaultSettings);
    workspace.open("b.py", languageNamed("python"), text);
    for (const _ of workspace.scan());
    return duplicateFixes(module, cloneClass, workspace.project);
  };

  test("edits the copies of this file", () => {
    const [fix] = fixesOf({ kind: "exact", tokens: 30, copies: here });
    assert.ok(fix);
    assert.equal(fix.title, "Extract into a function");
    assert.equal(fix.safe, true);
    assert.equal(fix.refused, undefined);
    const [edits] = fix.edits;
    assert.equal(edits?.path, "a.py");
    assert.equal(applyEdits(text, edits?.edits ?? []).split("total += value").length, 2);
  });

  test("makes one function for all files, seen first, or for this file alone", () => {
    const copies = [...here, { path: "b.py", range: range(1) }];
    const [shared, own] = fixesOf({ kind: "exact", tokens: 30, copies });
    assert.deepEqual([shared?.title, shared?.preview], ["Extract into a shared function (review)", true]);
    assert.deepEqual([shared?.safe, shared?.edits.map(({ path }) => path)], [false, ["a.py", "b.py", "_shared.py"]]);
    assert.deepEqual([own?.title, own?.edits.length, own?.safe], ["Extract the copies in this file", 1, true]);
  });

  test("says so where only a part can be shared; what is left over is told again where it is worth it", () => {
    const stretch = (name: string) => [
      `${name} = 0`,
      "for value in values:",
      `    ${name} += value`,
      `print("${name}", ${name})`,
      `print(${name} / 2)`,
    ];
    const bodies = [["values = sorted(values)"], ["values = list(values)", "values.reverse()"]].map((gap) =>
      [...stretch("total"), "print(values)", ...gap, ...stretch("reversed_total")].map((line) => `    ${line}`),
    );
    const [one = [], two = []] = bodies;
    const gapped = [...["def first(values):", ...one, "", ""], ...["def second(values):", ...two, ""]].join("\n");
    const places = [one, two].map((lines, index) => {
      const start = { line: index === 0 ? 1 : one.length + 4, column: 4 };
      return { path: "a.py", range: { start, end: { line: start.line + lines.length - 1, column: 99 } } };
    });
    using module = new PythonModule("a.py", gapped);
    const { project } = new Workspace("/project", defaultSettings);
    const [fix] = duplicateFixes(module, { kind: "gapped", tokens: 60, copies: places }, project);
    assert.deepEqual([fix?.title, fix?.refused], ["Extract the longest common part", undefined]);
    const after = applyEdits(gapped, fix?.edits[0]?.edits ?? []);
    assert.equal(after.split("total += value").length, 4, after);
    assert.equal(after.split("values.reverse()").length, 2);
  });

  test("is refused for copies that are no statements, and then comes behind what can be done", () => {
    const copies = [...here, { path: "b.py", range: range(6) }];
    const [own, shared] = fixesOf({ kind: "renamed", tokens: 30, copies });
    assert.deepEqual([own?.title, own?.refused], ["Extract the copies in this file", undefined]);
    assert.match(shared?.refused ?? "", /whole statements/);
    const other = [...here.slice(1), { path: "a.py", range: range(6) }];
    assert.match(fixesOf({ kind: "renamed", tokens: 30, copies: other })[0]?.refused ?? "", /whole statements/);
  });

  test("is refused where a file cannot be read as a module", () => {
    const [shared] = fixesOf({
      kind: "exact",
      tokens: 30,
      copies: [...here.slice(1), { path: "b.ipynb", range: range(1) }],
    });
    assert.match(shared?.refused ?? "", /notebooks/);
  });
});

interface Sample {
  readonly path: string;
  readonly text: string;
  readonly copies: readonly (readonly [number, number])[];
  readonly hosts: readonly string[];
}
