import { packagesAround } from "../core/packages.ts";
import type { Project } from "../project/project.ts";
import { filesNamed } from "../python/import-targets.ts";
import { importedNames, withPackages } from "../python/imported-names.ts";

/**
 * Does importing a file run one of others, however far down? Imports inside functions and conditions count too, and
 * every file that a name may mean: rather a cycle too many.
 */
export function importsAnyOf(path: string, goals: ReadonlySet<string>, project: Project): boolean {
  // The packages around the file are being imported already when it is.
  const running = new Set(packagesAround(path));
  const seen = new Set([path]);
  for (const file of seen) {
    for (const next of filesImportedBy(file, project)) {
      if (goals.has(next)) return true;
      if (!running.has(next) && project.isFile(next)) seen.add(next);
    }
  }
  return false;
}

function filesImportedBy(path: string, project: Project): readonly string[] {
  return importedNames(project.sourceOf(path) ?? "")
    .flatMap(withPackages)
    .flatMap((name) => filesNamed(name, path));
}
