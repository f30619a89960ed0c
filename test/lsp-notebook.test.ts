// Notebooks in the language server: findings in the cells, while cells are edited, moved, and change their language.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { CodeAction, Diagnostic, Hover } from "vscode-languageserver-protocol/node";
import { duplicateBlock } from "../server/rules/production/duplicate-block.ts";
import { folderWith, LspClient, pullCapabilities } from "./lsp-client.ts";

const copied = duplicateBlock.example.bad;
const split = copied.indexOf("def mean_sale");
const [first, second] = [copied.slice(0, split), copied.slice(split)];
const declared = { "requirements.txt": "pandas==2.2.2\n", ".python-version": "3.12\n" };

interface Cell {
  readonly name: string;
  readonly text: string;
  readonly language?: string;
}

/** One notebook in the editor: `explore.ipynb` with cells that are known by their names. */
class Editor implements AsyncDisposable {
  readonly client: LspClient;
  readonly #folder: ReturnType<typeof folderWith>;
  #version = 1;

  private constructor(client: LspClient, folder: ReturnType<typeof folderWith>) {
    this.client = client;
    this.#folder = folder;
  }

  static async start(files: Readonly<Record<string, string>>, capabilities = pullCapabilities): Promise<Editor> {
    const folder = folderWith(files);
    return new Editor(await LspClient.start(folder.root, capabilities), folder);
  }

  uri(name: string): string {
    return `vscode-notebook-cell:${this.client.root}/explore.ipynb#${name}`;
  }

  async open(...cells: readonly Cell[]): Promise<void> {
    await this.client.connection.sendNotification("notebookDocument/didOpen", {
      notebookDocument: {
        uri: this.client.uri("explore.ipynb"),
        notebookType: "jupyter-notebook",
        version: 1,
        cells: cells.map((cell) => this.#cell(cell)),
      },
      cellTextDocuments: cells.map((cell) => this.#document(cell)),
    });
  }

  change(cells: object): Promise<void> {
    const notebookDocument = { uri: this.client.uri("explore.ipynb"), version: ++this.#version };
    return this.client.connection.sendNotification("notebookDocument/didChange", {
      notebookDocument,
      change: { cells },
    });
  }

  /** `count` cells from `start` on go, and these come. */
  replace(
    start: number,
    count: number,
    cells: readonly Cell[],
    opened = cells,
    closed: readonly Cell[] = [],
  ): Promise<void> {
    return this.change({
      structure: {
        array: { start, deleteCount: count, cells: cells.map((cell) => this.#cell(cell)) },
        didOpen: opened.map((cell) => this.#document(cell)),
        didClose: closed.map(({ name }) => ({ uri: this.uri(name) })),
      },
    });
  }

  async close(...names: readonly string[]): Promise<void> {
    await this.client.connection.sendNotification("notebookDocument/didClose", {
      notebookDocument: { uri: this.client.uri("explore.ipynb") },
      cellTextDocuments: names.map((name) => ({ uri: this.uri(name) })),
    });
  }

  async pull(name: string): Promise<Diagnostic[]> {
    const textDocument = { uri: this.uri(name) };
    const report = await this.client.connection.sendRequest<{ items: Diagnostic[] }>("textDocument/diagnostic", {
      textDocument,
    });
    return report.items;
  }

  /** `duplicate-block 4:4` for each finding of a cell. */
  async told(name: string): Promise<string[]> {
    return (await this.pull(name)).map(({ code, range: { start } }) => `${code} ${start.line}:${start.character}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client[Symbol.asyncDispose]();
    this.#folder.dispose();
  }

  #cell({ name, language }: Cell): object {
    return { kind: language === "markdown" ? 1 : 2, document: this.uri(name) };
  }

  #document({ name, text, language = "python" }: Cell): object {
    return { uri: this.uri(name), languageId: language, version: 1, text };
  }
}

test("a copy in two cells is found in each, at the lines of the cell, with the other cell as its related place", async () => {
  await using editor = await Editor.start(declared);
  await editor.open(
    { name: "title", text: "# Sales\n", language: "markdown" },
    { name: "a", text: `%matplotlib inline\n${first}` },
    { name: "b", text: second },
  );
  const [inFirst] = await editor.pull("a");
  assert.equal(inFirst?.code, "duplicate-block");
  assert.deepEqual(inFirst.range, { start: { line: 5, character: 4 }, end: { line: 9, character: 37 } });
  assert.deepEqual(
    inFirst.relatedInformation?.map(({ location }) => [location.uri, location.range.start.line]),
    [[editor.uri("b"), 1]],
  );
  assert.deepEqual(await editor.told("b"), ["duplicate-block 1:4"]);
  assert.deepEqual(await editor.told("title"), []);
});

test("findings follow edits, new and moved cells, and languages", async () => {
  await using editor = await Editor.start({ ...declared, "script.py": "" });
  const [a, b] = [
    { name: "a", text: first },
    { name: "b", text: second },
  ];
  await editor.open(a);
  assert.deepEqual(await editor.told("a"), []);
  await editor.replace(1, 0, [b]);
  assert.deepEqual(await editor.told("a"), ["duplicate-block 4:4"]);
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const document = { uri: editor.uri("b"), version: 2 };
  await editor.change({ textContent: [{ document, changes: [{ range, text: "# one\n# two\n" }] }] });
  assert.deepEqual(await editor.told("b"), ["duplicate-block 3:4"]);
  await editor.replace(0, 2, [b, a], []);
  assert.deepEqual(await editor.told("a"), ["duplicate-block 4:4"]);
  assert.deepEqual(await editor.told("b"), ["duplicate-block 3:4"]);
  const asText = { name: "b", text: second, language: "markdown" };
  await editor.replace(0, 1, [asText], [asText], [b]);
  assert.deepEqual(await editor.told("a"), []);
  assert.deepEqual(await editor.told("b"), []);
  await editor.client.open("script.py", `import pandas as pd\n\n\n${second}`);
  assert.deepEqual(await editor.told("a"), ["duplicate-block 4:4"]);
});

test("actions edit the cell, hovers explain what stands in it", async () => {
  await using editor = await Editor.start(declared);
  await editor.open({ name: "a", text: first }, { name: "b", text: second });
  const [finding] = await editor.pull("b");
  assert.ok(finding);
  const textDocument = { uri: editor.uri("b") };
  const params = { textDocument, range: finding.range, context: { diagnostics: [] } };
  const actions = await editor.client.connection.sendRequest<CodeAction[]>("textDocument/codeAction", params);
  const ignore = actions.find(({ title }) => title === "Ignore `duplicate-block` here");
  assert.deepEqual(ignore?.edit?.documentChanges, [
    {
      textDocument: { uri: editor.uri("b"), version: 1 },
      edits: [
        {
          range: { start: { line: 1, character: 38 }, end: { line: 1, character: 38 } },
          newText: "  # groundwork: ignore[duplicate-block]",
        },
      ],
    },
  ]);
  const edited = actions.find(({ title, edit }) => /Extract/.test(title) && edit)?.edit?.documentChanges ?? [];
  assert.deepEqual(
    edited.map((change) => "textDocument" in change && change.textDocument.uri),
    [editor.uri("a"), editor.uri("b")],
  );
  const hover = await editor.client.connection.sendRequest<Hover | null>("textDocument/hover", {
    textDocument,
    position: finding.range.start,
  });
  assert.match(JSON.stringify(hover), /copied at several places/);
  assert.deepEqual(hover?.range, finding.range);
});

test("a closed notebook is reported by its file, which names cell and line, and an open one by its cells", async () => {
  const source = (text: string) => ({ cell_type: "code", metadata: {}, outputs: [], source: text });
  const json = JSON.stringify({ cells: [source(first), source(second)], metadata: {}, nbformat: 4, nbformat_minor: 5 });
  await using editor = await Editor.start({ ...declared, "explore.ipynb": json });
  const reported = async () => {
    const report = await editor.client.connection.sendRequest<{ items: { uri: string; items: Diagnostic[] }[] }>(
      "workspace/diagnostic",
      { previousResultIds: [] },
    );
    return report.items.flatMap(({ uri, items }) => items.map(({ message }) => `${uri.split("/").pop()} ${message}`));
  };
  assert.deepEqual(await reported(), [
    "explore.ipynb Cell 1, line 5: Block of 5 lines is copied at one other place",
    "explore.ipynb Cell 2, line 2: Block of 5 lines is copied at one other place",
  ]);
  await editor.open({ name: "a", text: first }, { name: "b", text: second });
  assert.deepEqual(await reported(), []);
  assert.deepEqual(await editor.told("a"), ["duplicate-block 4:4"]);
  await editor.close("a", "b");
  assert.equal((await reported()).length, 2);
});

test("a client that does not pull is told of every cell, and of none when the notebook closes", async () => {
  await using editor = await Editor.start(declared, { workspace: { workspaceFolders: true } });
  await editor.client.connection.sendNotification("initialized", {});
  await editor.open({ name: "a", text: first }, { name: "b", text: second });
  const told = (items: Diagnostic[]) => items.some(({ code }) => code === "duplicate-block");
  const { published } = editor.client;
  await editor.client.connection.sendRequest("textDocument/hover", {
    textDocument: { uri: editor.uri("a") },
    position: { line: 0, character: 0 },
  });
  assert.ok(told(published.get(editor.uri("a")) ?? []) && told(published.get(editor.uri("b")) ?? []));
  await editor.close("a", "b");
  await editor.client.connection.sendRequest("textDocument/hover", {
    textDocument: { uri: editor.uri("a") },
    position: { line: 0, character: 0 },
  });
  assert.deepEqual(published.get(editor.uri("a")), []);
});

test("an open notebook becomes a module: one edit that makes the file and changes the cells as they are now", async () => {
  await using editor = await Editor.start(declared);
  await editor.open({ name: "a", text: "import json" }, { name: "b", text: 'rows = json.loads("[2]")\nrows' });
  const { client } = editor;
  const run = () =>
    client.connection.sendRequest<{ module: string } | null>("workspace/executeCommand", {
      command: "groundwork.server.notebookToModule",
      arguments: [client.uri("explore.ipynb")],
    });
  assert.equal((await run())?.module, client.uri("explore.py"));
  const [edit] = client.edits;
  assert.deepEqual(
    edit?.documentChanges?.map((change) => ("textDocument" in change ? change.textDocument : change)),
    [
      { kind: "create", uri: client.uri("explore.py"), options: { ignoreIfExists: true } },
      { uri: client.uri("explore.py"), version: null },
      { uri: editor.uri("a"), version: 1 },
      { uri: editor.uri("b"), version: 1 },
    ],
  );
  client.refusesEdits = true;
  assert.equal(await run(), null);
  assert.match(client.messages.at(-1) ?? "", /changed meanwhile/);
  client.refusesEdits = false;
  await editor.replace(0, 1, [{ name: "c", text: "from json import *" }]);
  assert.equal(await run(), null);
  assert.match(client.messages.at(-1) ?? "", /left as it is\. `import \*`/);
});

test("what is asked of the whole notebook is answered for all cells, what is asked of a cell for that cell", async () => {
  await using editor = await Editor.start(declared);
  await editor.open(
    { name: "a", text: "x = 1  # groundwork: ignore[duplicate-block]\n" },
    { name: "b", text: "y = 2  # groundwork: ignore[duplicate-block]\nprint(x, y)\n" },
  );
  await editor.client.scanned();
  const actionsFor = async (kind: string) => {
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const context = { diagnostics: [], only: [kind] };
    const params = { textDocument: { uri: editor.uri("a") }, range, context };
    const actions = await editor.client.connection.sendRequest<CodeAction[]>("textDocument/codeAction", params);
    return actions.map(({ kind: of, edit }) => [
      of,
      edit?.documentChanges?.map((change) => ("textDocument" in change ? change.textDocument.uri : change.kind)),
    ]);
  };
  const all = [["notebook.source.fixAll.groundwork", [editor.uri("a"), editor.uri("b")]]];
  assert.deepEqual(await actionsFor("notebook.source.fixAll.groundwork"), all);
  assert.deepEqual(await actionsFor("notebook"), all);
  assert.deepEqual(await actionsFor("source.fixAll"), [["source.fixAll.groundwork", [editor.uri("a")]]]);
});
