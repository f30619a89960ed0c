import { existsSync } from "node:fs";
import { join } from "node:path";
import { minimalEdit } from "../core/edit.ts";
import type { Stage } from "../core/rule.ts";
import { Lines } from "../core/text.ts";
import { configurationFileOf, ruffFileOf } from "../host/project-root.ts";
import { posixPath, statsOf } from "../host/walk.ts";
import type { Workspace } from "../host/workspace.ts";
import type { ConfigurationFile } from "../project/configuration-file.ts";
import { type Marked, markedStage, stageOfMarked } from "../project/mark-stage.ts";
import { withRuffRules } from "../project/ruff-rules.ts";
import { suggestedStages } from "../project/suggested-stages.ts";
import type { TomlResult } from "../project/toml-list.ts";
import { workspaceOf } from "./create-requirements-command.ts";
import { makeEdits } from "./edits.ts";
import type { Session } from "./session.ts";

const stages: readonly Stage[] = ["production", "undecided", "experimental"];

/** Writes a folder's or file's stage into the configuration; answers with that file's URI, for the client to save. */
export async function markStageCommand(session: Session, [uri, asked]: readonly unknown[]): Promise<unknown> {
  const stage = stages.find((each) => each === asked);
  const marked = markedAt(session, String(uri));
  if (!stage || !marked) return undefined;
  const { workspace } = marked;
  const file = configurationFileOf(workspace.root);
  const result = markedStage(file, marked, stage);
  return writeConfiguration(session, workspace, file, result);
}

/** Switches ruff's rules on for the production folders; answers as {@link markStageCommand} does. */
export async function enableRuffCommand(session: Session, [uri]: readonly unknown[]): Promise<unknown> {
  const workspace = workspaceOf(session, String(uri));
  if (!workspace) return undefined;
  const file = ruffFileOf(workspace.root);
  return writeConfiguration(session, workspace, file, withRuffRules(file, workspace.settings));
}

/** Edits a configuration file as the editor has it; a refusal is told. */
async function writeConfiguration(
  session: Session,
  workspace: Workspace,
  file: ConfigurationFile,
  result: TomlResult,
): Promise<{ readonly uri: string } | undefined> {
  if ("refused" in result) {
    session.connection.window.showWarningMessage(result.refused);
    return undefined;
  }
  const edit = minimalEdit(file.text, result.text);
  const creates = !existsSync(join(workspace.root, file.name));
  const target = session.folders.uriOf(workspace, file.name);
  if (!edit) return { uri: target };
  const changes = { path: file.name, edits: [edit], ...(creates && { creates }) };
  const lines = new Lines(file.text);
  const edited = { uri: target, version: null, lines };
  return (await makeEdits(session, workspace, { edits: [changes] }, () => edited)) ? { uri: target } : undefined;
}

/** Suggestions of what is undecided, each with the URI of its folder; the person decides. */
export async function suggestStagesCommand(session: Session, [uri]: readonly unknown[]): Promise<unknown> {
  const workspace = workspaceOf(session, String(uri));
  if (!workspace) return undefined;
  await session.folders.settled();
  return suggestedStages(workspace.sources, workspace.settings).map((each) => ({
    ...each,
    uri: session.folders.uriOf(workspace, each.folder),
  }));
}

/** The stage of each file or folder, as the editor shows it; undefined outside of every folder. */
export function stagesOf(session: Session, uris: readonly string[]): (Stage | undefined)[] {
  return uris.map((uri) => {
    const marked = markedAt(session, uri);
    return marked && stageOfMarked(marked, marked.workspace.settings);
  });
}

/** The file or folder that a URI names, in its workspace folder. */
export function markedAt({ folders }: Session, uri: string): (Marked & { readonly workspace: Workspace }) | undefined {
  const path = folders.pathOf(uri);
  if (path === undefined) return undefined;
  const isFolder = statsOf(path)?.isDirectory() === true;
  for (const workspace of folders.declared) {
    const below = posixPath(workspace.root, path);
    if (!below.startsWith("../") && below !== "..") return { path: below, isFolder, workspace };
  }
  return undefined;
}
