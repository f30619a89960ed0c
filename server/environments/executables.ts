import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { onWindows, type Variables } from "./layout.ts";

/**
 * All programs of a name on PATH, the one that a terminal would take first. Relative entries of PATH are passed
 * over, because they would find what lies in the opened folder.
 */
export async function executablesOnPath(name: string, env: Variables): Promise<readonly string[]> {
  const found: string[] = [];
  for (const folder of (env.PATH ?? env.Path ?? "").split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    for (const suffix of onWindows ? [".exe", ".bat", ".cmd"] : [""]) {
      const path = join(folder, name + suffix);
      if (await isExecutable(path)) found.push(path);
    }
  }
  return found;
}

/** Not so Windows' empty stand-ins for the Store, which would open it. */
export async function isExecutable(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile() || found.size === 0) return false;
  if (onWindows) return true;
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** The person's home, from the variables alone. */
export const homeOf = (env: Variables): string | undefined => (onWindows ? env.USERPROFILE : env.HOME);
