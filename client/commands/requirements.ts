import * as vscode from "vscode";
import type { Server } from "../server.ts";
import { pickFolder } from "./create-environment.ts";
import { showRequirements } from "./pin-and-sort.ts";

/** Writes requirements.txt from what the code imports, and shows it; the server asks and tells. */
export async function createRequirements(server: Server): Promise<void> {
  const folder = await pickFolder();
  if (!folder) return;
  const created = await server.execute<{ readonly uri: string } | null>(
    "groundwork.server.createRequirements",
    folder.uri.toString(),
  );
  if (created) await vscode.window.showTextDocument(vscode.Uri.parse(created.uri));
}

/** Installs a requirements file, saved first, into the folder's environment. */
export async function installRequirements(server: Server, target: vscode.Uri | undefined): Promise<void> {
  const document = await showRequirements(target);
  if (!document || (document.isDirty && !(await document.save()))) return;
  await server.execute("groundwork.server.installRequirements", document.uri.toString());
}

/** Moves what the code does not use from a requirements file to requirements.lock. */
export async function moveUnusedRequirements(server: Server, target: vscode.Uri | undefined): Promise<void> {
  const document = await showRequirements(target);
  if (document) await server.execute("groundwork.server.moveUnusedRequirements", document.uri.toString());
}
