import * as l10n from "@vscode/l10n";
import { CancellationToken } from "vscode-languageserver";
import type { Workspace } from "../host/workspace.ts";
import { createEnvironmentCommand } from "./environment-commands.ts";
import type { Session } from "./session.ts";

/** What is said where a folder has no environment of its own, and the button that uses the shared one. */
export interface Words {
  readonly none: string;
  readonly shared: string;
  readonly anyway: string;
}

/**
 * May a command go on with the folder's environment? One that all projects share is asked about first; in its place,
 * and where there is none, an environment of the project's own is offered.
 */
export async function mayUseEnvironment(session: Session, workspace: Workspace, words: Words): Promise<boolean> {
  const { environment } = workspace;
  if (environment && environment.kind !== "base" && environment.kind !== "system") return true;
  const { window } = session.connection;
  const create = { title: l10n.t("Create an Environment") };
  if (!environment) {
    // Not awaited: the command is over, and the person may leave the message standing.
    void window.showWarningMessage(words.none, create).then((answer) => {
      if (answer) return offerCreation(session, workspace);
    });
    return false;
  }
  const anyway = { title: words.anyway };
  const answer = await window.showWarningMessage(words.shared, create, anyway);
  if (answer?.title === create.title) void offerCreation(session, workspace);
  return answer?.title === anyway.title;
}

/** An editor that can ask how the environment should be does so; for another one it is made as the project says. */
async function offerCreation(session: Session, workspace: Workspace): Promise<void> {
  const uri = session.folders.uriOf(workspace, "");
  if (session.editor.createsEnvironments) {
    await session.connection.sendNotification("groundwork/createEnvironment", { uri });
  } else await createEnvironmentCommand(session, [uri], CancellationToken.None);
}
