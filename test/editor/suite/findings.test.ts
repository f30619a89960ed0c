// Findings reach the editor: those of the example, those of what is typed, and those that settings change.
import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import * as vscode from "vscode";
import { duplicateBlock } from "../../../server/rules/production/duplicate-block.ts";
import { fileAt, findingsOf, retype, ruleOf, show, showNew } from "./files.ts";
import { test } from "./runner.ts";

test("the example's files have their findings without being opened", async () => {
  const files = {
    "train.py": "duplicate-block",
    "train_v2.py": "duplicate-block",
    "requirements.txt": "unpinned-requirement",
  };
  for (const [file, rule] of Object.entries(files)) {
    await findingsOf(fileAt(file), `${rule} in ${file}`, (found) => found.some((each) => ruleOf(each) === rule));
  }
});

test("a copy names its rule, links to the rule's page and points at the other copies", async () => {
  const isEvaluation = ({ range }: vscode.Diagnostic) => range.start.line === 45;
  const findings = await findingsOf(fileAt("train.py"), "copies in train.py", (found) => found.some(isEvaluation));
  const trained = findings.find(isEvaluation);
  assert.equal(trained?.message, "Block of 7 lines is copied at 2 other places");
  assert.ok(typeof trained.code === "object");
  assert.match(trained.code.target.path, /\/docs\/rules\/duplicate-block\.md$/);
  const related = (trained.relatedInformation ?? []).map(
    ({ location }) => `${location.uri.path.split("/").pop()}:${location.range.start.line + 1}`,
  );
  assert.deepEqual(related, ["train.py:57", "train_v2.py:30"]);
});

test("findings follow what is typed, before it is saved", async () => {
  const editor = await showNew("typed.py", "");
  const { uri } = editor.document;
  await retype(editor, duplicateBlock.example.bad);
  const found = await findingsOf(uri, "both copies", (findings) => findings.length === 2);
  assert.deepEqual(
    found.map(({ range }) => range.start.line).sort((a, b) => a - b),
    [4, 13],
  );
  await retype(editor, duplicateBlock.example.good);
  await findingsOf(uri, "no findings", (findings) => findings.length === 0);
  await vscode.commands.executeCommand("workbench.action.files.revert");
});

test("a file that changes on the disk is looked at again", async () => {
  await showNew("empty.py", "");
  const uri = fileAt("written.py");
  writeFileSync(uri.fsPath, duplicateBlock.example.bad);
  await findingsOf(uri, "both copies", (findings) => findings.length === 2);
  rmSync(uri.fsPath);
  await findingsOf(uri, "no findings", (findings) => findings.length === 0);
});

test("settings of the project are heard when they change", async () => {
  const configuration = fileAt("pyproject.toml").fsPath;
  await show("requirements.txt");
  const uri = fileAt("requirements.txt");
  const isUnpinned = (findings: readonly vscode.Diagnostic[]) =>
    findings.some((each) => ruleOf(each) === "unpinned-requirement");
  await findingsOf(uri, "findings", isUnpinned);
  writeFileSync(configuration, '[tool.groundwork.rules]\nunpinned-requirement = "off"\n');
  await findingsOf(uri, "nothing unpinned", (findings) => !isUnpinned(findings));
  rmSync(configuration);
  await findingsOf(uri, "findings again", isUnpinned);
});
