import * as l10n from "@vscode/l10n";
import { normalizedName } from "../project/project.ts";
import { thirdPartyWithoutDeclaration } from "../project/undeclared.ts";
import { inRequirements, newDeclaration } from "../requirements/new-declaration.ts";
import { fileAt, workspaceOf } from "./create-requirements-command.ts";
import { makeEdits } from "./edits.ts";
import type { Session } from "./session.ts";

/** A module that a file imports and nothing declares, and what may be declared for it. */
interface UndeclaredChoice {
  readonly module: string;
  /** Names of distributions, the likeliest first. */
  readonly distributions: readonly string[];
  /** Nobody knows what the module comes from: the only distribution is a guess by the name. */
  readonly isGuess: boolean;
  /** It stands on the line that was asked for. */
  readonly isHere: boolean;
}

/** [uri of a Python file or a notebook's cell, line from 0]: what it imports and nothing declares, in order. */
export async function undeclaredImportsCommand(
  session: Session,
  [uri, line]: readonly unknown[],
): Promise<readonly UndeclaredChoice[] | undefined> {
  await session.folders.settled();
  const view = session.documents.viewOf(String(uri));
  const dependencies = view?.file.workspace.dependencies;
  if (!view || !dependencies) return undefined;
  const { lines, path } = view.file;
  const here = typeof line === "number" ? lines.lineAt(view.spanOf(lineRange(line)).start) : -1;
  return thirdPartyWithoutDeclaration(path, dependencies).map(({ module, at }) => ({
    module,
    distributions: dependencies.proposalsFor(module),
    isGuess: !dependencies.isKnown(module),
    isHere: at.includes(here),
  }));
}

function lineRange(line: number) {
  return { start: { line, column: 0 }, end: { line, column: 0 } };
}

/** [uri of a file of the folder, distribution]: declares it where the project does, pinned to what is installed. */
export async function addRequirementCommand(session: Session, [uri, name]: readonly unknown[]): Promise<unknown> {
  const { window } = session.connection;
  const workspace = workspaceOf(session, String(uri));
  if (!workspace || typeof name !== "string" || !/^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?$/.test(name)) return undefined;
  const path = session.folders.placeOf(String(uri))?.path ?? "";
  const wanted = normalizedName(name);
  const { project, dependencies } = workspace;
  const added = dependencies?.declaresToRun(wanted)
    ? undefined
    : (newDeclaration(wanted, path, project) ?? inRequirements(wanted, "requirements.txt", project));
  if (!added?.edit) {
    window.showInformationMessage(added?.refused ?? l10n.t("`{0}` is declared already.", name));
    return undefined;
  }
  const { target, requirement, edit } = added;
  const file = fileAt(session, workspace, target);
  const changes = { path: target, edits: [edit], ...(!file.exists && { creates: true }) };
  if (!(await makeEdits(session, workspace, { edits: [changes] }, () => file))) return undefined;
  window.showInformationMessage(l10n.t("Added `{0}` to {1}.", requirement, target));
  return { uri: file.uri, requirement };
}
