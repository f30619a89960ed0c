// Where no Python extension does it, new terminals of a folder use its environment.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import * as vscode from "vscode";
import { until } from "../until.ts";
import { fileAt, workspaceFolder } from "./files.ts";
import { test } from "./runner.ts";

const venv = { ".venv/pyvenv.cfg": "version = 3.11.2\n", ".venv/bin/python": "" };
const conda = {
  ".conda/conda-meta/history": "",
  ".conda/conda-meta/python-3.12.1-0.json": '{"name": "python", "version": "3.12.1"}',
  ".conda/bin/python": "",
};

if (process.platform !== "win32") {
  test("a terminal uses the folder's environment, as if it had been activated, until it is gone", async () => {
    const programs = (name: string) => join(fileAt(name).fsPath, "bin");
    try {
      write(venv);
      const inVenv = await terminalWith((told) => told.VIRTUAL_ENV === fileAt(".venv").fsPath);
      assert.equal(inVenv.PATH?.split(delimiter)[0], programs(".venv"));
      rmSync(fileAt(".venv").fsPath, { recursive: true });
      write(conda);
      const inConda = await terminalWith((told) => told.CONDA_PREFIX === fileAt(".conda").fsPath);
      assert.equal(inConda.PATH?.split(delimiter)[0], programs(".conda"));
      assert.equal(inConda.CONDA_DEFAULT_ENV, ".conda");
      assert.ok(!inConda.PATH?.split(delimiter).includes(programs(".venv")), "the first one is left");
      assert.notEqual(inConda.VIRTUAL_ENV, fileAt(".venv").fsPath);
      rmSync(fileAt(".conda").fsPath, { recursive: true });
      const without = await terminalWith((told) => told.CONDA_PREFIX !== fileAt(".conda").fsPath);
      assert.ok(!without.PATH?.split(delimiter).includes(programs(".conda")));
    } finally {
      for (const name of [".venv", ".conda"]) rmSync(fileAt(name).fsPath, { recursive: true, force: true });
    }
  });
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    const file = fileAt(path).fsPath;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

type Told = Readonly<Record<string, string | undefined>>;

/** What a terminal was started with, once one of the folder is started so; the environment is looked at beside. */
function terminalWith(accepts: (told: Told) => boolean): Promise<Told> {
  return until("a terminal with these variables", async () => {
    const told = await variablesOfTerminal();
    return accepts(told) ? told : undefined;
  });
}

/** The program of the terminal is `env` alone, so that no start-up file of a shell has a say. */
async function variablesOfTerminal(): Promise<Told> {
  const file = join(workspaceFolder().fsPath, "..", "variables");
  rmSync(file, { force: true });
  const terminal = vscode.window.createTerminal({
    cwd: workspaceFolder(),
    shellPath: "/bin/sh",
    shellArgs: ["-c", `env > '${file}.part'; mv '${file}.part' '${file}'`],
    hideFromUser: true,
  });
  const text = await until("the terminal's variables", () =>
    existsSync(file) ? readFileSync(file, "utf8") : undefined,
  );
  terminal.dispose();
  return Object.fromEntries(text.split("\n").map((line) => [line.split("=", 1)[0] ?? "", line.replace(/^[^=]*=/, "")]));
}
