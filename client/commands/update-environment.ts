import * as vscode from "vscode";
import type { Server } from "../server.ts";

/** Brings the folder's conda environment to what a file says: the explorer's, the open one, or one of the workspace's. */
export async function updateEnvironment(server: Server, target: vscode.Uri | undefined): Promise<void> {
  const uri = target ?? openFile() ?? (await pickFile());
  if (!uri) return;
  const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  // conda reads the disk.
  if (document?.isDirty && !(await document.save())) return;
  await server.execute("groundwork.server.updateEnvironment", uri.toString());
}

function openFile(): vscode.Uri | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri && /environment[^/]*\.ya?ml$/i.test(uri.path) ? uri : undefined;
}

async function pickFile(): Promise<vscode.Uri | undefined> {
  const found = await vscode.workspace.findFiles(
    "**/environment*.{yml,yaml}",
    "**/{.venv,venv,.conda,node_modules}/**",
    50,
  );
  if (found.length < 2) {
    if (found.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t("This workspace has no environment.yml."));
    }
    return found[0];
  }
  const items = found.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  items.sort((a, b) => a.label.localeCompare(b.label));
  const placeHolder = vscode.l10n.t("Which environment file?");
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.uri;
}
