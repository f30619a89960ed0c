// Requirements and environments in one window: in Restricted Mode first, then trusted, with an environment and without.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { installVenv, Shell } from "../environments.ts";
import { type EditorWindow, openWindow } from "../window.ts";
import { windowTests } from "../window-tests.ts";
import { workspaceWith } from "../workspace.ts";
import { environments } from "./parts/environments.ts";
import { installedVersions, requirements, requirementsFiles } from "./parts/requirements.ts";

const workspace = workspaceWith({
  "train.py": 'import sys\n\nsys.path.append("..")\nprint("hello")\n',
  ...requirementsFiles,
});
const shell = new Shell();
installVenv(workspace, installedVersions);
// The one line of code imports nothing of it.
const settings = { "groundwork.rules": { "unused-requirement": "off" } };

windowTests(
  "environments",
  () => openWindow({ workspace, environment: shell.variables, settings, isRestricted: true }),
  {
    "in Restricted Mode": restricted,
    requirements: (opened) => requirements(workspace, opened),
    "making environments": (opened) => {
      before(() => {
        for (const name of [".venv", ".vscode", "pyproject.toml", ...Object.keys(requirementsFiles)]) {
          rmSync(join(workspace, name), { recursive: true, force: true });
        }
      });
      environments(workspace, shell, opened);
    },
  },
);

function restricted(opened: () => EditorWindow): void {
  test("a workspace that is not trusted is checked, and offers nothing that runs a program until it is", async () => {
    const window = opened();
    await window.openFile("train.py");
    await window.editor.waitForSquiggles("hint", 1);
    await window.screenshot("restricted");
    const offered = [
      ...(await window.commandsFor("Groundwork: Show Logs")),
      ...(await window.commandsFor("Groundwork: Create")),
      ...(await window.commandsFor("Groundwork: Install")),
    ];
    assert.ok(offered.includes("Groundwork: Show Logs"), offered.join());
    assert.ok(!offered.some((title) => /^Groundwork: (?:Create|Install)/.test(title)), offered.join());
    // What follows uses them.
    await window.runCommand("Workspaces: Manage Workspace Trust");
    await window.page.locator(".workspace-trust-editor").getByRole("button", { name: "Trust", exact: true }).click();
    await window.openFile("train.py");
  });
}
