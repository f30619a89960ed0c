// What `groundwork` keeps of its compiled code between two runs, and that nothing depends on it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { inFolder, program } from "./command-line.ts";

const train = "def train(rows):\n    return [row * 2 for row in rows]\n";

/** Runs the built program with its caches in a folder. */
function run(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  const { stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, "caches"), LC_ALL: "C", ...env },
  });
  assert.equal(stderr, "");
  return stdout;
}

function cacheIn(folder: string): string {
  const caches = join(folder, "caches", "groundwork");
  const names = readdirSync(caches);
  assert.equal(names.length, 1);
  return join(caches, names[0] ?? "");
}

test("what was compiled is kept, and kept anew when a run compiled much more", () => {
  inFolder({ "train.py": train }, (root) => {
    run(root, ["--version"]);
    const cache = cacheIn(root);
    const before = statSync(cache);
    const told = run(root, ["check", "train.py"]);
    const after = statSync(cache);
    assert.ok(after.size > before.size, `${before.size} bytes, then ${after.size}`);
    assert.equal(run(root, ["check", "train.py"]), told);
    assert.equal(statSync(cache).mtimeMs, after.mtimeMs);
  });
});

test("a damaged cache counts for nothing and is replaced", () => {
  inFolder({ "train.py": train }, (root) => {
    const told = run(root, ["check", "train.py"]);
    const cache = cacheIn(root);
    const whole = readFileSync(cache);
    const flipped = Buffer.from(whole);
    flipped.writeUInt8(flipped.readUInt8(whole.length >> 1) ^ 1, whole.length >> 1);
    for (const damaged of [Buffer.alloc(0), whole.subarray(0, 7), whole.subarray(0, whole.length >> 1), flipped]) {
      writeFileSync(cache, damaged);
      assert.equal(run(root, ["check", "train.py"]), told);
      assert.ok(readFileSync(cache).length > whole.length * 0.9);
    }
  });
});

test("nothing is kept where that is not wanted or not possible", () => {
  inFolder({ "train.py": train, file: "" }, (root) => {
    const told = run(root, ["check", "train.py"], { NODE_DISABLE_COMPILE_CACHE: "1" });
    assert.deepEqual(readdirSync(root).sort(), ["file", "train.py"]);
    assert.equal(run(root, ["check", "train.py"], { NODE_COMPILE_CACHE: join(root, "file") }), told);
  });
});

test("caches that nobody has made anew for a month are removed", () => {
  inFolder({}, (root) => {
    run(root, ["--version"]);
    const cache = cacheIn(root);
    const old = join(root, "caches", "groundwork", "old");
    writeFileSync(old, "");
    utimesSync(old, 0, 0);
    writeFileSync(cache, "");
    run(root, ["--version"]);
    assert.equal(cacheIn(root), cache);
  });
});
