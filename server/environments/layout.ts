import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { PythonEnvironment } from "../project/project.ts";

/** The variables of a process's environment, as `process.env` has them. */
export type Variables = Readonly<Record<string, string | undefined>>;

export const onWindows = process.platform === "win32";

/** The folder of a prefix that holds its programs. */
export const programsOf = (prefix: string): string => join(prefix, onWindows ? "Scripts" : "bin");

/** The interpreter of a prefix, or `undefined` when it has none. */
export async function pythonOf(prefix: string): Promise<string | undefined> {
  const places = onWindows
    ? [join(prefix, "python.exe"), join(prefix, "Scripts", "python.exe")]
    : [join(prefix, "bin", "python"), join(prefix, "bin", "python3")];
  for (const place of places) if (await isFile(place)) return place;
  return undefined;
}

/**
 * The `sys.prefix` of an interpreter, as CPython finds it (PEP 405: `pyvenv.cfg` beside or above the executable; else
 * above the real executable, where the standard library is). `undefined` for what is no interpreter, such as a shim.
 */
export async function prefixOf(python: string): Promise<string | undefined> {
  if (!/^(?:python|pypy)/i.test(basename(python)) || !(await isFile(python))) return undefined;
  const folder = dirname(python);
  for (const place of [folder, dirname(folder)]) {
    if ((await isFile(join(place, "pyvenv.cfg"))) || (await isFolder(join(place, "conda-meta")))) return place;
  }
  const real = await realpath(python).catch(() => undefined);
  if (real === undefined) return undefined;
  const place = onWindows ? dirname(real) : dirname(dirname(real));
  return (await hasStandardLibrary(place)) ? place : undefined;
}

async function hasStandardLibrary(prefix: string): Promise<boolean> {
  if (onWindows) return isFile(join(prefix, "Lib", "os.py"));
  for (const folder of await pythonFoldersOf(prefix)) if (await isFile(join(folder, "os.py"))) return true;
  return false;
}

/** The folders `lib/pythonX.Y` of a prefix that exist, also of `lib64`, newest version first. */
export async function pythonFoldersOf(prefix: string): Promise<readonly string[]> {
  const found: { folder: string; minor: number }[] = [];
  for (const lib of ["lib", "lib64"]) {
    for (const name of await namesIn(join(prefix, lib))) {
      const minor = /^(?:python|pypy)(\d+)\.(\d+)t?$/.exec(name);
      if (minor) found.push({ folder: join(prefix, lib, name), minor: Number(minor[1]) * 1000 + Number(minor[2]) });
    }
  }
  return found.sort((a, b) => b.minor - a.minor).map((each) => each.folder);
}

/** What makes a conda prefix `base`: it is the root of an installation, and no environment in one. */
export async function isBasePrefix(prefix: string): Promise<boolean> {
  if (!(await isFolder(join(prefix, "conda-meta"))) || basename(dirname(prefix)) === "envs") return false;
  if (await isFolder(join(prefix, "condabin"))) return true;
  if ((await namesIn(join(prefix, "conda-meta"))).some((name) => /^conda-\d/.test(name))) return true;
  return (await isFolder(join(prefix, "envs"))) && (await isFolder(join(prefix, "pkgs")));
}

export async function kindOf(prefix: string): Promise<PythonEnvironment["kind"]> {
  if (await isBasePrefix(prefix)) return "base";
  if (await isFolder(join(prefix, "conda-meta"))) return "conda";
  return (await isFile(join(prefix, "pyvenv.cfg"))) ? "venv" : "system";
}

/** The `key = value` lines of `pyvenv.cfg` (PEP 405), keys in lower case; empty when there is no such file. */
export async function venvSettingsOf(prefix: string): Promise<ReadonlyMap<string, string>> {
  const text = (await textOf(join(prefix, "pyvenv.cfg"))) ?? "";
  const settings = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [key = "", ...value] = line.split("=");
    if (value.length > 0) settings.set(key.trim().toLowerCase(), value.join("=").trim());
  }
  return settings;
}

/** The names in a folder, sorted by code units; none when it cannot be read. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch((): string[] => [])).sort();
}

export async function textOf(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch(() => undefined);
}

export async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}

export async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
