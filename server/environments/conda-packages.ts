import { readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * The packages of a conda prefix with their versions, by conda's names, as the file names of its records tell
 * (`name-version-build.json`). Empty for a prefix that is none of conda's.
 */
export function condaPackagesIn(prefix: string): ReadonlyMap<string, string> {
  return new Map(
    recordsIn(join(prefix, "conda-meta")).flatMap((file) => {
      const match = /^(.+)-([^-]+)-[^-]+\.json$/.exec(file);
      return match ? [[match[1] ?? "", match[2] ?? ""] as const] : [];
    }),
  );
}

function recordsIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
