// Code actions of every kind: their edits are right, keep Python compiling, and run on save where that was asked for.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as vscode from "vscode";
import { duplicateBlock } from "../../../server/rules/production/duplicate-block.ts";
import { actionAt, applyAndSave, assertCompiles, fileAt, findingsOf, retype, ruleOf, show, showNew } from "./files.ts";
import { test } from "./runner.ts";

const unsorted = "# web\nrequests==2.32.3 # http\nflask==3.0.3\n\npandas==2.2.3\nnumpy==1.26.4\n";
const sorted = "# web\nflask==3.0.3\nrequests==2.32.3 # http\n\nnumpy==1.26.4\npandas==2.2.3\n";
const start = new vscode.Range(0, 0, 0, 0);

test("extracting the copies of two functions makes one of them", async () => {
  const { document } = await showNew("report.py", duplicateBlock.example.bad);
  const [found] = await findingsOf(document.uri, "both copies", (findings) => findings.length === 2);
  assert.ok(found);
  const asked = { kind: "refactor.extract.function", title: "Extract into a function" };
  await applyAndSave(await actionAt(document.uri, found.range, asked), document);
  assertCompiles(document.uri);
  const text = readFileSync(document.uri.fsPath, "utf8");
  assert.equal(text.match(/pd\.read_csv/g)?.length, 1, text);
  assert.match(text, /def monthly_sales\(path\):\n {4}table = \w+\(path\)\n {4}return table\.groupby/);
  assert.match(text, /def mean_sale\(path\):\n {4}table = \w+\(path\)\n {4}return table\["total"\]\.mean\(\)/);
  await findingsOf(document.uri, "no findings", (findings) => findings.length === 0);
});

test("extracting the copies of the example's script keeps it compiling", async () => {
  const editor = await show("train.py");
  const { document } = editor;
  const before = document.getText();
  const range = new vscode.Range(45, 0, 45, 0);
  await findingsOf(document.uri, "copies", (findings) => findings.some((each) => each.range.contains(range)));
  const action = await actionAt(document.uri, range, { title: "Extract the copies in this file" });
  await applyAndSave(action, document);
  assertCompiles(document.uri);
  assert.equal(document.getText().match(/roc_auc_score\(y_test, scores\)/g)?.length, 1);
  await retype(editor, before);
  await document.save();
});

test("sorting is an action for the whole file, and a fix of its finding", async () => {
  const { document } = await showNew("requirements-web.txt", unsorted);
  const kinds = ["source.sortRequirements.groundwork", "source.fixAll.groundwork"];
  const titles = ["Sort requirements", "Fix all with Groundwork"];
  for (const [index, kind] of kinds.entries()) {
    const action = await actionAt(document.uri, start, { kind, title: titles[index] ?? "" });
    assert.equal(action.kind?.value, kind);
    await applyAndSave(action, document);
    assert.equal(document.getText(), sorted);
    await retype(vscode.window.activeTextEditor ?? assert.fail(), unsorted);
    await document.save();
  }
  const found = await findingsOf(document.uri, "an unsorted file", (all) =>
    all.some((each) => ruleOf(each) === "unsorted-requirements"),
  );
  const range = found.find((each) => ruleOf(each) === "unsorted-requirements")?.range ?? assert.fail();
  await applyAndSave(await actionAt(document.uri, range, { title: "Sort requirements" }), document);
  assert.equal(readFileSync(document.uri.fsPath, "utf8"), sorted);
});

test("requirements are sorted on save when the settings say so", async () => {
  for (const kind of ["source.sortRequirements.groundwork", "source.fixAll.groundwork", "source.fixAll"]) {
    const settings = vscode.workspace.getConfiguration("editor", { languageId: "pip-requirements" });
    const target = vscode.ConfigurationTarget.Workspace;
    await settings.update("codeActionsOnSave", { [kind]: "explicit" }, target, true);
    const editor = await showNew(`requirements-${kind}.txt`, "");
    await retype(editor, unsorted);
    await vscode.commands.executeCommand("workbench.action.files.save");
    assert.equal(readFileSync(editor.document.uri.fsPath, "utf8"), sorted, kind);
    await settings.update("codeActionsOnSave", undefined, target, true);
  }
});

test("ignoring a finding silences that place alone", async () => {
  const { document } = await showNew("ignored.py", duplicateBlock.example.bad.replaceAll("price", "cost"));
  const copies = (findings: readonly vscode.Diagnostic[]) =>
    findings.filter((each) => ruleOf(each) === "duplicate-block");
  const found = await findingsOf(document.uri, "both copies", (findings) => copies(findings).length === 2);
  const range = copies(found)[0]?.range ?? start;
  const action = await actionAt(document.uri, range, { title: "Ignore `duplicate-block` here" });
  await applyAndSave(action, document);
  assertCompiles(document.uri);
  assert.match(document.getText(), /# groundwork: ignore\[duplicate-block\]/);
  await findingsOf(document.uri, "no copies", (findings) => copies(findings).length === 0);
});

test("ignoring a rule in a folder writes the project's configuration", async () => {
  const requirements = fileAt("requirements.txt");
  await show("requirements.txt");
  const isUnpinned = (each: vscode.Diagnostic) => ruleOf(each) === "unpinned-requirement";
  const found = await findingsOf(requirements, "an unpinned requirement", (findings) => findings.some(isUnpinned));
  const range = found.find(isUnpinned)?.range ?? assert.fail();
  const action = await actionAt(requirements, range, { title: "Ignore `unpinned-requirement` in this folder" });
  assert.ok(action.edit && (await vscode.workspace.applyEdit(action.edit)));
  const configuration = await vscode.workspace.openTextDocument(fileAt("pyproject.toml"));
  assert.match(configuration.getText(), /\[tool\.groundwork\.per-file-ignores\]\n"\*" = \["unpinned-requirement"\]/);
  await configuration.save();
  await findingsOf(requirements, "no unpinned requirement", (findings) => !findings.some(isUnpinned));
  await vscode.workspace.fs.delete(configuration.uri);
});

test("a baseline is added below the model that a script judges, once", async () => {
  const editor = await show("train.py");
  const { document } = editor;
  const before = document.getText();
  await vscode.commands.executeCommand("groundwork.addBaseline", document.uri);
  assertCompiles(document.uri);
  assert.match(document.lineAt(editor.selection.active.line).text, /^# Baselines: /);
  assert.match(document.getText(), /ladder\["yours: RandomForestClassifier"\] = accuracy_score\(y_test, predicted\)/);
  const once = document.getText();
  await vscode.commands.executeCommand("groundwork.addBaseline", document.uri);
  assert.equal(document.getText(), once);
  await retype(editor, before);
  await document.save();
});
