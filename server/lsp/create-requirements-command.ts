import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import type { CancellationToken } from "vscode-languageserver";
import { minimalEdit } from "../core/edit.ts";
import { Lines } from "../core/text.ts";
import { type CreatedRequirements, createRequirements } from "../host/create-requirements.ts";
import type { Workspace } from "../host/workspace.ts";
import type { EditedFile } from "./convert.ts";
import { makeEdits } from "./edits.ts";
import { agreesWithEnvironment, mayAsk } from "./pin-commands.ts";
import { withProgress } from "./progress.ts";
import type { Session } from "./session.ts";

const name = "requirements.txt";

/** Writes what a folder's code imports to its requirements.txt; one that exists is replaced only after a question. */
export async function createRequirementsCommand(
  session: Session,
  [uri]: readonly unknown[],
  token: CancellationToken,
): Promise<unknown> {
  const workspace = workspaceOf(session, String(uri));
  if (!workspace || (workspace.environment && !(await agreesWithEnvironment(session, workspace)))) return undefined;
  await session.folders.settled();
  const file = fileAt(session, workspace, name);
  if (file.exists && !(await agreesToReplace(session))) return undefined;
  const created = await create(session, workspace, token);
  if (!created || created.count === 0) {
    session.connection.window.showInformationMessage(nothingMessage(created));
    return undefined;
  }
  const edit = minimalEdit(file.lines.text, created.text);
  const changes = { path: name, edits: edit ? [edit] : [], ...(!file.exists && { creates: true }) };
  if (!(await makeEdits(session, workspace, { edits: [changes] }, () => file))) return undefined;
  tell(session, created);
  show(session, file.uri);
  const { count, unknown, left } = created;
  return { uri: file.uri, requirements: count, left: left.map((each) => each.name), unknown };
}

/** The folder itself, or that of a file in it. */
export function workspaceOf({ folders }: Session, uri: string): Workspace | undefined {
  const path = folders.pathOf(uri);
  return folders.workspaces.find(({ root }) => root === path) ?? folders.placeOf(uri)?.workspace;
}

/** A file of the folder as the editor, else the disk, has it; empty where there is none. */
export function fileAt(
  { documents, folders }: Session,
  workspace: Workspace,
  name: string,
): EditedFile & { readonly exists: boolean } {
  const open = documents.at(workspace, name);
  if (open) return { uri: open.uri, version: open.version, lines: open.lines, exists: true };
  const path = join(workspace.root, name);
  const exists = existsSync(path);
  const lines = new Lines(exists ? readFileSync(path, "utf8") : "");
  return { uri: folders.uriOf(workspace, name), version: null, lines, exists };
}

async function agreesToReplace({ connection }: Session): Promise<boolean> {
  const replace = { title: l10n.t("Replace It") };
  const answer = await connection.window.showWarningMessage(
    l10n.t("There is a requirements.txt already. Replace it by what the code imports?"),
    replace,
  );
  return answer?.title === replace.title;
}

/** What is not installed is asked of the index where the setting or the person allows it. */
async function create(
  session: Session,
  workspace: Workspace,
  token: CancellationToken,
): Promise<CreatedRequirements | undefined> {
  const created = await createRequirements(workspace, { network: false });
  const absent = created?.left.filter(({ code }) => code === "absent") ?? [];
  if (absent.length === 0 || !workspace.environment || !(await mayAsk(session, workspace, absent))) return created;
  const title = l10n.t("Looking up versions");
  return withProgress(session, title, token, (signal, onProgress) =>
    createRequirements(workspace, { network: true, signal, onProgress }),
  );
}

/** Not awaited, and not every editor can do it: then the person opens the file. */
function show({ connection: { window, console } }: Session, uri: string): void {
  window.showDocument({ uri, takeFocus: true }).catch((error: unknown) => console.debug(String(error)));
}

function nothingMessage(created: CreatedRequirements | undefined): string {
  if (!created) return l10n.t("The folder could not be read to its end, so nothing was created. Try again.");
  if (created.unknown.length === 0) {
    return l10n.t("The code imports nothing from outside the project, so nothing was created.");
  }
  return l10n.t(
    "Nobody knows what these imports come from, so nothing was created: {0}. Install them and try again.",
    created.unknown.join(", "),
  );
}

function tell({ connection: { window, console } }: Session, { count, left, unknown, warnings }: CreatedRequirements) {
  for (const warning of warnings) window.showWarningMessage(warning);
  for (const { name: each, reason } of left) console.info(`${each}: ${reason}`);
  const parts = [l10n.t("Requirements written: {0}.", count)];
  if (left.length > 0) parts.push(l10n.t("Without a version: {0}.", left.map((each) => each.name).join(", ")));
  if (unknown.length > 0) {
    parts.push(l10n.t("Add by hand what these imports come from: {0}.", unknown.join(", ")));
  }
  if (parts.length === 1) window.showInformationMessage(parts.join(" "));
  else window.showWarningMessage(parts.join(" "));
}
