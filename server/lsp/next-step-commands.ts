import { basename } from "node:path";
import * as l10n from "@vscode/l10n";
import type { CancellationToken } from "vscode-languageserver";
import { type Registration, registerKernel } from "../environments/kernel.ts";
import { slugOf } from "../host/environment-request.ts";
import { fileAt, workspaceOf } from "./create-requirements-command.ts";
import { makeEdits } from "./edits.ts";
import { withProgress } from "./progress.ts";
import type { Session } from "./session.ts";
import { tellWithLogs } from "./tell.ts";
import { mayRunPrograms } from "./trust.ts";

/**
 * [uri of the folder, line]: adds the line to the folder's .gitignore, as an edit that can be undone. Answers with the
 * file, for the client to save; null when nothing was edited.
 */
export async function ignoreEnvironmentCommand(
  session: Session,
  [uri, line]: readonly unknown[],
): Promise<{ readonly uri: string } | null> {
  const workspace = workspaceOf(session, String(uri));
  if (!workspace || typeof line !== "string" || !/^\/[^\n\r]+\/$/.test(line)) return null;
  const path = ".gitignore";
  const file = fileAt(session, workspace, path);
  const { text } = file.lines;
  const separator = text === "" || text.endsWith("\n") ? "" : "\n";
  const edit = { at: { start: text.length, end: text.length }, text: `${separator}${line}\n` };
  const changes = { path, edits: [edit], ...(!file.exists && { creates: true }) };
  return (await makeEdits(session, workspace, { edits: [changes] }, () => file)) ? { uri: file.uri } : null;
}

/** [uri of the folder]: makes the folder's environment a kernel of Jupyter. */
export async function registerKernelCommand(
  session: Session,
  [uri]: readonly unknown[],
  token: CancellationToken,
): Promise<Registration["outcome"] | undefined> {
  if (!(await mayRunPrograms(session))) return undefined;
  const workspace = workspaceOf(session, String(uri));
  const environment = workspace?.environment;
  const { console, window } = session.connection;
  if (!workspace || !environment || environment.kind === "base" || environment.kind === "system") {
    window.showWarningMessage(
      l10n.t("This folder has no environment of its own. Create one first; no kernel was registered."),
    );
    return undefined;
  }
  // `.venv` says nothing in Jupyter's list of kernels.
  const name = environment.name.startsWith(".") ? basename(workspace.root) : environment.name;
  const names = { name: slugOf(name).toLowerCase(), title: l10n.t("Python ({0})", name) };
  const title = l10n.t("Registering a Jupyter kernel");
  const done = await withProgress(session, title, token, (signal, report) =>
    registerKernel(environment, names, workspace.root, {
      env: process.env,
      signal,
      onProgress: ({ message, percentage }) => report(message, percentage),
    }),
  );
  console.info(`${done.log}\n${done.message}`);
  await session.folders.refreshEnvironment(workspace);
  if (done.outcome === "failed") void tellWithLogs(session.connection, "error", done.message);
  else window.showInformationMessage(done.message);
  return done.outcome;
}
