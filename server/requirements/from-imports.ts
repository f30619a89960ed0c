import type { Dependencies } from "../project/dependencies.ts";
import { namespaces } from "../project/distributions.ts";
import type { Import } from "../project/imports.ts";
import { normalizedName, type PythonEnvironment } from "../project/project.ts";

/** The distributions that a project imports from itself: its direct dependencies. */
export interface ImportedDistributions {
  /** As they are installed, else as pip calls them; in the order of a sorted requirements file. */
  readonly names: readonly string[];
  /** Modules of which nobody knows what they come from. */
  readonly unknown: readonly string[];
}

/**
 * What the project's files import, by distribution. An import that the file also works without counts only where it
 * is installed; where nothing is installed and the name would be a guess, the module is unknown.
 */
export function importedDistributions(
  dependencies: Dependencies,
  environment: PythonEnvironment | undefined,
): ImportedDistributions {
  const names = new Set<string>();
  const unknown = new Set<string>();
  for (const { path, imports, script } of dependencies.importing) {
    // A script that declares for itself (PEP 723) has an environment of its own.
    if (script) continue;
    for (const each of imports) {
      if (!dependencies.isThirdParty(each, path)) continue;
      const name = distributionOf(each, dependencies, environment);
      const isInstalled = name !== undefined && environment?.distributions.has(name) === true;
      if (each.isGuarded && !isInstalled) continue;
      if (name === undefined) unknown.add(each.module);
      else names.add(name);
    }
  }
  const spelt = [...names].sort().map((name) => environment?.distributions.get(name)?.name ?? name);
  return { names: spelt, unknown: [...unknown].sort() };
}

/** The normalised name of the distribution that an import comes from. */
export function distributionOf(
  each: Import,
  dependencies: Dependencies,
  environment: PythonEnvironment | undefined,
): string | undefined {
  const candidates = dependencies.distributionsOf(each.module);
  const installed = candidates.filter((name) => environment?.distributions.has(name));
  if (namespaces.has(each.module)) return belowNamespace(each.name, installed);
  if (installed[0] !== undefined) return installed[0];
  return dependencies.isKnown(each.module) ? candidates[0] : undefined;
}

/** `google.cloud.storage.blob` comes from `google-cloud-storage`: the longest name that is installed. */
function belowNamespace(module: string, installed: readonly string[]): string | undefined {
  const parts = normalizedName(module).split("-");
  for (let length = parts.length; length > 1; length--) {
    const name = parts.slice(0, length).join("-");
    if (installed.includes(name)) return name;
  }
  return installed.length === 1 ? installed[0] : undefined;
}
