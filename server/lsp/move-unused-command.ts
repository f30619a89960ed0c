import { posix } from "node:path";
import * as l10n from "@vscode/l10n";
import { minimalEdit } from "../core/edit.ts";
import { lockName, withoutUnused } from "../host/move-unused.ts";
import { fileAt } from "./create-requirements-command.ts";
import { makeEdits } from "./edits.ts";
import { requirementsDocument } from "./requirements-document.ts";
import type { Session } from "./session.ts";

/** [uri of an open requirements file]: moves what the code does not use to requirements.lock beside it. */
export async function moveUnusedCommand(session: Session, [uri]: readonly unknown[]): Promise<unknown> {
  const { window } = session.connection;
  await session.folders.settled();
  const open = requirementsDocument(session, String(uri));
  const dependencies = open?.document.workspace.dependencies;
  if (!open || !dependencies) {
    window.showWarningMessage(l10n.t("The folder could not be read to its end, so nothing was moved. Try again."));
    return undefined;
  }
  const { document, file } = open;
  const { workspace } = document;
  const path = posix.join(posix.dirname(document.path), lockName);
  const lockFile = fileAt(session, workspace, path);
  const split = withoutUnused(file, lockFile.lines.text, workspace);
  if (!split) return undefined;
  if ("refused" in split) {
    window.showInformationMessage(l10n.t("The file was left as it is. {0}", split.refused));
    return undefined;
  }
  const lock = minimalEdit(lockFile.lines.text, split.lock);
  const edits = [
    ...(lock ? [{ path, edits: [lock], ...(!lockFile.exists && { creates: true }) }] : []),
    { path: document.path, edits: split.edits },
  ];
  const fileOf = (other: string) => (other === path ? lockFile : document);
  if (!(await makeEdits(session, workspace, { edits }, fileOf))) return undefined;
  const names = split.moved.map(({ name }) => name ?? "");
  window.showInformationMessage(l10n.t("Moved to {0}: {1}.", lockName, names.join(", ")));
  return { moved: names };
}
