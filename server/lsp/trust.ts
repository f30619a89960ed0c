import * as l10n from "@vscode/l10n";
import type { Session } from "./session.ts";

/** May a program be started? Where the folder is not trusted the person is told why none is. */
export function mayRunPrograms({ connection, folders }: Session): boolean {
  if (folders.isTrusted) return true;
  connection.window.showWarningMessage(
    l10n.t("This folder is not trusted, so no program is run in it. Trust it first; nothing was changed."),
  );
  return false;
}
