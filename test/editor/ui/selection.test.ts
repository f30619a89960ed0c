// Selecting a new environment through the Python extensions, which stand-ins play: per folder, and told to the server.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { repositoryRoot } from "../../../scripts/editor-host.ts";
import { Shell } from "../environments.ts";
import { until } from "../until.ts";
import { type EditorWindow, openWindow } from "../window.ts";
import { windowTests } from "../window-tests.ts";
import { workspaceWith } from "../workspace.ts";

const create = "Groundwork: Create Virtual Environment for Workspace";
const uses = "This folder uses the environment from now on.";
const root = workspaceWith({ "a/a.py": "print(1)\n", "b/b.py": "print(2)\n" });
const both = join(root, "both.code-workspace");
writeFileSync(both, JSON.stringify({ folders: [{ path: "a" }, { path: "b" }] }));

windowTests(
  "selection",
  () => {
    const standIns = ["python-environments", "python"].map((name) =>
      join(repositoryRoot, "test/editor/stand-ins", name),
    );
    return openWindow({ workspace: both, environment: new Shell().variables, standIns });
  },
  { "through the Python extensions": selection },
);

function selection(opened: () => EditorWindow): void {
  let window: EditorWindow;

  before(() => {
    window = opened();
  });

  test("through Python Environments: for one folder of several, and every change is heard", async () => {
    await window.page.keyboard.press("Control+P");
    await window.quickInput.locator("input.input").fill("b.py");
    await window.pick("b.py");
    await window.runCommand(create);
    await window.pick("b");
    await window.waitForNotification(uses);
    await window.screenshot("selected-python-environments");
    assert.equal(await selectedIn(join(root, "b")), join(root, "b/.venv/bin/python"));
    assert.ok(!existsSync(join(root, "a/.selected")), "the other folder selects nothing");
    assert.ok(!existsSync(join(root, "b/.vscode/settings.json")), "our own setting is left alone");
    assert.match(await window.languageStatus(".venv"), /\.venv \(Python 3/);
    const other = join(root, "b/other");
    mkdirSync(join(other, "bin"), { recursive: true });
    writeFileSync(join(other, "pyvenv.cfg"), "version = 3.9.2\n");
    writeFileSync(join(other, "bin/python"), "");
    await window.runCommand("Stand-in: Select the Other Environment");
    await window.languageStatus("other (Python 3.9.2)");
  });

  test("through the Python extension, which also tells what is missing", async () => {
    const workspace = workspaceWith({
      "train.py": "import numpy\n",
      "requirements.txt": "numpy==1.26.4\npandas\n",
      ".python-version": "3\n",
      // With it the other extension keeps out of everything.
      ".vscode/settings.json": '{"python.useEnvironmentsExtension": false}\n',
    });
    await window.show(workspace);
    await window.openFile("train.py");
    // There is no pip in it, so its requirements are not installed; it is used all the same.
    await window.runCommand(create);
    await window.waitForNotification("was created");
    await window.screenshot("selected-python");
    assert.equal(await selectedIn(workspace), join(workspace, ".venv/bin/python"));
    await window.dismissNotifications();
    await window.openFile("requirements.txt");
    await window.languageStatus(".venv");
    const problems = await window.problems("fixes no version");
    assert.ok(!problems.some((each) => each.includes("is not installed in")), problems.join("\n"));
  });
}

/** What a stand-in was told to select for a folder. */
function selectedIn(folder: string): Promise<string> {
  const file = join(folder, ".selected");
  return until("the selection", () => (existsSync(file) ? readFileSync(file, "utf8") || undefined : undefined));
}
