import { realpath } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import type { PythonEnvironment } from "../project/project.ts";
import { findCondaTools } from "./conda-tools.ts";
import { nameOf } from "./environment.ts";
import { executablesOnPath, homeOf } from "./executables.ts";
import { condaRootsOf, usualFolders } from "./find.ts";
import { kindOf, namesIn, onWindows, prefixOf, pythonOf, textOf, type Variables } from "./layout.ts";
import { versionOf } from "./version.ts";

/** An environment of this machine, without what is installed in it. */
export type ListedEnvironment = Pick<PythonEnvironment, "kind" | "name" | "prefix" | "python" | "version">;

/**
 * The environments that a folder could use, each once: those in the folder, conda's by its own list and in its
 * installations, virtualenvwrapper's, and the Pythons of PATH. Only looks at files: nothing is run.
 */
export async function listEnvironments(folder: string, env: Variables): Promise<readonly ListedEnvironment[]> {
  const found = new Map<string, ListedEnvironment>();
  for (const prefix of await prefixes(folder, env)) {
    const real = await realpath(prefix).catch(() => prefix);
    if (found.has(real)) continue;
    const python = await pythonOf(prefix);
    if (python === undefined) continue;
    const [kind, version] = [await kindOf(prefix), await versionOf(prefix, python)];
    found.set(real, { kind, name: nameOf(prefix, kind, version), prefix, python, version });
  }
  return [...found.values()];
}

async function prefixes(folder: string, env: Variables): Promise<readonly string[]> {
  const home = homeOf(env);
  const active = [env.VIRTUAL_ENV, env.CONDA_PREFIX].filter((prefix) => prefix !== undefined && isAbsolute(prefix));
  const listed = home === undefined ? "" : ((await textOf(join(home, ".conda", "environments.txt"))) ?? "");
  const virtual = env.WORKON_HOME ?? (home && join(home, ".virtualenvs"));
  return [
    ...usualFolders.map((name) => join(folder, name)),
    ...active.flatMap((prefix) => prefix ?? []),
    ...(await condaPrefixes(env)),
    ...listed.split(/\r?\n/).filter((line) => isAbsolute(line)),
    ...(virtual ? (await namesIn(virtual)).map((name) => join(virtual, name)) : []),
    ...(await pathPrefixes(env)),
  ];
}

async function condaPrefixes(env: Variables): Promise<readonly string[]> {
  const tools = await findCondaTools(env);
  const roots = await Promise.all(
    tools.map(async ({ executable }) => {
      const real = await realpath(executable).catch(() => executable);
      return real.replace(/[\\/](?:bin|condabin|Scripts)[\\/][^\\/]+$/, "");
    }),
  );
  const all = [...condaRootsOf(env).flatMap((root) => root ?? []), ...roots].filter(isAbsolute);
  const inside = await Promise.all(
    all.map(async (root) => (await namesIn(join(root, "envs"))).map((name) => join(root, "envs", name))),
  );
  return all.flatMap((root, index) => [root, ...(inside[index] ?? [])]);
}

async function pathPrefixes(env: Variables): Promise<readonly string[]> {
  const names = onWindows ? ["python"] : ["python3", "python"];
  const programs = (await Promise.all(names.map((name) => executablesOnPath(name, env)))).flat();
  return (await Promise.all(programs.map(prefixOf))).filter((prefix) => prefix !== undefined);
}
