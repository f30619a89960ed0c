// Making environments with conda and with venv, as a person sees it: questions, progress, result, failure, cancelling.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, beforeEach, test } from "node:test";
import { findCondaTools } from "../../../../server/environments/conda-tools.ts";
import { installStandIn, type StandIn, type StandInOptions } from "../../../stand-ins/install.ts";
import type { Shell } from "../../environments.ts";
import { until } from "../../until.ts";
import type { EditorWindow } from "../../window.ts";
import { workspaceWith } from "../../workspace.ts";

const createConda = "Groundwork: Create Conda Environment for Workspace";
const createVenv = "Groundwork: Create Virtual Environment for Workspace";
const nameQuestion = "The environment's name";
const versionQuestion = "The Python version";

/** In a workspace with `train.py` and no environment, whose programs are found by the shell. */
export function environments(workspace: string, shell: Shell, opened: () => EditorWindow): void {
  let window: EditorWindow;

  before(() => {
    window = opened();
  });
  beforeEach(() => window.dismissNotifications());

  for (const dialect of ["23.5", "26.7"] as const) {
    test(`conda ${dialect} makes an environment that the folder then uses`, async () => {
      const conda = useConda({ dialect });
      await window.runCommand(createConda);
      await window.screenshot(`conda-${dialect}-name`);
      await window.answer(nameQuestion, "churn");
      await window.screenshot(`conda-${dialect}-version`);
      await window.answer(versionQuestion, "3.12");
      const prefix = join(conda.root, "envs/churn");
      const told = await window.waitForNotification("This folder uses the environment from now on.");
      await window.screenshot(`conda-${dialect}-created`);
      assert.match(told, /^The environment .*churn with Python .* was created\./);
      assert.ok(readdirSync(join(prefix, "conda-meta")).some((name) => name.startsWith("python-3.12")));
      assert.equal(selected(), join(prefix, "bin/python"));
      await window.languageStatus("churn (Python 3");
      await window.screenshot(`conda-${dialect}-status`);
    });
  }

  test("an environment that exists is used as it is, and replaced only on consent", async () => {
    const conda = useConda({ dialect: "26.7" });
    await window.runCommand(createConda);
    await window.answer(nameQuestion, "mine");
    await window.answer(versionQuestion, "3.10");
    await window.waitForNotification("was created");
    await window.dismissNotifications();
    const mark = join(conda.root, "envs/mine/conda-meta/mark");
    writeFileSync(mark, "");
    const calls = conda.calls().filter(([verb]) => verb === "create").length;
    await askAgain();
    await window.screenshot("conda-exists");
    await window.pressNotificationButton("Use It");
    await window.waitForNotification("This folder uses the environment from now on.");
    assert.equal(selected(), join(conda.root, "envs/mine/bin/python"));
    assert.ok(existsSync(mark));
    assert.equal(conda.calls().filter(([verb]) => verb === "create").length, calls);
    await window.dismissNotifications();
    await askAgain();
    await window.pressNotificationButton("Delete and Create Anew");
    // The very notification of the first creation is not always shown again, so the disk is asked.
    await until("the new environment", () => (existsSync(mark) || !existsSync(selected() ?? "") ? undefined : true));
  });

  async function askAgain(): Promise<void> {
    await window.runCommand(createConda);
    await window.answer(nameQuestion, "mine");
    await window.answer(versionQuestion, "3.12");
    await window.waitForNotification("It was left as it is.");
  }

  test("what the channels do not have is named, and nothing is left", async () => {
    const conda = useConda({ dialect: "26.7" });
    await window.runCommand(createConda);
    await window.answer(nameQuestion, "future");
    await window.answer(versionQuestion, "3.99");
    const message = await window.waitForNotification("conda does not find these packages");
    await window.screenshot("conda-not-found");
    assert.match(message, /python=3\.99.*No environment was created/);
    assert.ok(!existsSync(join(conda.root, "envs/future")));
  });

  test("the name and the version are checked while they are typed", async () => {
    useConda({ dialect: "26.7" });
    await window.runCommand(createConda);
    await window.quickInput.locator("input.input").fill("two words");
    await window.quickInput.getByText("Letters, digits and").waitFor();
    await window.screenshot("conda-bad-name");
    await window.page.keyboard.press("Escape");
  });

  test("a creation is cancelled with its processes, and what was begun is removed on request", async () => {
    const conda = useConda({ dialect: "23.5", mode: "hang" });
    await window.runCommand(createConda);
    await window.answer(nameQuestion, "slow");
    await window.answer(versionQuestion, "");
    await window.waitForNotification("Creating the environment");
    const grandchild = await until("conda at work", () => {
      const file = join(conda.root, "grandchild");
      return existsSync(file) ? Number(readFileSync(file, "utf8")) || undefined : undefined;
    });
    await window.screenshot("conda-progress");
    await window.pressNotificationButton("Cancel");
    await window.waitForNotification("The creation was cancelled.");
    await window.screenshot("conda-cancelled");
    await until("the end of conda's processes", () => (isRunning(grandchild) ? undefined : true));
    await window.pressNotificationButton("Remove What Was Begun");
    await window.waitForNotification("was removed.");
    assert.ok(!existsSync(join(conda.root, "envs/slow")));
  });

  test("without conda, a virtual environment is offered and made", async (context) => {
    shell.useConda(undefined);
    const strangers = await findCondaTools({ ...process.env, ...shell.variables });
    if (strangers.length > 0) return context.skip("there is a conda that no PATH hides");
    rmSync(join(workspace, ".vscode"), { recursive: true, force: true });
    mkdirSync(join(workspace, ".git"));
    await window.runCommand(createConda);
    await window.waitForNotification("Conda is not on this machine");
    await window.page.getByRole("button", { name: "How to Install Conda" }).waitFor();
    await window.screenshot("no-conda");
    await window.pressNotificationButton("Create Virtual Environment");
    await window.waitForNotification("This folder uses the environment from now on.");
    await window.screenshot("venv-created");
    assert.ok(existsSync(join(workspace, ".venv/pyvenv.cfg")));
    assert.equal(selected(), join(workspace, ".venv/bin/python"));
    await window.pressNotificationButton("Add to .gitignore");
    const ignored = join(workspace, ".gitignore");
    await until("the line on disk", () => (existsSync(ignored) && readFileSync(ignored, "utf8")) || undefined);
    assert.equal(readFileSync(ignored, "utf8"), "/.venv/\n");
    await window.pressNotificationButton("Open Terminal");
    await window.page.locator(".terminal-wrapper.active").waitFor();
    await window.screenshot("venv-terminal");
    await window.runCommand("Terminal: Kill All Terminals");
  });

  test("a virtual environment that exists stays when the question is declined", async () => {
    await window.runCommand(createVenv);
    await window.waitForNotification("It was left as it is.");
    await window.screenshot("venv-exists");
    await window.dismissNotifications();
    assert.ok(existsSync(join(workspace, ".venv/pyvenv.cfg")));
  });

  let installations = 0;

  /** A new stand-in each time, as nothing else may be left of the one before. */
  function useConda(options: StandInOptions): StandIn {
    installations += 1;
    const standIn = installStandIn(workspaceWith({ [`conda ${installations}`]: "" }), options);
    shell.useConda(standIn.executable);
    return standIn;
  }

  /** The interpreter that the folder's settings name. */
  function selected(): string | undefined {
    const settings = join(workspace, ".vscode/settings.json");
    return existsSync(settings) ? JSON.parse(readFileSync(settings, "utf8"))["groundwork.environment"] : undefined;
  }

  function isRunning(process_: number): boolean {
    try {
      process.kill(process_, 0);
      return true;
    } catch {
      return false;
    }
  }
}
