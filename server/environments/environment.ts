import { basename, resolve } from "node:path";
import type { PythonEnvironment } from "../project/project.ts";
import { condaPackagesIn } from "./conda-packages.ts";
import { readInstalled } from "./installed.ts";
import { isFolder, kindOf, prefixOf, pythonOf, type Variables } from "./layout.ts";
import { modulesIn } from "./modules.ts";
import { sitePackagesOf } from "./site-packages.ts";
import { versionOf } from "./version.ts";

/**
 * The environment at a prefix, or the one an interpreter belongs to, read from its files without running it.
 * `undefined` when there is no Python, and for shims, which only running them could tell.
 */
export async function readEnvironment(
  pythonOrPrefix: string,
  env: Variables = process.env,
): Promise<PythonEnvironment | undefined> {
  const path = resolve(pythonOrPrefix);
  const prefix = (await isFolder(path)) ? path : await prefixOf(path);
  if (prefix === undefined) return undefined;
  const python = prefix === path ? await pythonOf(prefix) : path;
  if (python === undefined) return undefined;
  const kind = await kindOf(prefix);
  const version = await versionOf(prefix, python);
  return {
    prefix,
    python,
    kind,
    name: nameOf(prefix, kind, version),
    version,
    distributions: await readInstalled(prefix, version, env),
    ...(kind === "conda" && { packages: once(() => condaPackagesIn(prefix)) }),
    modules: modulesIn(await sitePackagesOf(prefix, version, env)),
  };
}

/** `usr` says nothing of a system's Python, its version does. */
export function nameOf(prefix: string, kind: PythonEnvironment["kind"], version: string | undefined): string {
  if (kind === "base") return "base";
  return kind === "system" && version !== undefined ? `Python ${version}` : basename(prefix);
}

function once<Value>(read: () => Value): () => Value {
  let value: Value | undefined;
  return () => {
    value ??= read();
    return value;
  };
}
