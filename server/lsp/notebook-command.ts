import * as l10n from "@vscode/l10n";
import { moduleOfNotebook, writeModuleOfNotebook } from "../host/notebook-to-module.ts";
import { reasonOf } from "../host/walk.ts";
import { isNotebook } from "../languages.ts";
import { fileAt } from "./create-requirements-command.ts";
import { makeEdits } from "./edits.ts";
import type { Session } from "./session.ts";

/**
 * [uri of a notebook]: makes a module of what it computes; answers with the module's URI. An open notebook is edited
 * in the editor, cell by cell; one that is not is written where it lies.
 */
export async function notebookToModuleCommand(session: Session, [uri]: readonly unknown[]): Promise<unknown> {
  const { window } = session.connection;
  await session.folders.settled();
  const place = session.folders.placeOf(String(uri));
  if (!place || !isNotebook(place.path)) return undefined;
  const { workspace, path } = place;
  const open = session.documents.notebooks.at(workspace, path);
  const joined = open?.text ?? workspace.textOf(path);
  if (joined === undefined) return undefined;
  const result = moduleOfNotebook(workspace, path, joined);
  if (!result.applied) {
    window.showWarningMessage(l10n.t("The notebook was left as it is. {0}.", result.reason));
    return undefined;
  }
  try {
    if (!open) await writeModuleOfNotebook(workspace, joined, result);
    else {
      const module = fileAt(session, workspace, result.module);
      const isMade = await makeEdits(session, workspace, result, (other) => (other === path ? open : module));
      if (!isMade) return undefined;
    }
  } catch (error) {
    window.showWarningMessage(l10n.t("The notebook was left as it is. {0}.", reasonOf(error)));
    return undefined;
  }
  window.showInformationMessage(
    l10n.t("{0} holds the steps of the notebook now: {1}.", result.module, [...result.functions].join(", ")),
  );
  return { module: session.folders.uriOf(workspace, result.module), functions: result.functions };
}
