import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The names of the environment variables that are set in `env` or by the folder's `.env`; their values are nobody's
 * business here.
 */
export function variableNames(folder: string, env: Readonly<Record<string, string | undefined>>): ReadonlySet<string> {
  return new Set([...Object.keys(env), ...namesIn(join(folder, ".env"))].map(upperOnWindows));
}

/** Windows does not tell capitals apart, and pip looks only for capitals. */
function upperOnWindows(name: string): string {
  return process.platform === "win32" ? name.toUpperCase() : name;
}

function namesIn(path: string): string[] {
  try {
    return [...readFileSync(path, "utf8").matchAll(/^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/gm)].map(
      ([, name = ""]) => name,
    );
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return [];
  }
}
