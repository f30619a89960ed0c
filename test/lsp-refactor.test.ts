import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { CodeAction, Range, TextDocumentEdit, WorkspaceEdit } from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { folderWith, LspClient, pullCapabilities } from "./lsp-client.ts";

const text = `def report(values, unit):
    total = sum(values)
    mean = total / len(values)
    print(mean, unit, 0.5, 0.5)
    return total
`;
type Corners = readonly [number, number, number, number];
const statements: Corners = [1, 0, 3, 0];

describe("refactorings of a selection", () => {
  test("carry versioned edits, and the place of the new name for a rename", () =>
    opened(async (client) => {
      const action = await one(client, statements, "Extract function");
      assert.equal(action.kind, "refactor.extract.function");
      assert.equal(documentEdit(action.edit).textDocument.version, 1);
      const after = applied(action.edit);
      const [uri, line, character] = action.command?.arguments ?? [];
      assert.deepEqual([action.command?.command, uri], ["groundwork.renameInPlace", client.uri("a.py")]);
      assert.equal(after.split("\n")[line]?.slice(character), "_compute_total(values)");
    }));

  test("are offered for all occurrences, too, where there are more", () =>
    opened(async (client) => {
      const titles = (await actions(client, [3, 22, 3, 25])).map(({ title }) => title);
      assert.deepEqual(
        titles.filter((title) => title.startsWith("Extract")),
        [
          "Extract function",
          "Extract variable",
          "Extract variable, all occurrences",
          "Extract constant",
          "Extract constant, all equal literals",
        ],
      );
      const all = await one(client, [3, 22, 3, 25], "Extract constant, all equal literals");
      assert.equal(applied(all.edit).match(/0\.5/g)?.length, 1);
    }));

  test("are refused with a reason, which only somebody who asks for refactorings is told", () =>
    opened(async (client) => {
      const half: Corners = [2, 4, 2, 8];
      assert.deepEqual(await actions(client, half), []);
      const [refused] = await actions(client, half, ["refactor.extract.function"]);
      assert.match(refused?.disabled?.reason ?? "", /^Select whole statements/);
      assert.match(refused?.title ?? "", /^Extract function: Select whole statements/);
      assert.equal(refused?.edit, undefined);
    }));

  test("are not offered for a mere cursor, nor in requirements files", () =>
    opened(async (client) => {
      assert.deepEqual(
        (await actions(client, [1, 6, 1, 6])).filter(({ kind }) => kind?.startsWith("refactor.extract")),
        [],
      );
      await client.open("requirements.txt", "numpy==2.0.0\n");
      assert.deepEqual(await actions(client, [0, 0, 0, 12], ["refactor"], "requirements.txt"), []);
    }));
});

describe("the rename of a new name", () => {
  test("renames every place of it, right after the refactoring and not later", () =>
    opened(async (client) => {
      const action = await one(client, statements, "Extract function");
      const [, line, character] = action.command?.arguments ?? [];
      assert.equal(await prepared(client, line, character), null, "before it was applied");
      await change(client, action.edit);
      assert.deepEqual(await prepared(client, line, character), range(line, character, line, character + 14));
      assert.equal(await prepared(client, line, 5), null, "another name");
      const renamed = applied(await renameTo(client, line, character, "summarize"), applied(action.edit));
      assert.equal(renamed.match(/summarize\(values\)/g)?.length, 2);
      assert.doesNotMatch(renamed, /_compute_total/);
      await client.change("a.py", [0, 0, 0, 0, "\n"]);
      assert.equal(await prepared(client, line + 1, character), null, "after another change");
    }));

  test("keeps to the function of a local variable", () =>
    opened(async (client) => {
      const action = await one(client, [2, 19, 2, 30], "Extract variable");
      const [, line, character] = action.command?.arguments ?? [];
      await change(client, action.edit);
      const renamed = applied(await renameTo(client, line, character, "count"), applied(action.edit));
      assert.match(renamed, / {4}count = len\(values\)\n {4}mean = total \/ count\n/);
    }));

  test("refuses a name that is taken", () =>
    opened(async (client) => {
      const action = await one(client, statements, "Extract function");
      const [, line, character] = action.command?.arguments ?? [];
      await change(client, action.edit);
      await assert.rejects(renameTo(client, line, character, "report"), /`report` is not a free name/);
    }));

  test("is registered for Python alone", async () => {
    const rename = { dynamicRegistration: true };
    const capabilities = { ...pullCapabilities, textDocument: { ...pullCapabilities.textDocument, rename } };
    const folder = folderWith({});
    {
      await using client = await LspClient.start(folder.root, capabilities);
      await client.scanned();
      assert.equal(client.initialized?.capabilities.renameProvider, undefined);
      const registered = client.registered.find(({ method }) => method === "textDocument/rename");
      assert.deepEqual(registered?.registerOptions.documentSelector, [{ language: "python" }]);
    }
    folder.dispose();
  });
});

async function opened(run: (client: LspClient) => Promise<void>): Promise<void> {
  const folder = folderWith({ ".python-version": "3.12\n", "requirements.txt": "numpy==2.0.0\n" });
  try {
    await using client = await LspClient.start(folder.root);
    await client.open("a.py", text);
    await run(client);
  } finally {
    folder.dispose();
  }
}

function range(startLine: number, start: number, endLine: number, end: number): Range {
  return { start: { line: startLine, character: start }, end: { line: endLine, character: end } };
}

function actions(client: LspClient, corners: Corners, only?: readonly string[], path = "a.py"): Promise<CodeAction[]> {
  return client.connection.sendRequest("textDocument/codeAction", {
    textDocument: { uri: client.uri(path) },
    range: range(...corners),
    context: { diagnostics: [], ...(only && { only }) },
  });
}

async function one(client: LspClient, corners: Corners, title: string): Promise<CodeAction> {
  const found = (await actions(client, corners)).find((action) => action.title === title);
  assert.ok(found, title);
  return found;
}

function documentEdit(edit: WorkspaceEdit | null | undefined): TextDocumentEdit {
  const [first, ...others] = edit?.documentChanges ?? [];
  assert.ok(first && "edits" in first && others.length === 0);
  return first;
}

function applied(edit: WorkspaceEdit | null | undefined, before = text): string {
  const { edits } = documentEdit(edit);
  return TextDocument.applyEdits(
    TextDocument.create("a", "python", 1, before),
    edits.filter((each) => "newText" in each),
  );
}

/** As an editor tells of it: one notification, the last place first. */
async function change(client: LspClient, edit: WorkspaceEdit | undefined): Promise<void> {
  const edits = documentEdit(edit).edits.filter((each) => "newText" in each);
  const ordered = edits
    .map((each, index) => ({ ...each, index }))
    .sort((left, right) => {
      const [a, b] = [left.range.start, right.range.start];
      return b.line - a.line || b.character - a.character || right.index - left.index;
    });
  await client.change(
    "a.py",
    ...ordered.map(
      ({ range: { start, end }, newText }) => [start.line, start.character, end.line, end.character, newText] as const,
    ),
  );
}

function prepared(client: LspClient, line: number, character: number): Promise<Range | null> {
  const textDocument = { uri: client.uri("a.py") };
  return client.connection.sendRequest("textDocument/prepareRename", { textDocument, position: { line, character } });
}

function renameTo(client: LspClient, line: number, character: number, newName: string): Promise<WorkspaceEdit | null> {
  const textDocument = { uri: client.uri("a.py") };
  const position = { line, character };
  return client.connection.sendRequest("textDocument/rename", { textDocument, position, newName });
}
