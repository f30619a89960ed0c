// The package as people get it, installed into a fresh editor whose language is Brazilian Portuguese.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { promisify } from "node:util";
import { repositoryRoot } from "../../../scripts/editor-host.ts";
import { Shell } from "../environments.ts";
import { type EditorWindow, openWindow } from "../window.ts";
import { windowTests } from "../window-tests.ts";
import { copyOf } from "../workspace.ts";

windowTests("package", openPackage, { "in Portuguese": portuguese });

async function openPackage(): Promise<EditorWindow> {
  const folder = mkdtempSync(join(tmpdir(), "groundwork-package-"));
  const extension = join(folder, "groundwork.vsix");
  try {
    await promisify(execFile)(process.execPath, ["scripts/package.ts", extension], { cwd: repositoryRoot });
    const environment = new Shell().variables;
    return await openWindow({ workspace: copyOf("examples/churn"), extension, locale: "pt-br", environment });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function portuguese(opened: () => EditorWindow): void {
  let window: EditorWindow;

  before(() => {
    window = opened();
  });

  test("findings and their reasons are in Portuguese", async () => {
    await window.openFile("train.py");
    await window.editor.waitForSquiggles("warning");
    const says = await window.editor.hover('train["monthly_fee"]', "duplicate-block");
    await window.screenshot("pt-br-hover");
    assert.match(says, /Bloco de \d+ linhas/);
    assert.match(says, /Outra cópia do bloco/);
  });

  test("the light bulb and the status speak Portuguese", async () => {
    await window.editor.goTo(46);
    const titles = await window.editor.quickFixes();
    await window.screenshot("pt-br-light-bulb");
    assert.ok(titles.includes("Ignorar `duplicate-block` aqui"), titles.join());
    await window.languageStatus("arquivos");
    await window.screenshot("pt-br-status");
  });

  test("commands have Portuguese titles, and ask and answer in Portuguese", async () => {
    const titles = await window.commandsFor("Groundwork");
    await window.screenshot("pt-br-commands");
    const texts = JSON.parse(readFileSync(join(repositoryRoot, "package.nls.pt-br.json"), "utf8"));
    const portuguese = new Set(Object.values(texts).map((title) => `Groundwork: ${title}`));
    assert.deepEqual(
      titles.filter((title) => !portuguese.has(title)),
      [],
    );
    // The palette shows only its first rows.
    const pinning = await window.commandsFor("Groundwork: Fixar");
    assert.ok(pinning.includes("Groundwork: Fixar versões e ordenar requirements"), pinning.join());
    await window.openFile("requirements.txt");
    await window.runCommand("Groundwork: Fixar versões e ordenar requirements");
    await window.waitForNotification("compartilhad");
    await window.screenshot("pt-br-question");
  });
}
