import * as vscode from "vscode";

/** The folder of the documentation in the editor's language; English where there is none. */
export function docsFolder({ extensionUri }: Pick<vscode.ExtensionContext, "extensionUri">): vscode.Uri {
  const docs = vscode.Uri.joinPath(extensionUri, "docs");
  return vscode.env.language.toLowerCase().startsWith("pt") ? vscode.Uri.joinPath(docs, "pt-br") : docs;
}
