// Real clients of other editors with the built server: `npm run test:clients`. On Debian as root it installs them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { duplicateBlock } from "../../server/rules/production/duplicate-block.ts";
import { folderWith } from "../lsp-client.ts";

const repository = join(import.meta.dirname, "../..");
const project = {
  "requirements.txt": "pandas==2.2.2\nnumpy==1.26.4\n",
  "pyproject.toml": '[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.9"\n',
  "lab/copy.py": `import numpy\nimport pandas\n\n${duplicateBlock.example.bad}`,
};

before(() => {
  const missing = Object.entries({ nvim: "neovim", emacs: "emacs-nox elpa-eglot" }).filter(
    ([program]) => spawnSync(program, ["--version"]).status !== 0,
  );
  if (missing.length === 0) return;
  const packages = missing.flatMap(([, names]) => names.split(" "));
  spawnSync("apt-get", ["update", "-qq"], { stdio: "inherit" });
  const { status } = spawnSync("apt-get", ["install", "-y", "-qq", ...packages], { stdio: "inherit" });
  if (status !== 0) throw new Error(`install these first: ${packages.join(", ")}`);
});

/** Runs a client in a project of its own and answers with what it wrote down. */
function ran(command: string, args: readonly string[]): Record<string, unknown> {
  const { root, dispose } = folderWith(project);
  const scratch = mkdtempSync(join(tmpdir(), "groundwork-client-"));
  const file = join(scratch, "result.json");
  const env = {
    ...process.env,
    GROUNDWORK_RESULT: file,
    GROUNDWORK_NODE: process.execPath,
    GROUNDWORK_SERVER: join(repository, "dist/server.cjs"),
    HOME: scratch,
    XDG_CONFIG_HOME: scratch,
    XDG_DATA_HOME: scratch,
    LC_ALL: "C.UTF-8",
    VIRTUAL_ENV: "",
    CONDA_PREFIX: "",
  };
  try {
    const { stdout, stderr } = spawnSync(command, args, { cwd: root, env, encoding: "utf8", timeout: 120_000 });
    const text = readFileSync(file, "utf8");
    const result: Record<string, unknown> = JSON.parse(text);
    assert.equal(result.error, undefined, `${result.error}\n${stdout}\n${stderr}`);
    return result;
  } finally {
    dispose();
    rmSync(scratch, { recursive: true, force: true });
  }
}

test("Neovim's own client: findings, typing, an action, commands with an edit and with progress, hover", () => {
  const result = ran("nvim", ["--headless", "--clean", "-n", "-S", join(import.meta.dirname, "neovim.lua")]);
  assert.deepEqual(result.rules, ["unsorted-requirements"]);
  assert.deepEqual(result.sorted, ["numpy==1.26.4", "pandas==2.2.2"]);
  assert.equal(result.environment, true);
  assert.equal(result.progress, true);
  assert.equal(result.copies, 2);
  assert.equal(result.hover, true);
});

test("Emacs with Eglot: findings, typing, an action, a command with an edit", () => {
  const result = ran("emacs", ["--batch", "--no-init-file", "--load", join(import.meta.dirname, "eglot.el")]);
  assert.match(String(result.messages), /numpy/);
  assert.equal(result.sorted, "numpy==1.26.4\npandas==2.2.2\n");
  assert.equal(result.marked, true);
});
