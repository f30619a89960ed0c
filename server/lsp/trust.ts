import * as l10n from "@vscode/l10n";
import type { Session } from "./session.ts";

/** May a program be started? Where the folder is not trusted the person is told why none is. */
export async function mayRunPrograms({
  connection,
  folders,
}: Pick<Session, "connection" | "folders">): Promise<boolean> {
  // A command may come before the editor has said what it trusts: who asks for that is waited for.
  if (!folders.isTrusted) await folders.settled();
  if (folders.isTrusted) return true;
  connection.window.showWarningMessage(
    l10n.t("This folder is not trusted, so no program is run in it. Trust it first; nothing was changed."),
  );
  return false;
}
