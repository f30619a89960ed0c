// A requirements file of UTF-16 becomes UTF-8: by `--fix`, and by the editor's command.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { defaultSettings } from "../server/core/settings.ts";
import { fixFile } from "../server/host/fix-file.ts";
import { Workspace } from "../server/host/workspace.ts";
import { encodeRequirements } from "../server/requirements/decode.ts";
import { grammars } from "./grammars.ts";
import { folderWith, LspClient } from "./lsp-client.ts";

await grammars();

const text = "pandas==2.2.2\r\nnumpy==1.26.4\r\n";

function wide(content: string): Uint8Array {
  const bytes = encodeRequirements(content, "utf-16-le", true);
  assert.ok(bytes);
  return bytes;
}

function temporary(files: Readonly<Record<string, string | Uint8Array>>) {
  const { root, dispose } = folderWith(files);
  const stored = (name = "requirements.txt") => readFileSync(join(root, name)).toString("utf8");
  return { root, stored, [Symbol.dispose]: dispose };
}

test("fixing stores UTF-16 as UTF-8, together with what else is fixed, and leaves other encodings alone", async () => {
  const latin = Buffer.from("# vers\xf5es\nnumpy==1.26.4\n", "latin1");
  using folder = temporary({ "requirements.txt": wide(text), "latin/requirements.txt": latin });
  const workspace = new Workspace(folder.root, defaultSettings);
  assert.equal([...workspace.scan()].length, 2);
  await fixFile(workspace, "requirements.txt");
  assert.deepEqual(workspace.check("requirements.txt"), []);
  assert.equal(folder.stored(), "numpy==1.26.4\r\npandas==2.2.2\r\n");
  await fixFile(workspace, "latin/requirements.txt");
  const [left] = workspace.check("latin/requirements.txt");
  assert.equal(left?.rule, "requirements-encoding");
  assert.deepEqual(readFileSync(join(folder.root, "latin/requirements.txt")), latin);
});

test("the editor's command rewrites what is saved, and not a document with unsaved changes", async () => {
  using folder = temporary({ "requirements.txt": wide(text) });
  await using client = await LspClient.start(folder.root);
  await client.open("requirements.txt", text.replaceAll("\r\n", "\n"));
  const uri = client.uri("requirements.txt");
  const save = () =>
    client.connection.sendRequest("workspace/executeCommand", { command: "groundwork.saveAsUtf8", arguments: [uri] });
  const rules = async () => (await client.pull("requirements.txt")).map(({ code }) => code);
  assert.deepEqual(await rules(), ["requirements-encoding", "unsorted-requirements"]);
  await client.change("requirements.txt", [0, 0, 0, 0, "click==8.1.7\n"]);
  assert.equal(await save(), null);
  assert.deepEqual(new Uint8Array(readFileSync(join(folder.root, "requirements.txt"))), wide(text));
  await client.change("requirements.txt", [0, 0, 1, 0, ""]);
  assert.deepEqual(await save(), { saved: true });
  assert.equal(folder.stored(), text);
  assert.deepEqual(await rules(), ["unsorted-requirements"]);
});

test("a change of a file that another one names changes the other's findings", async () => {
  using folder = temporary({
    "requirements.txt": "numpy==1.26.4\n",
    "requirements-dev.txt": "-r requirements.txt\nnumpy==1.26.4\n",
  });
  await using client = await LspClient.start(folder.root);
  await client.open("requirements-dev.txt", "-r requirements.txt\nnumpy==1.26.4\n");
  await client.open("requirements.txt", "numpy==1.26.4\n");
  const rules = async () => (await client.pull("requirements-dev.txt")).map(({ code }) => code);
  assert.deepEqual(await rules(), ["duplicate-requirement"]);
  await client.change("requirements.txt", [0, 0, 1, 0, "pandas==2.2.2\n"]);
  assert.deepEqual(await rules(), []);
});
