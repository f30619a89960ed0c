import { existsSync } from "node:fs";
import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import type { CancellationToken } from "vscode-languageserver";
import { findCondaTools } from "../environments/conda-tools.ts";
import type { Installation } from "../environments/install.ts";
import { updateEnvironment } from "../environments/update.ts";
import { mayUseEnvironment } from "./own-environment.ts";
import { withProgress } from "./progress.ts";
import type { Session } from "./session.ts";
import { tellWithLogs } from "./tell.ts";
import { mayRunPrograms } from "./trust.ts";

/** [uri of a conda environment file]: brings the folder's conda environment to what the file says. */
export async function updateEnvironmentCommand(
  session: Session,
  [uri]: readonly unknown[],
  token: CancellationToken,
): Promise<Pick<Installation, "outcome" | "changed"> | undefined> {
  if (!(await mayRunPrograms(session))) return undefined;
  const { connection, folders } = session;
  const place = folders.placeOf(String(uri));
  if (!place || !existsSync(join(place.workspace.root, place.path))) return undefined;
  const { workspace, path } = place;
  const { environment } = workspace;
  const words = {
    none: l10n.t("This folder has no Python environment. Create one first; nothing was updated."),
    shared: l10n.t("{0} is shared by all projects: what is changed there can break others.", environment?.prefix ?? ""),
    anyway: l10n.t("Update Anyway"),
  };
  if (!(await mayUseEnvironment(session, workspace, words)) || !environment) return undefined;
  const [tool] = await findCondaTools(process.env);
  if (!tool || (environment.kind !== "conda" && environment.kind !== "base")) {
    connection.window.showWarningMessage(
      tool
        ? l10n.t("{0} was not made by conda, which reads {1}. Nothing was updated.", environment.name, path)
        : l10n.t("Conda was not found, nor mamba or micromamba. Nothing was updated."),
    );
    return undefined;
  }
  const request = { environment, tool, file: path, folder: workspace.root };
  const done = await withProgress(session, l10n.t("Updating the environment"), token, (signal, report) =>
    updateEnvironment(request, {
      env: process.env,
      signal,
      onProgress: ({ message, percentage }) => report(message, percentage),
    }),
  );
  connection.console.info(`${done.log}\n${done.message}`);
  await folders.refreshEnvironments();
  if (done.outcome === "failed") void tellWithLogs(connection, "error", done.message);
  else connection.window.showInformationMessage(done.message);
  return { outcome: done.outcome, changed: done.changed };
}
