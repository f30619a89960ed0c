import { isTestPath } from "../clones/test-path.ts";
import type { Dependencies, ImportingFile } from "./dependencies.ts";
import type { Import } from "./imports.ts";

/** A third-party module that no file declares, at the first import of it that speaks for all others. */
export interface UndeclaredModule {
  readonly module: string;
  /** The other files that import it, ordered by path. */
  readonly others: readonly ImportingFile[];
}

/** What is imported and not declared. */
export interface Undeclared {
  /** Each module once in the project, by the path of the file that tells it; scripts of PEP 723 tell their own. */
  readonly modules: ReadonlyMap<string, readonly UndeclaredModule[]>;
  /** The file and the module that tell that the project has no environment of its own, or names no Python. */
  readonly environment:
    | { readonly path: string; readonly module: string; readonly lacks: "all" | "python" }
    | undefined;
}

/** Decided by paths alone, so that it is the same wherever it is asked: the project's own code goes before its tests. */
export function findUndeclared(dependencies: Dependencies): Undeclared {
  const files = [...dependencies.importing]
    .filter(({ path }) => path.endsWith(".py"))
    .sort((a, b) => rankOf(a.path) - rankOf(b.path) || (a.path < b.path ? -1 : 1));
  return { modules: modulesIn(files, dependencies), environment: environmentIn(files, dependencies) };
}

/** A script, notebook or folder at the side says less about the project than its own code. */
function rankOf(path: string): number {
  if (isTestPath(path) || /(?:^|\/)(?:tests?|testing)\//.test(path)) return 2;
  return /(?:^|\/)(?:docs?|examples?|benchmarks?|bench|tools|scripts|notebooks|setup\.py)(?:\/|$)/.test(path) ? 1 : 0;
}

function modulesIn(files: readonly ImportingFile[], dependencies: Dependencies): Map<string, UndeclaredModule[]> {
  const found = new Map<string, UndeclaredModule[]>();
  const seen = new Set<string>();
  const isSilent = dependencies.declaring.length === 0 || isComputed(dependencies);
  for (const file of files) {
    const inFile = new Set<string>();
    for (const each of file.imports) {
      const { module } = each;
      if (inFile.has(module) || each.isGuarded || !dependencies.isThirdParty(each, file.path)) continue;
      if (file.script) {
        if (dependencies.isDeclaredBy(file.script, module)) continue;
      } else {
        if (isSilent || seen.has(module) || dependencies.isDeclared(module)) continue;
        // What cannot be named may well be what a URL or a path installs.
        if (dependencies.isOpen && !dependencies.isKnown(module)) continue;
        seen.add(module);
      }
      inFile.add(module);
      const others = file.script ? [] : dependencies.importersOf(module).filter((other) => other.path !== file.path);
      found.set(file.path, [...(found.get(file.path) ?? []), { module, others }]);
    }
  }
  return found;
}

/** A `setup.py` or `pyproject.toml` whose list is computed when it is built: what it declares, only running it tells. */
function isComputed({ declaring }: Dependencies): boolean {
  return declaring.some(
    ({ path, isOpen, declared }) =>
      isOpen &&
      /(?:^|\/)(?:setup\.(?:py|cfg)|pyproject\.toml)$/.test(path) &&
      !declared.some(({ role }) => role === "runtime"),
  );
}

function environmentIn(files: readonly ImportingFile[], dependencies: Dependencies): Undeclared["environment"] {
  const lacks = dependencies.declaring.length === 0 ? "all" : "python";
  if (lacks === "python" && dependencies.saysPython) return undefined;
  for (const { path, imports, script } of files) {
    if (script) continue;
    const first = imports.find((each) => isCertain(each, path, dependencies));
    if (first) return { path, module: first.module, lacks };
  }
  return undefined;
}

/** A module of which nobody knows anything may be the project's own. */
function isCertain(each: Import, path: string, dependencies: Dependencies): boolean {
  const isNamed = dependencies.isKnown(each.module) || dependencies.isDeclared(each.module);
  return !each.isGuarded && isNamed && dependencies.isThirdParty(each, path);
}
