import * as l10n from "@vscode/l10n";
import type { Connection } from "vscode-languageserver";

/**
 * Tells of something that went wrong, with a button that leads to the log. VS Code cuts a message without buttons off
 * after one line.
 */
export async function tellWithLogs(
  connection: Connection,
  severity: "error" | "warning",
  message: string,
): Promise<void> {
  const show = { title: l10n.t("Show Logs") };
  const { window } = connection;
  const answer = await (severity === "error"
    ? window.showErrorMessage(message, show)
    : window.showWarningMessage(message, show));
  if (answer?.title === show.title) await connection.sendNotification("groundwork/showLogs");
}
