// Notebooks: cells joined to one Python module and mapped back, and written back into their JSON.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cellAt, cellAtLine, cellsOf, joinCells } from "../server/notebook/cells.ts";
import { pythonOf } from "../server/notebook/python.ts";
import { readNotebook } from "../server/notebook/read.ts";
import { withSources } from "../server/notebook/write.ts";

const lines = fc.array(
  fc.constantFrom("x = 1", "", "\f", "# a", "%%bash", "!ls \\", "é𝒳", "    !ls", "s = '''", "'''"),
);
const cells = fc.array(
  fc.record({ language: fc.constantFrom("python", "markdown", "sql"), source: lines.map((each) => each.join("\n")) }),
);

test("cells come back from the joined text, each at its place", () => {
  fc.assert(
    fc.property(cells, (given) => {
      const joined = joinCells(given);
      const placed = cellsOf(joined);
      assert.deepEqual(
        placed.map(({ language, start, end }) => ({ language, source: joined.slice(start, end) })),
        given.map(({ language, source }) => ({ language, source: source.replace(/^\f/gm, " ") })),
      );
      for (const cell of placed) {
        assert.equal(cell.line, joined.slice(0, cell.start).split("\n").length - 1);
        assert.equal(cellAt(placed, cell.start), cell);
        assert.equal(cellAt(placed, cell.end), cell);
        assert.equal(cellAtLine(placed, cell.line), cell);
      }
    }),
    { seed: 8, numRuns: 200 },
  );
});

test("the Python of a notebook has its length and its lines", () => {
  fc.assert(
    fc.property(cells, (given) => {
      const joined = joinCells(given);
      const python = pythonOf(joined);
      assert.equal(python.length, joined.length);
      assert.deepEqual(python.match(/[\r\n]/g), joined.match(/[\r\n]/g));
    }),
    { seed: 8, numRuns: 200 },
  );
});

const pythonOfCell = (source: string) =>
  pythonOf(joinCells([{ language: "python", source }])).slice("\fpython\n".length, -1);

test("what IPython reads itself is blank, or a statement where one must be", () => {
  const same = [
    "x = a % b",
    "x %= 2",
    's = """\n%s\n!x\n"""',
    "f(\n  a\n  % b)",
    "x = a \\\n  % b",
    "y = '# !' # '''",
    "a != b",
  ];
  for (const source of same) assert.equal(pythonOfCell(source), source);
  assert.equal(pythonOfCell("%matplotlib inline\nx"), "                  \nx");
  assert.equal(pythonOfCell("!pip install \\\n  numpy\nx"), "              \n       \nx");
  assert.equal(pythonOfCell("if a:\n    !ls\n    %cd ..\nb"), "if a:\n    0  \n    pass  \nb");
  assert.equal(pythonOfCell("files = !ls *.csv"), `files = 0${" ".repeat(8)}`);
  assert.equal(pythonOfCell("%time model.fit(x)"), "pass; model.fit(x)");
  assert.equal(pythonOfCell("%timeit -n 3 f()"), " ".repeat(16));
  assert.equal(pythonOfCell("frame.head?\npip install numpy\nx"), `${" ".repeat(11)}\n${" ".repeat(17)}\nx`);
  assert.equal(pythonOfCell("%%time\nx = 1"), "      \nx = 1");
  assert.equal(pythonOfCell("%%bash\nls"), "      \n  ");
  assert.equal(pythonOf(joinCells([{ language: "markdown", source: "# x = 1" }])).trim(), "");
});

test("notebooks of formats 3 and 4 are read with their languages and counts", () => {
  const code = { cell_type: "code", source: ["a\n", "b"], execution_count: 2 };
  const four = { cells: [code, { cell_type: "markdown", source: "# t" }], metadata: {}, nbformat: 4 };
  assert.deepEqual(readNotebook(JSON.stringify(four)), [
    { language: "python", source: "a\nb", executionCount: 2 },
    { language: "markdown", source: "# t" },
  ]);
  const three = { worksheets: [{ cells: [{ cell_type: "code", input: "a", language: "python" }] }] };
  assert.deepEqual(readNotebook(JSON.stringify(three)), [
    { language: "python", source: "a", executionCount: undefined },
  ]);
  const r = { cells: [code], metadata: { kernelspec: { language: "R" } } };
  assert.equal(readNotebook(JSON.stringify(r))?.[0]?.language, "r");
  const sql = { cells: [{ ...code, metadata: { vscode: { languageId: "sql" } } }] };
  assert.equal(readNotebook(JSON.stringify(sql))?.[0]?.language, "sql");
  assert.deepEqual(readNotebook(""), []);
  for (const text of ["{", "[]", "3"]) assert.equal(readNotebook(text), undefined);
});

test("changed sources are written in the layout of the file, and nothing else", () => {
  const cellOf = (source: string) => ({
    cell_type: "code",
    metadata: { source: ["no"] },
    outputs: [{ source: 1 }],
    source: source.split(/(?<=\n)/),
  });
  const notebook = { metadata: { cells: 1 }, cells: [cellOf("a\nb"), cellOf('c = "é"'), cellOf("")], nbformat: 4 };
  const joined = (sources: readonly string[]) => joinCells(sources.map((source) => ({ language: "python", source })));
  for (const indent of [1, 4, undefined]) {
    const json = `${JSON.stringify(notebook, undefined, indent)}\n`;
    assert.equal(withSources(json, joined(["a\nb", 'c = "é"', ""])), json);
    const changed = withSources(json, joined(["a\nx\nb", 'c = "é"', "d"])) ?? "";
    assert.deepEqual(
      readNotebook(changed)?.map(({ source }) => source),
      ["a\nx\nb", 'c = "é"', "d"],
    );
    if (indent !== undefined) {
      const expected = { ...notebook, cells: [cellOf("a\nx\nb"), cellOf('c = "é"'), cellOf("d")] };
      const again = JSON.parse(changed);
      assert.deepEqual(again, expected);
      assert.ok(
        changed.startsWith(
          JSON.stringify({ ...expected, cells: expected.cells.slice(0, 2) }, undefined, indent).slice(0, 120),
        ),
      );
    }
    assert.equal(withSources(json, joined(["a"])), undefined);
  }
  assert.equal(withSources("{", ""), undefined);
});
