// What the language server does of messages that are not as they must be; `fuzz.test.ts` tries many more of them.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { Wire } from "./fuzz/wire.ts";
import { folderWith, LspClient, streamsOfServer } from "./lsp-client.ts";

test("a request of the wrong shape is refused, and the reason names the place", async () => {
  const { root, dispose } = folderWith({ "train.py": "" });
  await using client = await LspClient.start(root);
  const refusal = (method: string, params: object) =>
    client.connection.sendRequest(method, params).then(
      () => "answered",
      (error: { readonly code: number; readonly message: string }) => `${error.code} ${error.message}`,
    );
  const uri = client.uri("train.py");
  const execute = (command: string, ...values: readonly unknown[]) =>
    refusal("workspace/executeCommand", { command, arguments: values });
  assert.deepEqual(
    [
      await refusal("textDocument/hover", { textDocument: { uri }, position: { line: -1, character: 0 } }),
      await refusal("groundwork/report", { uri: "train.py", format: "html" }),
      await execute("groundwork.none"),
      await execute("groundwork.server.markStage", uri, "finished"),
      await execute("groundwork.server.fixObstacle", uri, "long-function"),
    ],
    [
      "-32602 `textDocument/hover` was not heard: `params.position.line` is missing or not as it must be",
      "-32602 `groundwork/report` was not heard: `params.uri` is missing or not as it must be",
      "-32602 there is no command `groundwork.none`",
      "-32602 `groundwork.server.markStage` was not heard: `arguments.1` is missing or not as it must be",
      "-32602 `groundwork.server.fixObstacle` was not heard: `arguments.2` is missing or not as it must be",
    ],
  );
  dispose();
});

test("a command does nothing to a file that is in no folder and not open", async () => {
  const inside = folderWith({ "a/train.py": "", "b/requirements.txt": "b==1\na==1\n" });
  await using client = await LspClient.start(join(inside.root, "a"));
  const uri = client.uri("../b/requirements.txt");
  for (const command of ["groundwork.server.recordFindings", "groundwork.saveAsUtf8"])
    assert.equal(await client.connection.sendRequest("workspace/executeCommand", { command, arguments: [uri] }), null);
  assert.equal(existsSync(join(inside.root, "b/groundwork-baseline.json")), false);
  inside.dispose();
});

test("who says twice that it is there does not get back the folders that it closed", async () => {
  const { root, dispose } = folderWith({ "requirements.txt": "b==1\na==1\n" });
  await using client = await LspClient.start(root);
  await client.scanned();
  const event = { added: [], removed: [{ uri: pathToFileURL(root).toString(), name: "folder" }] };
  await client.connection.sendNotification("workspace/didChangeWorkspaceFolders", { event });
  await client.connection.sendNotification("initialized", {});
  const report = await client.connection.sendRequest("workspace/diagnostic", { previousResultIds: [] });
  assert.deepEqual(report, { items: [] });
  dispose();
});

test("a client that answers nothing of use still gets findings, and no program is run for it", async () => {
  const { root, dispose } = folderWith({ "requirements.txt": "b==1\na==1\n" });
  const { up, down } = streamsOfServer();
  const wire = new Wire(up, down);
  const { connection } = wire;
  wire.answering = (_, answer) => ({ ...answer, result: undefined, error: "no" });
  const warnings: string[] = [];
  for (const method of ["workspace/configuration", "client/registerCapability", "workspace/diagnostic/refresh"])
    connection.onRequest(method, () => null);
  connection.onRequest("window/showMessageRequest", ({ message }: { message: string }) => {
    warnings.push(message);
    return null;
  });
  connection.listen();
  const uri = pathToFileURL(root).toString();
  await connection.sendRequest("initialize", {
    processId: null,
    rootUri: uri,
    capabilities: {
      workspace: {
        configuration: true,
        workspaceFolders: true,
        didChangeWatchedFiles: { dynamicRegistration: true },
        diagnostics: { refreshSupport: true },
      },
      textDocument: { diagnostic: {}, rename: { dynamicRegistration: true } },
    },
  });
  await connection.sendNotification("initialized", {});
  const { items }: { items: object[] } = await connection.sendRequest("workspace/diagnostic", {
    previousResultIds: [],
  });
  assert.equal(items.length, 1);
  const request = { command: "groundwork.server.registerKernel", arguments: [uri] };
  assert.equal(await connection.sendRequest("workspace/executeCommand", request), null);
  assert.match(warnings.join(), /^This folder is not trusted/);
  await connection.sendRequest("shutdown");
  dispose();
});
