// What a person sees and does with copies in Python code: squiggles, hover, problems, light bulb, refactorings.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import type { Locator } from "playwright-core";
import { duplicateBlock } from "../../../../server/rules/production/duplicate-block.ts";
import { until } from "../../until.ts";
import { artifactsFolder, type EditorWindow } from "../../window.ts";

const block = `    shops = table.groupby("shop")["total"].agg(["sum", "mean"])
    shops["share"] = shops["sum"] / shops["sum"].sum()
    shops = shops.sort_values("share", ascending=False)
    shops["rank"] = range(1, len(shops) + 1)
    print(shops.head(10).to_string(), sorted(locals()))
`;
const typed = `def first(table):\n${block}    return shops.index[0]\n\n\ndef later(table):\n`;

/** In a copy of the example project. */
export function editing(workspace: string, opened: () => EditorWindow): void {
  let window: EditorWindow;

  // Before the window is there: what comes while it starts, its explorer may not see.
  writeFileSync(join(workspace, "report.py"), duplicateBlock.example.bad);
  writeFileSync(join(workspace, "shops.py"), typed);
  before(() => {
    window = opened();
  });

  test("a copied block has squiggles, and its hover says why and where the rule is explained", async () => {
    await window.openFile("train.py");
    await window.editor.waitForSquiggles("warning");
    // Until the folder is read, the file's own copies alone are known.
    const says = await window.editor.hover('train["monthly_fee"]', "Copying a block", "train_v2.py(12, 1)");
    assert.match(says, /^Block of [67] lines is (copied|repeated) at .*Groundwork\(?duplicate-block/);
    assert.match(says, /train_v2\.py\(12, 1\): Another copy of the block/);
    assert.match(says, /[67] lines at \d places, the same but for names and values:/);
    assert.match(says, /predict\.py:15–2\d: \d\d % the same/);
    assert.match(says, /A block of statements is copied at several places/);
    assert.equal(
      await window.page.locator(".monaco-hover:visible .code-link").first().textContent(),
      "duplicate-block",
    );
    await window.screenshot("train-hover-light");
  });

  test("the same in a dark theme", async () => {
    await window.toggleTheme();
    await window.editor.hover('train["monthly_fee"]', "Copying a block");
    await window.screenshot("train-hover-dark");
    await window.toggleTheme();
  });

  test("the Problems panel lists the findings of all files with the other copies", async () => {
    const problems = await window.problems("Another copy of the block");
    await window.screenshot("problems");
    const text = problems.join("\n");
    assert.match(text, /explore\.ipynb 1\nCell 6, line 1: Block of \d lines is repeated/);
    assert.match(text, /No file says which Python the project needs Groundwork undeclared-environment/);
    assert.match(text, /predict\.py \[Ln 15, Col 1\] ?: Another copy of the block, \d lines/);
    await window.page.keyboard.press("ControlOrMeta+J");
  });

  test("a block that is typed a second time gets squiggles, and loses them when it goes", async () => {
    await window.openFile("shops.py");
    await window.editor.waitForText("def later(table):");
    await window.editor.waitForSquiggles("warning", 0);
    await window.page.keyboard.press("ControlOrMeta+End");
    await window.editor.type(block);
    await window.editor.waitForSquiggles("warning");
    await window.screenshot("typed-copy");
    await window.editor.goTo(11);
    await window.page.keyboard.press("ControlOrMeta+Shift+End");
    await window.page.keyboard.press("Delete");
    await window.editor.waitForSquiggles("warning", 0);
  });

  test("the light bulb extracts copies into a function, on the screen and on the disk", async () => {
    await window.openFile("report.py");
    await window.editor.waitForSquiggles("warning");
    await window.editor.goTo(5, 5);
    const titles = await window.editor.quickFixes(() => window.screenshot("light-bulb"));
    assert.ok(titles.includes("Extract into a function"), titles.join());
    assert.ok(titles.includes("Ignore `duplicate-block` here"), titles.join());
    await window.editor.pickQuickFix("Extract into a function");
    await window.editor.waitForSquiggles("warning", 0);
    await window.editor.save();
    await window.screenshot("extracted");
    const file = join(workspace, "report.py");
    const text = readFileSync(file, "utf8");
    assert.equal(text.match(/pd\.read_csv/g)?.length, 1, text);
    assert.equal((await window.editor.visibleText()).trim(), text.trim());
    execFileSync("python3", ["-m", "py_compile", file], { stdio: "pipe" });
  });

  test("an extraction that is refused says why in the menu of refactorings", async () => {
    await window.openFile("predict.py");
    await window.editor.waitForSquiggles("warning");
    await window.editor.goTo(16, 5);
    await window.editor.waitForRefusal("Extract into a shared function (review): Some of the copies are in", () =>
      window.screenshot("refused"),
    );
  });

  test("the status item tells the environment and the files, and leads to the logs", async () => {
    const says = await window.languageStatus("files");
    await window.screenshot("status");
    assert.match(says, /Python/);
    await window.runCommand("Groundwork: Show Logs");
    await window.page.locator(".panel .output-view-container, .part.panel .monaco-editor").first().waitFor();
    await window.screenshot("logs");
    await window.page.keyboard.press("ControlOrMeta+J");
  });

  test("restarting the server brings the findings back", async () => {
    await window.openFile("train.py");
    await window.runCommand("Groundwork: Restart Server");
    await window.editor.waitForSquiggles("warning");
  });

  test("the editor says how long the activation took", async () => {
    await window.runCommand("Developer: Show Running Extensions");
    const row = window.page.locator(".runtime-extensions-editor .extension", { hasText: "Groundwork" });
    const text = await until("the activation time", async () => {
      const shown = (await row.allInnerTexts()).join(" ");
      return /Activation: [\d,.]+ ?ms/i.test(shown) ? shown : undefined;
    });
    const milliseconds = Number(/Activation: ([\d,.]+) ?ms/i.exec(text)?.[1]?.replaceAll(",", ""));
    mkdirSync(artifactsFolder, { recursive: true });
    writeFileSync(join(artifactsFolder, "activation.json"), `${JSON.stringify({ milliseconds })}\n`);
  });

  test("the view lists the duplicates, what saves most first, and leads to each copy", async () => {
    await window.openFile("shops.py");
    await window.page.keyboard.press("ControlOrMeta+End");
    await window.editor.type(block.replaceAll("shops", "places"));
    await window.editor.waitForSquiggles("warning");
    await window.runCommand("Groundwork: Focus on Duplicates View");
    const rows = window.page.locator(".pane-body .monaco-list-row");
    const first = rows.filter({ hasText: "monthly_fee" });
    await first.waitFor();
    const saved = (await rows.allInnerTexts()).map((text) => Number(/saves (\d+)/.exec(text)?.[1]));
    assert.deepEqual(
      saved,
      saved.toSorted((a, b) => b - a),
    );
    assert.match(
      (await first.getAttribute("aria-label")) ?? "",
      /\d lines, \d copies, other names or values, saves \d+ lines/,
    );
    await first.locator(".monaco-tl-twistie").click();
    const copy = rows.filter({ hasText: "train_v2.py" });
    await copy.first().hover();
    await window.screenshot("duplicates-light");
    await copy.first().click();
    await window.page.locator('.tab.active[data-resource-name="train_v2.py"]').waitFor();
    await window.editor.waitForText("monthly_fee");
  });

  test("copies are compared from the view, in a dark theme, too", async () => {
    await window.toggleTheme();
    const pair = window.page.locator(".pane-body .monaco-list-row", { hasText: "shops = table" });
    const tab = window.page.locator(".tab.active", { hasText: "shops.py:2–6 ↔ shops.py:11–15" });
    await until("the comparison", async () => {
      await pair.hover();
      await pair.getByRole("button", { name: "Compare with Copy" }).click();
      if (await isShown(tab)) return true;
      // The tree was drawn anew under the pointer, and another class asks now with which copy.
      await window.page.keyboard.press("Escape");
      return undefined;
    });
    await window.page.locator(".monaco-diff-editor .line-insert").first().waitFor();
    await window.screenshot("compare-dark");
    await window.toggleTheme();
  });
}

async function isShown(place: Locator): Promise<boolean> {
  return place.waitFor({ timeout: 3000 }).then(
    () => true,
    () => false,
  );
}
