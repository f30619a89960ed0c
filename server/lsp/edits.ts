import * as l10n from "@vscode/l10n";
import type { Fix } from "../core/rule.ts";
import { leadsOut, leadsOutReason } from "../host/within.ts";
import type { Workspace } from "../host/workspace.ts";
import { type EditedFile, toWorkspaceEdit } from "./convert.ts";
import { editedFile } from "./edited-file.ts";
import type { Session } from "./session.ts";

type Edited = Pick<Fix, "edits" | "preview">;

/**
 * Has the editor make edits of a workspace's files. False where it makes none, which the person is told: a document has
 * changed since, or a file leads out of the folder.
 */
export async function makeEdits(
  session: Session,
  workspace: Workspace,
  fix: Edited,
  fileOf: (path: string) => EditedFile = (path) => editedFile(session, { workspace, path }),
): Promise<boolean> {
  const { window, workspace: editor } = session.connection;
  const outside = outsideOf(session, workspace, fix);
  if (outside !== undefined) {
    window.showWarningMessage(l10n.t("Nothing was changed: {0}", leadsOutReason(outside)));
    return false;
  }
  const { applied } = await editor.applyEdit(toWorkspaceEdit(fix, fileOf));
  if (!applied) {
    window.showWarningMessage(
      l10n.t("The file was changed meanwhile, so it was left as it is. Run the command again."),
    );
  }
  return applied;
}

/** The first path of an edit that leads out of the folder; what is open is seen, and saved by the person. */
export function outsideOf({ documents }: Session, workspace: Workspace, { edits }: Edited): string | undefined {
  return edits.map(({ path }) => path).find((path) => !documents.at(workspace, path) && leadsOut(workspace.root, path));
}
