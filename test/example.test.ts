// The example project shows what it is there to show, and nothing that it is not.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { configurationOf } from "../server/host/project-root.ts";
import { Workspace } from "../server/host/workspace.ts";
import { grammars } from "./grammars.ts";

await grammars();
const root = fileURLToPath(new URL("../examples/churn", import.meta.url));
const workspace = new Workspace(root, configurationOf(root).settings);
for (const _ of workspace.scan());

function findingsOf(rule: string) {
  return workspace.paths.flatMap((path) =>
    workspace
      .check(path)
      .filter((finding) => finding.rule === rule)
      .map((finding) => ({ path, finding })),
  );
}

test("its scripts, its notebook and its requirements file are found, and can be read", () => {
  assert.deepEqual(workspace.paths, ["explore.ipynb", "predict.py", "requirements.txt", "train.py", "train_v2.py"]);
  assert.deepEqual([...workspace.errors.values()], []);
});

test("the requirements without a version are marked, the pinned ones are not", () => {
  const marked = findingsOf("unpinned-requirement").map(({ path, finding }) =>
    (workspace.textOf(path) ?? "")
      .slice(finding.at.start, finding.at.end)
      .match(/^[\w-]+/)
      ?.at(0),
  );
  assert.deepEqual(marked, ["numpy", "matplotlib", "ipykernel"]);
});

test("its requirements are out of order", () => {
  assert.deepEqual(
    findingsOf("unsorted-requirements").map(({ path }) => path),
    ["requirements.txt"],
  );
});

test("copies are found inside one script and across scripts, exact and renamed", () => {
  const classes = workspace.clones().map(({ kind, copies }) => ({ kind, paths: copies.map((copy) => copy.path) }));
  assert.ok(classes.some(({ kind, paths }) => kind === "exact" && new Set(paths).size < paths.length));
  assert.ok(classes.some(({ kind, paths }) => kind === "exact" && new Set(paths).size > 1));
  assert.ok(classes.some(({ kind }) => kind === "renamed"));
  const paths = findingsOf("duplicate-block").map(({ path }) => path);
  assert.deepEqual([...new Set(paths)], ["explore.ipynb", "predict.py", "train.py", "train_v2.py"]);
});

test("they are told, too, where the example is a folder among others, as `npm start` checks it", () => {
  const around = new Workspace(fileURLToPath(new URL("..", import.meta.url)), workspace.settings);
  for (const _ of around.scan("examples/churn"));
  const told = around.paths.filter((path) => around.check(path).some(({ rule }) => rule === "duplicate-block"));
  const names = ["explore.ipynb", "predict.py", "train.py", "train_v2.py"];
  assert.deepEqual(
    told,
    names.map((name) => `examples/churn/${name}`),
  );
});

test("the copies inside one script can be made one function", () => {
  const extractions = findingsOf("duplicate-block").filter(({ path, finding }) =>
    workspace
      .fixes(path, [finding])
      .flat()
      .some((fix) => fix.kind === "refactor.extract.function" && fix.refused === undefined && fix.edits.length > 0),
  );
  assert.ok(extractions.some(({ path }) => path === "train.py"));
});

test("the notebook is one that Jupyter opens: format 4, every cell with its id and without output", () => {
  const notebook = JSON.parse(readFileSync(`${root}/explore.ipynb`, "utf8"));
  assert.deepEqual([notebook.nbformat, notebook.nbformat_minor], [4, 5]);
  const ids = notebook.cells.map((cell: { id: string }) => cell.id);
  assert.equal(new Set(ids).size, notebook.cells.length);
  for (const cell of notebook.cells) {
    assert.match(cell.cell_type, /^(code|markdown)$/);
    assert.ok(Array.isArray(cell.source));
    if (cell.cell_type === "code") assert.deepEqual([cell.outputs, cell.execution_count], [[], null]);
  }
});
