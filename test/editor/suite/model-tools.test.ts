// What the extension offers a language model, called as a model's host calls it.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { showNew } from "./files.ts";
import { test } from "./runner.ts";

test("language-model tools list findings, explain a rule and apply safe fixes", async () => {
  const { document } = await showNew("tools-requirements.txt", "pandas==2.2.2\nnumpy==1.26.4\n");
  const path = vscode.workspace.asRelativePath(document.uri);
  const listed = JSON.parse(await called("list_findings", { path, rule: "unsorted-requirements" }));
  assert.equal(listed.total, 1);
  assert.equal(listed.findings[0].line, 2);
  assert.match(await called("explain_rule", { rule: "unsorted-requirements" }), /^# unsorted-requirements: /);
  await called("apply_safe_fixes", { path });
  assert.equal(document.getText(), "numpy==1.26.4\npandas==2.2.2\n");
  assert.match(await called("list_findings", { path: "../elsewhere" }), /not in the project/);
  await document.save();
});

async function called(name: string, input: object): Promise<string> {
  const { content } = await vscode.lm.invokeTool(`groundwork_${name}`, { input, toolInvocationToken: undefined });
  const [part] = content;
  assert.ok(part instanceof vscode.LanguageModelTextPart);
  return part.value;
}
