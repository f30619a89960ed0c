import { resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import { findEnvironment } from "../environments/find.ts";
import { selectionOf } from "../host/selection.ts";
import type { PythonEnvironment } from "../project/project.ts";

export interface EnvironmentOptions {
  readonly env?: string;
  readonly allowShared?: boolean;
}

/** The environment of `--env`, else the first of the folders' that is a project's own, else whatever they use. */
export async function chosenEnvironment(
  folders: readonly string[],
  { env }: EnvironmentOptions,
): Promise<PythonEnvironment | undefined> {
  const found = await Promise.all(folders.map((folder) => environmentOf(folder, env && resolve(env))));
  return found.find((each) => each && !isShared(each)) ?? found[0];
}

/** What a file of the folder selects is not run to be recognised: that would run whatever the file names. */
async function environmentOf(folder: string, asked: string | undefined): Promise<PythonEnvironment | undefined> {
  const told = asked === undefined ? await selectionOf(folder) : undefined;
  const selected = asked ?? told;
  return findEnvironment({ folder, env: process.env, mayRun: told === undefined, ...(selected && { selected }) });
}

function isShared({ kind }: PythonEnvironment): boolean {
  return kind === "base" || kind === "system";
}

/** Why an environment is not used unasked: what is in base or in the system is every project's and none's. */
export function objectionTo(
  environment: PythonEnvironment | undefined,
  options: EnvironmentOptions,
): string | undefined {
  if (!environment) {
    return options.env === undefined
      ? l10n.t("it was left as it is: the project has no Python environment; create one with `groundwork env create`")
      : l10n.t("it was left as it is: {0} is no Python environment", options.env);
  }
  if (!isShared(environment) || options.allowShared || options.env !== undefined) return undefined;
  return l10n.t(
    "it was left as it is: {0} is shared by all projects; create one with `groundwork env create`, or use `--allow-shared`",
    environment.prefix,
  );
}
