import { existsSync } from "node:fs";
import { mkdir, rm, rmdir } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import * as l10n from "@vscode/l10n";
import { isTestPath } from "../clones/test-path.ts";
import { normalizedName } from "../project/project.ts";
import { PythonModule } from "../python/module.ts";
import { type Feature, featuresFrom } from "../scaffolds/features.ts";
import { type ScaffoldKind, scaffoldKinds, usualFolders } from "../scaffolds/kinds.ts";
import type { Scaffold } from "../scaffolds/scaffold.ts";
import { scaffolds } from "../scaffolds/scaffolds.ts";
import { tableOf } from "../scaffolds/table.ts";
import { type Training, trainingIn } from "../scaffolds/training.ts";
import { firstRows } from "./first-rows.ts";
import { knownDistributions } from "./known-distributions.ts";
import { replaceFile } from "./replace.ts";
import { reasonOf } from "./walk.ts";
import { leadsOut, leadsOutReason } from "./within.ts";
import type { Workspace } from "./workspace.ts";

export interface ScaffoldRequest {
  readonly kind: ScaffoldKind;
  /** The training script or notebook (POSIX, relative to the root). */
  readonly training: string;
  /** What a person says of the columns (`age:integer,plan:text?`); undefined to take what the code says. */
  readonly features?: string | undefined;
  /** The name of the new folder. */
  readonly folder?: string | undefined;
}

interface Refusal {
  readonly refused: string;
}

/** A training with the folder that it is run from, as far as the files that it names tell. */
export interface PlacedTraining {
  readonly training: Training;
  /** POSIX, relative to the root; empty for it. */
  readonly base: string;
}

/** The scripts and notebooks that fit a model and save it, ordered by path. */
export function trainingFiles(workspace: Workspace): readonly string[] {
  const { project } = workspace;
  return workspace.paths.filter((path) => {
    const terms = project.learningIn(path)?.terms;
    return terms?.has("fit") && (terms.has("dump") || terms.has("save_model")) && !isTestPath(path);
  });
}

/** The ways that are offered: those of a library where the project has it. */
export function offeredKinds({ project: { dependencies } }: Workspace): readonly ScaffoldKind[] {
  const hasLibrary = (kind: ScaffoldKind) =>
    dependencies !== undefined && (dependencies.isDeclared(kind) || dependencies.importersOf(kind).length > 0);
  return scaffoldKinds.filter((kind) => (kind === "mlflow" || kind === "bentoml" ? hasLibrary(kind) : true));
}

/** What a file trains, or why that cannot be served. */
export function trainingAt(workspace: Workspace, path: string): PlacedTraining | Refusal {
  const text = workspace.textOf(path);
  if (text === undefined || workspace.languageOf(path)?.grammar !== "python") {
    return { refused: l10n.t("{0} is no Python file or notebook of this project", path) };
  }
  using module = new PythonModule(path, text);
  const folders = foldersFrom(path);
  let base: string | undefined;
  const training = trainingIn(module, (data, format) => {
    const folder = folders.find((each) => existsSync(join(workspace.root, each, data)));
    if (folder === undefined || !/\.(?:csv|tsv|txt|data)$/i.test(data)) return undefined;
    if (posix.normalize(posix.join(folder, data)).startsWith("../")) return undefined;
    base ??= folder;
    return tableOf(firstRows(join(workspace.root, folder, data), format.separator), format.names);
  });
  if (!training) return { refused: l10n.t("{0} does not fit a model and save it with joblib or pickle", path) };
  if ("refused" in training) return { refused: l10n.t("{0}: {1}", path, training.refused) };
  const { model } = training;
  const holder = model === undefined ? undefined : [model, dirname(model)].find((each) => each !== ".");
  base ??= holder === undefined ? undefined : folders.find((each) => existsSync(join(workspace.root, each, holder)));
  return { training, base: base ?? folders[0] ?? "" };
}

/** The files of a scaffold, or why there are none. Nothing is written, run or installed. */
export function scaffoldFor(workspace: Workspace, request: ScaffoldRequest): Scaffold | Refusal {
  const placed = trainingAt(workspace, request.training);
  if ("refused" in placed) return placed;
  const { training, base } = placed;
  const features = request.features === undefined ? training.features : featuresFrom(request.features);
  if (!features) {
    return { refused: l10n.t("{0} does not say by its text which columns the model is fitted on", training.path) };
  }
  if ("wrong" in features) {
    return { refused: l10n.t("`{0}` is no column: write `age:integer, plan:text, fee:number?`", features.wrong) };
  }
  const folder = request.folder ?? usualFolders[request.kind];
  if (!/^[A-Za-z_]\w*$/.test(folder)) {
    return { refused: l10n.t("`{0}` cannot be the name of a package of Python", folder) };
  }
  if (request.kind === "mlflow" && training.isSeries) {
    return { refused: l10n.t("the model takes one column of texts, which MLflow's server cannot hand to it") };
  }
  return scaffolds[request.kind]({ ...servedFrom(workspace, training, features, base), folder });
}

function servedFrom(workspace: Workspace, training: Training, features: readonly Feature[], base: string) {
  // What lies in base or in the system's Python is every project's, and tells nothing of this one.
  const { kind } = workspace.environment ?? {};
  const environment = kind === "base" || kind === "system" ? undefined : workspace.environment;
  const known = knownDistributions(workspace, "", environment);
  const [major = "", minor = ""] = (environment?.version ?? "").split(".");
  const isFit = major === "3" && Number(minor) >= 10;
  return {
    training,
    features,
    base,
    modelPath: training.model ?? "model.joblib",
    isModelAssumed: training.model === undefined,
    ownCode: ownCodeOf(workspace, training.path, base),
    python: isFit ? `3.${minor}` : "3.12",
    versionOf: (distribution: string) => known.get(normalizedName(distribution))?.version,
  };
}

/** Writes all files or none; says which stand in the way. */
export async function writeScaffold(root: string, { files }: Scaffold): Promise<Refusal | undefined> {
  const folder = dirname(files[0]?.path ?? "");
  const inTheWay = [`${folder}.py`, ...files.map(({ path }) => path)].filter((path) => existsSync(join(root, path)));
  if (inTheWay.length > 0) {
    return {
      refused: l10n.t("there is something already, and everything was left as it was: {0}", inTheWay.join(", ")),
    };
  }
  const outside = files.find(({ path }) => leadsOut(root, path));
  if (outside) return { refused: leadsOutReason(outside.path) };
  const made: string[] = [];
  const written: string[] = [];
  try {
    for (const { path, text } of files) {
      const target = join(root, path);
      const first = await mkdir(dirname(target), { recursive: true });
      if (first !== undefined) made.push(...foldersBetween(first, dirname(target)));
      await replaceFile(target, text);
      written.push(target);
    }
    return undefined;
  } catch (error) {
    for (const path of written) await rm(path, { force: true });
    for (const path of made.reverse()) await rmdir(path).catch(() => undefined);
    return { refused: l10n.t("nothing was written: {0}", reasonOf(error)) };
  }
}

function foldersBetween(first: string, last: string): string[] {
  return last === first || !last.startsWith(first) ? [first] : [...foldersBetween(first, dirname(last)), last];
}

/** The folder of a file and those above it, up to the root. */
function foldersFrom(path: string): readonly string[] {
  const parts = path.split("/").slice(0, -1);
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join("/")), ""];
}

/** Modules and packages beside the training that it imports. */
function ownCodeOf(workspace: Workspace, path: string, base: string): readonly string[] {
  const imports = workspace.project.dependencies?.importsIn(path) ?? [];
  const found = imports.flatMap(({ module }) => {
    const place = base === "" ? module : `${base}/${module}`;
    if (workspace.project.isFile(`${place}.py`)) return [`${module}.py`];
    return workspace.sources.some((each) => each.startsWith(`${place}/`)) ? [module] : [];
  });
  return [...new Set(found)].sort();
}
