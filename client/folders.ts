import * as vscode from "vscode";

/** The folder that a command is about; undefined when none is open, or none was chosen. */
export async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1) return vscode.window.showWorkspaceFolderPick();
  if (folders.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Open a folder first: this belongs to a project."));
  }
  return folders[0];
}

/** The file that a person is looking at; the cell of a notebook is a document of its own, and stands for its notebook. */
export function fileAtHand(): vscode.Uri | undefined {
  const { activeNotebookEditor, activeTextEditor } = vscode.window;
  return activeNotebookEditor?.notebook.uri ?? activeTextEditor?.document.uri;
}

/** The schemes under which the files of this window are found: `file` unless its folders are elsewhere. */
export function fileSchemes(): readonly string[] {
  const schemes = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme);
  return schemes.length > 0 ? [...new Set(schemes)] : ["file"];
}

/** Whether a document or entry is a file, and not a version of one, a cell or a text without a name. */
export function isFile(uri: vscode.Uri): boolean {
  return fileSchemes().includes(uri.scheme);
}
