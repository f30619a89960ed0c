// From one copy to the next, two copies side by side, and a comment that silences all of them.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { until } from "../until.ts";
import { fileAt, findingsOf, ruleOf, show } from "./files.ts";
import { test } from "./runner.ts";

/** Puts the cursor at a line (from 1) of a file whose copies are known. */
async function goTo(path: string, line: number): Promise<void> {
  const editor = await show(path);
  const isThere = ({ range }: vscode.Diagnostic) => range.start.line < line && line <= range.end.line + 1;
  await findingsOf(editor.document.uri, `a copy at line ${line}`, (findings) => findings.some(isThere));
  editor.selection = new vscode.Selection(line - 1, 0, line - 1, 0);
}

function placeOfCursor(): string {
  const editor = vscode.window.activeTextEditor;
  return `${editor?.document.uri.path.split("/").at(-1)}:${(editor?.selection.start.line ?? -1) + 1}`;
}

test("the command for the next copy goes around through all files", async () => {
  await goTo("train.py", 49);
  const visited: string[] = [];
  for (let step = 0; step < 3; step++) {
    const before = placeOfCursor();
    await vscode.commands.executeCommand("groundwork.goToNextCopy");
    visited.push(await until("another place", () => (placeOfCursor() === before ? undefined : placeOfCursor())));
  }
  assert.deepEqual(visited, ["train.py:57", "train_v2.py:30", "train.py:46"]);
});

test("two copies are compared without what stands around them", async () => {
  await goTo("train_v2.py", 42);
  await vscode.commands.executeCommand("groundwork.compareWithCopy");
  const input = await until("the comparison", () => {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    return tab?.input instanceof vscode.TabInputTextDiff ? { label: tab.label, ...tab.input } : undefined;
  });
  assert.equal(input.label, "train_v2.py:40–47 ↔ train.py:67–74");
  const [left, right] = await Promise.all([input.original, input.modified].map(textOf));
  assert.match(left ?? "", /^mistakes = \{\}\nfor region, actual.*\n(.*\n){5} {4}print\(region.*$/);
  assert.match(right ?? "", /^errors = \{\}\nfor plan, truth.*\n(.*\n){5} {4}print\(plan.*$/);
});

async function textOf(uri: vscode.Uri): Promise<string> {
  const document = await vscode.workspace.openTextDocument(uri);
  assert.equal(document.languageId, "python");
  return document.getText();
}

test("one comment silences all copies, also in the other files", async () => {
  await goTo("train.py", 49);
  await vscode.commands.executeCommand("groundwork.ignoreCopies");
  const document = await until("the comment", () => {
    const shown = vscode.window.activeTextEditor?.document;
    return shown?.lineAt(45).text.endsWith("# groundwork: ignore-class[duplicate-block]") ? shown : undefined;
  });
  const isEvaluation = (line: number) => (each: vscode.Diagnostic) =>
    ruleOf(each) === "duplicate-block" && each.range.start.line === line;
  await findingsOf(document.uri, "no copy at line 46", (findings) => !findings.some(isEvaluation(45)));
  await findingsOf(fileAt("train_v2.py"), "no copy at line 30", (findings) => !findings.some(isEvaluation(29)));
  await vscode.commands.executeCommand("workbench.action.files.revert");
  await findingsOf(document.uri, "the copy again", (findings) => findings.some(isEvaluation(45)));
});

test("where no copy stands, the commands say so and do nothing", async () => {
  const editor = await show("train.py");
  editor.selection = new vscode.Selection(0, 0, 0, 0);
  await vscode.commands.executeCommand("groundwork.goToNextCopy");
  assert.equal(placeOfCursor(), "train.py:1");
  assert.equal(editor.document.isDirty, false);
});
