import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { namesIn, onWindows, pythonFoldersOf, textOf, venvSettingsOf } from "./layout.ts";

/**
 * The version of a prefix's Python as its files tell it, without running it: `3.12.1`, or `3.12` where no file
 * knows more. `pyvenv.cfg` (venv, virtualenv, uv), conda-meta, the C header, then the names of folders.
 */
export async function versionOf(prefix: string, python: string): Promise<string | undefined> {
  const settings = await venvSettingsOf(prefix);
  const told = /^\d+\.\d+(?:\.\d+)?/.exec(settings.get("version") ?? settings.get("version_info") ?? "")?.[0];
  return told ?? (await condaVersionOf(prefix)) ?? (await minorVersionOf(prefix, python));
}

async function condaVersionOf(prefix: string): Promise<string | undefined> {
  for (const name of await namesIn(join(prefix, "conda-meta"))) {
    const match = /^python-(\d+\.\d+(?:\.\d+)?)[^-]*-[^-]+\.json$/.exec(name);
    if (match) return match[1];
  }
  return undefined;
}

async function minorVersionOf(prefix: string, python: string): Promise<string | undefined> {
  const real = await realpath(python).catch(() => python);
  const minor = onWindows ? await windowsMinor(prefix) : await posixMinor(prefix, real);
  if (minor === undefined) return undefined;
  const header = onWindows ? join(prefix, "include") : join(prefix, "include", `python${minor}`);
  const defined = /#define\s+PY_VERSION\s+"(\d+\.\d+\.\d+)/.exec(
    (await textOf(join(header, "patchlevel.h"))) ?? "",
  )?.[1];
  if (defined?.startsWith(`${minor}.`)) return defined;
  // pyenv's `versions/3.11.7`, uv's `cpython-3.11.7-linux-…`.
  const named = /[\\/-](\d+\.\d+\.\d+)(?=[\\/-])/.exec(real)?.[1];
  return named?.startsWith(`${minor}.`) ? named : minor;
}

async function posixMinor(prefix: string, real: string): Promise<string | undefined> {
  const named = /python(\d+\.\d+)t?$/.exec(real)?.[1];
  return named ?? /\d+\.\d+/.exec((await pythonFoldersOf(prefix))[0]?.slice(prefix.length) ?? "")?.[0];
}

/** `python311.dll` lies beside every interpreter on Windows. */
async function windowsMinor(prefix: string): Promise<string | undefined> {
  for (const name of await namesIn(prefix)) {
    const match = /^python(\d)(\d+)t?\.dll$/i.exec(name);
    if (match) return `${match[1]}.${match[2]}`;
  }
  return undefined;
}
