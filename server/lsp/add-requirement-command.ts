import * as l10n from "@vscode/l10n";
import { usesUv } from "../host/uses-uv.ts";
import { pinFile } from "../pins/pin-file.ts";
import { additionEdit } from "../requirements/addition.ts";
import { readRequirements } from "../requirements/reader.ts";
import { toWorkspaceEdit } from "./convert.ts";
import { fileAt, workspaceOf } from "./create-requirements-command.ts";
import type { Session } from "./session.ts";

/** [uri of a file of the folder, distribution]: adds it to requirements.txt, pinned to what is installed. */
export async function addRequirementCommand(session: Session, [uri, name]: readonly unknown[]): Promise<unknown> {
  const { window } = session.connection;
  const workspace = workspaceOf(session, String(uri));
  if (!workspace || typeof name !== "string" || !/^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?$/.test(name)) return undefined;
  const { environment, root } = workspace;
  const path = "requirements.txt";
  const file = fileAt(session, workspace, path);
  const request = { path, text: name, folder: root, environment, network: false, usesUv: usesUv(root) };
  const requirement = (await pinFile(request)).text;
  using requirements = readRequirements(path, file.lines.text);
  const edit = additionEdit(requirements, requirement);
  if (!edit || "refused" in edit) {
    const reason = edit?.refused ?? l10n.t("`{0}` stands in requirements.txt already.", name);
    window.showInformationMessage(reason);
    return undefined;
  }
  const changes = { path, edits: [edit], ...(!file.exists && { creates: true }) };
  const answer = await session.connection.workspace.applyEdit(toWorkspaceEdit({ edits: [changes] }, () => file));
  if (!answer.applied) {
    window.showWarningMessage(
      l10n.t("The file was changed meanwhile, so it was left as it is. Run the command again."),
    );
    return undefined;
  }
  return { uri: file.uri, requirement };
}
