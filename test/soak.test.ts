// The short form of `npm run soak`, and what its long form found.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { type Diagnostic, FileChangeType } from "vscode-languageserver-protocol/node";
import { textDocuments } from "../server/lsp/text-documents.ts";
import { folderWith, LspClient } from "./lsp-client.ts";
import { inThisProcess } from "./soak/connect.ts";
import { soak } from "./soak/soak.ts";

test("after random operations the server says what a fresh one says", async () => {
  const options = { seed: 2, count: 150, every: 75, connect: inThisProcess, fresh: inThisProcess };
  assert.equal(await soak(options), undefined);
});

/** What the whole workspace has, by the end of the path. */
async function codesIn(client: LspClient): Promise<Record<string, unknown>> {
  const { items }: { items: { uri: string; items: Diagnostic[] }[] } = await client.connection.sendRequest(
    "workspace/diagnostic",
    { previousResultIds: [] },
  );
  const found = items.map(({ uri, items: each }) => [
    uri.slice(uri.lastIndexOf("/") + 1),
    each.map(({ code }) => code),
  ]);
  return Object.fromEntries(found);
}

test("a folder that is added takes its open documents, and gives them back when it goes", async () => {
  const { root, dispose } = folderWith({
    "one/a.txt": "",
    "two/requirements.txt": "b==1\na==1\n",
    "two/pyproject.toml": '[tool.groundwork.rules]\nunsorted-requirements = "off"\n',
  });
  const client = await LspClient.start(join(root, "one"));
  const two = { uri: pathToFileURL(join(root, "two")).toString(), name: "two" };
  const change = (added: object[], removed: object[]) =>
    client.connection.sendNotification("workspace/didChangeWorkspaceFolders", { event: { added, removed } });
  try {
    await client.scanned();
    await change([two], []);
    await client.open("../two/requirements.txt", "b==1\na==1\n");
    assert.deepEqual(await codesIn(client), {}, "its own configuration counts");
    await change([], [two]);
    await client.close("../two/requirements.txt");
    assert.deepEqual(await codesIn(client), {}, "nothing is said of a folder that is gone");
    await change([two], []);
    await change([], [two]);
    assert.deepEqual(await codesIn(client), {});
  } finally {
    await client[Symbol.asyncDispose]();
    dispose();
  }
});

test("a document that outgrows the limit has no findings until it is small again", async () => {
  const { root, dispose } = folderWith({
    "pyproject.toml": "[tool.groundwork]\nmax-file-size = 1\n",
    "requirements.txt": "b==1\na==1\n",
  });
  const client = await LspClient.start(root);
  try {
    await client.scanned();
    const long = `${"# x\n".repeat(300)}b==1\na==1\n`;
    await client.open("requirements.txt", long);
    assert.deepEqual(await client.pull("requirements.txt"), []);
    assert.deepEqual(await codesIn(client), {}, "what the disk has is not what is seen");
    await client.change("requirements.txt", [0, 0, 300, 0, ""]);
    assert.equal((await client.pull("requirements.txt")).length > 0, true);
    await client.change("requirements.txt", [0, 0, 0, 0, "# x\n".repeat(300)]);
    assert.deepEqual(await client.pull("requirements.txt"), []);
    assert.deepEqual(await codesIn(client), {}, "what the disk has is not what is seen");
  } finally {
    await client[Symbol.asyncDispose]();
    dispose();
  }
});

test("what a rule asked about other files is asked again when they change", async () => {
  const body = "    rows = read(path)\n    rows = clean(rows)\n    rows = sort(rows)\n    log(rows)\n    return rows\n";
  const test = "def test_a():\n    assert zero()\n\n\nimport src.core\n";
  const { root, dispose } = folderWith({
    "pyproject.toml": '[tool.groundwork.stages]\nproduction = ["src/**"]\n',
    "src/prices.py":
      "def mean(prices):\n    return sum(prices) / len(prices)\n\n\ndef total(prices):\n    return sum(prices)\n",
    "src/zeros.py": "def zero():\n    return 0\n\n\ndef nought():\n    return 0.0\n",
    "src/core.py": "RATE = 1\n",
    "tests/test_a.py": test,
    "load-Copy1.py": `def load(path):\n${body}`,
  });
  const client = await LspClient.start(root);
  const codes = async () =>
    Object.entries(await codesIn(client)).flatMap(([name, found]) =>
      Array.isArray(found) ? found.map((code) => `${name}: ${code}`) : [],
    );
  try {
    await client.scanned();
    assert.deepEqual(await codes(), ["prices.py: untested-module"]);
    await client.open("tests/test_a.py", test);
    await client.change("tests/test_a.py", [1, 11, 1, 15, "mean"]);
    assert.deepEqual(await codes(), ["zeros.py: untested-module"]);
    await client.change("tests/test_a.py", [1, 11, 1, 15, "mean(zero"]);
    assert.deepEqual(await codes(), []);
    await client.open("load.py", "");
    assert.deepEqual(await codes(), []);
    await client.change("load.py", [0, 0, 0, 0, `def load(path):\n${body}`]);
    assert.equal((await codes()).includes("load-Copy1.py: versioned-copy"), true);
    await client.change("load.py", [0, 0, 6, 0, "print(1)\n"]);
    assert.equal((await codes()).includes("load-Copy1.py: versioned-copy"), false);
  } finally {
    await client[Symbol.asyncDispose]();
    dispose();
  }
});

test("who tells of an undeclared import is decided anew when a file was found to be gone", async () => {
  const { root, dispose } = folderWith({
    "requirements.txt": "numpy==2.0.0\n",
    "a.py": "import pydantic\n",
    "b.py": "import pydantic\n",
  });
  const client = await LspClient.start(root);
  const tells = async () =>
    Object.entries(await codesIn(client)).flatMap(([name, found]) =>
      Array.isArray(found) && found.includes("undeclared-import") ? [name] : [],
    );
  try {
    await client.scanned();
    assert.deepEqual(await tells(), ["a.py"]);
    // Its text is asked for before the editor tells that it is gone.
    rmSync(join(root, "a.py"));
    await client.open("requirements.txt", "numpy==2.0.0\nscipy==1.14.0\n");
    await tells();
    const changes = [{ uri: pathToFileURL(join(root, "a.py")).toString(), type: FileChangeType.Deleted }];
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
    assert.deepEqual(await tells(), ["b.py"]);
  } finally {
    await client[Symbol.asyncDispose]();
    dispose();
  }
});

test("a change behind the last line is made at the end, and the next one where it belongs", () => {
  const document = textDocuments.create("file:///a.txt", "plaintext", 1, "a\nb\n");
  const changeAt = (line: number, text: string) => ({
    range: { start: { line, character: 6 }, end: { line: line + 1, character: 2 } },
    text,
  });
  textDocuments.update(document, [changeAt(16, "c\n"), changeAt(7, "d\n")], 2);
  assert.equal(document.getText(), "a\nb\nc\nd\n");
  textDocuments.update(document, [changeAt(1, "e")], 3);
  assert.equal(document.getText(), "a\nbe\nd\n");
});
