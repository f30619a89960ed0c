import type { Settings } from "../core/settings.ts";
import { stageOf } from "../core/stages.ts";
import type { TestFacts } from "../project/project.ts";
import { PythonModule } from "../python/module.ts";
import { functionsToTest, mayNeedTests } from "../rules/production/needs-tests.ts";
import { ModuleGraph } from "./module-graph.ts";
import { Tally } from "./tally.ts";
import { type TestConfiguration, testConfigurationOf } from "./test-configuration.ts";
import { isTestLike, type TestReading, testReadingOf } from "./test-reading.ts";

/** Where the facts come from. Paths are POSIX, relative to the root. */
export interface TestSources {
  readonly settings: Settings;
  /** Of the project's Python files, in order. */
  readonly paths: readonly string[];
  /** Of one of these. */
  readonly textOf: (path: string) => string | undefined;
  /** Of a file of any kind, from the disk. */
  readonly diskTextOf: (path: string) => string | undefined;
  /** The names in a folder. */
  readonly namesIn: (folder: string) => readonly string[];
  readonly isThere: (path: string) => boolean;
  /** What modules import that are compiled, and therefore no Python files. */
  readonly compiledImports: readonly string[];
  /** Whether a file may be the one that is told that there are no tests. */
  readonly isAsked: (path: string) => boolean;
}

/** What is kept of a file of tests: its words as numbers. */
type Kept = Omit<TestReading, "words" | "replaced"> & { readonly words: Uint32Array; readonly replaced: Uint32Array };

/** What follows from which files there are, and what is said around them. */
interface Layout {
  /** Python files, in order. */
  readonly python: readonly string[];
  readonly configuration: TestConfiguration;
  readonly tests: readonly string[];
}

/**
 * What the tests of a project speak of and which modules they reach, kept while files change: one that changed is read
 * anew, the others only when a file comes or goes. Modules are read when somebody asks whether tests reach one.
 */
export class TestIndex {
  readonly #sources: TestSources;
  readonly #readings = new Map<string, Kept>();
  readonly #needs = new Map<string, boolean>();
  readonly #changed = new Set<string>();
  readonly #words = new Tally();
  readonly #replaced = new Tally();
  readonly #graph: ModuleGraph;
  #layout: Layout | undefined;
  #facts: TestFacts | undefined;

  constructor(sources: TestSources) {
    this.#sources = sources;
    this.#graph = new ModuleGraph(sources.textOf);
  }

  /** A file says something else, or has come or gone. */
  changed(path: string): void {
    this.#changed.add(path);
  }

  /** Files came or went, or what stands around them changed. */
  reset(): void {
    this.#layout = undefined;
  }

  /** The same value while every answer is the same. */
  facts(): TestFacts {
    if (this.#facts && this.#layout && this.#changed.size === 0) return this.#facts;
    let isSame = this.#layout !== undefined && this.#facts !== undefined;
    for (const path of this.#changed) isSame = this.#takeIn(path) && isSame;
    this.#changed.clear();
    this.#layout ??= this.#layOut();
    if (isSame && this.#facts && this.#facts.firstUntested === this.#firstUntested(this.#layout)) return this.#facts;
    this.#facts = this.#compute(this.#layout);
    return this.#facts;
  }

  /** Forgets what a file said, and reads it again where that is known of all others; whether it says the same. */
  #takeIn(path: string): boolean {
    this.#needs.delete(path);
    const before = this.#readings.get(path);
    const isSame = !this.#graph.changed(path);
    if (!before) return isSame;
    this.#forget(path);
    return isSame && this.#layout !== undefined && areSame(before, this.#read(path));
  }

  #read(path: string): Kept {
    const known = this.#readings.get(path);
    if (known) return known;
    const reading = testReadingOf(path, this.#sources.textOf(path) ?? "");
    const kept = {
      ...reading,
      words: this.#words.add(reading.words),
      replaced: this.#replaced.add(reading.replaced),
    };
    this.#readings.set(path, kept);
    return kept;
  }

  #forget(path: string): void {
    const reading = this.#readings.get(path);
    if (!reading) return;
    this.#readings.delete(path);
    this.#words.remove(reading.words);
    this.#replaced.remove(reading.replaced);
  }

  #layOut(): Layout {
    const { paths, diskTextOf, namesIn } = this.#sources;
    const configuration = testConfigurationOf(diskTextOf, namesIn);
    const tests = paths.filter((path) => isTestLike(path) || isSetToBeTest(path, configuration));
    const known = new Set(tests);
    for (const path of [...this.#readings.keys()]) if (!known.has(path)) this.#forget(path);
    for (const path of tests) this.#read(path);
    this.#graph.layOut(paths);
    return { python: paths, configuration, tests };
  }

  #compute(layout: Layout): TestFacts {
    const { tests } = layout;
    const readings = tests.map((path) => this.#read(path));
    const hasTests = readings.some(({ isTest }) => isTest);
    let reached: ReadonlySet<string> | undefined;
    return {
      folder: folderOf(tests.filter((path) => this.#read(path).isTest)),
      hasTests,
      sendsRequests: readings.some(({ sendsRequests }) => sendsRequests),
      speaksOf: (name) => hasTests && this.#words.has(name),
      isReplaced: (name) => this.#replaced.has(name),
      isReached: (path) => {
        reached ??= this.#reached(layout);
        return reached.has(path);
      },
      firstUntested: this.#firstUntested(layout),
    };
  }

  /** Everything where it cannot be told what the tests load, or where nothing of the project is found that they do. */
  #reached(layout: Layout): ReadonlySet<string> {
    const { python, tests, configuration } = layout;
    const { compiledImports } = this.#sources;
    const everything = new Set(python);
    if (configuration.runsDocumentation || this.#lacksSome(layout)) return everything;
    if (tests.some((path) => this.#graph.isOpen(path))) return everything;
    const runsPrograms = tests.some((path) => this.#read(path).runsPrograms);
    const names = [
      ...compiledImports,
      ...configuration.run,
      ...configuration.plugins,
      ...(runsPrograms ? configuration.commands : []),
    ];
    const roots = [...tests, ...names.flatMap((name) => this.#graph.filesNamed(name, ""))];
    const managed = this.#words.has("django") ? python.filter((path) => /(?:^|\/)manage\.py$/.test(path)) : [];
    const reached = this.#graph.reachedFrom([...roots, ...managed]);
    const known = new Set(tests);
    return [...reached].some((path) => !known.has(path)) ? reached : everything;
  }

  /** Where there are no tests, and none are spoken of: the first module that needs them. */
  #firstUntested({ python, tests, configuration }: Layout): string | undefined {
    if (configuration.isPublished || configuration.speaksOfTests) return undefined;
    if (tests.some((path) => this.#read(path).isTest)) return undefined;
    const { settings, isAsked } = this.#sources;
    return python.find(
      (path) =>
        isAsked(path) && mayNeedTests(path) && stageOf(path, settings) === "production" && this.#needsTests(path),
    );
  }

  #needsTests(path: string): boolean {
    const known = this.#needs.get(path);
    if (known !== undefined) return known;
    using module = new PythonModule(path, this.#sources.textOf(path) ?? "");
    const answer = functionsToTest(module).length > 0;
    this.#needs.set(path, answer);
    return answer;
  }

  /** Are there tests that cannot be seen: left out of what was published, in a folder that is not there, or needed by others? */
  #lacksSome({ tests, configuration: { isPublished, publishesTests, folders } }: Layout): boolean {
    if (isPublished && !publishesTests) return true;
    if (folders.some((folder) => !this.#sources.isThere(folder))) return true;
    return tests.some((path) => this.#read(path).needed.some((name) => !this.#isFound(name, path)));
  }

  /** Is a module of tests found, as a file or folder of any kind, or perhaps as a name in its package? */
  #isFound(name: string, path: string): boolean {
    const { isThere } = this.#sources;
    const places = placesOf(name, path).filter((place) => isTestLike(`${place}.py`));
    const isNameIn = (place: string) =>
      !name.startsWith(".") && isThere(`${place.replace(/\/?[^/]*$/, "")}/__init__.py`);
    return places.length === 0 || places.some((place) => isThere(`${place}.py`) || isThere(place) || isNameIn(place));
  }
}

/** Where a dotted name may be, without an ending: beside the file, or in the folders above it. */
function placesOf(name: string, path: string): readonly string[] {
  const dots = /^\.*/.exec(name)?.[0].length ?? 0;
  const folders = path.split("/").slice(0, -1);
  const parts = name.slice(dots).split(".");
  if (dots > 0) return [[...folders.slice(0, Math.max(0, folders.length - dots + 1)), ...parts].join("/")];
  return [...folders, ""].map((_, depth) => [...folders.slice(0, depth), ...parts].join("/"));
}

function isSetToBeTest(path: string, { isTestName, folders }: TestConfiguration): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return path.endsWith(".py") && (isTestName(name) || folders.some((folder) => path.startsWith(`${folder}/`)));
}

function areSame(one: Kept, other: Kept): boolean {
  const isSame = (a: Uint32Array, b: Uint32Array) => a.length === b.length && a.every((each, at) => each === b[at]);
  return (
    one.isTest === other.isTest &&
    one.sendsRequests === other.sendsRequests &&
    one.runsPrograms === other.runsPrograms &&
    isSame(one.words, other.words) &&
    isSame(one.replaced, other.replaced)
  );
}

/** Where further tests belong: the folder with most of the tests. */
function folderOf(tests: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const path of tests) {
    const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || a[0].length - b[0].length);
  return most?.[0] ?? "tests";
}
