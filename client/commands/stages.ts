import * as vscode from "vscode";
import { fileAtHand, isFile, pickFolder } from "../folders.ts";
import type { Server, Stage } from "../server.ts";
import { saved } from "./saved.ts";

/** Writes a stage into the configuration, for a folder or file, and saves the configuration, so that it counts. */
export async function markStage(server: Server, target: vscode.Uri | undefined, stage: Stage): Promise<void> {
  const uri = target ?? (await folderAtHand());
  if (!uri) return;
  await saveConfigurations();
  await saved(await server.execute("groundwork.server.markStage", uri.toString(), stage));
}

/**
 * Makes a module of what a notebook computes and saves both, so that the one imports what the other holds. The notebook
 * is opened first: what is typed and not saved yet counts.
 */
export async function notebookToModule(server: Server, target: vscode.Uri | undefined): Promise<void> {
  const uri = target ?? vscode.window.activeNotebookEditor?.notebook.uri;
  if (!uri || !isFile(uri)) return;
  const notebook = await vscode.workspace.openNotebookDocument(uri);
  await vscode.window.showNotebookDocument(notebook);
  const made = await server.execute<{ module: string } | null>("groundwork.server.notebookToModule", uri.toString());
  const module = await saved(made && { uri: made.module });
  if (!module) return;
  await notebook.save();
  await vscode.window.showTextDocument(module, vscode.ViewColumn.Beside);
}

/** Switches ruff's rules on for the production folders and shows where that was written. */
export async function enableRuff(server: Server): Promise<void> {
  const folder = await pickFolder();
  if (!folder) return;
  await saveConfigurations();
  const document = await saved(await server.execute("groundwork.server.enableRuff", folder.uri.toString()));
  if (document) await vscode.window.showTextDocument(document);
}

/** Asks for the stage of a folder: that of the open file, unless the explorer says which. */
export async function chooseStage(server: Server, target?: vscode.Uri): Promise<void> {
  const uri = target ?? (await folderAtHand());
  if (!uri) return;
  const stages: (vscode.QuickPickItem & { stage: Stage })[] = [
    {
      label: vscode.l10n.t("Production"),
      detail: vscode.l10n.t("It is meant to last: every rule speaks."),
      stage: "production",
    },
    {
      label: vscode.l10n.t("Experimental"),
      detail: vscode.l10n.t("A conscious experiment: only what would mislead it is told."),
      stage: "experimental",
    },
    { label: vscode.l10n.t("Undecided"), detail: vscode.l10n.t("The rules are gentle."), stage: "undecided" },
  ];
  const placeHolder = vscode.l10n.t("Stage of {0}", vscode.workspace.asRelativePath(uri));
  const picked = await vscode.window.showQuickPick(stages, { placeHolder });
  if (picked) await markStage(server, uri, picked.stage);
}

interface Suggestion {
  readonly uri: string;
  readonly folder: string;
  readonly stage: "production" | "experimental";
  readonly reason: "notebooks" | "package";
}

/** Shows what the folders' contents speak for; only what the person ticks is written. */
export async function suggestStages(server: Server): Promise<void> {
  const folder = await pickFolder();
  if (!folder) return;
  const found = await server.execute<Suggestion[] | null>("groundwork.server.suggestStages", folder.uri.toString());
  if (!found || found.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("No undecided folder suggests a stage."));
    return;
  }
  const items = found.map((each) => ({
    label: each.folder,
    description: stageName(each),
    detail: reasonOf(each),
    each,
  }));
  const placeHolder = vscode.l10n.t("Which folders are to be marked?");
  const picked = await vscode.window.showQuickPick(items, { canPickMany: true, placeHolder });
  for (const { each } of picked ?? []) await markStage(server, vscode.Uri.parse(each.uri), each.stage);
}

/** Writes what is found today into the baseline file of a folder; the server tells how much that was. */
export async function recordFindings(server: Server): Promise<void> {
  const folder = await pickFolder();
  if (folder) await server.execute("groundwork.server.recordFindings", folder.uri.toString());
}

function stageName({ stage }: Suggestion): string {
  return stage === "production" ? vscode.l10n.t("Production") : vscode.l10n.t("Experimental");
}

function reasonOf({ reason }: Suggestion): string {
  return reason === "notebooks"
    ? vscode.l10n.t("It holds notebooks.")
    : vscode.l10n.t("It is a package with tests and a build.");
}

/** The folder of the open file, else the workspace's. */
async function folderAtHand(): Promise<vscode.Uri | undefined> {
  const uri = fileAtHand();
  if (uri && isFile(uri) && vscode.workspace.getWorkspaceFolder(uri)) return vscode.Uri.joinPath(uri, "..");
  return (await pickFolder())?.uri;
}

/** The server edits what is on the disk. */
async function saveConfigurations(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    if (document.isDirty && /[/\\](?:pyproject|groundwork|\.?ruff)\.toml$/.test(document.fileName))
      await document.save();
  }
}
