import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import {
  CancellationTokenSource,
  type ClientCapabilities,
  type CodeAction,
  type Diagnostic,
  type Hover,
  type WorkspaceDiagnosticReport,
} from "vscode-languageserver-protocol/node";
import { duplicateBlock } from "../server/rules/production/duplicate-block.ts";
import { folderWith, LspClient, pullCapabilities } from "./lsp-client.ts";

const copied = duplicateBlock.example.bad;
const first = copied.slice(0, copied.indexOf("def mean_sale"));
const second = copied.slice(copied.indexOf("def mean_sale"));
/** With these a project says what it needs, so that only what a test is about is found. */
const declared = { "requirements.txt": "pandas==2.2.2\n", ".python-version": "3.12\n" };
const codes = (items: readonly Diagnostic[]) => items.map((item) => item.code);

describe("pull diagnostics", () => {
  test("findings of an open document, with every other copy as a related location", async () => {
    using folder = disposable(folderWith({ ...declared, "a.py": first, "b.py": `import pandas as pd\n\n\n${second}` }));
    await using client = await LspClient.start(folder.root);
    await client.scanned();
    await client.open("a.py", first);
    const [finding] = await client.pull("a.py");
    assert.equal(finding?.code, "duplicate-block");
    assert.equal(finding?.source, "Groundwork");
    assert.deepEqual(
      finding?.relatedInformation?.map((each) => each.location.uri),
      [client.uri("b.py")],
    );
    assert.equal(finding?.range.start.line, 4);
  });

  test("follow the text while it is typed, change by change, also in the file that shares the copy", async () => {
    using folder = disposable(folderWith(declared));
    await using client = await LspClient.start(folder.root);
    await client.open("a.py", first);
    await client.open("b.py", "import pandas as pd\n");
    assert.deepEqual(await client.pull("a.py"), []);
    await client.change("b.py", [1, 0, 1, 0, `\n\n${second}`]);
    assert.deepEqual(codes(await client.pull("a.py")), ["duplicate-block"]);
    assert.deepEqual(codes(await client.pull("b.py")), ["duplicate-block"]);
    // Two changes in one notification: the second is relative to the text after the first.
    await client.change("b.py", [4, 0, 4, 4, "    # a comment\n    "], [0, 0, 1, 0, ""]);
    assert.deepEqual(codes(await client.pull("b.py")), ["duplicate-block"]);
    await client.change("b.py", [5, 4, 9, 0, "pass\n"]);
    assert.deepEqual(await client.pull("a.py"), []);
  });

  test("the unsaved text wins over the disk until the document is closed", async () => {
    using folder = disposable(folderWith({ ...declared, "a.py": copied }));
    await using client = await LspClient.start(folder.root);
    await client.scanned();
    await client.open("a.py", first);
    assert.deepEqual(await client.pull("a.py"), []);
    await client.close("a.py");
    const { items } = await workspaceReport(client);
    assert.deepEqual(
      items.map((item) => item.uri),
      [client.uri("a.py")],
    );
  });

  test("an unchanged result is answered as such", async () => {
    using folder = disposable(folderWith(declared));
    await using client = await LspClient.start(folder.root);
    await client.scanned();
    await client.open("a.py", copied);
    const textDocument = { uri: client.uri("a.py") };
    const report = await client.connection.sendRequest<{ resultId: string }>("textDocument/diagnostic", {
      textDocument,
    });
    const again = await client.connection.sendRequest("textDocument/diagnostic", {
      textDocument,
      previousResultId: report.resultId,
    });
    assert.deepEqual(again, { kind: "unchanged", resultId: report.resultId });
  });

  test("the whole workspace: files that are not open, and their change on disk", async () => {
    using folder = disposable(
      folderWith({ ...declared, "a.py": copied, "clean.py": "x = 1\n", ".venv/pyvenv.cfg": "", ".venv/b.py": copied }),
    );
    await using client = await LspClient.start(folder.root);
    const { items } = await workspaceReport(client);
    assert.deepEqual(
      items.map((item) => [item.uri, "items" in item ? codes(item.items) : []]),
      [[client.uri("a.py"), ["duplicate-block", "duplicate-block"]]],
    );
    const known = items.map((item) => ({ uri: item.uri, value: item.resultId ?? "" }));
    const next = workspaceReport(client, known);
    rmSync(join(folder.root, "a.py"));
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: client.uri("a.py"), type: 3 }],
    });
    assert.deepEqual(
      (await next).items.map((item) => ("items" in item ? item.items : undefined)),
      [[]],
    );
  });

  test("a workspace request that waits for a change ends when it is cancelled", async () => {
    using folder = disposable(folderWith({ ...declared, "a.py": copied }));
    await using client = await LspClient.start(folder.root);
    const { items } = await workspaceReport(client);
    const known = items.map((item) => ({ uri: item.uri, value: item.resultId ?? "" }));
    const source = new CancellationTokenSource();
    const answer = client.connection.sendRequest("workspace/diagnostic", { previousResultIds: known }, source.token);
    source.cancel();
    assert.ok(await answer.catch((error: unknown) => error));
  });
});

describe("requirements files that others include", () => {
  const capabilities: ClientCapabilities = {
    ...pullCapabilities,
    workspace: { ...pullCapabilities.workspace, didChangeWatchedFiles: { dynamicRegistration: true } },
  };
  const files = {
    ".python-version": "3.12\n",
    "a.py": "import numpy\nimport pandas\n",
    "requirements.txt": "-r deps/app[1].list\nnumpy==1.26.4\n",
    "deps/app[1].list": "pandas==2.2.2\n",
  };
  const globsOf = (client: LspClient) =>
    client.registered.map(({ registerOptions }) => JSON.stringify(registerOptions));

  test("are watched whatever their name, and read again when they change or come", async () => {
    using folder = disposable(folderWith(files));
    await using client = await LspClient.start(folder.root, capabilities);
    await client.scanned();
    await client.open("a.py", files["a.py"]);
    await client.open("requirements.txt", files["requirements.txt"]);
    assert.deepEqual(codes(await client.pull("a.py")), []);
    const glob = JSON.stringify({ watchers: [{ globPattern: "**/deps/app[[]1[]].list" }] });
    assert.ok(globsOf(client).includes(glob), globsOf(client).join("\n"));
    const write = (path: string, text: string) => {
      writeFileSync(join(folder.root, path), text);
      return client.connection.sendNotification("workspace/didChangeWatchedFiles", {
        changes: [{ uri: client.uri(path), type: 2 }],
      });
    };
    await write("deps/app[1].list", "numpy==1.26.4\n");
    assert.deepEqual(codes(await client.pull("a.py")), ["undeclared-import"]);
    assert.deepEqual(codes(await client.pull("requirements.txt")), ["duplicate-requirement"]);
    await client.change("requirements.txt", [0, 0, 0, 99, "-r new.list"]);
    assert.deepEqual(codes(await client.pull("requirements.txt")), []);
    assert.match(globsOf(client).at(-1) ?? "", /\*\*\/new\.list/);
    await write("new.list", "pandas==2.2.2\n");
    assert.deepEqual(codes(await client.pull("a.py")), []);
  });

  test("an edited one of a known name changes what the file that includes it declares", async () => {
    using folder = disposable(folderWith({ ...files, "requirements.txt": "-r requirements-base.txt\n" }));
    await using client = await LspClient.start(folder.root);
    await client.scanned();
    await client.open("a.py", files["a.py"]);
    await client.open("requirements-base.txt", "numpy==1.26.4\npandas==2.2.2\n");
    assert.deepEqual(codes(await client.pull("a.py")), []);
    await client.change("requirements-base.txt", [1, 0, 2, 0, ""]);
    assert.deepEqual(codes(await client.pull("a.py")), ["undeclared-import"]);
  });
});

test("a README that says that its folder was taken over is heard of when it comes, changes and goes", async () => {
  const path = "shop/words/plurals.py";
  const code = 'plural = lambda n: "one" if n == 1 else "few" if n < 5 else "many" if n < 9 else "other"\n';
  const groundwork = '[stages]\nproduction = ["**"]\n';
  using folder = disposable(
    folderWith({ "groundwork.toml": groundwork, "shop/__init__.py": "", "shop/a.py": "", [path]: code }),
  );
  await using client = await LspClient.start(folder.root);
  await client.scanned();
  await client.open(path, code);
  const readme = "shop/words/README.md";
  const told = async (type: 1 | 2 | 3) => {
    const changes = [{ uri: client.uri(readme), type }];
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
    return codes(await client.pull(path));
  };
  assert.deepEqual(codes(await client.pull(path)), ["dense-expression"]);
  writeFileSync(join(folder.root, readme), "This code is adapted from https://github.com/example/words\n");
  assert.deepEqual(await told(1), []);
  writeFileSync(join(folder.root, readme), "This code reads https://github.com/example/words\n");
  assert.deepEqual(await told(2), ["dense-expression"]);
  writeFileSync(join(folder.root, readme), "This code is adapted from https://github.com/example/words\n");
  assert.deepEqual(await told(2), []);
  rmSync(join(folder.root, readme));
  assert.deepEqual(await told(3), ["dense-expression"]);
});

describe("push diagnostics for clients that do not pull", () => {
  test("are sent on open, on change, for every open file that is concerned, and cleared on close", async () => {
    using folder = disposable(folderWith(declared));
    await using client = await LspClient.start(folder.root, { workspace: { configuration: true } });
    await client.open("a.py", first);
    await client.open("b.py", `import pandas as pd\n\n\n${second}`);
    const items = await client.pushed("a.py", (all) => all.length === 1);
    assert.deepEqual(codes(items), ["duplicate-block"]);
    await client.close("b.py");
    assert.deepEqual(await client.pushed("b.py", (all) => all.length === 0), []);
  });
});

describe("code actions", () => {
  test("ignore here and ignore in this folder silence the finding", async () => {
    using folder = disposable(folderWith({ ...declared, "pyproject.toml": "[project]\nname = 'x'\n" }));
    await using client = await LspClient.start(folder.root);
    await client.open("a.py", copied);
    const [finding] = await client.pull("a.py");
    assert.ok(finding);
    const actions = await actionsAt(client, "a.py", finding);
    const titles = actions.map((action) => action.title);
    assert.ok(titles.includes("Ignore `duplicate-block` here"), titles.join());
    const inFolder = actions.find((action) => action.title === "Ignore `duplicate-block` in this folder");
    assert.deepEqual(
      inFolder?.edit?.documentChanges?.map((change) => ("textDocument" in change ? change.textDocument.uri : "")),
      [client.uri("pyproject.toml")],
    );
    const here = actions.find((action) => action.title === "Ignore `duplicate-block` here");
    const change = here?.edit?.documentChanges?.[0];
    assert.ok(change && "textDocument" in change && "edits" in change);
    assert.equal(change.textDocument.version, 1);
    const [edit] = change.edits;
    assert.ok(edit && "newText" in edit);
    const { start, end } = edit.range;
    await client.change("a.py", [start.line, start.character, end.line, end.character, edit.newText]);
    assert.deepEqual(await client.pull("a.py"), []);
  });

  test("the extraction is the preferred fix in the light bulb, and a refactoring where those are asked for", async () => {
    using folder = disposable(folderWith(declared));
    await using client = await LspClient.start(folder.root);
    await client.open("a.py", copied);
    const [finding] = await client.pull("a.py");
    assert.ok(finding);
    const [first] = await actionsAt(client, "a.py", finding);
    assert.deepEqual([first?.title, first?.kind, first?.isPreferred], ["Extract into a function", "quickfix", true]);
    const asked = await actionsAt(client, "a.py", finding, ["refactor.extract"]);
    assert.deepEqual(
      asked.filter((action) => action.diagnostics).map((action) => action.kind),
      ["refactor.extract.function"],
    );
  });

  test("what comes back is only of the kinds that were asked for", async () => {
    using folder = disposable(folderWith({}));
    await using client = await LspClient.start(folder.root);
    await client.open("requirements.txt", "b==1\na==1\n");
    const [finding] = await client.pull("requirements.txt");
    assert.equal(finding?.code, "unsorted-requirements");
    const sorted = await actionsAt(client, "requirements.txt", finding, ["source.fixAll.groundwork"]);
    assert.deepEqual(
      sorted.map((action) => action.kind),
      ["source.fixAll.groundwork"],
    );
    const change = sorted[0]?.edit?.documentChanges?.[0];
    assert.ok(change && "edits" in change);
    assert.equal(change.edits.length, 1);
  });
});

describe("the rest of the protocol", () => {
  test("the hover of a hint says it, since editors do not; that of a warning leaves it to them", async () => {
    using folder = disposable(folderWith({}));
    await using client = await LspClient.start(folder.root);
    await client.open("requirements.txt", "pandas==2.2.2\nnumpy\n");
    const hoverAt = async (code: string) => {
      const finding = (await client.pull("requirements.txt")).find((each) => each.code === code);
      const position = finding?.range.start ?? { line: 9, character: 0 };
      const textDocument = { uri: client.uri("requirements.txt") };
      return JSON.stringify(
        await client.connection.sendRequest<Hover>("textDocument/hover", { textDocument, position }),
      );
    };
    assert.match(await hoverAt("unsorted-requirements"), /`numpy` is out of order/);
    assert.doesNotMatch(await hoverAt("unpinned-requirement"), /`numpy` fixes no version/);
  });

  test("the hover of a finding says why, in the client's language", async () => {
    using folder = disposable(folderWith({}));
    await using client = await LspClient.start(folder.root, pullCapabilities, "pt-br");
    await client.open("requirements.txt", "numpy\n");
    const [finding] = await client.pull("requirements.txt");
    assert.ok(finding);
    const hover = await client.connection.sendRequest<Hover>("textDocument/hover", {
      textDocument: { uri: client.uri("requirements.txt") },
      position: finding.range.start,
    });
    assert.match(JSON.stringify(hover.contents), /versão|versões/);
    // The texts are one for the whole process: back to English for the tests that follow.
    await using english = await LspClient.start(folder.root);
    await english.open("requirements.txt", "numpy\n");
  });

  test("settings: pyproject.toml, then the editor's; a change is heard", async () => {
    using folder = disposable(
      folderWith({
        ...declared,
        "pyproject.toml": '[tool.groundwork.rules]\nduplicate-block = "off"\n',
        "a.py": copied,
      }),
    );
    await using client = await LspClient.start(folder.root);
    await client.scanned();
    await client.open("a.py", copied);
    assert.deepEqual(await client.pull("a.py"), []);
    client.settings = { rules: { "duplicate-block": "error" } };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await client.scanned();
    const items = await client.pull("a.py");
    assert.deepEqual([...new Set(items.map((item) => item.severity))], [1]);
    client.settings = {};
    writeFileSync(join(folder.root, "pyproject.toml"), "");
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await client.scanned();
    assert.deepEqual([...new Set((await client.pull("a.py")).map((item) => item.severity))], [2]);
  });

  test("broken Python, a document without a file, and unknown files are no trouble", async () => {
    using folder = disposable(folderWith({}));
    await using client = await LspClient.start(folder.root);
    await client.open("broken.py", "def f(:\n  '''\n\u0000 ]]]] 😀");
    assert.deepEqual(await client.pull("broken.py"), []);
    await client.change("broken.py", [2, 0, 2, 9, "'''\n"], [0, 0, 3, 0, ""]);
    assert.deepEqual(await client.pull("broken.py"), []);
    await client.open("notes.md", "# numpy", "markdown");
    assert.deepEqual(await client.pull("notes.md"), []);
  });
});

async function actionsAt(client: LspClient, path: string, finding: Diagnostic, only?: string[]): Promise<CodeAction[]> {
  return client.connection.sendRequest("textDocument/codeAction", {
    textDocument: { uri: client.uri(path) },
    range: finding.range,
    context: { diagnostics: [finding], ...(only && { only }) },
  });
}

function workspaceReport(
  client: LspClient,
  previousResultIds: { uri: string; value: string }[] = [],
): Promise<WorkspaceDiagnosticReport> {
  return client.connection.sendRequest("workspace/diagnostic", { previousResultIds });
}

function disposable(folder: ReturnType<typeof folderWith>): typeof folder & Disposable {
  return { ...folder, [Symbol.dispose]: folder.dispose };
}
