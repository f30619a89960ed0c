import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as l10n from "@vscode/l10n";
import { reasonOf } from "../host/walk.ts";
import { assertWithin } from "../host/within.ts";
import { writeAsUtf8 } from "../host/write.ts";
import { decodeRequirements } from "../requirements/decode.ts";
import type { Session } from "./session.ts";

/**
 * Stores a requirements file anew as UTF-8. Only the disk holds its bytes, so a document with unsaved changes is left
 * alone: the editor would write it back in its old encoding.
 */
export async function saveAsUtf8(session: Session, [uri]: readonly unknown[]): Promise<unknown> {
  const { window } = session.connection;
  const place = session.folders.placeOf(String(uri));
  if (!place) return undefined;
  const name = basename(place.path);
  const full = join(place.workspace.root, place.path);
  const document = session.documents.at(place.workspace, place.path);
  try {
    assertWithin(place.workspace.root, place.path);
    const bytes = readFileSync(full);
    const decoded = decodeRequirements(bytes);
    if ("error" in decoded) throw new Error(decoded.error);
    if (document && !isSame(document.text, decoded.text)) {
      window.showWarningMessage(
        l10n.t("{0} has unsaved changes and was left as it is. Save it, then save as UTF-8 again", name),
      );
      return undefined;
    }
    await writeAsUtf8(full, decoded.text, bytes);
  } catch (error) {
    window.showErrorMessage(l10n.t("{0} was left as it is: {1}", name, reasonOf(error)));
    return undefined;
  }
  session.diagnostics.around(place, () => place.workspace.refresh(place.path));
  session.folders.changed(place.workspace);
  window.showInformationMessage(l10n.t("{0} was saved as UTF-8", name));
  return { saved: true };
}

/** Editors keep one kind of line end in a document. */
function isSame(left: string, right: string): boolean {
  const lines = (text: string) => text.replace(/\r\n?/g, "\n");
  return lines(left) === lines(right);
}
