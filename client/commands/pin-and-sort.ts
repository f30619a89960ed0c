import * as vscode from "vscode";
import type { Server } from "../server.ts";

/** Pins and sorts the requirements file that was asked for: the explorer's, the open one, or one of the workspace's. */
export async function pinAndSort(server: Server, target: vscode.Uri | undefined): Promise<void> {
  const document = await showRequirements(target);
  if (document) await server.execute("groundwork.server.pinAndSort", document.uri.toString());
}

/** Shows the requirements file that a command is about; undefined when there is none, or none was chosen. */
export async function showRequirements(target: vscode.Uri | undefined): Promise<vscode.TextDocument | undefined> {
  const uri = target ?? openRequirements() ?? (await pickRequirements());
  if (!uri) return undefined;
  const opened = await vscode.workspace.openTextDocument(uri);
  const document =
    opened.languageId === "pip-requirements"
      ? opened
      : await vscode.languages.setTextDocumentLanguage(opened, "pip-requirements");
  await vscode.window.showTextDocument(document);
  return document;
}

function openRequirements(): vscode.Uri | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === "pip-requirements" ? document.uri : undefined;
}

async function pickRequirements(): Promise<vscode.Uri | undefined> {
  const found = await vscode.workspace.findFiles(
    "**/*requirements*.txt",
    "**/{.venv,venv,node_modules,site-packages}/**",
    50,
  );
  if (found.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("This workspace has no requirements file."));
    return undefined;
  }
  if (found.length === 1) return found[0];
  const items = found
    .map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Which requirements file?") });
  return picked?.uri;
}
