import * as vscode from "vscode";
import type { Server } from "../server.ts";
import { saved } from "./saved.ts";

interface Made {
  readonly message?: string;
  /** The line that would keep the environment out of git, where nothing does yet. */
  readonly ignoreLine?: string;
}

/** What one does with a new environment. Offered again after each step but the terminal, which takes the person away. */
export async function offerNextSteps(server: Server, folder: vscode.Uri, made: Made): Promise<void> {
  const terminal = vscode.l10n.t("Open Terminal");
  const ignore = vscode.l10n.t("Add to .gitignore");
  const kernel = vscode.l10n.t("Use in Jupyter");
  const uses = vscode.l10n.t("This folder uses the environment from now on.");
  const steps = new Map<string, () => unknown>([[terminal, () => openTerminal(folder)]]);
  if (made.ignoreLine !== undefined) {
    const values = [folder.toString(), made.ignoreLine];
    steps.set(ignore, async () => saved(await server.execute("groundwork.server.ignoreEnvironment", ...values)));
  }
  steps.set(kernel, () => registerKernel(server, folder));
  let message = `${made.message ?? ""} ${uses}`.trim();
  for (;;) {
    const answer = await vscode.window.showInformationMessage(message, ...steps.keys());
    if (answer === undefined) return;
    await steps.get(answer)?.();
    steps.delete(answer);
    if (answer === terminal) return;
    message = uses;
  }
}

/** Makes the folder's environment a kernel of Jupyter. */
export async function registerKernel(server: Server, folder: vscode.Uri): Promise<void> {
  await server.execute("groundwork.server.registerKernel", folder.toString());
}

function openTerminal(folder: vscode.Uri): void {
  vscode.window.createTerminal({ cwd: folder }).show();
}
