// What a requirements file offers reaches the editor, and Python files keep their own formatter.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { until } from "../until.ts";
import { fileAt, showNew } from "./files.ts";
import { test } from "./runner.ts";

const { executeCommand } = vscode.commands;
const options = { tabSize: 4, insertSpaces: true };

test("completion offers options where a line begins with a dash, and nothing in a comment", async () => {
  const { document } = await showNew("requirements-web.txt", "# web -\n-\n");
  const labelsAt = async (line: number, column: number) => {
    const position = new vscode.Position(line, column);
    const list = await executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      position,
    );
    return list.items.map((item) => item.label);
  };
  assert.ok((await labelsAt(1, 1)).includes("--extra-index-url"));
  assert.ok(!(await labelsAt(0, 7)).includes("--extra-index-url"));
});

test("links, sections and the hover of a requirement", async () => {
  const { document } = await showNew("requirements-web.txt", "-r requirements.txt\n\n# Web\nflask == 3.0.3\n");
  const { uri } = document;
  const links = await executeCommand<vscode.DocumentLink[]>("vscode.executeLinkProvider", uri);
  assert.deepEqual(
    links.map((link) => link.target?.path),
    [fileAt("requirements.txt").path],
  );
  const [definition] = await executeCommand<vscode.LocationLink[]>(
    "vscode.executeDefinitionProvider",
    uri,
    new vscode.Position(0, 5),
  );
  assert.equal(definition?.targetUri.path, fileAt("requirements.txt").path);
  const symbols = await executeCommand<vscode.DocumentSymbol[]>("vscode.executeDocumentSymbolProvider", uri);
  assert.deepEqual(
    symbols.map(({ name, children }) => [name, children.map((child) => child.name)]),
    [
      ["requirements.txt", []],
      ["Web", ["flask"]],
    ],
  );
  const [hover] = await executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", uri, new vscode.Position(3, 2));
  const text = hover?.contents.map((content) => (typeof content === "string" ? content : content.value)).join("\n");
  assert.match(text ?? "", /flask/i);
});

test("formatting spaces the lines of a requirements file, and is no formatter of Python", async () => {
  const { document } = await showNew("requirements-web.txt", "flask == 3.0.3 # web\n");
  const edits = await executeCommand<vscode.TextEdit[]>("vscode.executeFormatDocumentProvider", document.uri, options);
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, edits);
  assert.ok(await vscode.workspace.applyEdit(edit));
  assert.equal(document.getText(), "flask==3.0.3  # web\n");
  await document.save();
  const python = await showNew("spaced.py", "x = 1 # one\n");
  const uri = python.document.uri;
  assert.ok(
    !(await executeCommand<vscode.TextEdit[] | undefined>("vscode.executeFormatDocumentProvider", uri, options)),
  );
});

test("the undeclared import at the cursor goes to requirements.txt, in its place", async () => {
  const requirements = await vscode.workspace.openTextDocument(fileAt("requirements.txt"));
  const before = requirements.getText();
  const editor = await showNew("adding.py", "import numpy\nimport tabulate\n");
  editor.selection = new vscode.Selection(1, 8, 1, 8);
  await executeCommand("groundwork.addRequirement");
  await until("the new requirement", () => /^tabulate/m.test(requirements.getText()) || undefined);
  assert.deepEqual(
    requirements
      .getText()
      .split("\n")
      .filter((line) => !line.startsWith("tabulate")),
    before.split("\n"),
  );
  await executeCommand("vscode.open", requirements.uri);
  await executeCommand("workbench.action.files.revert");
});
