import type { Claim } from "../core/claims.ts";
import { Claims } from "./claims.ts";
import type { Declarations } from "./declaration.ts";
import { Dependencies, type ImportingFile } from "./dependencies.ts";
import { FirstParty } from "./first-party.ts";
import type { ImportFacts } from "./imports.ts";
import { Learning } from "./learning.ts";
import { normalizedName, type PythonEnvironment } from "./project.ts";
import type { LearningFacts } from "./terms.ts";

/** What one file tells about dependencies; a file may do several of these. */
export interface FileFacts {
  readonly code?: ImportFacts;
  readonly declarations?: Declarations;
  /** What a script declares for itself alone (PEP 723). */
  readonly script?: Declarations;
  /** The words of a file that installs or starts things. */
  readonly words?: readonly string[];
  /** Whether it names a version of Python without declaring anything: `.python-version`, a Dockerfile. */
  readonly saysPython?: boolean;
  /** What it says of all the code in its folder, or of itself. */
  readonly claim?: Claim;
  /** Whether it is a notebook that is written to be read. */
  readonly isArticle?: boolean;
}

/** What follows from which files there are, whatever they say. */
interface Layout {
  /** In order. */
  readonly paths: readonly string[];
  readonly importing: readonly ImportingFile[];
  readonly firstParty: FirstParty;
}

/**
 * The facts of each file, and what follows from all of them, computed again only when it is asked for and a file now
 * says something else. Paths are POSIX, relative to the root.
 */
export class DependencyIndex {
  readonly #files = new Map<string, FileFacts>();
  readonly #exists: (path: string) => boolean;
  #dependencies: { readonly environment: PythonEnvironment | undefined; readonly value: Dependencies } | undefined;
  #words: ReadonlySet<string> | undefined;
  #learning: Learning | undefined;
  /** The paths in order and the modules that they are: the same while no file comes or goes. */
  #layout: Layout | undefined;
  readonly #claims = new Claims(this.#files);

  /** `exists` asks the disk for a path that no scan found. */
  constructor(exists: (path: string) => boolean) {
    this.#exists = exists;
  }

  set(path: string, facts: FileFacts): void {
    const before = this.#files.get(path);
    this.#files.set(path, facts);
    if (!before || before.claim !== facts.claim) this.#claims.set(path, facts.claim);
    if (!equalLearning(before?.code?.learning, facts.code?.learning)) this.#learning = undefined;
    if (before?.code?.touchesPath !== facts.code?.touchesPath || !before || !before.code !== !facts.code)
      this.#layout = undefined;
    if (!before || differs(before, facts)) this.#dependencies = undefined;
    if (!before || before.words !== facts.words || !equal(before.code?.words, facts.code?.words))
      this.#words = undefined;
  }

  remove(path: string): void {
    if (!this.#files.delete(path)) return;
    this.#claims.set(path, undefined);
    this.#learning = undefined;
    this.#layout = undefined;
    this.#dependencies = undefined;
    this.#words = undefined;
  }

  clear(): void {
    this.#files.clear();
    this.#claims.clear();
    this.#learning = undefined;
    this.#layout = undefined;
    this.#dependencies = undefined;
    this.#words = undefined;
  }

  /** Ordered. */
  get paths(): string[] {
    return [...this.#files.keys()].sort();
  }

  /** The facts of one file as they are now. */
  get(path: string): FileFacts | undefined {
    return this.#files.get(path);
  }

  /** See `Project.isClaimed`. */
  isClaimed(path: string, claim: Claim): boolean {
    return this.#claims.isClaimed(path, claim);
  }

  /** What all files say together: the same value until one of them says something else. */
  dependenciesIn(environment: PythonEnvironment | undefined): Dependencies {
    if (this.#dependencies?.environment !== environment) this.#dependencies = undefined;
    this.#dependencies ??= { environment, value: this.#compute(environment) };
    return this.#dependencies.value;
  }

  /** What all files that learn from data say together: the same value until one of them says something else. */
  get learning(): Learning {
    this.#learning ??= new Learning(
      [...this.#files].flatMap(([path, { code }]) => (code?.learning ? [{ path, ...code.learning }] : [])),
    );
    return this.#learning;
  }

  #compute(environment: PythonEnvironment | undefined): Dependencies {
    this.#layout ??= this.#layOut();
    const { paths, importing, firstParty } = this.#layout;
    const all = paths.map((path) => ({ path, facts: this.#files.get(path) }));
    return new Dependencies({
      declaring: all.flatMap(({ path, facts }) => (facts?.declarations ? [{ path, ...facts.declarations }] : [])),
      importing,
      installed: new Set(all.flatMap(({ path, facts }) => installedBy(path, facts)).map(normalizedName)),
      built: new Set(all.flatMap(({ path, facts }) => (isSetup(path) ? (facts?.code?.words ?? []) : []))),
      words: () => this.#allWords(),
      firstParty,
      environment,
      saysPython: all.some(({ facts }) => facts?.saysPython === true || facts?.declarations?.saysPython === true),
    });
  }

  #layOut(): Layout {
    const paths = [...this.#files.keys()].sort();
    const isAnywhere = [...this.#files.values()].some(({ code }) => code?.touchesPath === true);
    const importing = paths.filter((path) => this.#files.get(path)?.code).map((path) => this.#importing(path));
    return { paths, importing, firstParty: new FirstParty(paths, isAnywhere, this.#exists) };
  }

  /** Reads the present facts, so that moved lines are no reason to compute everything again. */
  #importing(path: string): ImportingFile {
    const files = this.#files;
    return {
      path,
      get script() {
        return files.get(path)?.script;
      },
      get imports() {
        return files.get(path)?.code?.imports ?? [];
      },
    };
  }

  #allWords(): ReadonlySet<string> {
    if (this.#words) return this.#words;
    const words = new Set<string>();
    for (const { code, words: own } of this.#files.values()) {
      for (const list of [code?.words, own]) {
        for (const word of list ?? []) {
          words.add(normalizedName(word));
          // `rest_framework.authentication` names the module too.
          const [first = ""] = word.split(".", 1);
          if (first.length < word.length) words.add(normalizedName(first));
        }
      }
    }
    this.#words = words;
    return words;
  }
}

function isSetup(path: string): boolean {
  return /(?:^|\/)(?:setup|build)\.py$/.test(path);
}

/** nox installs what its strings name. */
function installedBy(path: string, facts: FileFacts | undefined): readonly string[] {
  if (/(?:^|\/)noxfile\.py$/.test(path)) return facts?.code?.words ?? [];
  return facts?.words ?? [];
}

/** Whether more changed than the lines on which the imports stand. */
function differs(before: FileFacts, after: FileFacts): boolean {
  if (before.saysPython !== after.saysPython) return true;
  if (before.code?.touchesPath !== after.code?.touchesPath) return true;
  const imports = (facts: FileFacts) =>
    facts.code?.imports.map((each) => `${each.name} ${each.isGuarded} ${each.isNested}`);
  return (
    !equal(imports(before), imports(after)) ||
    !equal(before.words, after.words) ||
    JSON.stringify([before.declarations, before.script]) !== JSON.stringify([after.declarations, after.script])
  );
}

function equalLearning(left: LearningFacts | undefined, right: LearningFacts | undefined): boolean {
  if (!left || !right) return left === right;
  const isAlike =
    left.speaksOfBaseline === right.speaksOfBaseline &&
    left.isRun === right.isRun &&
    left.serves === right.serves &&
    left.terms.size === right.terms.size;
  return isAlike && [...left.terms].every((term) => right.terms.has(term));
}

function equal(left: readonly string[] | undefined, right: readonly string[] | undefined): boolean {
  if (left === right) return true;
  return left?.length === right?.length && left?.every((each, index) => each === right?.[index]) === true;
}
