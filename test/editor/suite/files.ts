// What the tests inside the extension host share: the workspace, its files, and what Groundwork says of them.
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import * as vscode from "vscode";
import { until } from "../until.ts";

export const extensionId = "groundwork.groundwork";

export function workspaceFolder(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error("the suite needs a folder");
  return folder.uri;
}

/** The file with this path in the workspace. */
export function fileAt(path: string): vscode.Uri {
  return vscode.Uri.joinPath(workspaceFolder(), path);
}

let written: vscode.Uri | undefined;

/**
 * Writes a file and shows it, with the text that is then in the editor. The file that was written before goes, so
 * that no copy in it counts as a copy of what is in this one.
 */
export async function showNew(path: string, text: string): Promise<vscode.TextEditor> {
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  if (written) rmSync(written.fsPath, { force: true });
  written = fileAt(path);
  writeFileSync(written.fsPath, text);
  return show(path, text);
}

/**
 * Shows a file, once with this text if one is given. By the command that a click gives: a document opened through the
 * API would stay open for minutes after its editor is closed.
 */
export async function show(path: string, text?: string): Promise<vscode.TextEditor> {
  const uri = fileAt(path);
  await vscode.commands.executeCommand("vscode.open", uri);
  return until(`${path} in the editor`, () => {
    const editor = vscode.window.activeTextEditor;
    if (editor?.document.uri.toString() !== uri.toString()) return undefined;
    return text === undefined || editor.document.getText() === text ? editor : undefined;
  });
}

/** Groundwork's findings of a file, once `accepts` likes them; rejects with the findings that it did not like. */
export async function findingsOf(
  uri: vscode.Uri,
  what: string,
  accepts: (findings: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  const current = () => vscode.languages.getDiagnostics(uri).filter((each) => each.source === "Groundwork");
  try {
    return await until(what, () => (accepts(current()) ? current() : undefined));
  } catch (error) {
    const places = current().map((each) => `line ${each.range.start.line + 1}: ${each.message}`);
    throw new Error(`${uri.path} has ${places.length} findings\n${places.join("\n")}`, { cause: error });
  }
}

/** The rule that a finding names. */
export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

/** So many actions are answered with what they do; the editor itself asks for it when one is chosen. */
const mostResolved = 50;

/** The actions at a range whose kind is asked for, once there is one with this title. */
export function actionAt(
  uri: vscode.Uri,
  range: vscode.Range,
  { kind, title }: { readonly kind?: string; readonly title: string },
): Promise<vscode.CodeAction> {
  return until(`the action "${title}"`, async () => {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      uri,
      range,
      kind,
      mostResolved,
    );
    return actions.find((action) => action.title === title);
  });
}

/** Applies an action's edit and saves the document. */
export async function applyAndSave(action: vscode.CodeAction, document: vscode.TextDocument): Promise<void> {
  if (!action.edit || !(await vscode.workspace.applyEdit(action.edit))) {
    throw new Error(`"${action.title}" could not be applied`);
  }
  if (!(await document.save())) throw new Error(`${document.fileName} could not be saved`);
}

/** Throws with Python's own words when a file is not Python. Runs nothing of it. */
export function assertCompiles(uri: vscode.Uri): void {
  execFileSync("python3", ["-m", "py_compile", uri.fsPath], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** Replaces the text of an editor as typing would: one change of the document. */
export async function retype(editor: vscode.TextEditor, text: string): Promise<void> {
  const { document } = editor;
  const all = new vscode.Range(new vscode.Position(0, 0), document.lineAt(document.lineCount - 1).range.end);
  if (!(await editor.edit((edit) => edit.replace(all, text)))) throw new Error("the editor refused the text");
}
