// The package as people get it: installed into a fresh editor, it starts.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { repositoryRoot } from "../../../scripts/editor-host.ts";
import { type EditorWindow, openWindow } from "../window.ts";
import { copyOf } from "../workspace.ts";

let window: EditorWindow;

before(async () => {
  const extension = join(mkdtempSync(join(tmpdir(), "groundwork-package-")), "groundwork.vsix");
  const { status } = spawnSync(process.execPath, ["scripts/package.ts", extension], { cwd: repositoryRoot });
  assert.equal(status, 0, "the extension could not be packaged");
  window = await openWindow({ workspace: copyOf("examples/churn"), extension });
});
afterEach((context) => window.keepEvidence(context));
after(() => window.close());

test("the installed package is activated by a Python file", async () => {
  await window.openFile("train.py");
  await window.languageStatus("files looked at");
});
