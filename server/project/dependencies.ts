import type { Declarations } from "./declaration.ts";
import { isKnownModule, knownModulesOf, namespaces, usualDistributionsOf } from "./distributions.ts";
import type { FirstParty } from "./first-party.ts";
import type { Import } from "./imports.ts";
import { normalizedName, type PythonEnvironment } from "./project.ts";
import { isStandardLibrary } from "./standard-library.ts";

/** A file that declares distributions; `path` is POSIX, relative to the root. */
export interface DeclaringFile extends Declarations {
  readonly path: string;
}

/** A file's imports; `path` is POSIX, relative to the root. */
export interface ImportingFile {
  readonly path: string;
  readonly imports: readonly Import[];
}

/** Where a distribution's modules turn up: `unclear` when it may be what an unexplained import comes from. */
export type Use = "imported" | "mentioned" | "unclear" | "nowhere";

export interface DependencyFacts {
  /** Ordered by path. */
  readonly declaring: readonly DeclaringFile[];
  /** Ordered by path; also the imports of notebooks. */
  readonly importing: readonly ImportingFile[];
  /** Words of strings in code, and of the files that install or start things. */
  readonly words: () => ReadonlySet<string>;
  /** Words of the files that install things: a Dockerfile, tox.ini, continuous integration. */
  readonly installed: ReadonlySet<string>;
  readonly firstParty: FirstParty;
  /** Whether some file says which Python. */
  readonly saysPython: boolean;
  readonly environment: PythonEnvironment | undefined;
}

/** Modules that are there wherever pip is. */
const alwaysThere = new Set(["pip", "pkg_resources", "setuptools", "distutils", "_distutils_hack", "wheel"]);

/**
 * What the project imports and what it declares, as one value that does not change. It only exists when the whole
 * folder was read.
 */
export class Dependencies {
  readonly #facts: DependencyFacts;
  readonly declaring: readonly DeclaringFile[];
  /** Whether some file asks for more than can be read. */
  readonly isOpen: boolean;
  readonly saysPython: boolean;
  readonly #declared: ReadonlySet<string>;
  readonly #ownNames: ReadonlySet<string>;
  readonly #uses = new Map<string, Use>();
  #words: ReadonlySet<string> | undefined;
  #importers: ReadonlyMap<string, readonly ImportingFile[]> | undefined;
  #imported: ReadonlySet<string> | undefined;
  #unexplained: boolean | undefined;

  constructor(facts: DependencyFacts) {
    this.#facts = facts;
    this.declaring = facts.declaring;
    this.isOpen = facts.declaring.some((file) => file.isOpen);
    this.saysPython = facts.saysPython;
    const counted = facts.declaring.flatMap((file) => file.declared.filter(({ role }) => role !== "constraint"));
    this.#declared = new Set(counted.map(({ name }) => normalizedName(name)));
    this.#ownNames = new Set(facts.declaring.flatMap(({ project }) => (project ? [normalizedName(project)] : [])));
  }

  /** The files of the project with their imports, third-party or not, ordered by path. */
  get importing(): readonly ImportingFile[] {
    return this.#facts.importing;
  }

  /** Whether a module that this file imports comes from outside the project and the standard library. */
  isThirdParty({ module }: Import, path: string): boolean {
    if (isStandardLibrary(module) || alwaysThere.has(module) || this.#ownNames.has(normalizedName(module)))
      return false;
    return (
      !this.#facts.firstParty.has(module, path) &&
      (this.#isSure(module) || !this.#facts.firstParty.isOnDisk(module, path))
    );
  }

  /** The files that import this third-party module, ordered by path. */
  importersOf(module: string): readonly ImportingFile[] {
    this.#importers ??= this.#groupedImporters();
    return this.#importers.get(module) ?? [];
  }

  /** The distributions (PEP 503 names) that hold a module, best first: those installed, else those that usually do. */
  distributionsOf(module: string): readonly string[] {
    const installed = this.#facts.environment?.modules?.().get(module) ?? [];
    return [...new Set([...installed, ...usualDistributionsOf(module)])];
  }

  /** Whether {@link distributionsOf} is knowledge, and no guess by the name. */
  isKnown(module: string): boolean {
    return isKnownModule(module) || this.#facts.environment?.modules?.().has(module) === true;
  }

  /** Whether some file declares what a module comes from. Below a namespace that is not decided. */
  isDeclared(module: string): boolean {
    if (namespaces.has(module)) return true;
    const candidates = this.distributionsOf(module);
    if (candidates.some((name) => this.#declared.has(name) || this.#facts.installed.has(name))) return true;
    if (this.#facts.installed.has(normalizedName(module))) return true;
    return [...this.#declared].some((name) => isAlike(module, name));
  }

  /** Whether the project uses a distribution (any spelling), as far as its files tell. */
  useOf(distribution: string): Use {
    const name = normalizedName(distribution);
    if (this.#words !== this.#facts.words()) this.#uses.clear();
    this.#words = this.#facts.words();
    const known = this.#uses.get(name);
    if (known) return known;
    const use = this.#findUse(name);
    this.#uses.set(name, use);
    return use;
  }

  /** The modules that a distribution (PEP 503 name) holds, as far as they are known. */
  #modulesOf(name: string): readonly string[] | undefined {
    const installed = [...(this.#facts.environment?.modules?.() ?? [])].filter(([, names]) => names.includes(name));
    return installed.length > 0 ? installed.map(([module]) => module) : knownModulesOf(name);
  }

  #findUse(name: string): Use {
    this.#imported ??= new Set(this.#facts.importing.flatMap((file) => file.imports.map((each) => each.module)));
    const imported = this.#imported;
    const modules = this.#modulesOf(name);
    if (modules?.some((module) => imported.has(module))) return "imported";
    for (const module of imported) if (this.#holds(name, module)) return "imported";
    const words = this.#words;
    if ([name, ...(modules ?? [])].some((word) => words?.has(normalizedName(word)))) return "mentioned";
    return modules === undefined && this.#hasUnexplained() ? "unclear" : "nowhere";
  }

  #holds(name: string, module: string): boolean {
    if (this.distributionsOf(module).includes(name) || isAlike(module, name)) return true;
    return namespaces.has(module) && name.startsWith(`${normalizedName(module)}-`);
  }

  /** Whether an import is explained by nothing that is declared, so that an unknown distribution may do it. */
  #hasUnexplained(): boolean {
    this.#unexplained ??= this.#facts.importing.some(({ path, imports }) =>
      imports.some(
        (each) => !this.isDeclared(each.module) && !this.isKnown(each.module) && this.isThirdParty(each, path),
      ),
    );
    return this.#unexplained;
  }

  #isSure(module: string): boolean {
    return this.isKnown(module) || this.isDeclared(module);
  }

  #groupedImporters(): ReadonlyMap<string, readonly ImportingFile[]> {
    const importers = new Map<string, ImportingFile[]>();
    for (const file of this.#facts.importing) {
      for (const module of new Set(file.imports.map((each) => each.module))) {
        const known = importers.get(module);
        if (known) known.push(file);
        else importers.set(module, [file]);
      }
    }
    return importers;
  }
}

/** Whether a module's and a distribution's name differ only as much as people's habits: `python-x`, `x-client`. */
function isAlike(module: string, distribution: string): boolean {
  const [left, right] = [coreOf(normalizedName(module)), coreOf(distribution)];
  return left === right && left.length > 1;
}

function coreOf(name: string): string {
  const plain = name.replace(
    /^(?:python|py|lib)-|-(?:python|py|sdk|client|api|lib|headless|gpu|cpu|binary|nightly|cu\d+)$/g,
    "",
  );
  const joined = (plain || name).replaceAll("-", "");
  return joined.length > 4 ? joined.replace(/^(?:python|py)(?=...)|(?:py|[23])$/g, "") : joined;
}
