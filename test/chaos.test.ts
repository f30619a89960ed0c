// The short form of `npm run chaos`: kills, damaged caches, clocks, and files that somebody else writes to.
import assert from "node:assert/strict";
import { appendFileSync, chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { WorkspaceEdit } from "vscode-languageserver-protocol/node";
import { defaultSettings } from "../server/core/settings.ts";
import { fixFile } from "../server/host/fix-file.ts";
import { replaceFile } from "../server/host/replace.ts";
import { Workspace } from "../server/host/workspace.ts";
import { jumps } from "./chaos/clock.ts";
import { deaths } from "./chaos/deaths.ts";
import { groundwork } from "./command-line.ts";
import { folderWith, LspClient } from "./lsp-client.ts";

test("after a server was killed and its cache damaged, the next one says what a fresh one says", async () => {
  assert.equal(await deaths({ seed: 4, deaths: 1 }), undefined);
});

test("no time that a file or the clock tells makes an old finding stay", async () => {
  assert.equal(await jumps(1, 2), undefined);
});

describe("a file is replaced", () => {
  test("only while it holds what the new text was made from, and nothing stays beside it", async () => {
    const { root, dispose } = folderWith({ a: "new" });
    const path = join(root, "a");
    await assert.rejects(replaceFile(path, "mine", "old"), /changed meanwhile/);
    await assert.rejects(replaceFile(path, "mine"), /changed meanwhile/, "there was none");
    await assert.rejects(replaceFile(join(root, "b"), "mine", "old"), /changed meanwhile/, "it is gone");
    assert.deepEqual(readdirSync(root), ["a"]);
    assert.equal(readFileSync(path, "utf8"), "new");
    await replaceFile(path, "mine", "new");
    await replaceFile(join(root, "b"), "first");
    assert.deepEqual([readFileSync(path, "utf8"), readFileSync(join(root, "b"), "utf8")], ["mine", "first"]);
    dispose();
  });

  test("and keeps its rights; a link stays, and leads to the new text", async () => {
    const { root, dispose } = folderWith({ a: "old" });
    const [path, link] = [join(root, "a"), join(root, "link")];
    chmodSync(path, 0o640);
    symlinkSync("a", link);
    await replaceFile(link, "mine", "old");
    assert.ok(lstatSync(link).isSymbolicLink());
    assert.equal(readFileSync(path, "utf8"), "mine");
    assert.equal(statSync(path).mode & 0o777, 0o640);
    dispose();
  });
});

test("what somebody writes while a file is fixed stays, and the file is told of", async () => {
  const { root, dispose } = folderWith({ "requirements.txt": "b==1\na==1\n" });
  const workspace = new Workspace(root, defaultSettings);
  for (const _ of workspace.scan());
  const textOf = workspace.textOf.bind(workspace);
  workspace.textOf = (path) => {
    const text = textOf(path);
    workspace.textOf = textOf;
    appendFileSync(join(root, path), "c==1\n");
    return text;
  };
  await fixFile(workspace, "requirements.txt");
  assert.equal(readFileSync(join(root, "requirements.txt"), "utf8"), "b==1\na==1\nc==1\n");
  assert.equal(workspace.errors.get("requirements.txt")?.message, "it was left as it was: it was changed meanwhile");
  dispose();
});

test("a refactoring of two files is put back when the second cannot be written", () => {
  const body = "    rows = read(path)\n    rows = clean(rows)\n    rows = sort(rows)\n    log(rows)\n    return rows\n";
  const files = { "a.py": `def one(path):\n${body}`, "b.py": `# coding: latin-1\n\n\ndef two(path):\n${body}` };
  const { root, dispose } = folderWith(files);
  const ranges = ["--range", "a.py:1:1-6:16", "--range", "b.py:4:1-9:16"];
  const { status, stderr } = groundwork(
    root,
    "refactor",
    "extract-duplicates",
    ...ranges,
    "--name",
    "größe_名",
    "--write",
  );
  assert.match(stderr, /its encoding cannot hold/);
  assert.equal(status, 2);
  for (const [name, text] of Object.entries(files)) assert.equal(readFileSync(join(root, name), "utf8"), text);
  assert.deepEqual(readdirSync(root).sort(), Object.keys(files));
  dispose();
});

test("two fixes at once are both for the version that was seen, so that an editor takes one and refuses the other", async () => {
  const { root, dispose } = folderWith({ "requirements.txt": "b\na\n" });
  await using client = await LspClient.start(root);
  await client.open("requirements.txt", "b\na\n");
  await client.scanned();
  const versions: (number | null | undefined)[] = [];
  client.connection.onRequest("workspace/applyEdit", ({ edit }: { edit: WorkspaceEdit }) => {
    const [change] = edit.documentChanges ?? [];
    versions.push(change && "textDocument" in change ? change.textDocument.version : undefined);
    return { applied: versions.length === 1 };
  });
  const ignore = (line: number) =>
    client.connection.sendRequest("workspace/executeCommand", {
      command: "groundwork.server.ignoreFinding",
      arguments: [client.uri("requirements.txt"), line, null, "unpinned-requirement"],
    });
  assert.deepEqual((await Promise.all([ignore(0), ignore(1)])).sort(), [false, true]);
  assert.deepEqual(versions, [1, 1]);
  assert.match(client.messages.join(), /changed meanwhile/);
  dispose();
});
