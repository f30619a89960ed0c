// From one copy to the next, two copies side by side, and a comment that silences all of them.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { duplicateBlock } from "../../../server/rules/production/duplicate-block.ts";
import { until } from "../until.ts";
import { findingsOf, ruleOf, show, showNew } from "./files.ts";
import { test } from "./runner.ts";

function isCopy(finding: vscode.Diagnostic): boolean {
  return ruleOf(finding) === "duplicate-block";
}

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
  for (let step = 0; step < 4; step++) {
    const before = placeOfCursor();
    await vscode.commands.executeCommand("groundwork.goToNextCopy");
    visited.push(await until("another place", () => (placeOfCursor() === before ? undefined : placeOfCursor())));
  }
  assert.deepEqual(visited, ["train.py:57", "train_v2.py:30", "train.py:46", "train.py:57"]);
});

test("two copies are compared without what stands around them", async () => {
  // Other methods, so that it is no copy of what other tests write.
  const other = duplicateBlock.example.bad.replaceAll("read_csv", "read_excel").replaceAll("dropna", "fillna");
  const longer =
    '> 0]\n    table = table.sort_values("date").reset_index(drop=True)\n    table["share"] = table["total"] / 9';
  const pair = other.replaceAll("to_datetime", "to_numeric").replaceAll("> 0]", longer).replace("> 0", "> 1");
  const { document } = await showNew("pair.py", pair);
  await findingsOf(document.uri, "both copies", (findings) => findings.filter(isCopy).length === 2);
  await goTo("pair.py", 18);
  await vscode.commands.executeCommand("groundwork.compareWithCopy");
  const input = await until("the comparison", () => {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    return tab?.input instanceof vscode.TabInputTextDiff ? { label: tab.label, ...tab.input } : undefined;
  });
  assert.equal(input.label, "pair.py:16–22 ↔ pair.py:5–11");
  const [left, right] = await Promise.all([input.original, input.modified].map(textOf));
  assert.match(
    left ?? "",
    /^table = pd\.read_excel.*\n(table.*\n){3}table = table\[table\["total"\] > 0\]\n(table.*\n?){2}$/,
  );
  assert.equal(right, left?.replace("> 0", "> 1"));
});

async function textOf(uri: vscode.Uri): Promise<string> {
  const document = await vscode.workspace.openTextDocument(uri);
  assert.equal(document.languageId, "python");
  return document.getText();
}

test("one comment silences all copies", async () => {
  const [, second = ""] = duplicateBlock.example.bad.split(/(?=def mean_sale)/);
  const third = second.replace("mean_sale", "sales").replace('["total"].mean()', "");
  const { document } = await showNew("sales.py", `${duplicateBlock.example.bad}\n\n${third}`);
  await findingsOf(document.uri, "three copies", (findings) => findings.filter(isCopy).length === 3);
  await goTo("sales.py", 16);
  await vscode.commands.executeCommand("groundwork.ignoreCopies");
  await findingsOf(document.uri, "no copies", (findings) => !findings.some(isCopy));
  assert.equal(document.getText().match(/# groundwork: ignore-class\[duplicate-block\]\n/g)?.length, 1);
  assert.ok(document.lineAt(13).text.endsWith("ignore-class[duplicate-block]"));
  await vscode.commands.executeCommand("workbench.action.files.revert");
});

test("where no copy stands, the commands say so and do nothing", async () => {
  const editor = await show("train.py");
  editor.selection = new vscode.Selection(0, 0, 0, 0);
  await vscode.commands.executeCommand("groundwork.goToNextCopy");
  assert.equal(placeOfCursor(), "train.py:1");
  assert.equal(editor.document.isDirty, false);
});
