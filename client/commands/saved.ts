import * as vscode from "vscode";

/** Saves the file that the server edited and answers with it; nothing when there was no edit. */
export async function saved(edited: { uri: string } | null): Promise<vscode.TextDocument | undefined> {
  if (!edited) return undefined;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(edited.uri));
  await document.save();
  return document;
}
