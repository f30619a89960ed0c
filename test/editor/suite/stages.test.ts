// Stages: marking a folder writes and saves pyproject.toml, and the rules of the stage speak.
import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync } from "node:fs";
import * as vscode from "vscode";
import { fileAt } from "./files.ts";
import { test } from "./runner.ts";

test("marking a folder writes its stage into pyproject.toml and saves it", async () => {
  const configuration = fileAt("pyproject.toml").fsPath;
  const before = existsSync(configuration);
  assert.equal(before, false, "the example has no configuration of its own");
  try {
    await vscode.commands.executeCommand("groundwork.markAsExperimental", fileAt("data"));
    assert.match(readFileSync(configuration, "utf8"), /\[tool\.groundwork\.stages\]\nexperimental = \["data\/\*\*"\]/);
    await vscode.commands.executeCommand("groundwork.markAsProduction", fileAt("data"));
    assert.match(readFileSync(configuration, "utf8"), /experimental = \[\]\nproduction = \["data\/\*\*"\]/);
  } finally {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    rmSync(configuration, { force: true });
  }
});
