// What a person does with code on its way to production: refactorings, stages, the checklist, readiness.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { duplicateBlock } from "../../../../server/rules/production/duplicate-block.ts";
import { until } from "../../until.ts";
import type { EditorWindow } from "../../window.ts";

const totals = `def report(values, unit):
    total = sum(values)
    mean = total / len(values)
    print(mean, unit)
    return total
`;
const find = `def find(values):
    for value in values:
        if value < 0:
            break
        print(value)
`;

const copied = duplicateBlock.example.bad.slice(0, duplicateBlock.example.bad.indexOf("\n\ndef mean_sale"));

/** In a copy of the example project. */
export function code(workspace: string, opened: () => EditorWindow): void {
  let window: EditorWindow;

  before(() => {
    window = opened();
    mkdirSync(join(workspace, "shop"));
    writeFileSync(join(workspace, "shop", "taxes.py"), "VAT = 3\n");
    writeFileSync(join(workspace, "totals.py"), totals);
    writeFileSync(join(workspace, "find.py"), find);
    writeFileSync(join(workspace, "sold.py"), copied);
    writeFileSync(join(workspace, "returned.py"), copied.replace('["total"].sum()', ".describe()"));
    writeFileSync(
      join(workspace, "prices.py"),
      'import sys\n\nsys.path.append("..")\n\n\ndef read():\n    return open("/home/maria/prices.csv")\n\n\ndef save(text):\n    print(text)\n',
    );
  });

  test("extract function names the new function in place", async () => {
    await window.openFile("totals.py");
    await window.editor.waitForText("return total");
    await window.languageStatus("files");
    await window.editor.selectLines(2, 4);
    await window.editor.pickRefactoring("Extract function");
    const input = window.page.locator(".monaco-editor.rename-box input.rename-input, .rename-box input").first();
    await input.waitFor();
    await window.screenshot("rename-in-place");
    assert.equal(await input.inputValue(), "_compute_total");
    await input.fill("summarize");
    await window.page.keyboard.press("Enter");
    await input.waitFor({ state: "hidden" });
    await window.editor.waitForText("total, mean = summarize(values)");
    await window.screenshot("extracted-function");
    assert.equal(
      (await window.editor.visibleText()).trim(),
      `def summarize(values):
    total = sum(values)
    mean = total / len(values)
    return total, mean


def report(values, unit):
    total, mean = summarize(values)
    print(mean, unit)
    return total`,
    );
  });

  test("a refusal says why in the menu of refactorings", async () => {
    await window.openFile("find.py");
    await window.editor.waitForText("print(value)");
    await window.editor.selectLines(3, 5);
    await window.editor.waitForRefusal("Extract function: A `break` or `continue` leaves the code", () =>
      window.screenshot("refused-extraction"),
    );
  });

  test("extract variable names a value in place", async () => {
    await window.editor.goTo(1);
    await window.editor.select("value < 0");
    await window.editor.pickRefactoring("Extract variable");
    const input = window.page.locator(".rename-box input").first();
    await input.waitFor();
    await input.fill("is_negative");
    await window.page.keyboard.press("Enter");
    await window.editor.waitForText("if is_negative:");
    await window.editor.waitForText("is_negative = value < 0");
  });

  test("copies of two files become one function once they were seen and accepted, which is then named", async () => {
    await window.openFile("sold.py");
    await window.editor.waitForSquiggles("warning");
    await window.editor.goTo(5);
    await window.editor.pickQuickFix("Extract into a shared function (review)");
    const panel = window.page.locator(".bulk-edit-panel");
    await panel.locator(".monaco-list-row").first().waitFor();
    await window.screenshot("preview-across-files");
    const rows = (await panel.locator(".monaco-list-row").allTextContents()).join("\n");
    for (const file of ["sold.py", "returned.py", "_shared.py"]) assert.ok(rows.includes(file), rows);
    assert.equal(existsSync(join(workspace, "_shared.py")), false);
    // The whole change is ticked: half of it would be wrong.
    for (const box of await panel.locator(".edit-checkbox").all()) assert.ok(await box.isChecked());
    await panel.locator(".monaco-button").filter({ hasText: "Apply" }).click();
    const input = window.page.locator(".rename-box input").first();
    await input.waitFor();
    await window.screenshot("rename-across-files");
    assert.match(await input.inputValue(), /^_read_csv/);
    await input.fill("_read_sales");
    await window.page.keyboard.press("Enter");
    await window.editor.waitForText("= _read_sales(path)");
    await window.runCommand("File: Save All Files");
    const names = ["sold.py", "returned.py", "_shared.py"].map((name) => join(workspace, name));
    const isRenamed = (name: string) => existsSync(name) && readFileSync(name, "utf8").includes("_read_sales(path)");
    await until("three saved files", () => names.every(isRenamed) || undefined);
  });

  test("marking a folder in the explorer writes its stage, and the explorer shows it", async () => {
    await window.openFile("prices.py");
    await window.editor.waitForText("def read");
    const folder = window.page.locator(".explorer-folders-view .monaco-list-row", { hasText: /^\s*shop\s*$/ });
    const menu = window.page.locator(".monaco-menu", { hasText: "Mark Folder as Production" });
    // A menu that opens before the extension is known lacks its commands, and is opened again.
    await until("the menu of the folder", async () => {
      await folder.first().click({ button: "right" });
      const isThere = await menu.waitFor({ timeout: 3000 }).then(
        () => true,
        () => undefined,
      );
      if (!isThere) await window.page.keyboard.press("Escape");
      return isThere;
    });
    await window.screenshot("stage-menu");
    await window.page.keyboard.press("Escape");
    await folder.first().click();
    await window.runCommand("Groundwork: Mark Folder as Production");
    await until("the stage in pyproject.toml", () => {
      try {
        return /production = \["\*\*"\]/.test(readFileSync(join(workspace, "pyproject.toml"), "utf8")) || undefined;
      } catch {
        return undefined;
      }
    });
    await window.page.locator('.explorer-folders-view [aria-label*="Production"]').first().waitFor();
    await window.screenshot("stage-badge");
  });

  test("scaffolding asks in plain words how the model will be used, and shows what it wrote", async () => {
    await window.openFile("train.py");
    await window.editor.waitForText("LogisticRegression");
    await window.runCommand("Groundwork: Scaffold Batch Job");
    await window.page.locator(".quick-input-list .monaco-list-row", { hasText: "Nobody waits" }).waitFor();
    await window.screenshot("scaffold-question");
    const labels = (await window.choices()).map((choice) => choice.split(/ (?:asked|the same)/)[0]);
    assert.match(labels[0] ?? "", /^Batch job/);
    await window.pick("Online service");
    await window.page.locator(".tab", { hasText: "Preview README.md" }).waitFor();
    assert.match(readFileSync(join(workspace, "service/README.md"), "utf8"), /fee_per_month/);
    await window.screenshot("scaffold-written");
  });

  test("a notebook becomes a module, both saved, the module beside it", async () => {
    await window.page
      .locator(".explorer-folders-view .monaco-list-row", { hasText: "explore.ipynb" })
      .first()
      .dblclick();
    await window.page.locator(".notebookOverlay .code-cell-row").first().waitFor();
    await window.runCommand("Groundwork: Turn Notebook into a Module");
    await window.waitForNotification("explore.py holds the steps");
    await until("the notebook on the disk", () => {
      const notebook = readFileSync(join(workspace, "explore.ipynb"), "utf8");
      return /from explore import read_df, update_df/.test(notebook) || undefined;
    });
    assert.match(readFileSync(join(workspace, "explore.py"), "utf8"), /def update_df\(df\):/);
    await window.editor.waitForText("def update_df");
    await window.screenshot("notebook-module");
  });

  test("the checklist leads to each place that stands in the way", async () => {
    await window.openFile("prices.py");
    await window.editor.waitForText("def read");
    await window.runCommand("Groundwork: Promote to Production");
    const row = window.page.locator(".monaco-list-row", { hasText: "What changes from place to place is a parameter" });
    await row.first().waitFor();
    await row.first().click();
    const place = window.page.locator(".monaco-list-row", { hasText: "Import changes" });
    await place.first().waitFor();
    await window.screenshot("promotion");
    assert.match((await place.first().textContent()) ?? "", /prices\.py:3/);
    const path = window.page.locator(".monaco-list-row", { hasText: "Path below" }).first();
    await path.hover();
    const fix = path.getByRole("button", { name: "Fix" });
    await fix.waitFor();
    await window.screenshot("promotion-fixes");
    await fix.click();
    await window.editor.waitForText("PRICES_PATH");
    await window.screenshot("promotion-fixed");
  });

  test("the readiness view leads from a tutorial to the finding, which can be ignored there", async () => {
    await window.runCommand("Groundwork: Focus on Production Readiness View");
    const view = window.page.locator(".sidebar .pane", { hasText: "Production Readiness" });
    const row = (text: string) => view.locator(".monaco-list-row", { hasText: text }).first();
    for (const text of ["Production code", "A module changes where Python looks", "prices.py"]) await row(text).click();
    const finding = row("Import changes");
    await finding.hover();
    await window.screenshot("readiness");
    await finding.getByRole("button", { name: "Ignore Here" }).click();
    await window.editor.waitForText("ignore[path-hack]");
    await finding.waitFor({ state: "detached" });
    await window.page.keyboard.press("Control+Z");
  });

  test("the report is a page without scripts, whose places lead into the code", async () => {
    await window.runCommand("Groundwork: Show Readiness Report");
    const page = window.page.locator("iframe.webview").last().contentFrame().frameLocator("iframe#active-frame");
    await page.getByRole("heading", { level: 1 }).waitFor();
    await window.screenshot("report");
    await page.getByText("A module changes where Python looks for modules").click();
    await page
      .getByRole("link", { name: /^prices\.py:\d+$/ })
      .first()
      .click();
    await window.page.locator('.tab.active[data-resource-name="prices.py"]').waitFor();
  });
}
