import { basename, isAbsolute, join, relative } from "node:path";
import * as l10n from "@vscode/l10n";
import type { PythonEnvironment } from "../project/project.ts";
import type { CondaToolName } from "./conda-tools.ts";
import { usualFolders } from "./find.ts";
import { missingIgnoreLine } from "./git-ignore.ts";
import { isFile, isFolder, kindOf, namesIn, onWindows, pythonOf, type Variables, venvSettingsOf } from "./layout.ts";
import { sitePackagesOf } from "./site-packages.ts";

/** What is wrong with a project's environment, in plain words, and the commands that mend it; none where a person must choose. */
export interface Ailment {
  readonly code:
    | "no-environment"
    | "shared"
    | "no-python"
    | "broken"
    | "other-python"
    | "no-pip"
    | "half-removed"
    | "not-activated"
    | "not-ignored"
    | "no-jupyter"
    | "drift";
  readonly message: string;
  readonly commands: readonly string[];
}

export interface Patient {
  /** Absolute path of the project's folder. */
  readonly folder: string;
  readonly environment: PythonEnvironment | undefined;
  /** The Python that the project declares. */
  readonly declared: string | undefined;
  readonly hasNotebooks: boolean;
  readonly env: Variables;
  /** What the project's settings select, as they write it. */
  readonly selected?: string | undefined;
  /** The program of this machine that makes conda environments; conda unless another is told. */
  readonly condaTool?: CondaToolName | undefined;
}

const create = "groundwork env create";

/** Looks at files only; nothing is run. What matters most comes first. */
export async function diagnose(patient: Patient): Promise<readonly Ailment[]> {
  const { environment } = patient;
  const around = [
    ...(await brokenIn(patient)),
    ...(await emptyCondaIn(patient)),
    ...(await activatedElsewhere(patient)),
  ];
  if (!environment) return [...around, noneFor(patient)];
  if (environment.kind === "base" || environment.kind === "system") return [...around, sharedBy(environment)];
  return [...around, ...(await ofOwn(patient, environment))];
}

/** Another one in place of what was selected would mislead. */
function noneFor({ selected }: Patient): Ailment {
  if (selected === undefined) {
    return { code: "no-environment", message: l10n.t("The project has no Python environment."), commands: [create] };
  }
  const message = l10n.t("The project's settings select {0}, which is no Python environment.", selected);
  return { code: "no-environment", message, commands: ["groundwork env select --clear"] };
}

function sharedBy({ kind, prefix }: PythonEnvironment): Ailment {
  const message =
    kind === "base"
      ? l10n.t("The project uses conda's base ({0}), which all projects share.", prefix)
      : l10n.t("The project uses the system's Python ({0}), which all projects share.", prefix);
  return { code: "shared", message, commands: [create] };
}

async function ofOwn(patient: Patient, environment: PythonEnvironment): Promise<readonly Ailment[]> {
  const { declared, folder, hasNotebooks } = patient;
  const { distributions, name, prefix, python, version } = environment;
  const found: Ailment[] = [];
  if (declared !== undefined && version !== undefined && !`${version}.`.startsWith(`${declared}.`)) {
    const message = l10n.t("The project asks for Python {0}, and `{1}` has Python {2}.", declared, name, version);
    found.push({ code: "other-python", message, commands: [await anew(patient, environment, declared)] });
  }
  const isUvs = (await makerOf(prefix)) === "uv";
  if (!distributions.has("pip") && !isUvs) {
    const message = l10n.t("`{0}` has no pip, so `pip install` puts things into another environment.", name);
    const conda =
      environment.kind === "conda" ? `${condaOf(patient)} install --prefix ${quoted(prefix)} pip` : undefined;
    found.push({ code: "no-pip", message, commands: [conda ?? `${quoted(python)} -m ensurepip`] });
  }
  const debris = await debrisIn(environment, patient.env);
  if (debris.length > 0) {
    const message = l10n.t(
      "An installation in `{0}` was interrupted; these are its remains: {1}.",
      name,
      debris.join(", "),
    );
    found.push({ code: "half-removed", message, commands: [] });
  }
  const line = await missingIgnoreLine(folder, prefix);
  if (line !== undefined) {
    const message = l10n.t("git does not ignore `{0}`, so the environment could be committed.", basename(prefix));
    found.push({ code: "not-ignored", message, commands: [`echo ${quoted(line)} >> .gitignore`] });
  }
  if (hasNotebooks && !distributions.has("ipykernel")) {
    const message = l10n.t("The project has notebooks, and `{0}` has no Jupyter: `jupyter` is not found in it.", name);
    found.push({ code: "no-jupyter", message, commands: [`${quoted(python)} -m pip install jupyter`] });
  }
  return found;
}

/**
 * Makes the environment again, at its place and of its kind; one of elsewhere that is not conda's is left, and the project
 * gets its own.
 */
async function anew(patient: Patient, { kind, name, prefix }: PythonEnvironment, version: string): Promise<string> {
  const path = relative(patient.folder, prefix);
  const isInside = path !== "" && !path.startsWith("..") && !isAbsolute(path);
  if (kind !== "conda" && !isInside) return `${create} --python ${version}`;
  const place = isInside ? `--prefix ${quoted(path)}` : `--name ${quoted(name)}`;
  const tool = kind === "conda" ? condaOf(patient) : await makerOf(prefix);
  return `${create} --tool ${tool} ${place} --python ${version} --replace`;
}

function condaOf({ condaTool = "conda" }: Patient): CondaToolName {
  return condaTool;
}

/** uv leaves its version in what it makes. */
async function makerOf(prefix: string): Promise<"uv" | "venv"> {
  return (await venvSettingsOf(prefix)).has("uv") ? "uv" : "venv";
}

/** A folder in the project which was an environment, and whose Python is gone: moved, upgraded or removed. */
async function brokenIn({ folder }: Patient): Promise<readonly Ailment[]> {
  const found: Ailment[] = [];
  for (const name of usualFolders) {
    const prefix = join(folder, name);
    if (!(await isFile(join(prefix, "pyvenv.cfg"))) || (await pythonOf(prefix)) !== undefined) continue;
    const home = (await venvSettingsOf(prefix)).get("home") ?? "?";
    const message = l10n.t(
      "The environment {0} is broken: the Python that it was made with ({1}) is gone.",
      name,
      home,
    );
    const command = `${create} --tool ${await makerOf(prefix)} --prefix ${quoted(name)} --replace`;
    found.push({ code: "broken", message, commands: [command] });
  }
  return found;
}

/** `conda create -n name` alone makes an environment without Python; `pip` is then that of base. */
async function emptyCondaIn(patient: Patient): Promise<readonly Ailment[]> {
  const prefix = patient.env.CONDA_PREFIX;
  if (!prefix || !(await isFolder(join(prefix, "conda-meta"))) || (await pythonOf(prefix)) !== undefined) return [];
  const message = l10n.t(
    "The activated conda environment {0} has no Python of its own: `pip install` goes to another environment.",
    basename(prefix),
  );
  return [
    { code: "no-python", message, commands: [`${condaOf(patient)} install --prefix ${quoted(prefix)} python pip`] },
  ];
}

/** pip renames what it is about to remove to `~name`. */
async function debrisIn({ prefix, version }: PythonEnvironment, env: Variables): Promise<readonly string[]> {
  const folders = await sitePackagesOf(prefix, version, env);
  const names = await Promise.all(folders.map(namesIn));
  return names.flat().filter((name) => name.startsWith("~"));
}

/** What is activated is what the terminal's `pip` and `python` belong to, whatever the project selects or keeps in its folder. */
async function activatedElsewhere(patient: Patient): Promise<readonly Ailment[]> {
  const { env, environment, folder, selected } = patient;
  const active = env.VIRTUAL_ENV || env.CONDA_PREFIX;
  if (!active) return [];
  const chosen = selected === undefined ? undefined : environment?.prefix;
  for (const prefix of chosen === undefined ? usualFolders.map((name) => join(folder, name)) : [chosen]) {
    if ((await pythonOf(prefix)) === undefined) continue;
    if (prefix === active) return [];
    const name = relative(folder, prefix);
    const message = l10n.t(
      "The terminal has activated {0}, but the project has its own environment, {1}.",
      active,
      name.startsWith("..") ? prefix : name,
    );
    return [
      { code: "not-activated", message, commands: [activationOf(prefix, await kindOf(prefix), condaOf(patient))] },
    ];
  }
  return [];
}

/** What activates an environment in a terminal. */
export function activationOf(prefix: string, kind: PythonEnvironment["kind"], tool: CondaToolName): string {
  if (kind === "conda") return `${tool} activate ${quoted(prefix)}`;
  return onWindows ? `${prefix}\\Scripts\\activate` : `source ${quoted(`${prefix}/bin/activate`)}`;
}

/** As a person would paste it into a shell. */
export function quoted(word: string): string {
  return /^[\w./:\\@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
