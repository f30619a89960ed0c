import assert from "node:assert/strict";
import { test } from "node:test";
import type { CodeAction } from "vscode-languageserver-protocol/node";
import { folderWith, LspClient } from "./lsp-client.ts";

const files = {
  "pyproject.toml": "[tool.groundwork.stages]\nexperimental = ['lab']\n",
  "lab/a.py": "x = 1\n",
  "src/b.py": "x = 1\n",
  "notes/c.ipynb": "{}",
};

async function inFolder(run: (client: LspClient) => Promise<void>): Promise<void> {
  const folder = folderWith(files);
  try {
    await using client = await LspClient.start(folder.root);
    await client.scanned();
    await run(client);
  } finally {
    folder.dispose();
  }
}

const markStage = (client: LspClient, path: string, stage: string) =>
  client.connection.sendRequest("workspace/executeCommand", {
    command: "groundwork.server.markStage",
    arguments: [client.uri(path), stage],
  });

test("marking a folder edits the configuration and answers with what to save", async () => {
  await inFolder(async (client) => {
    assert.deepEqual(await markStage(client, "src", "production"), { uri: client.uri("pyproject.toml") });
    const [edit] = client.edits;
    assert.deepEqual(edit?.documentChanges, [
      {
        textDocument: { uri: client.uri("pyproject.toml"), version: null },
        edits: [
          {
            range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } },
            newText: 'production = ["src/**"]\n',
          },
        ],
      },
    ]);
  });
});

test("what is marked so already is left alone; what cannot be said is told", async () => {
  await inFolder(async (client) => {
    assert.deepEqual(await markStage(client, "src", "undecided"), { uri: client.uri("pyproject.toml") });
    assert.equal(await markStage(client, "lab/a.py", "undecided"), null);
    await assert.rejects(markStage(client, "lab", "loud"), /`arguments.1`/);
    assert.equal(client.edits.length, 0);
    assert.match(client.messages.join("\n"), /^Another glob of the configuration still decides for `lab\/a.py`$/);
  });
});

test("stages are told of files and folders; suggestions of what is undecided", async () => {
  await inFolder(async (client) => {
    const uris = ["lab", "lab/a.py", "src", ""].map((path) => client.uri(path));
    const stages = await client.connection.sendRequest("groundwork/stages", { uris: [...uris, "file:///elsewhere"] });
    assert.deepEqual(stages, ["experimental", "experimental", "undecided", "undecided", null]);
    const suggested = await client.connection.sendRequest("workspace/executeCommand", {
      command: "groundwork.server.suggestStages",
      arguments: [client.uri("")],
    });
    const notes = { folder: "notes", stage: "experimental", reason: "notebooks", uri: client.uri("notes") };
    assert.deepEqual(suggested, [notes]);
  });
});

test("a document's folder can be marked as what it is not yet", async () => {
  await inFolder(async (client) => {
    const titles = async (path: string, only?: string[]) => {
      await client.open(path, "x = 1\n");
      const start = { line: 0, character: 0 };
      const actions = await client.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
        textDocument: { uri: client.uri(path) },
        range: { start, end: start },
        context: { diagnostics: [], ...(only && { only }) },
      });
      return actions.map((each) => [each.title, each.command?.arguments?.[1]]);
    };
    assert.deepEqual(await titles("lab/a.py", ["source"]), [["Mark folder `lab` as production", "production"]]);
    assert.deepEqual(await titles("src/b.py", ["source"]), [
      ["Mark folder `src` as production", "production"],
      ["Mark folder `src` as experimental", "experimental"],
    ]);
    assert.deepEqual(await titles("src/b.py"), []);
  });
});
