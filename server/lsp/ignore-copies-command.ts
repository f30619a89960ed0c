import * as l10n from "@vscode/l10n";
import { suppressionEdit } from "../core/suppressions.ts";
import { Lines } from "../core/text.ts";
import { isNotebook } from "../languages.ts";
import { duplicateBlock } from "../rules/production/duplicate-block.ts";
import { toWorkspaceEdit } from "./convert.ts";
import { classAt } from "./copies.ts";
import type { Session } from "./session.ts";

/** [uri, line from 0]: writes the comment that silences the block at this line and all copies of it, not in a notebook. */
export async function ignoreCopiesCommand(session: Session, [uri, line]: readonly unknown[]): Promise<boolean> {
  const { documents, folders, connection } = session;
  const place = folders.placeOf(String(uri));
  const found = place && typeof line === "number" ? classAt(place, line)?.found : undefined;
  if (!place || !found) return false;
  const { workspace } = place;
  const here = found.copies.find((copy) => copy.path === place.path);
  const copy = here && !isNotebook(here.path) ? here : found.copies.find(({ path }) => !isNotebook(path));
  if (!copy) return false;
  const document = documents.at(workspace, copy.path);
  const lines = document?.lines ?? new Lines(workspace.textOf(copy.path) ?? "");
  const edit = suppressionEdit(lines, copy.range.start.line, duplicateBlock.name, "ignore-class");
  const file = { uri: folders.uriOf(workspace, copy.path), version: document?.version ?? null, lines };
  const edits = [{ path: copy.path, edits: [edit] }];
  const { applied } = await connection.workspace.applyEdit(toWorkspaceEdit({ edits }, () => file));
  if (!applied) {
    connection.window.showWarningMessage(
      l10n.t("The file was changed meanwhile, so it was left as it is. Run the command again."),
    );
  }
  return applied;
}
