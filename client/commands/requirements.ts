import type * as vscode from "vscode";
import { pickFolder } from "../folders.ts";
import type { Server } from "../server.ts";
import { showRequirements } from "./pin-and-sort.ts";

/** Writes requirements.txt from what the code imports; the server asks, tells and shows it. */
export async function createRequirements(server: Server): Promise<void> {
  const folder = await pickFolder();
  if (folder) await server.execute("groundwork.server.createRequirements", folder.uri.toString());
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
