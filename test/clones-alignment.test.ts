import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Row, sideBySide, similarity } from "../server/clones/alignment.ts";

/** Each row as `a | b`, what differs in brackets. */
function shown(rows: readonly Row[]): string[] {
  return rows.map((row) =>
    row
      .map((cell) => cell?.parts.map(({ text, differs }) => (differs ? `[${text}]` : text)).join("") ?? "-")
      .join(" | "),
  );
}

test("names and values that differ are marked in both copies, and in the first for all of them", () => {
  assert.deepEqual(shown(sideBySide(["x = f(1)\ny = 2", "z = f(1)\ny = 2", "x = f(2)\ny = 2"])), [
    "[x] = f([1]) | [z] = f(1) | x = f([2])",
    "y = 2 | y = 2 | y = 2",
  ]);
});

test("lines that only one copy has stand alone", () => {
  const rows = sideBySide(["start(one)\nend(two)", "start(one)\nlog.debug('here')\nend(two)"]);
  assert.deepEqual(shown(rows), ["start(one) | start(one)", "- | [log.debug('here')]", "end(two) | end(two)"]);
  const back = sideBySide(["start(one)\nlog.debug('here')\nend(two)", "start(one)\nend(two)"]);
  assert.deepEqual(shown(back), ["start(one) | start(one)", "[log.debug('here')] | -", "end(two) | end(two)"]);
});

test("how deep a copy is indented differs nowhere", () => {
  assert.deepEqual(shown(sideBySide(["if x:\n    go(x)", "        if x:\n            go(x)"])), [
    "if x: | if x:",
    "    go(x) |     go(x)",
  ]);
});

test("similarity is the part of the characters that both have", () => {
  assert.deepEqual([similarity("a = 1", "a  =  1"), similarity("", ""), similarity("a = 1", "b * 2")], [1, 1, 0]);
  assert.equal(similarity("ab = f(1)\nreturn", "cd = f(1)\nreturn"), 22 / 26);
});

test("every line of every copy is shown once and in its order, whatever they hold", () => {
  const line = fc.constantFrom("", "a = 1", "b = 1", "    c(a, b)", "return a", "🚀 = 'x");
  const copy = fc.array(line, { maxLength: 8 }).map((lines) => lines.join("\n"));
  fc.assert(
    fc.property(fc.array(copy, { minLength: 1, maxLength: 4 }), (copies) => {
      const rows = sideBySide(copies);
      copies.forEach((text, index) => {
        const cells = rows.flatMap((row) => row[index] ?? []);
        assert.deepEqual(
          cells.map((cell) => cell.line),
          text.split("\n").map((_, at) => at),
        );
        const squeezed = cells.map((cell) => cell.parts.map((part) => part.text).join("")).join("");
        assert.equal(squeezed.replaceAll(/\s/g, ""), text.replaceAll(/\s/g, ""));
      });
      if (copies.every((text) => text === copies[0])) {
        assert.ok(rows.every((row) => row.every((cell) => cell?.parts.every((part) => !part.differs))));
      }
    }),
    { seed: 4, numRuns: 300 },
  );
});
