import { isTestPath } from "../clones/test-path.ts";
import type { Lines, Span } from "../core/text.ts";
import type { Dependencies, ImportingFile } from "./dependencies.ts";
import type { Import } from "./imports.ts";

/** A third-party module that no file declares, at the first import of it that speaks for all others. */
export interface UndeclaredModule {
  readonly module: string;
  /** Whether it is imported nowhere but inside of functions and the like. */
  readonly isNested: boolean;
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
  /** The first import of the project's own code that needs an environment; it tells what concerns them all. */
  readonly first: { readonly path: string; readonly module: string } | undefined;
}

/** Decided by paths alone, so that it is the same wherever it is asked: the project's own code goes before its tests. */
export function findUndeclared(dependencies: Dependencies): Undeclared {
  const own = dependencies.importing.filter(({ path }) => /\.(?:py|ipynb)$/.test(path) && !isTestData(path));
  const ranked = own.map((file) => ({ file, rank: rankOf(file.path) }));
  const files = [0, 1, 2].flatMap((rank) => ranked.flatMap((each) => (each.rank === rank ? [each.file] : [])));
  const first = firstImportIn(files, dependencies);
  const lacks = dependencies.declaring.length === 0 ? "all" : "python";
  const isTold = lacks === "python" && dependencies.saysPython;
  return {
    modules: modulesIn(files, dependencies),
    environment: first && !isTold ? { ...first, lacks } : undefined,
    first,
  };
}

/** The third-party modules that a file imports and nothing declares, each with its lines from 0, in order. */
export function thirdPartyWithoutDeclaration(
  path: string,
  dependencies: Dependencies,
): readonly { readonly module: string; readonly at: readonly number[] }[] {
  const lines = new Map<string, number[]>();
  for (const each of dependencies.importsIn(path)) {
    if (!dependencies.isThirdParty(each, path) || dependencies.isDeclared(each.module)) continue;
    lines.set(each.module, [...(lines.get(each.module) ?? []), each.line]);
  }
  return [...lines].map(([module, at]) => ({ module, at }));
}

/** Where a file tells what concerns the whole project: at its first import that needs an environment. */
export function firstImportAt(
  { path, lines }: { readonly path: string; readonly lines: Lines },
  dependencies: Dependencies,
): Span | undefined {
  const { first } = dependencies.undeclared;
  if (first?.path !== path) return undefined;
  const found = dependencies.importsIn(path).find((each) => each.module === first.module && !each.isGuarded);
  if (!found) return undefined;
  const start = lines.offsetAt({ line: found.line, column: found.column });
  return { start, end: start + first.module.length };
}

/** A script, notebook or folder at the side says less about the project than its own code. */
function rankOf(path: string): number {
  if (isTest(path)) return 2;
  return /(?:^|\/)(?:\.[^/]+|docs?|examples?|benchmarks?|bench|tools|scripts|notebooks|setup\.py)(?:\/|$)|\.ipynb$/.test(
    path,
  )
    ? 1
    : 0;
}

function isTest(path: string): boolean {
  return isTestPath(path) || /(?:^|\/)(?:tests?|testing)\//.test(path);
}

/** What tests work on is written to be looked at, and may import anything. */
function isTestData(path: string): boolean {
  return /(?:^|\/)(?:tests?|testing)\/(?:.*\/)?(?:[^/]*data|cases|fixtures|resources|samples|snippets|test_apps)\//.test(
    path,
  );
}

function modulesIn(files: readonly ImportingFile[], dependencies: Dependencies): Map<string, UndeclaredModule[]> {
  const found = new Map<string, UndeclaredModule[]>();
  const seen = new Set<string>();
  const candidates: { each: Import; file: ImportingFile }[] = [];
  for (const file of files) {
    const isAlone = file.script !== undefined;
    for (const each of file.imports) {
      if (isAlone || !dependencies.isSettled(each.module)) candidates.push({ each, file });
    }
  }
  // An import at the top of a file stops more than one that waits in a function.
  for (const isNested of [false, true]) {
    for (const { each, file } of candidates) {
      const { module } = each;
      // A script of PEP 723 speaks for itself, everything else for the project.
      const key = file.script ? `${file.path}\0${module}` : module;
      if (each.isNested !== isNested || seen.has(key) || !isUndeclared(each, file, dependencies)) continue;
      seen.add(key);
      found.set(file.path, [...(found.get(file.path) ?? []), undeclaredIn(file, { module, isNested }, dependencies)]);
    }
  }
  return found;
}

/** The other importers are found when somebody asks for them: most modules come and go while their name is typed. */
function undeclaredIn(
  file: ImportingFile,
  told: Pick<UndeclaredModule, "module" | "isNested">,
  dependencies: Dependencies,
): UndeclaredModule {
  return {
    ...told,
    get others() {
      return file.script ? [] : dependencies.importersOf(told.module).filter((other) => other !== file);
    },
  };
}

function isUndeclared(each: Import, { path, script }: ImportingFile, dependencies: Dependencies): boolean {
  const { module } = each;
  if (each.isGuarded || !dependencies.isThirdParty(each, path)) return false;
  if (script) return !dependencies.isDeclaredBy(script, module);
  const isSilent = dependencies.declaring.length === 0 || dependencies.isComputed;
  if (isSilent || dependencies.isDeclared(module)) return false;
  // Tests import what they have just written to a folder, and a URL or a path may install what cannot be named.
  return dependencies.isKnown(module) || !(isTest(path) || dependencies.isOpen);
}

function firstImportIn(files: readonly ImportingFile[], dependencies: Dependencies): Undeclared["first"] {
  for (const { path, imports, script } of files) {
    if (script) continue;
    const first = imports.find((each) => isCertain(each, path, dependencies));
    if (first) return { path, module: first.module };
  }
  return undefined;
}

/** A module of which nobody knows anything may be the project's own. */
function isCertain(each: Import, path: string, dependencies: Dependencies): boolean {
  const isNamed = dependencies.isKnown(each.module) || dependencies.isDeclared(each.module);
  return !each.isGuarded && isNamed && dependencies.isThirdParty(each, path);
}
