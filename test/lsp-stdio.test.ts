import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  type DocumentDiagnosticReport,
  type InitializeResult,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { folderWith } from "./lsp-client.ts";

const server = fileURLToPath(new URL("../dist/server.cjs", import.meta.url));

test("the built server speaks over stdio, tells its capabilities, and ends when it is told to", async () => {
  const folder = folderWith({ "requirements.txt": "b==1\na==1\n" });
  const child = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  try {
    const { capabilities, serverInfo } = await connection.sendRequest<InitializeResult>("initialize", {
      processId: process.pid,
      rootUri: pathToFileURL(folder.root).toString(),
      capabilities: { textDocument: { diagnostic: {} } },
    });
    assert.equal(serverInfo?.name, "Groundwork");
    assert.deepEqual(capabilities.textDocumentSync, { openClose: true, change: 2 });
    assert.ok(capabilities.executeCommandProvider?.commands.includes("groundwork.server.pinAndSort"));
    await connection.sendNotification("initialized", {});
    const uri = pathToFileURL(`${folder.root}/requirements.txt`).toString();
    const textDocument = { uri, languageId: "pip-requirements", version: 1, text: "b==1\na==1\n" };
    await connection.sendNotification("textDocument/didOpen", { textDocument });
    const report = await connection.sendRequest<DocumentDiagnosticReport>("textDocument/diagnostic", { textDocument });
    assert.deepEqual("items" in report && report.items.map((item) => item.code), ["unsorted-requirements"]);
    await connection.sendRequest("shutdown");
    const ended = once(child, "exit");
    await connection.sendNotification("exit");
    assert.deepEqual(await ended, [0, null]);
  } finally {
    connection.dispose();
    child.kill();
    folder.dispose();
  }
});
