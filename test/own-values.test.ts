// Which lines of a copy hold values of its own, and that its length is told with them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultSettings } from "../server/core/settings.ts";
import { Lines } from "../server/core/text.ts";
import { Workspace } from "../server/host/workspace.ts";
import { languageOf } from "../server/languages.ts";
import { logicalLinesIn } from "../server/rules/production/logical-lines.ts";
import { linesOfOwnValues } from "../server/rules/production/own-values.ts";

function counted(text: string): readonly [values: number, code: number] {
  const lines = new Lines(text);
  const range = { start: { line: 0, column: 0 }, end: lines.positionAt(text.length) };
  const code = logicalLinesIn(range, lines).reduce((sum, each) => sum + each.lines, 0);
  return [linesOfOwnValues({ path: "a.py", range, differences: [range] }, lines), code];
}

test("a string, a list, a tuple or a dictionary over several lines is one line", () => {
  assert.deepEqual(counted('x = """\na\nb\n"""'), [3, 4]);
  assert.deepEqual(counted("x = [\n 1,\n 2,\n]"), [3, 4]);
  assert.deepEqual(counted('assert a["x"] == (\n 1,\n 2,\n)'), [3, 4]);
  assert.deepEqual(counted('return {\n "a": f(\n 1),\n}'), [3, 4]);
  assert.deepEqual(counted('x = f("a"\n "b"\n "c")'), [2, 3]);
});

test("a value within a value is counted with it, and one within arguments by itself", () => {
  assert.deepEqual(counted('x = [\n """\na\n""",\n {\n 1: 2}\n]'), [6, 7]);
  assert.deepEqual(counted("f(\n [\n 1,\n 2,\n],\n c,\n)"), [3, 7]);
});

test("arguments, subscripts, comprehensions and what is mostly names are no values", () => {
  assert.deepEqual(counted('f(\n "a",\n "b",\n)'), [0, 4]);
  assert.deepEqual(counted("y = a[\n 1\n]"), [0, 3]);
  assert.deepEqual(counted("x = [\n 1\n for a in b\n]"), [0, 4]);
  assert.deepEqual(counted("x = (\n first,\n second,\n)"), [0, 4]);
});

test("bare strings are no code", () => {
  assert.deepEqual(counted('"""a\nb\n"""\nx = 1\n\n# c\ny = 2'), [2, 2]);
});

test("logical lines begin and end with their tokens, whatever strings hold", () => {
  const text = 'if a:\n    b = """\n\'\'\' (\n"""  # c\n\n    f(é,\n      2); g()\n';
  const lines = new Lines(text);
  const range = { start: { line: 0, column: 0 }, end: lines.positionAt(text.length) };
  const read = logicalLinesIn(range, lines).map((each) => [each.text, each.lines]);
  assert.deepEqual(read, [
    ["if a:", 1],
    ['b = """\n\'\'\' (\n"""', 3],
    ["f(é,\n      2); g()", 2],
  ]);
});

test("a finding and its related place count the same lines, own values among them", () => {
  const block = (values: string) => `    with opened("report", mode="w", encoding=utf8) as report:
        report.write(header, footer=footer_of(header))
    rows = table.rows(first=report.first, last=report.last)
    table.check(rows, expected=[
${values}
    ])
    for row in rows:
        if row.total > table.least and row.name != table.name:
            table.log(row.name, row.total, least=table.least)
            row.share = row.total / max(table.total - table.least, 1)
            table.total += row.total * row.share - table.offset
`;
  const text = `def first(table):\n    table.open()\n${block("        1,\n        2,\n        3,")}    return rows\n\n
def second(table):\n    print(table)\n${block("        4,\n        5,\n        6,")}    table.close()\n`;
  const workspace = new Workspace("/project", defaultSettings);
  const language = languageOf("report.py");
  assert.ok(language);
  workspace.open("report.py", language, text);
  const messages = workspace.check("report.py").map(({ message, related }) => [message, related?.[0]?.message]);
  const said = [
    "Block of 13 lines is repeated at one other place with other names or values",
    "Another copy of the block, 13 lines",
  ];
  assert.deepEqual(messages, [said, said]);
});
