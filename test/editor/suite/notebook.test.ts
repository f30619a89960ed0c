// Notebooks: findings stand in their cells, and follow cells that are edited, moved and given another language.
import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import * as vscode from "vscode";
import { duplicateBlock } from "../../../server/rules/production/duplicate-block.ts";
import { until } from "../until.ts";
import { actionAt, fileAt, findingsOf, ruleOf } from "./files.ts";
import { test } from "./runner.ts";

const copied = duplicateBlock.example.bad;
const split = copied.indexOf("def mean_sale");
const [first, second] = [copied.slice(0, split), copied.slice(split)];
const uri = fileAt("cells.ipynb");

async function openNotebook(...sources: readonly string[]): Promise<vscode.NotebookDocument> {
  const cells = sources.map((source, index) => ({
    cell_type: "code",
    execution_count: null,
    id: `cell-${index}`,
    metadata: {},
    outputs: [],
    source: source.split(/(?<=\n)/),
  }));
  const metadata = { kernelspec: { display_name: "Python 3", language: "python", name: "python3" } };
  writeFileSync(uri.fsPath, `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, undefined, 1)}\n`);
  await vscode.commands.executeCommand("vscode.openWith", uri, "jupyter-notebook");
  return until("the notebook", () =>
    vscode.workspace.notebookDocuments.find((each) => each.uri.toString() === uri.toString()),
  );
}

async function closeNotebook(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  rmSync(uri.fsPath, { force: true });
}

/** The cell's findings of copies, once there are so many. */
function copiesIn(cell: vscode.NotebookCell, count: number): Promise<readonly vscode.Diagnostic[]> {
  const copies = (found: readonly vscode.Diagnostic[]) => found.filter((each) => ruleOf(each) === "duplicate-block");
  return findingsOf(
    cell.document.uri,
    `${count} copies in cell ${cell.index + 1}`,
    (found) => copies(found).length === count,
  );
}

async function edit(...edits: readonly vscode.NotebookEdit[]): Promise<void> {
  const changes = new vscode.WorkspaceEdit();
  changes.set(uri, [...edits]);
  if (!(await vscode.workspace.applyEdit(changes))) throw new Error("the notebook refused the edit");
}

test("copies are found across cells, at their lines, and follow what is typed", async () => {
  const notebook = await openNotebook(`%matplotlib inline\n${first}`, second);
  const [above, below] = [notebook.cellAt(0), notebook.cellAt(1)];
  const [found] = await copiesIn(above, 1);
  assert.equal(found?.range.start.line, 5);
  assert.equal(found.relatedInformation?.[0]?.location.uri.toString(), below.document.uri.toString());
  await copiesIn(below, 1);
  const changes = new vscode.WorkspaceEdit();
  changes.replace(below.document.uri, new vscode.Range(0, 0, 99, 0), "print(1)\n");
  await vscode.workspace.applyEdit(changes);
  await copiesIn(below, 0);
  await copiesIn(above, 0);
  await closeNotebook();
});

test("findings go with a cell that moves, and away from one that is no Python any more", async () => {
  const notebook = await openNotebook(first, second);
  await copiesIn(notebook.cellAt(1), 1);
  const cells = [second, first].map(
    (text) => new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, "python"),
  );
  await edit(vscode.NotebookEdit.replaceCells(new vscode.NotebookRange(0, 2), cells));
  const [moved] = await copiesIn(notebook.cellAt(0), 1);
  assert.equal(moved?.range.start.line, 1);
  await copiesIn(notebook.cellAt(1), 1);
  await vscode.languages.setTextDocumentLanguage(notebook.cellAt(1).document, "julia");
  await copiesIn(notebook.cellAt(0), 0);
  await copiesIn(notebook.cellAt(1), 0);
  await closeNotebook();
});

test("an action edits the cell", async () => {
  const notebook = await openNotebook(first, second);
  const { document } = notebook.cellAt(1);
  const [found] = await copiesIn(notebook.cellAt(1), 1);
  const action = await actionAt(document.uri, found?.range ?? assert.fail(), {
    title: "Ignore `duplicate-block` here",
  });
  assert.ok(action.edit && (await vscode.workspace.applyEdit(action.edit)));
  assert.match(document.getText(), /sep=";"\) {2}# groundwork: ignore\[duplicate-block\]/);
  await copiesIn(notebook.cellAt(0), 0);
  await closeNotebook();
});

test("a baseline becomes a cell below the one that judges", async () => {
  const fit =
    "from sklearn.metrics import accuracy_score\nfrom sklearn.svm import SVC\n\nmodel = SVC().fit(X_train, y_train)";
  const notebook = await openNotebook(fit, "print(accuracy_score(y_test, model.predict(X_test)))", "print('the end')");
  const told = (all: readonly vscode.Diagnostic[]) => all.filter((each) => ruleOf(each) === "missing-baseline");
  const judging = notebook.cellAt(1).document;
  const found = told(await findingsOf(judging.uri, "a missing baseline", (all) => told(all).length === 1));
  const action = await actionAt(judging.uri, found[0]?.range ?? assert.fail(), { title: "Add a baseline" });
  const { command, arguments: values = [] } = action.command ?? assert.fail();
  await vscode.commands.executeCommand(command, ...values);
  await until("the new cell", () => notebook.cellCount === 4 || undefined);
  assert.match(
    notebook.cellAt(2).document.getText(),
    /^from matplotlib import pyplot\nfrom sklearn\.dummy import DummyClassifier\n[\s\S]*"yours: SVC"/,
  );
  assert.equal(vscode.window.activeNotebookEditor?.selections[0]?.start, 2);
  await closeNotebook();
});

test("a long cell of functions becomes a module that the notebook imports", async () => {
  const lines = Array.from({ length: 34 }, (_, index) => `    rows = rows + [${index} * rate]\n`).join("");
  const notebook = await openNotebook("rate = 2", `def table(rows, rate):\n${lines}    return rows`, "table([], rate)");
  const { document } = notebook.cellAt(1);
  const long = (all: readonly vscode.Diagnostic[]) => all.filter((each) => ruleOf(each) === "overlong-cell");
  const [found] = long(await findingsOf(document.uri, "an overlong cell", (all) => long(all).length === 1));
  const action = await actionAt(document.uri, found?.range ?? assert.fail(), { title: "Extract the cell to a module" });
  assert.ok(action.edit && (await vscode.workspace.applyEdit(action.edit)));
  assert.equal(document.getText(), "from cells_functions import table");
  const module = await vscode.workspace.openTextDocument(fileAt("cells_functions.py"));
  assert.match(module.getText(), /^def table\(rows, rate\):\n[\s\S]* {4}return rows\n$/);
  await findingsOf(document.uri, "no overlong cell", (all) => long(all).length === 0);
  await module.save();
  await vscode.workspace.fs.delete(module.uri);
  await closeNotebook();
});
