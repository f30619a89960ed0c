// What a person sees and does when refactoring: the menu, the edits, the rename in place, the reasons of refusals.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { type EditorWindow, openWindow } from "../window.ts";
import { workspaceWith } from "../workspace.ts";

const report = `def report(values, unit):
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
let window: EditorWindow;

before(async () => {
  const files = { "report.py": report, "find.py": find, ".python-version": "3.12\n", "requirements.txt": "" };
  window = await openWindow({ workspace: workspaceWith(files) });
});
afterEach((context) => window.keepEvidence(context));
after(() => window.close());

test("extract function names the new function in place", async () => {
  await window.openFile("report.py");
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
