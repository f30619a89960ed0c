import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { hashOfFiles, hashOfPrograms, passedBefore, remember } from "./editor/passed.ts";

const root = mkdtempSync(join(tmpdir(), "groundwork-passed-"));
after(() => rmSync(root, { recursive: true, force: true }));

test("the tests in VS Code run again after whatever they may see, and after nothing else", () => {
  assert.equal(hashOfFiles(root), undefined, "without git nothing is known to be unchanged");
  for (const folder of ["server", "test/editor", "test/stand-ins", "bench"])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, ".gitignore"), ".cache/\n");
  execFileSync("git", ["init", "-q"], { cwd: root });
  const changes = (file: string) => {
    const before = hashOfFiles(root);
    writeFileSync(join(root, file), `${before}`);
    return hashOfFiles(root) !== before;
  };
  const seen = ["server/main.ts", "README.md", "test/editor/main.ts", "test/stand-ins/conda.py", "package-lock.json"];
  assert.deepEqual(seen.filter(changes), seen, "new files");
  assert.deepEqual(seen.filter(changes), seen, "changed files");
  assert.deepEqual(["test/core.test.ts", "test/rules.md", "bench/main.ts"].filter(changes), []);
  const before = hashOfFiles(root);
  rmSync(join(root, "README.md"));
  assert.notEqual(hashOfFiles(root), before, "a file that is gone");
});

test("what is on record counts for the same files and the same programs alone", () => {
  const record = join(root, ".cache/passed.json");
  const programs = hashOfPrograms(process.execPath);
  assert.equal(passedBefore(record, "a", programs), undefined, "nothing is on record");
  remember(record, { files: "a", programs, tests: 81, at: "2026-11-29T12:00:00.000Z" });
  assert.equal(passedBefore(record, "a", programs)?.tests, 81);
  assert.equal(passedBefore(record, "b", programs), undefined);
  assert.equal(passedBefore(record, undefined, programs), undefined);
  writeFileSync(join(root, "browser"), "");
  assert.equal(passedBefore(record, "a", hashOfPrograms(join(root, "browser"))), undefined);
  writeFileSync(record, "{");
  assert.equal(passedBefore(record, "a", programs), undefined, "a record that is damaged");
});
