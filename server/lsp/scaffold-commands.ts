import { dirname } from "node:path";
import * as l10n from "@vscode/l10n";
import { offeredKinds, scaffoldFor, trainingAt, trainingFiles, writeScaffold } from "../host/scaffold.ts";
import { posixPath, statsOf } from "../host/walk.ts";
import type { Workspace } from "../host/workspace.ts";
import { isScaffoldKind, type ScaffoldKind } from "../scaffolds/kinds.ts";
import { workspaceOf } from "./create-requirements-command.ts";
import type { Session } from "./session.ts";

/** What a training file tells, for a person who chooses among them. */
interface TrainingChoice {
  readonly uri: string;
  readonly path: string;
  /** The columns of the model; undefined where the code does not say. */
  readonly columns?: readonly string[] | undefined;
  /** Why its model cannot be served. */
  readonly refused?: string;
}

/** [uri of a training file, or of a folder]: the files whose model could be served, and the ways that are offered. */
export async function scaffoldChoices(
  session: Session,
  [uri]: readonly unknown[],
): Promise<{ readonly kinds: readonly ScaffoldKind[]; readonly trainings: readonly TrainingChoice[] } | undefined> {
  const workspace = workspaceOf(session, String(uri));
  if (!workspace) return undefined;
  await session.folders.settled();
  const paths = trainingsBelow(session, workspace, String(uri));
  if (paths.length === 0) {
    session.connection.window.showWarningMessage(
      l10n.t(
        "Nothing here fits a model and saves it with joblib or pickle, so there is nothing to serve; nothing was written.",
      ),
    );
  }
  const trainings = paths.map((path): TrainingChoice => {
    const found = trainingAt(workspace, path);
    const common = { uri: session.folders.uriOf(workspace, path), path };
    if ("refused" in found) return { ...common, refused: found.refused };
    return { ...common, columns: found.training.features?.map(({ column }) => column) };
  });
  return { kinds: offeredKinds(workspace), trainings };
}

function trainingsBelow(session: Session, workspace: Workspace, uri: string): readonly string[] {
  const path = session.folders.pathOf(uri) ?? workspace.root;
  const below = path === workspace.root ? "" : posixPath(workspace.root, path);
  if (below !== "" && !statsOf(path)?.isDirectory()) return [below];
  return trainingFiles(workspace).filter((each) => below === "" || each.startsWith(`${below}/`));
}

/** [uri of a training file, kind, columns?, folder?]: writes the files, all or none; answers with the one that explains them. */
export async function scaffoldCommand(
  session: Session,
  [uri, kind, features, folder]: readonly unknown[],
): Promise<
  { readonly readme: string; readonly files: readonly string[]; readonly notes: readonly string[] } | undefined
> {
  const workspace = workspaceOf(session, String(uri));
  if (!workspace || !isScaffoldKind(kind)) return undefined;
  await session.folders.settled();
  const made = scaffoldFor(workspace, {
    kind,
    training: session.folders.placeOf(String(uri))?.path ?? "",
    features: typeof features === "string" ? features : undefined,
    folder: typeof folder === "string" ? folder : undefined,
  });
  const { window } = session.connection;
  const refused = "refused" in made ? made : await writeScaffold(workspace.root, made);
  if (refused || "refused" in made) {
    window.showWarningMessage(l10n.t("Nothing was scaffolded: {0}.", refused?.refused ?? ""));
    return undefined;
  }
  const { files, notes, readme } = made;
  const place = dirname(readme);
  const told = l10n.t("Files written into {0}: {1}.", place, files.length);
  if (notes.length === 0) window.showInformationMessage(told);
  else window.showWarningMessage(`${told} ${l10n.t("Its README tells what to do before you use it.")}`);
  for (const note of notes) session.connection.console.info(note);
  return { readme: session.folders.uriOf(workspace, readme), files: files.map(({ path }) => path), notes };
}
