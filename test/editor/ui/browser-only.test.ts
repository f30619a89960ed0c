// VS Code in a browser alone: no process, no disk, and the files of the workspace in the hands of another extension.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { duplicateBlock } from "../../../server/rules/production/duplicate-block.ts";
import { openBrowserWindow } from "../browser-only.ts";
import type { EditorWindow } from "../window.ts";
import { windowTests } from "../window-tests.ts";

const requirements = "scikit-learn==1.5.0\npandas\nnumpy==1.26.4\n";
const files = {
  "pyproject.toml": '[tool.groundwork.stages]\nproduction = ["*.py"]\n',
  "report.py": duplicateBlock.example.bad,
  "requirements.txt": requirements,
  "explore.ipynb": JSON.stringify({
    cells: ["!pip install numpy", "import numpy as np\nprint(np.zeros(3))"].map((source) => ({
      cell_type: "code",
      execution_count: null,
      metadata: {},
      outputs: [],
      source,
    })),
    metadata: { language_info: { name: "python" } },
    nbformat: 4,
    nbformat_minor: 5,
  }),
};

windowTests("browser only", () => openBrowserWindow(files), { "in memory": inMemory });

function inMemory(opened: () => EditorWindow): void {
  let window: EditorWindow;

  before(() => {
    window = opened();
  });

  test("a copied block has squiggles, and its hover says why", async () => {
    await window.openFile("report.py");
    await window.editor.waitForSquiggles("warning");
    const says = await window.editor.hover("to_datetime", "Copying a block");
    await window.screenshot("browser-only-hover");
    assert.match(says, /Another copy of the block/);
  });

  test("requirements are sorted by their fix, and what would need a program says why it does nothing", async () => {
    await window.openFile("requirements.txt");
    await window.editor.waitForSquiggles("warning");
    await window.editor.goTo(2);
    await window.editor.pickQuickFix("Sort requirements");
    await window.editor.waitForText("numpy==1.26.4");
    assert.match(await window.editor.visibleText(), /^numpy==1\.26\.4\s+pandas\s+scikit-learn==1\.5\.0/);
    await window.editor.goTo(2);
    await window.editor.pickQuickFix("Pin this requirement…");
    await window.waitForNotification("open the folder on a computer");
    await window.screenshot("browser-only-pin");
  });

  test("commands that start programs are absent, and the status says why", async () => {
    const titles: string[] = [];
    for (const begin of ["Create", "Pin", "Install", "Update", "Use"])
      titles.push(
        ...(await window.commandsFor(`Groundwork: ${begin}`)).filter((title) => title.startsWith("Groundwork")),
      );
    assert.deepEqual(titles, ["Groundwork: Create requirements.txt from Imports"]);
    assert.match(await window.languageStatus("No environment"), /no program can be run here/);
    await window.screenshot("browser-only-status");
  });

  test("the readiness view and the report are there", async () => {
    await window.runCommand("Groundwork: Show Readiness Report");
    const page = window.page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
    await page.getByRole("heading", { name: "At a glance" }).waitFor();
    await window.screenshot("browser-only-report");
  });

  test("a notebook's cell has findings, and its checklist is a page", async () => {
    await window.page
      .locator(".explorer-folders-view .monaco-list-row", { hasText: "explore.ipynb" })
      .first()
      .dblclick();
    const cell = window.page.locator(".notebookOverlay .code-cell-row").first();
    // In a browser VS Code asks this of every notebook.
    await window.page.getByRole("button", { name: "Open Notebook" }).click();
    await cell.waitFor();
    await cell.locator(".squiggly-hint").first().waitFor();
    await window.screenshot("browser-only-notebook");
    await window.runCommand("Groundwork: Promote to Production");
    await window.editor.waitForText("from experiment to production");
    await window.screenshot("browser-only-checklist");
  });

  test("what the server writes is written by the editor, and heard of again", async () => {
    await window.runCommand("Groundwork: Record Today's Findings");
    await window.openFile("groundwork-baseline.json");
    await window.editor.waitForText("duplicate-block");
    await window.openFile("report.py");
    await window.editor.waitForSquiggles("warning", 0);
  });
}
