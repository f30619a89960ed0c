import * as vscode from "vscode";

/** Puts the cursor on a new name, and starts its rename: in the active editor, if it is still this document's. */
export async function renameInPlace(uri: string, line: number, character: number): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.uri.toString() !== vscode.Uri.parse(uri).toString()) return;
  const place = new vscode.Position(line, character);
  editor.selection = new vscode.Selection(place, place);
  editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  await vscode.commands.executeCommand("editor.action.rename");
}
