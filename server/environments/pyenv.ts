import { basename, dirname, join } from "node:path";
import { homeOf } from "./executables.ts";
import { namesIn, pythonOf, textOf, type Variables } from "./layout.ts";

/**
 * The interpreter behind a pyenv shim, chosen as pyenv does: PYENV_VERSION, `.python-version` in the folder or above
 * it, then pyenv's global `version`. `undefined` for what is no shim, and for versions that only pyenv can tell.
 */
export async function pyenvPythonOf(shim: string, folder: string, env: Variables): Promise<string | undefined> {
  if (basename(dirname(shim)) !== "shims") return undefined;
  const root = dirname(dirname(shim));
  const home = homeOf(env);
  if (root !== env.PYENV_ROOT && (home === undefined || root !== join(home, ".pyenv"))) return undefined;
  for (const name of await chosenVersions(root, folder, env)) {
    const version = await installedVersion(join(root, "versions"), name);
    const python = version && (await pythonOf(version));
    if (python) return python;
  }
  return undefined;
}

async function chosenVersions(root: string, folder: string, env: Variables): Promise<readonly string[]> {
  if (env.PYENV_VERSION) return env.PYENV_VERSION.split(":");
  let text: string | undefined;
  for (let place = folder; text === undefined; place = dirname(place)) {
    text = await textOf(join(place, ".python-version"));
    if (place === dirname(place)) break;
  }
  text ??= await textOf(join(root, "version"));
  return (text ?? "").split(/\s+/).filter((name) => name !== "");
}

/** The folder of a version; `3.11` means the newest `3.11.N` that is installed. */
async function installedVersion(versions: string, name: string): Promise<string | undefined> {
  const names = await namesIn(versions);
  if (names.includes(name)) return join(versions, name);
  const patches = names.flatMap((each) => {
    const patch = each.startsWith(`${name}.`) ? each.slice(name.length + 1) : "";
    return /^\d+$/.test(patch) ? [Number(patch)] : [];
  });
  return patches.length > 0 ? join(versions, `${name}.${Math.max(...patches)}`) : undefined;
}
