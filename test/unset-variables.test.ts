import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { defaultSettings } from "../server/core/settings.ts";
import { variableNames } from "../server/host/variables.ts";
import { Workspace } from "../server/host/workspace.ts";
import { grammars } from "./grammars.ts";

const folders: string[] = [];
await grammars();
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** The names that are told to be unset, each with its severity, in a project of these files. */
function unsetIn(files: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> | undefined) {
  const folder = mkdtempSync(join(tmpdir(), "groundwork-variables-"));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const workspace = new Workspace(folder, defaultSettings);
  for (const _ of workspace.scan());
  workspace.variables = env && variableNames(folder, env);
  return workspace
    .check("requirements.txt")
    .filter(({ rule }) => rule === "ignored-requirement")
    .map(({ message, severity }) => [/^`(\w+)` is not set here/.exec(message)?.[1], severity]);
}

const wheels = `--find-links https://\${WHEEL_HOST}/wheels/\nnumpy==1.26.4\n`;

test("a variable that is set nowhere is hinted at", () => {
  assert.deepEqual(unsetIn({ "requirements.txt": wheels }, { OTHER: "x" }), [["WHEEL_HOST", "hint"]]);
  const version = { "requirements.txt": `numpy==\${NUMPY_VERSION}\n` };
  assert.deepEqual(unsetIn(version, {}), [["NUMPY_VERSION", "hint"]]);
});

test("a variable that is set here, or by .env, is not", () => {
  assert.deepEqual(unsetIn({ "requirements.txt": wheels }, { WHEEL_HOST: "" }), []);
  assert.deepEqual(unsetIn({ "requirements.txt": wheels, ".env": "export WHEEL_HOST=w.example.org\n" }, {}), []);
});

test("a variable that the files of the project hand on is not", () => {
  const docker = "FROM python:3.12\nARG WHEEL_HOST\nRUN pip install -r requirements.txt\n";
  assert.deepEqual(unsetIn({ "requirements.txt": wheels, Dockerfile: docker }, {}), []);
});

test("secrets and the variables of build servers and shells are never asked for", () => {
  const text = [
    `--index-url https://\${NAME}:\${WORD}@example.org/simple`,
    `--extra-index-url https://gitlab.example.org/api/v4/projects/\${CI_PROJECT_ID}/packages/pypi/simple`,
    `churn @ git+https://example.org/\${DEPLOY_TOKEN}/churn@1.0.0`,
    `other @ file://\${PWD}/wheels/other-1.0-py3-none-any.whl`,
    `# \${REMARK}`,
  ];
  assert.deepEqual(unsetIn({ "requirements.txt": text.join("\n") }, {}), []);
});

test("where findings must be the same on every machine, nothing is said", () => {
  assert.deepEqual(unsetIn({ "requirements.txt": wheels }, undefined), []);
});
