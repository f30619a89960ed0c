// The fixes of roundabout-block: a program behaves the same before and after them, in everything that can be seen.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fixAll } from "../server/analyze.ts";
import { defaultSettings } from "../server/core/settings.ts";
import { Workspace } from "../server/host/workspace.ts";
import { grammars } from "./grammars.ts";

await grammars();
const folder = mkdtempSync(join(tmpdir(), "groundwork-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const before = readFileSync(new URL("./short-forms/before.py", import.meta.url), "utf8");
const settings = { ...defaultSettings, stagesProduction: ["**"] };

const fixed = fixAll({ path: "program.py", text: before }, new Workspace(folder, settings).project);

/** What a program prints, with its results and exceptions. */
function outputOf(text: string): string {
  const path = join(folder, "program.py");
  writeFileSync(path, text);
  const { stdout, stderr, status, error } = spawnSync("python3", [path], {
    encoding: "utf8",
    env: { ...process.env, PYTHONHASHSEED: "0" },
  });
  if (error) throw error;
  assert.equal(status, 0, stderr);
  return stdout;
}

test("a program behaves the same before and after", (context) => {
  if (spawnSync("python3", ["--version"]).error) return context.skip("python3 is not on this machine");
  const lines = (text: string) => text.split("\n").length;
  assert.ok(lines(before) - lines(fixed) > 45, `only ${lines(before) - lines(fixed)} lines shorter`);
  // A program that reads its own first lines must find them.
  const [expected, actual] = [outputOf(before), outputOf(fixed)];
  assert.ok(expected.split("\n").length > 300);
  assert.equal(actual, expected);
});

test("a fix that changes behaviour would be noticed", (context) => {
  if (spawnSync("python3", ["--version"]).error) return context.skip("python3 is not on this machine");
  const wrong = fixed.replace("bool(a == b)", "a == b");
  assert.notEqual(outputOf(wrong), outputOf(before));
});
