// The extension starts, says when it is ready, and has its commands.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { GroundworkApi } from "../../../client/features.ts";
import { extensionId } from "./files.ts";
import { test } from "./runner.ts";

test("activation ends, and the server answers", async () => {
  const extension = vscode.extensions.getExtension<GroundworkApi>(extensionId);
  assert.ok(extension);
  const api = await extension.activate();
  await api.ready;
});

test("every command of the manifest is registered", async () => {
  const manifest = vscode.extensions.getExtension(extensionId)?.packageJSON;
  const declared: string[] = manifest.contributes.commands.map((each: { command: string }) => each.command);
  const registered = new Set(await vscode.commands.getCommands(true));
  assert.ok(declared.length > 0);
  assert.deepEqual(
    declared.filter((name) => !registered.has(name)),
    [],
  );
});

test("a requirements file has its own language, whatever its name", async () => {
  for (const name of ["requirements.txt", "requirements-dev.in", "constraints.txt"]) {
    const uri = vscode.Uri.parse(`untitled:/${name}`);
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.languageId, "pip-requirements", name);
  }
});
