import { delimiter, join } from "node:path";
import * as vscode from "vscode";
import type { Server, ServerStatus } from "../server.ts";
import { hasPythonExtension } from "./python-extensions.ts";

/**
 * Lets new terminals of a folder use its environment, as activating does. The Python extensions do this themselves, so
 * it is only done where there is none of them.
 */
export function activateTerminals(context: vscode.ExtensionContext, server: Server): vscode.Disposable {
  context.environmentVariableCollection.persistent = false;
  context.environmentVariableCollection.description = vscode.l10n.t("Uses the folder's Python environment");
  return server.onStatus(({ folders }) => {
    for (const folder of folders) activateIn(context, folder);
  });
}

function activateIn(
  context: vscode.ExtensionContext,
  { uri: root, environment }: ServerStatus["folders"][number],
): void {
  const workspaceFolder = vscode.workspace.workspaceFolders?.find(
    ({ uri }) => uri.toString() === vscode.Uri.parse(root).toString(),
  );
  if (!workspaceFolder) return;
  const variables = context.environmentVariableCollection.getScoped({ workspaceFolder });
  variables.clear();
  const isOwn = environment?.kind === "venv" || environment?.kind === "conda";
  if (!isOwn || hasPythonExtension() || !vscode.workspace.isTrusted) return;
  const { kind, name, prefix } = environment;
  // Programs of the shell's own start-up files come in front again, unless this is said once more behind them.
  const options = { applyAtProcessCreation: true, applyAtShellIntegration: true };
  variables.prepend(
    "PATH",
    programsOf(prefix, kind)
      .map((place) => place + delimiter)
      .join(""),
    options,
  );
  variables.replace(kind === "conda" ? "CONDA_PREFIX" : "VIRTUAL_ENV", prefix, options);
  if (kind === "conda") variables.replace("CONDA_DEFAULT_ENV", name, options);
}

function programsOf(prefix: string, kind: string): readonly string[] {
  if (process.platform !== "win32") return [join(prefix, "bin")];
  const conda = [prefix, join(prefix, "Library", "bin")];
  return [...(kind === "conda" ? conda : []), join(prefix, "Scripts")];
}
