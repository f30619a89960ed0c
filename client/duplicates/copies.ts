import * as vscode from "vscode";
import type { Server } from "../server.ts";

/** A place in a file or in a cell, as the server tells it. */
export interface CopyPlace {
  readonly uri: string;
  /** In a notebook, lines count within the cell. */
  readonly range: PlainRange;
  /** In a notebook, the cell from 0. */
  readonly cell?: number;
}

interface PlainRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** A class of copies, as the server tells it. */
export interface Copies {
  readonly kind: "exact" | "renamed" | "gapped";
  /** Of the longest copy. */
  readonly lines: number;
  /** The lines that one function in place of all copies would save. */
  readonly saves: number;
  readonly copies: readonly CopyPlace[];
}

/** A copy with the class it belongs to. */
export interface CopyAt {
  readonly found: Copies;
  readonly copy: CopyPlace;
}

/** The copy that was shown last, and the document that held it then. */
let shown: { readonly at: CopyAt; readonly document: vscode.TextDocument; readonly version: number } | undefined;

/** The copy that holds the cursor; tells the person when there is none. */
export async function copyAtHand(server: Server): Promise<CopyAt | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor && isStillShown(editor)) return shown?.at;
  const at = editor && (await copyAt(server, editor.document.uri, editor.selection.active));
  if (!at) void vscode.window.showInformationMessage(vscode.l10n.t("No copied block stands at the cursor."));
  return at;
}

/** Where classes overlap, who goes from copy to copy stays in one of them. */
function isStillShown({ document, selection }: vscode.TextEditor): boolean {
  return (
    shown?.document === document && shown.version === document.version && selection.isEqual(toRange(shown.at.copy))
  );
}

async function copyAt(server: Server, uri: vscode.Uri, position: vscode.Position): Promise<CopyAt | undefined> {
  const params = {
    textDocument: { uri: uri.toString() },
    position: { line: position.line, character: position.character },
  };
  const found = await server.request<(Copies & { readonly index: number }) | null>("groundwork/copiesAt", params);
  const copy = found?.copies[found.index];
  return found && copy ? { found, copy } : undefined;
}

/** The copy behind this one; behind the last one comes the first. */
export function nextCopy({ found, copy }: CopyAt): CopyAt {
  return { found, copy: found.copies[(found.copies.indexOf(copy) + 1) % found.copies.length] ?? copy };
}

/** Shows a copy, selected. */
export async function showCopy(at: CopyAt): Promise<void> {
  const editor = await showPlace(at.copy);
  if (editor) shown = { at, document: editor.document, version: editor.document.version };
}

/** Shows a place of a file, selected; in a notebook, its cell. */
export async function showPlace(place: CopyPlace): Promise<vscode.TextEditor | undefined> {
  const uri = vscode.Uri.parse(place.uri);
  if (place.cell !== undefined) {
    const notebook = await vscode.workspace.openNotebookDocument(uri);
    await vscode.window.showNotebookDocument(notebook, {
      selections: [new vscode.NotebookRange(place.cell, place.cell + 1)],
    });
    return undefined;
  }
  const editor = await vscode.window.showTextDocument(uri, { selection: toRange(place) });
  editor.revealRange(toRange(place), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  return editor;
}

export function toRange({ range: { start, end } }: CopyPlace): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** `train.py:19–25`, with the folder where the workspace has several. */
export function placeName(copy: CopyPlace): string {
  const path = vscode.workspace.asRelativePath(vscode.Uri.parse(copy.uri));
  const [first, last] = [copy.range.start.line + 1, copy.range.end.line + 1];
  const lines = first === last ? String(first) : `${first}–${last}`;
  return copy.cell === undefined ? `${path}:${lines}` : `${path}:${vscode.l10n.t("cell {0}", copy.cell + 1)}:${lines}`;
}

export function linesIn({ range }: CopyPlace): number {
  return range.end.line - range.start.line + 1;
}

/** How alike the copies of a class are. */
export function likenessOf({ kind }: Copies): string {
  if (kind === "exact") return vscode.l10n.t("the same");
  return kind === "renamed" ? vscode.l10n.t("other names or values") : vscode.l10n.t("some statements differ");
}
