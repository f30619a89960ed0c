import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import type { CancellationToken } from "vscode-languageserver";
import { type Installation, installInto } from "../environments/install.ts";
import type { PythonEnvironment } from "../project/project.ts";
import { decodeRequirements } from "../requirements/decode.ts";
import type { Place } from "./folders.ts";
import { mayUseEnvironment, type Words } from "./own-environment.ts";
import { withProgress } from "./progress.ts";
import type { Session } from "./session.ts";
import { mayRunPrograms } from "./trust.ts";

/** Installs a requirements file into the folder's environment; asks before a shared one is changed. */
export async function installRequirementsCommand(
  session: Session,
  [uri]: readonly unknown[],
  token: CancellationToken,
): Promise<Pick<Installation, "outcome" | "changed"> | undefined> {
  if (!(await mayRunPrograms(session))) return undefined;
  const place = session.folders.placeOf(String(uri));
  const refusal = place ? refusalOf(session, place) : l10n.t("Only files on the disk can be installed.");
  if (!place || refusal !== undefined) {
    session.connection.window.showWarningMessage(refusal ?? "");
    return undefined;
  }
  const { environment } = place.workspace;
  if (!(await mayUseEnvironment(session, place.workspace, wordsFor(environment))) || !environment) return undefined;
  const request = { environment, requirements: [place.path], folder: place.workspace.root };
  const title = l10n.t("Installing the requirements");
  const done = await withProgress(session, title, token, (signal, report) =>
    installInto(request, {
      env: process.env,
      signal,
      onProgress: ({ message, percentage }) => report(message, percentage),
    }),
  );
  session.connection.console.info(`${done.log}\n${done.message}`);
  await session.folders.refreshEnvironments();
  tell(session, done);
  return { outcome: done.outcome, changed: done.changed };
}

function wordsFor(environment: PythonEnvironment | undefined): Words {
  return {
    none: l10n.t("This folder has no Python environment. Create one first; nothing was installed."),
    shared: l10n.t(
      "{0} is shared by all projects: what is installed there can break others.",
      environment?.prefix ?? "",
    ),
    anyway: l10n.t("Install Anyway"),
  };
}

/** pip reads the disk: what is only in the editor would be missing. */
function refusalOf({ documents }: Session, { workspace, path }: Place): string | undefined {
  const file = join(workspace.root, path);
  if (!existsSync(file)) return l10n.t("{0} is not there, so nothing was installed.", path);
  const open = documents.at(workspace, path);
  if (!open) return undefined;
  const decoded = decodeRequirements(readFileSync(file));
  const isSaved = "text" in decoded && decoded.text.replace(/\r\n?/g, "\n") === open.text.replace(/\r\n?/g, "\n");
  return isSaved
    ? undefined
    : l10n.t("{0} has changes that are not saved. Save it first; nothing was installed.", path);
}

function tell({ connection: { window } }: Session, { outcome, message }: Installation): void {
  if (outcome === "failed") window.showErrorMessage(message);
  else if (outcome === "cancelled") window.showWarningMessage(message);
  else window.showInformationMessage(message);
}
