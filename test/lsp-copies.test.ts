import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  type CodeAction,
  CreateFile,
  FileChangeType,
  type Hover,
  type Location,
  ResourceOperationKind,
  TextDocumentEdit,
  type WorkspaceEdit,
} from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { CopiesAnswer } from "../server/lsp/copies.ts";
import type { DuplicatesAnswer } from "../server/lsp/duplicates.ts";
import { duplicateBlock } from "../server/rules/production/duplicate-block.ts";
import { folderWith, LspClient, pullCapabilities } from "./lsp-client.ts";

const copied = duplicateBlock.example.bad;
const first = copied.slice(0, copied.indexOf("\n\ndef mean_sale"));
const second = copied.slice(copied.indexOf("def mean_sale"));
/** Other names, and another end: only the block is the same. */
const renamed = second.replaceAll("table", "rows").replace('["total"].mean()', ".describe()");

const workspaceEdit = {
  documentChanges: true,
  resourceOperations: [ResourceOperationKind.Create, ResourceOperationKind.Rename],
  changeAnnotationSupport: {},
};
const changedMeanwhile = "A file was changed meanwhile, so all were left as they are. Choose the fix again.";
const previewing = { ...pullCapabilities, workspace: { ...pullCapabilities.workspace, workspaceEdit } };

/** The editor says that a file has changed on the disk. */
function told(client: LspClient, path: string): Promise<void> {
  const changes = [{ uri: client.uri(path), type: FileChangeType.Changed }];
  return client.connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
}

async function inFolder(
  files: Readonly<Record<string, string>>,
  run: (client: LspClient) => Promise<void>,
): Promise<void> {
  const { root, dispose } = folderWith(files);
  try {
    await using client = await LspClient.start(root);
    await client.scanned();
    await run(client);
  } finally {
    dispose();
  }
}

const at = (client: LspClient, path: string, line: number) => ({
  textDocument: { uri: client.uri(path) },
  position: { line, character: 0 },
});

function copiesAt(client: LspClient, path: string, line: number) {
  type Answer = (CopiesAnswer & { index: number }) | null;
  return client.connection.sendRequest<Answer>("groundwork/copiesAt", at(client, path, line));
}

async function actionsAt(client: LspClient, path: string, line: number): Promise<CodeAction[]> {
  const place = { line, character: 6 };
  return client.connection.sendRequest("textDocument/codeAction", {
    textDocument: { uri: client.uri(path) },
    range: { start: place, end: place },
    context: { diagnostics: [] },
  });
}

test("every copy of the block at a line, and which of them it is; null where none stands", async () => {
  await inFolder({ "a.py": copied, "b/c.py": renamed }, async (client) => {
    const found = await copiesAt(client, "a.py", 15);
    assert.deepEqual([found?.kind, found?.lines, found?.saves, found?.index], ["renamed", 5, 10, 1]);
    assert.deepEqual(
      found?.copies.map(({ uri, range }) => [uri, range.start, range.end]),
      [
        [client.uri("a.py"), { line: 4, character: 4 }, { line: 8, character: 37 }],
        [client.uri("a.py"), { line: 13, character: 4 }, { line: 17, character: 37 }],
        [client.uri("b/c.py"), { line: 1, character: 4 }, { line: 5, character: 34 }],
      ],
    );
    assert.equal(await copiesAt(client, "a.py", 2), null);
    assert.equal(await copiesAt(client, "nowhere.py", 2), null);
  });
});

test("a block in a notebook has the lines of its cell", async () => {
  const cell = (source: string) => ({ cell_type: "code", metadata: {}, outputs: [], execution_count: null, source });
  const notebook = { cells: [cell("x = 1"), cell(second)], metadata: {}, nbformat: 4, nbformat_minor: 5 };
  await inFolder({ "a.py": first, "b.ipynb": JSON.stringify(notebook) }, async (client) => {
    const found = await copiesAt(client, "a.py", 5);
    assert.deepEqual(
      found?.copies.map((copy) => [copy.cell, copy.range.start.line]),
      [
        [undefined, 4],
        [1, 1],
      ],
    );
  });
});

test("the list of duplicates has first what would save most, and says when it is outdated", async () => {
  const small = (name: string) => `def ${name}(shops, model):
    shares = shops.groupby("town").agg(["sum", "count"])
    shares.columns = [column.strip("_") for column in shares.columns]
    for town, share in shares.iterrows():
        model.update(town, weight=share.total / len(shares))
    print(model.score(shares), max(shares.total))
    return model.${name}(shares)
`;
  const large = copied.replaceAll("    return table", "    table.info(verbose=True)\n    return table");
  await inFolder({ "large.py": large, "x.py": "y = 1\n" }, async (client) => {
    const list = () => client.connection.sendRequest<DuplicatesAnswer>("groundwork/duplicates");
    const before = await list();
    assert.deepEqual([before.total, before.classes[0]?.saves], [1, 6]);
    assert.equal(before.classes[0]?.code, 'table = pd.read_csv(path, sep=";")');
    const told = client.told("groundwork/findingsChanged");
    await client.open("x.py", [small("one"), small("two"), small("three")].join("\n\n"));
    await told;
    const after = await list();
    assert.deepEqual(
      after.classes.map(({ saves, copies }) => [saves, copies.length]),
      [
        [10, 3],
        [6, 2],
      ],
    );
    await client.close("x.py");
    rmSync(join(client.root, "x.py"));
  });
});

test("the hover tells how many copies there are, where, and how alike", async () => {
  await inFolder({ "a.py": copied, "b_[1].py": renamed }, async (client) => {
    await client.open("a.py", copied);
    const hover = await client.connection.sendRequest<Hover>("textDocument/hover", at(client, "a.py", 6));
    assert.ok(typeof hover.contents === "object" && "value" in hover.contents);
    const lines = hover.contents.value.split("\n");
    assert.equal(lines[0], "**5 lines at 3 places**, the same but for names and values:");
    assert.equal(lines[2], "- a.py:5–9 (here)");
    assert.equal(lines[3], `- [a.py:14–18](${client.uri("a.py")}#L14): 100 % the same`);
    assert.match(lines[4] ?? "", /^- \[b\\_\\\[1\\\]\.py:2–6\]\(file:.*#L2\): \d\d % the same$/);
  });
});

test("an editor that cannot show edits first is told so; copies of several files can be ignored together", async () => {
  const files = { "a.py": first, "b.py": second, "c.py": renamed };
  await inFolder(files, async (client) => {
    await client.open("a.py", first);
    const actions = await actionsAt(client, "a.py", 5);
    const refused = actions.find(({ disabled }) => disabled);
    assert.match(refused?.disabled?.reason ?? "", /^This editor cannot show changes of several files first/);
    assert.match(refused?.title ?? "", /^Extract into a shared function \(review\): This editor/);
    assert.equal(refused?.edit, undefined);
    const ignore = actions.find(({ title }) => title === "Ignore all 3 copies");
    assert.match(
      JSON.stringify(ignore?.edit),
      /"line":4,"character":38.*# groundwork: ignore-class\[duplicate-block\]/,
    );
    assert.equal((await client.pull("a.py")).filter(({ code }) => code === "duplicate-block").length, 1);
    await client.change("a.py", [4, 38, 4, 38, "  # groundwork: ignore-class[duplicate-block]"]);
    for (const path of ["a.py", "b.py", "c.py"]) {
      await client.open(path === "a.py" ? "a2.py" : path, path === "a.py" ? "x = 1\n" : files[path as "b.py"]);
      assert.ok(
        (await client.pull(path)).every(({ code }) => code !== "duplicate-block"),
        path,
      );
    }
    assert.deepEqual((await client.connection.sendRequest<DuplicatesAnswer>("groundwork/duplicates")).total, 0);
  });
});

test("of two copies, to ignore one is to ignore both; nothing else is offered for that", async () => {
  await inFolder({ "a.py": copied }, async (client) => {
    await client.open("a.py", copied);
    const titles = (await actionsAt(client, "a.py", 5)).map(({ title }) => title);
    assert.ok(titles.includes("Ignore `duplicate-block` here"));
    assert.ok(!titles.some((title) => title.startsWith("Ignore all")));
  });
});

test("the command that ignores all copies writes the comment at the block, also in a file that is not open", async () => {
  await inFolder({ "a.py": first, "b.py": second }, async (client) => {
    const run = (line: number) =>
      client.connection.sendRequest("workspace/executeCommand", {
        command: "groundwork.server.ignoreCopies",
        arguments: [client.uri("b.py"), line],
      });
    assert.equal(await run(0), false);
    assert.equal(client.edits.length, 0);
    assert.equal(await run(3), true);
    assert.deepEqual(
      client.edits.flatMap((edit) => edit.documentChanges ?? []),
      [
        {
          textDocument: { uri: client.uri("b.py"), version: null },
          edits: [
            {
              range: { start: { line: 1, character: 38 }, end: { line: 1, character: 38 } },
              newText: "  # groundwork: ignore-class[duplicate-block]",
            },
          ],
        },
      ],
    );
    client.refusesEdits = true;
    assert.equal(await run(3), false);
    assert.match(client.messages[0] ?? "", /was changed meanwhile/);
  });
});

test("a module of an experiment moves with its imports: shown first", async () => {
  const { root, dispose } = folderWith({
    "pyproject.toml": '[tool.groundwork.stages]\nproduction = ["src"]\nexperimental = ["lab"]\n',
    "src/serve.py": "from lab.model import predict\n",
    "lab/model.py": "def predict(rows):\n    return rows\n",
  });
  try {
    await using client = await LspClient.start(root, previewing);
    await client.scanned();
    await client.open("src/serve.py", "from lab.model import predict\n");
    const action = (await actionsAt(client, "src/serve.py", 0)).find(({ title }) => title.startsWith("Move to"));
    const [asking, ...changes] = action?.edit?.documentChanges ?? [];
    assert.deepEqual(asking, {
      kind: "create",
      uri: client.uri("src/serve.py"),
      options: { ignoreIfExists: true },
      annotationId: "preview",
    });
    const label = "Move to src/model.py (review)";
    assert.deepEqual(action?.edit?.changeAnnotations, {
      change: { label, needsConfirmation: false },
      preview: { label, needsConfirmation: true },
    });
    assert.deepEqual(changes, [
      {
        textDocument: { uri: client.uri("src/serve.py"), version: 1 },
        edits: [
          {
            range: { start: { line: 0, character: 5 }, end: { line: 0, character: 14 } },
            newText: "src.model",
            annotationId: "change",
          },
        ],
      },
      {
        kind: "rename",
        oldUri: client.uri("lab/model.py"),
        newUri: client.uri("src/model.py"),
        options: { overwrite: false },
        annotationId: "change",
      },
    ]);
  } finally {
    dispose();
  }
});

test("copies of several files become one function: shown first, versioned, and renamed everywhere", async () => {
  const { root, dispose } = folderWith({ "a.py": first, "b.py": first.replace('["total"].sum()', ".describe()") });
  try {
    await using client = await LspClient.start(root, previewing);
    await client.scanned();
    await client.open("a.py", first);
    const action = (await actionsAt(client, "a.py", 5)).find(({ title }) => title.startsWith("Extract into"));
    assert.equal(action?.title, "Extract into a shared function (review)");
    const asked = Object.entries(action.edit?.changeAnnotations ?? {}).filter(([, each]) => each.needsConfirmation);
    assert.deepEqual(asked, [["preview", { label: action.title, needsConfirmation: true }]]);
    const [asking, ...changes] = action.edit?.documentChanges ?? [];
    assert.ok(CreateFile.is(asking) && asking.uri === client.uri("a.py") && asking.options?.ignoreIfExists);
    const edited = changes.filter((change) => TextDocumentEdit.is(change));
    assert.deepEqual(
      edited.map(({ textDocument: { uri, version } }) => [uri, version]),
      [
        [client.uri("a.py"), 1],
        [client.uri("b.py"), null],
        [client.uri("_shared.py"), null],
      ],
    );
    const made = changes.filter((change) => CreateFile.is(change));
    assert.deepEqual([made.length, made[0]?.uri, changes.at(-2)], [1, client.uri("_shared.py"), made[0]]);
    const all = [...made, ...edited.flatMap(({ edits }) => edits)];
    assert.ok(all.every((each) => "annotationId" in each && each.annotationId === "change"));
    const texts = new Map(
      edited.map(({ textDocument: { uri }, edits }) => {
        const path = uri.slice(client.uri("").length + 1);
        const before = path === "_shared.py" ? "" : readFileSync(join(root, path), "utf8");
        const plain = edits.filter((edit) => "newText" in edit);
        return [path, TextDocument.applyEdits(TextDocument.create("x", "python", 1, before), plain)];
      }),
    );
    for (const [path, text] of texts) if (path !== "a.py") writeFileSync(join(root, path), text);
    const a = texts.get("a.py") ?? "";
    const line = a.split("\n").findIndex((text) => text.endsWith("_read_csv(path)"));
    const character = a.split("\n")[line]?.indexOf("_read_csv") ?? 0;
    // An editor forgets the arguments of what it previews, and asks when the edit is made: not before, nor if it never is.
    assert.deepEqual(action.command, { title: action.title, command: "groundwork.renameInPlace" });
    const newName = () => client.connection.sendRequest<Location | null>("groundwork/newName");
    assert.equal(await newName(), null);
    await client.change("a.py", [0, 0, first.split("\n").length, 0, a]);
    const end = { line, character: character + "_read_csv".length };
    assert.deepEqual(await newName(), { uri: client.uri("a.py"), range: { start: { line, character }, end } });
    const rename = { textDocument: { uri: client.uri("a.py") }, position: { line, character }, newName: "_sales" };
    const renamed = await client.connection.sendRequest<WorkspaceEdit>("textDocument/rename", rename);
    assert.deepEqual(
      renamed.documentChanges?.map((change) => ("edits" in change ? change.edits.length : 0)),
      [2, 2, 1],
    );
  } finally {
    dispose();
  }
});

test("an edit of several files is of what they hold when it is chosen, and refused when they no longer fit", async () => {
  const { root, dispose } = folderWith({ "a.py": first, "b.py": first.replace('["total"].sum()', ".describe()") });
  try {
    const codeAction = { dataSupport: true, resolveSupport: { properties: ["edit"] } };
    const textDocument = { ...pullCapabilities.textDocument, codeAction };
    await using client = await LspClient.start(root, { ...previewing, textDocument });
    await client.scanned();
    await client.open("a.py", first);
    const offered = async () =>
      (await actionsAt(client, "a.py", 5)).find(({ title }) => title.startsWith("Extract into"));
    const chosen = (action: CodeAction | undefined) =>
      client.connection.sendRequest<CodeAction>("codeAction/resolve", action);
    const placesIn = ({ edit }: CodeAction, path: string) =>
      edit?.documentChanges
        ?.filter((change) => TextDocumentEdit.is(change))
        .filter((change) => change.textDocument.uri === client.uri(path))
        .flatMap(({ textDocument: { version }, edits }) => edits.map(({ range }) => [version, range.start.line]));
    const before = await offered();
    assert.deepEqual([before?.edit, before?.command?.command], [undefined, "groundwork.renameInPlace"]);
    const whole = placesIn(await chosen(before), "b.py");
    // The same code, further down on the disk: what was offered fits it still.
    const b = readFileSync(join(root, "b.py"), "utf8");
    writeFileSync(join(root, "b.py"), b.replace("\n\n\ndef", "\n\nSHOP = 1\n\n\ndef"));
    await told(client, "b.py");
    const moved = placesIn(await chosen(before), "b.py");
    assert.deepEqual(moved?.at(-1), [null, Number(whole?.at(-1)?.[1]) + 2]);
    // An open document is edited in the version that was looked at, and no other.
    const both = await offered();
    await client.open("b.py", readFileSync(join(root, "b.py"), "utf8"));
    assert.deepEqual(placesIn(await chosen(both), "b.py")?.at(-1)?.[0], 1);
    await client.change("b.py", [3, 0, 3, 0, "#"]);
    assert.deepEqual(placesIn(await chosen(both), "b.py")?.at(-1)?.[0], 2);
    // The code is another one, or the document in which it was offered.
    await client.close("b.py");
    const last = await offered();
    writeFileSync(join(root, "b.py"), "x = 1\n");
    await told(client, "b.py");
    assert.equal((await chosen(last)).edit, undefined);
    writeFileSync(join(root, "b.py"), b);
    await told(client, "b.py");
    const again = await offered();
    await client.change("a.py", [0, 0, 0, 0, "# a\n"]);
    assert.equal((await chosen(again)).edit, undefined);
    await client.pull("a.py");
    assert.deepEqual(client.messages, [changedMeanwhile, changedMeanwhile]);
  } finally {
    dispose();
  }
});
