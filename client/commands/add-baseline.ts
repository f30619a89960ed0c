import * as vscode from "vscode";
import { isFile } from "../folders.ts";
import type { Server } from "../server.ts";

/** A cell to be made, or the line that the comparison begins on and the picture that it writes when it is run. */
interface Added {
  readonly cell?: { readonly below: number; readonly source: string };
  readonly line?: number;
  readonly picture?: string;
}

/** Adds a baseline to a script or notebook and, once the person has run the script, shows the picture that it wrote. */
export class BaselineCommand implements vscode.Disposable {
  readonly #server: Server;
  #watcher: vscode.FileSystemWatcher | undefined;

  constructor(server: Server) {
    this.#server = server;
  }

  dispose(): void {
    this.#watcher?.dispose();
  }

  /** `target`: a file of the explorer, or a notebook's cell; else what is open, at the cursor. */
  async run(target: vscode.Uri | undefined): Promise<void> {
    const notebook = await notebookOf(target);
    if (notebook) return this.#intoNotebook(notebook, target);
    const uri = target ?? vscode.window.activeTextEditor?.document.uri;
    if (!uri) return;
    const editor = await vscode.window.showTextDocument(uri);
    const line = target ? undefined : editor.selection.active.line;
    const added = await this.#add(uri, line);
    if (added?.line === undefined) return;
    const place = new vscode.Position(added.line, 0);
    editor.selection = new vscode.Selection(place, place);
    editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenter);
    if (added.picture !== undefined) this.#showWhenWritten(uri, added.picture);
  }

  async #intoNotebook(notebook: vscode.NotebookDocument, target: vscode.Uri | undefined): Promise<void> {
    const editor = await vscode.window.showNotebookDocument(notebook);
    const added = await this.#add(target?.fragment ? target : notebook.uri);
    if (!added?.cell) return;
    const index = added.cell.below + 1;
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, added.cell.source, "python");
    const edit = new vscode.WorkspaceEdit();
    edit.set(notebook.uri, [vscode.NotebookEdit.insertCells(index, [cell])]);
    if (!(await vscode.workspace.applyEdit(edit))) return;
    const range = new vscode.NotebookRange(index, index + 1);
    editor.selections = [range];
    editor.revealRange(range, vscode.NotebookEditorRevealType.InCenterIfOutsideViewport);
  }

  #add(uri: vscode.Uri, line?: number): Promise<Added | null> {
    return this.#server.execute<Added | null>("groundwork.server.addBaseline", uri.toString(), line);
  }

  #showWhenWritten(uri: vscode.Uri, picture: string): void {
    this.#watcher?.dispose();
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (!folder) return;
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, `**/${picture}`));
    const show = (written: vscode.Uri) => {
      watcher.dispose();
      void vscode.commands.executeCommand("vscode.open", written, {
        viewColumn: vscode.ViewColumn.Beside,
        preserveFocus: true,
      });
    };
    watcher.onDidCreate(show);
    watcher.onDidChange(show);
    this.#watcher = watcher;
  }
}

/** The notebook that a target names, by itself or by a cell; without a target, the one at hand. */
async function notebookOf(target: vscode.Uri | undefined): Promise<vscode.NotebookDocument | undefined> {
  if (!target) return vscode.window.activeNotebookEditor?.notebook;
  if (!target.path.endsWith(".ipynb")) return undefined;
  if (isFile(target)) return vscode.workspace.openNotebookDocument(target);
  const name = target.toString();
  const holds = (notebook: vscode.NotebookDocument) =>
    notebook.getCells().some(({ document }) => document.uri.toString() === name);
  return vscode.workspace.notebookDocuments.find(holds);
}
