// The versions that completion offers from a package index: only where the setting allows it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { test } from "node:test";
import type { CompletionList } from "vscode-languageserver-protocol/node";
import { IndexVersions } from "../server/pins/index-versions.ts";
import type { PythonEnvironment } from "../server/project/project.ts";
import { readRequirements } from "../server/requirements/reader.ts";
import { grammars } from "./grammars.ts";
import { folderWith, LspClient } from "./lsp-client.ts";
import { packageIndex } from "./pins/package-index.ts";
import { readyPython } from "./pins/ready-python.ts";

await grammars();

const python = spawnSync("python3", ["-I", "-c", "import sys, pip; print(sys.executable)"], { encoding: "utf8" });
const skip = python.status === 0 ? false : "no Python with pip";
const machine = (python.stdout ?? "").trim();
const environment: PythonEnvironment = {
  prefix: "/usr",
  python: skip ? "" : await readyPython(machine),
  kind: "venv",
  name: "demo",
  version: "3.11.2",
  distributions: new Map(),
};
const releases = {
  demo: [
    { version: "1.9" },
    { version: "1.10" },
    { version: "2.0rc1" },
    { version: "1.11", yanked: "broken" },
    { version: "3.0", requiresPython: ">=3.99" },
  ],
};

test("newest first, pre-releases last, without what is withdrawn or for another Python; asked once", {
  skip,
}, async () => {
  await using index = await packageIndex(releases);
  using file = readRequirements("requirements.txt", `--index-url ${index.url}\n`);
  const versions = new IndexVersions();
  const whole = { ...environment, python: machine };
  const request = { file, environment: whole, folder: tmpdir(), name: "Demo" };
  assert.deepEqual(await versions.of(request), ["1.10", "1.9", "2.0rc1"]);
  assert.deepEqual(await versions.of({ ...request, name: "demo" }), ["1.10", "1.9", "2.0rc1"]);
  assert.deepEqual(index.asked, ["/simple/demo/"]);
});

test("an index that does not answer is asked again", { skip }, async () => {
  await using index = await packageIndex({});
  using file = readRequirements("requirements.txt", `--index-url ${index.url}\n`);
  const versions = new IndexVersions();
  const request = { file, environment, folder: tmpdir(), name: "demo" };
  assert.deepEqual(await versions.of(request), []);
  assert.deepEqual(await versions.of(request), []);
  assert.equal(index.asked.length, 2);
});

test("completion asks with the setting `always`, and with no other", { skip }, async () => {
  await using index = await packageIndex(releases);
  const folder = folderWith({});
  await using client = await LspClient.start(folder.root);
  const text = `--index-url ${index.url}\ndemo==\n`;
  const choose = async (network: string) => {
    client.settings = { environment: machine, network };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await client.scanned();
    // Until the index has answered, the list is told to be incomplete, and the editor asks again.
    for (;;) {
      const { isIncomplete, items } = await client.connection.sendRequest<CompletionList>("textDocument/completion", {
        textDocument: { uri: client.uri("requirements.txt") },
        position: { line: 1, character: 6 },
      });
      if (!isIncomplete) return items.map((item) => item.label);
    }
  };
  await client.open("requirements.txt", text);
  assert.deepEqual(await choose("ask"), []);
  assert.deepEqual(await choose("never"), []);
  assert.deepEqual(await choose("anything"), []);
  assert.deepEqual(index.asked, []);
  assert.deepEqual(await choose("always"), ["1.10", "1.9", "2.0rc1"]);
  folder.dispose();
});
