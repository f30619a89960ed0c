import * as vscode from "vscode";
import type { Server } from "../server.ts";

/** As the protocol has it. */
interface NewName {
  readonly uri: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
}

/**
 * Puts the cursor on a new name, and starts its rename: in the active editor, if it is still this document's. After a
 * preview no place is given, since another editor was active meanwhile: the server knows what was applied.
 */
export async function renameInPlace(server: Server, uri?: string, line = 0, character = 0): Promise<void> {
  if (uri !== undefined) return renameAt(vscode.window.activeTextEditor, uri, line, character);
  const made = await server.request<NewName | null>("groundwork/newName");
  if (!made) return;
  const editor = await vscode.window.showTextDocument(vscode.Uri.parse(made.uri));
  const { start } = made.range;
  await renameAt(editor, made.uri, start.line, start.character);
}

async function renameAt(
  editor: vscode.TextEditor | undefined,
  uri: string,
  line: number,
  character: number,
): Promise<void> {
  if (editor?.document.uri.toString() !== vscode.Uri.parse(uri).toString()) return;
  const place = new vscode.Position(line, character);
  editor.selection = new vscode.Selection(place, place);
  editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  await vscode.commands.executeCommand("editor.action.rename");
}
