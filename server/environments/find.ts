import { dirname, isAbsolute, join, resolve } from "node:path";
import { run } from "../host/process.ts";
import type { PythonEnvironment } from "../project/project.ts";
import { readEnvironment } from "./environment.ts";
import { executablesOnPath } from "./executables.ts";
import { isBasePrefix, onWindows, pythonOf, type Variables } from "./layout.ts";
import { pyenvPythonOf } from "./pyenv.ts";

export interface EnvironmentQuery {
  /** Absolute path of the project's folder. */
  readonly folder: string;
  /** The interpreter or folder that the person, a flag or a setting chose; relative to the folder. */
  readonly selected?: string;
  readonly env: Variables;
  /** May `python -c "import sys; print(sys.prefix)"` be run where files do not answer? Never while linting. */
  readonly mayRun?: boolean;
}

/** Folders in a project where environments are usually kept, in the order of trust. */
export const usualFolders = [".venv", "venv", "env", ".conda", join(".pixi", "envs", "default")];

/**
 * The Python environment that a folder uses: the selected one, the activated one unless it is conda's base, one in
 * the folder, base, and last what `python3` means on PATH. `undefined` when there is none, and when what was
 * selected is no environment: another one in its place would mislead.
 */
export async function findEnvironment(query: EnvironmentQuery): Promise<PythonEnvironment | undefined> {
  const { folder, selected, env } = query;
  // A bare `python` is the Python extension's word for "nobody has chosen".
  if (selected && selected !== "python" && selected !== "python3") return answer(resolve(folder, selected), query);
  const conda = env.CONDA_PREFIX;
  const condaIsBase = conda !== undefined && (await isBasePrefix(conda));
  const bases = [condaIsBase ? conda : undefined, ...condaRootsOf(env)];
  const prefixes = [
    env.VIRTUAL_ENV,
    condaIsBase ? undefined : conda,
    ...usualFolders.map((name) => join(folder, name)),
    ...bases,
  ];
  for (const prefix of prefixes) {
    if (!prefix || !isAbsolute(prefix) || (await pythonOf(prefix)) === undefined) continue;
    const environment = await readEnvironment(prefix, env);
    if (environment) return environment;
  }
  return findOnPath(query);
}

/** The roots of conda's installation that an initialised shell knows, also when nothing is activated. */
export function condaRootsOf(env: Variables): readonly (string | undefined)[] {
  const conda = env.CONDA_EXE;
  return [conda && isAbsolute(conda) ? dirname(dirname(conda)) : undefined, env.MAMBA_ROOT_PREFIX];
}

async function findOnPath(query: EnvironmentQuery): Promise<PythonEnvironment | undefined> {
  for (const name of onWindows ? ["python"] : ["python3", "python"]) {
    for (const python of await executablesOnPath(name, query.env)) {
      const environment = await answer(python, query);
      if (environment) return environment;
    }
  }
  return undefined;
}

/** The environment of a path, through a shim if it is one. */
async function answer(path: string, query: EnvironmentQuery): Promise<PythonEnvironment | undefined> {
  const environment = await readEnvironment(path, query.env);
  if (environment) return environment;
  const behind = await pyenvPythonOf(path, query.folder, query.env);
  if (behind !== undefined) return readEnvironment(behind, query.env);
  return query.mayRun ? ask(path, query) : undefined;
}

/** Isolated (`-I`), so that nothing in the folder is imported. */
async function ask(python: string, query: EnvironmentQuery): Promise<PythonEnvironment | undefined> {
  const { folder: cwd, env } = query;
  const asked = await run(python, ["-I", "-c", "import sys; print(sys.prefix)"], { cwd, env, timeout: 10_000 });
  const prefix = asked.stdout.trim();
  return asked.exitCode === 0 && isAbsolute(prefix) ? readEnvironment(prefix, env) : undefined;
}
