import type { Declaration, Declarations } from "./declaration.ts";
import {
  isKnownModule,
  knownModulesOf,
  namespaces,
  proposedDistributionsOf,
  usualDistributionsOf,
} from "./distributions.ts";
import type { FirstParty } from "./first-party.ts";
import type { Import } from "./imports.ts";
import { normalizedName, type PythonEnvironment } from "./project.ts";
import { isStandardLibrary } from "./standard-library.ts";
import { findUndeclared, type Undeclared } from "./undeclared.ts";

/** A file that declares distributions; `path` is POSIX, relative to the root. */
export interface DeclaringFile extends Declarations {
  readonly path: string;
}

/** A file's imports; `path` is POSIX, relative to the root. */
export interface ImportingFile {
  readonly path: string;
  readonly imports: readonly Import[];
  /** What a script declares for itself alone (PEP 723); the project's files do not count there. */
  readonly script: Declarations | undefined;
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
  /** Words of the strings in setup.py: the extension modules that it builds are named so. */
  readonly built: ReadonlySet<string>;
  /** Whether some file says which Python. */
  readonly saysPython: boolean;
  readonly environment: PythonEnvironment | undefined;
}

/** Modules that are there wherever pip is, and those of Python 2, which no distribution will bring back. */
const alwaysThere = new Set(
  `_distutils_hack distutils pip pkg_resources setuptools wheel
  __builtin__ anydbm BaseHTTPServer CGIHTTPServer cPickle cStringIO commands ConfigParser Cookie cookielib copy_reg
  exceptions htmlentitydefs HTMLParser httplib md5 Queue robotparser ScrolledText sets sha SimpleHTTPServer
  SimpleXMLRPCServer SocketServer StringIO thread tkFileDialog Tkinter tkMessageBox ttk urllib2 urlparse UserDict
  UserList UserString whichdb xmlrpclib`.split(/\s+/),
);

/**
 * What the project imports and what it declares. A new value comes in its place when a file imports or declares
 * something else; lines that only moved are seen through this one.
 */
export class Dependencies {
  readonly #facts: DependencyFacts;
  readonly declaring: readonly DeclaringFile[];
  /** Whether some file asks for more than can be read. */
  readonly isOpen: boolean;
  /** Whether the project's own list is computed when it is built: what it declares, only that would tell. */
  readonly isComputed: boolean;
  readonly saysPython: boolean;
  readonly #declared: Names;
  readonly #answers = new Map<string, boolean>();
  readonly #settled = new Map<string, boolean>();
  readonly #ownNames: ReadonlySet<string>;
  readonly #uses = new Map<string, Use>();
  #words: ReadonlySet<string> | undefined;
  #undeclared: Undeclared | undefined;
  #importers: ReadonlyMap<string, readonly ImportingFile[]> | undefined;
  #imported: ReadonlySet<string> | undefined;
  #unexplained: boolean | undefined;

  constructor(facts: DependencyFacts) {
    this.#facts = facts;
    this.declaring = facts.declaring;
    const hasFile = facts.declaring.some(({ path, declared }) => /\.(?:txt|in)$/.test(path) && declared.length > 0);
    this.isOpen = facts.declaring.some((file) => file.isOpen && !(file.readsFile && hasFile));
    this.isComputed = facts.declaring.some((file) => isBuilt(file) && file.isOpen && !(file.readsFile && hasFile));
    this.saysPython = facts.saysPython;
    const counted = facts.declaring.flatMap((file) => file.declared.filter(({ role }) => role !== "constraint"));
    this.#declared = new Names(counted);
    this.#ownNames = new Set(facts.declaring.flatMap(({ project }) => (project ? [normalizedName(project)] : [])));
  }

  /** The files of the project with their imports, third-party or not, ordered by path. */
  get importing(): readonly ImportingFile[] {
    return this.#facts.importing;
  }

  /** The imports of one file, where they stand now. */
  importsIn(path: string): readonly Import[] {
    return this.#facts.importing.find((file) => file.path === path)?.imports ?? [];
  }

  /** Whether a module that this file imports comes from outside the project and the standard library. */
  isThirdParty({ module }: Import, path: string): boolean {
    if (this.#isAtHome(module)) return false;
    return (
      !this.#facts.firstParty.has(module, path) &&
      (this.#isSure(module) || !this.#facts.firstParty.isOnDisk(module, path))
    );
  }

  /** Whether a module is declared or the project's own or Python's, whichever file imports it. */
  isSettled(module: string): boolean {
    const known = this.#settled.get(module);
    if (known !== undefined) return known;
    const answer = this.#isAtHome(module) || this.#facts.firstParty.hasEverywhere(module) || this.isDeclared(module);
    this.#settled.set(module, answer);
    return answer;
  }

  /** Python's own, or the project's by its name alone. */
  #isAtHome(module: string): boolean {
    if (!this.isKnown(module) && this.#facts.built.has(module)) return true;
    return (
      isStandardLibrary(module) ||
      alwaysThere.has(module) ||
      ownNames.has(module) ||
      this.#ownNames.has(normalizedName(module))
    );
  }

  /** What is imported and not declared, by file. */
  get undeclared(): Undeclared {
    this.#undeclared ??= findUndeclared(this);
    return this.#undeclared;
  }

  /** The files that import this third-party module, ordered by path. */
  importersOf(module: string): readonly ImportingFile[] {
    this.#importers ??= this.#groupedImporters();
    return this.#importers.get(module) ?? [];
  }

  /** The files that import a module of this distribution (any spelling). */
  importersOfDistribution(distribution: string): readonly ImportingFile[] {
    const name = normalizedName(distribution);
    const modules = new Set([...this.#allImported()].filter((module) => this.#holds(name, module)));
    return this.#facts.importing.filter((file) => file.imports.some(({ module }) => modules.has(module)));
  }

  /** Whether there is any code to speak of: without it, nothing is imported and that means nothing. */
  get hasCode(): boolean {
    return this.#facts.importing.some((file) => file.imports.length > 0);
  }

  /** Whether a file that installs or starts things has this word: a Dockerfile, tox.ini, continuous integration. */
  isMentioned(word: string): boolean {
    return this.#facts.installed.has(normalizedName(word));
  }

  /** The distributions (PEP 503 names) that hold a module, best first: those installed, else those that usually do. */
  distributionsOf(module: string): readonly string[] {
    const installed = this.#facts.environment?.modules?.().get(module) ?? [];
    return [...new Set([...installed, ...usualDistributionsOf(module)])];
  }

  /** The distributions that can be proposed for a module: those installed, else what pip usually finds it in. */
  proposalsFor(module: string): readonly string[] {
    const installed = this.#facts.environment?.modules?.().get(module) ?? [];
    return [...new Set([...installed, ...proposedDistributionsOf(module)])];
  }

  /** Whether {@link distributionsOf} is knowledge, and no guess by the name. */
  isKnown(module: string): boolean {
    return isKnownModule(module) || this.#facts.environment?.modules?.().has(module) === true;
  }

  /** Whether some file declares what a module comes from. Below a namespace that is not decided. */
  isDeclared(module: string): boolean {
    const known = this.#answers.get(module);
    if (known !== undefined) return known;
    const { installed } = this.#facts;
    const candidates = [normalizedName(module), ...this.distributionsOf(module)];
    const answer =
      this.#declared.hold(module, candidates) ||
      candidates.some((name) => installed.has(name)) ||
      (!this.isKnown(module) && this.#declared.resemble(module));
    this.#answers.set(module, answer);
    return answer;
  }

  /** The same for a script that declares for itself. */
  isDeclaredBy(script: Declarations, module: string): boolean {
    return script.isOpen || new Names(script.declared).hold(module, this.distributionsOf(module));
  }

  /** Whether some file declares a distribution (PEP 503 name) as needed to run. */
  declaresToRun(name: string): boolean {
    const isIt = (each: Declaration) => each.role === "runtime" && normalizedName(each.name) === name;
    return this.declaring.some(({ declared }) => declared.some(isIt));
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
    const imported = this.#allImported();
    const modules = this.#modulesOf(name);
    if (modules?.some((module) => imported.has(module))) return "imported";
    for (const module of imported) if (this.#holds(name, module)) return "imported";
    // `ufal.chu_liu_edmonds` is the whole name of the distribution that holds it.
    if (name.includes("-") && this.#isDotted(name)) return "imported";
    const words = this.#words;
    if ([name, ...(modules ?? [])].some((word) => words?.has(normalizedName(word)))) return "mentioned";
    return modules === undefined && this.#hasUnexplained() ? "unclear" : "nowhere";
  }

  /** Every top-level module that is imported, wherever it comes from. */
  #allImported(): ReadonlySet<string> {
    this.#imported ??= new Set(this.#facts.importing.flatMap((file) => file.imports.map((each) => each.module)));
    return this.#imported;
  }

  #isDotted(name: string): boolean {
    return this.#facts.importing.some((file) => file.imports.some((each) => normalizedName(each.name) === name));
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

/** The names of declared distributions, asked for by module. */
class Names {
  readonly #names: ReadonlySet<string>;
  readonly #cores: ReadonlySet<string>;
  /** The first names of those that are spelt as modules below another are: `ufal.chu_liu_edmonds`. */
  readonly #above: ReadonlySet<string>;

  constructor(declared: Declarations["declared"]) {
    this.#names = new Set(declared.map(({ name }) => normalizedName(name)));
    this.#above = new Set(
      declared.flatMap(({ name }) => (name.includes(".") ? normalizedName(name.split(".")[0] ?? "") : [])),
    );
    this.#cores = new Set([...this.#names].map(coreOf));
  }

  hold(module: string, candidates: readonly string[]): boolean {
    if (namespaces.has(module) || candidates.some((name) => this.#names.has(name))) return true;
    const own = normalizedName(module);
    return this.#above.has(own) || this.#cores.has(coreOf(own));
  }

  /** Whether one is a longer name of the module: `ax-platform`, `pyannote.audio`, `pytorch-ignite`. */
  resemble(module: string): boolean {
    const own = normalizedName(module);
    return [...this.#names].some((name) => name.startsWith(`${own}-`) || name.endsWith(`-${own}`));
  }
}

/** Names that only a project's own modules have: what lies on PyPI below them is nobody's library. */
const ownNames = new Set(
  "conftest config docs example examples helpers scripts settings src test tests utils".split(" "),
);

/** The project's own metadata; a `setup.py` further down builds a part of it, or an example. */
function isBuilt({ path }: DeclaringFile): boolean {
  return /^(?:[^/]+\/)?(?:setup\.(?:py|cfg)|pyproject\.toml)$/.test(path);
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
