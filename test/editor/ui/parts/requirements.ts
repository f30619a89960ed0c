// What a person sees and does in a requirements file: colours, squiggles, light bulb, pinning and sorting.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { until } from "../../until.ts";
import type { EditorWindow } from "../../window.ts";

export const installedVersions = { numpy: "1.26.4", pandas: "2.2.3", "scikit-learn": "1.5.2" };
const original = "# what the model needs\nscikit-learn==1.5.2\npandas>=2\nnumpy\nnot-installed\n";
const command = "Pin and Sort Requirements";
/** What these tests need in the workspace, beside the environment. */
export const requirementsFiles = {
  "requirements.txt": original,
  "requirements-dev.txt": "pandas\nnumpy\n",
  "requirements-docs.txt": "numpy\npandas\n",
};

/** In a workspace with these files, and an environment in which these versions are installed. */
export function requirements(workspace: string, opened: () => EditorWindow): void {
  const textOf = (file: string) => readFileSync(join(workspace, file), "utf8");
  let window: EditorWindow;

  before(() => {
    window = opened();
  });

  test("name, operator, version and comment have colours of their own", async () => {
    await window.openFile("requirements.txt");
    await window.editor.waitForSquiggles("warning", 3);
    const colours = await until("four colours", async () => {
      const parts = ["# what the model needs", "scikit-learn", "==", "1.5.2"];
      const found = await Promise.all(parts.map((part) => window.editor.colourOf(part)));
      return new Set(found).size === 4 && !found.includes("") ? found : undefined;
    });
    assert.equal(await window.editor.colourOf("pandas"), colours[1]);
  });

  test("the hover says why a version should be fixed, in light and in dark", async () => {
    const says = await window.editor.hover("numpy", "unpinned-requirement");
    assert.match(says, /^`?numpy`? fixes no version, so it installs what is newest that day/);
    await window.screenshot("requirements-hover-light");
    await window.toggleTheme();
    await window.editor.hover("numpy", "unpinned-requirement");
    await window.screenshot("requirements-hover-dark");
    await window.toggleTheme();
  });

  test("the light bulb pins to what is installed, pins all, and sorts", async () => {
    await window.editor.goTo(4, 2);
    await window.editor.quickFixes(() => window.screenshot("requirements-light-bulb"));
    await window.editor.pickQuickFix("Pin to `==1.26.4`");
    await window.editor.waitForText("numpy==1.26.4");
    await window.editor.waitForSquiggles("warning", 2);
    await window.openFile("requirements-dev.txt");
    await window.editor.waitForSquiggles("warning", 2);
    await window.editor.goTo(1, 2);
    await window.editor.pickQuickFix("Pin all installed requirements");
    await window.editor.waitForText("pandas==2.2.3\nnumpy==1.26.4");
    await window.editor.waitForSquiggles("warning", 0);
    await window.editor.goTo(2, 2);
    await window.editor.pickQuickFix("Sort requirements");
    await window.editor.waitForText("numpy==1.26.4\npandas==2.2.3");
    await window.editor.save();
    assert.equal(textOf("requirements-dev.txt"), "numpy==1.26.4\npandas==2.2.3\n");
  });

  test("what is not installed is asked of the index only on consent; left, it is told with its reason", async () => {
    await window.openFile("requirements.txt");
    await window.runCommand(`Groundwork: ${command}`);
    await window.waitForNotification("Ask the package index for their versions?");
    await window.screenshot("consent");
    await window.pressNotificationButton("Leave Them");
    const told = await window.waitForNotification("Left: ");
    await window.screenshot("pinned-and-left");
    assert.match(told, /not-installed.* is not installed in/);
    await window.editor.waitForText("not-installed\nnumpy==1.26.4\npandas==2.2.3\nscikit-learn==1.5.2");
    await window.dismissNotifications();
  });

  test("a file that changes while the question is open is left as it is", async () => {
    await window.editor.goTo(2);
    await window.editor.type("zulu\n");
    await window.runCommand(`Groundwork: ${command}`);
    await window.waitForNotification("Ask the package index for their versions?");
    await window.editor.goTo(2);
    await window.editor.type("yankee\n");
    await window.pressNotificationButton("Leave Them");
    await window.waitForNotification("The file was changed meanwhile");
    await window.screenshot("changed-meanwhile");
    await window.editor.waitForText("yankee\nzulu\nnot-installed");
    await window.dismissNotifications();
  });

  test("the button above the editor and the explorer's menu pin and sort, too", async () => {
    await window.openFile("requirements-docs.txt");
    await window.editor.waitForSquiggles("warning", 2);
    await window.pressTitleButton(command);
    await window.waitForNotification("Requirements pinned: 2.");
    await window.screenshot("title-button");
    await window.editor.waitForText("numpy==1.26.4\npandas==2.2.3");
    await window.dismissNotifications();
    await window.editor.save();
    writeFileSync(join(workspace, "requirements-docs.txt"), "pandas\nnumpy\n");
    await window.editor.waitForText("pandas\nnumpy");
    await window.pickInExplorer("requirements-docs.txt", command);
    await window.waitForNotification("Requirements pinned: 2.");
    await window.editor.waitForText("numpy==1.26.4\npandas==2.2.3");
    await window.dismissNotifications();
  });

  test("a finding is ignored here, or in the whole folder by the project's configuration", async () => {
    await window.openFile("requirements.txt");
    await window.editor.waitForSquiggles("warning", 3);
    await window.editor.goTo(2, 2);
    await window.editor.pickQuickFix("Ignore `unpinned-requirement` here");
    await window.editor.waitForSquiggles("warning", 2);
    await window.editor.waitForText("groundwork: ignore[unpinned-requirement]");
    await window.screenshot("ignored-here");
    await window.editor.goTo(3, 2);
    await window.editor.pickQuickFix("Ignore `unpinned-requirement` in this folder");
    await window.page.locator('.explorer-folders-view [aria-label^="pyproject.toml"]').first().waitFor();
    await window.runCommand("File: Save All Files");
    await until("the configuration on the disk", () => {
      const file = join(workspace, "pyproject.toml");
      return (existsSync(file) && readFileSync(file, "utf8").includes('"*" = ["unpinned-requirement"]')) || undefined;
    });
    await window.openFile("requirements.txt");
    await window.editor.waitForSquiggles("warning", 0);
    await window.screenshot("ignored-in-folder");
  });
}
