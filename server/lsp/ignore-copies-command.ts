import * as l10n from "@vscode/l10n";
import type { Copy } from "../clones/clone-class.ts";
import { suppressionEdit } from "../core/suppressions.ts";
import { Lines } from "../core/text.ts";
import { isNotebook } from "../languages.ts";
import { cellsOf } from "../notebook/cells.ts";
import { duplicateBlock } from "../rules/production/duplicate-block.ts";
import { toWorkspaceEdit } from "./convert.ts";
import { classAt } from "./copies.ts";
import type { Session } from "./session.ts";

/**
 * [uri, line from 0, cell from 0]: writes the comment that silences the block at this line and all copies of it. Where
 * the place is in a notebook that is not open, at the first copy that can be edited; false when there is none.
 */
export async function ignoreCopiesCommand(session: Session, [uri, line, cell]: readonly unknown[]): Promise<boolean> {
  const { documents, folders, connection } = session;
  const place = documents.viewOf(String(uri))?.file ?? folders.placeOf(String(uri));
  if (!place || typeof line !== "number") return false;
  const { workspace } = place;
  const cells = typeof cell === "number" ? cellsOf(workspace.textOf(place.path) ?? "") : [];
  const at = classAt(place, line + (cells[Number(cell)]?.line ?? 0));
  const isEditable = ({ path }: Copy) => !isNotebook(path) || documents.at(workspace, path) !== undefined;
  const copy = at && [at.copy, ...at.found.copies].find(isEditable);
  if (!copy) return false;
  const file = documents.at(workspace, copy.path) ?? {
    uri: folders.uriOf(workspace, copy.path),
    version: null,
    lines: new Lines(workspace.textOf(copy.path) ?? ""),
  };
  const edit = suppressionEdit(file.lines, copy.range.start.line, duplicateBlock.name, "ignore-class");
  const edits = [{ path: copy.path, edits: [edit] }];
  const { applied } = await connection.workspace.applyEdit(toWorkspaceEdit({ edits }, () => file));
  if (!applied) {
    connection.window.showWarningMessage(
      l10n.t("The file was changed meanwhile, so it was left as it is. Run the command again."),
    );
  }
  return applied;
}
