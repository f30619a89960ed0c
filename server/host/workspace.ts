import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import { analyze, fixesOf } from "../analyze.ts";
import type { CloneClass } from "../clones/clone-class.ts";
import { CloneIndex } from "../clones/clone-index.ts";
import type { Finding, Fix, Offer } from "../core/rule.ts";
import type { Settings } from "../core/settings.ts";
import { isExcluded, stageOf } from "../core/stages.ts";
import { Suppressions } from "../core/suppressions.ts";
import { Lines } from "../core/text.ts";
import { isNotebook, type Language, languageOf } from "../languages.ts";
import { isArticle } from "../notebook/article.ts";
import { type Baseline, comparedWith } from "../project/baseline.ts";
import type { Dependencies } from "../project/dependencies.ts";
import { DependencyIndex } from "../project/dependency-index.ts";
import type { Learning } from "../project/learning.ts";
import type { Project, PythonEnvironment, RequirementsText } from "../project/project.ts";
import type { PythonModule } from "../python/module.ts";
import { declaredInPython, factsInLanguage, factsInSource, isDependencySource } from "./dependency-facts.ts";
import { type FileRecord, type FileStamp, stampAt } from "./file-record.ts";
import { type FileText, readText } from "./file-text.ts";
import { Inclusions } from "./inclusions.ts";
import { mayIgnore, mentionsIn, PythonReader, type PythonRecord } from "./python-reader.ts";
import { requirementsAt } from "./requirements-text.ts";
import { silencedLines, unsuppressed } from "./silenced-copies.ts";
import { type Depth, surveyed } from "./survey.ts";
import { TestIndex, type TestSources } from "./test-index.ts";
import { testSourcesOf } from "./test-sources.ts";
import { Twins } from "./twins.ts";
import { type FoundFile, isGone, isLeftOut, reasonOf, type UnreadablePath, walk } from "./walk.ts";

/** A file that could not be read or decoded; the others are complete without it. */
export interface FileError {
  readonly path: string;
  readonly message: string;
}

/** The findings of a file and the text that they belong to. */
export interface Report {
  readonly text: string;
  readonly findings: readonly Finding[];
  /** Those that the baseline holds, and that are not among the findings. */
  readonly known: readonly Finding[];
  /** Where it was asked for: what could be done about each, told without computing it. */
  readonly offers: ReadonlyMap<Finding, readonly Offer[]> | undefined;
}

/**
 * What a workspace takes in: all of its folder; its code alone, which is enough for its copies and needs no grammar; or nothing of
 * the disk but what is opened, as the folder may be a home.
 */
type Holding = "folder" | "code" | "open documents";

/**
 * One project folder as it stands: the disk, overlaid by the texts of open documents. Keeps the cross-file facts up to
 * date and answers with findings. Paths are POSIX, relative to the root.
 */
export class Workspace {
  readonly root: string;
  readonly errors = new Map<string, FileError>();
  /** Files left out for their size. */
  readonly skipped = new Set<string>();
  environment: PythonEnvironment | undefined;
  /** Findings that are known and not told. */
  baseline: Baseline | undefined;
  /** How many recorded findings each file that was checked has no more. */
  readonly gone = new Map<string, number>();
  /** See {@link Project.missingIsTold}. */
  missingIsTold = false;
  /** See {@link Project}. */
  variables: ReadonlySet<string> | undefined;
  readonly #holding: Holding;
  #settings: Settings;
  readonly #files = new Map<string, Language>();
  readonly #open = new Map<string, { readonly language: Language; readonly text: string }>();
  readonly #suppressions = new Map<string, Suppressions>();
  /** Of the Python files that stand in the index as they were on the disk. */
  readonly #stamps = new Map<string, FileStamp>();
  /** The needles of the rules (`Rule.needles`) that each file holds. */
  readonly #mentions = new Map<string, readonly string[]>();
  #clones: CloneIndex;
  readonly #dependencies: DependencyIndex;
  readonly #inclusions = new Inclusions();
  readonly #python = new PythonReader();
  /** Whether the whole folder was read, so that what is nowhere found is nowhere. */
  #isComplete = false;
  /** Whether that was a scan, so that every file is one of `paths`. */
  #isScanned = false;
  /** What changed on the disk since the last scan began to find files. */
  readonly #refreshed = new Set<string>();
  readonly #tests: TestIndex;
  readonly #twins: Twins;
  /** What `clonesOf` answered since the last change. */
  readonly #classes = new Map<string, readonly CloneClass[]>();

  constructor(root: string, settings: Settings, holding: Holding = "folder") {
    this.root = root;
    this.#holding = holding;
    this.#settings = settings;
    this.#clones = this.#emptyIndex();
    this.#dependencies = new DependencyIndex((path) => existsSync(join(root, path)));
    this.#tests = new TestIndex(this.testSources());
    this.#twins = new Twins(
      () => this.#files.keys(),
      (path, other) =>
        this.#clones.isRewritten(path, other) && stageOf(path, this.#settings) === stageOf(other, this.#settings),
    );
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** All known files, ordered by path. */
  get paths(): string[] {
    return [...this.#files.keys()].sort();
  }

  /** All paths that were found, those included that only tell of dependencies; ordered. */
  get sources(): string[] {
    return this.#dependencies.paths;
  }

  /** The files that requirements files name with `-r` or `-c`, there or not, and that no scan would find. */
  get includedPaths(): string[] {
    return [...this.#inclusions.paths].filter((path) => !isOurs(path));
  }

  /** Whether some requirements file names this one. */
  isIncluded(path: string): boolean {
    return this.#inclusions.paths.has(path);
  }

  /** Another value each time that the file is read anew. */
  versionOf(path: string): unknown {
    return this.#dependencies.get(path);
  }

  get lines(): number {
    return this.#clones.lines;
  }

  get project(): Project {
    return {
      root: this.root,
      settings: this.#settings,
      environment: this.environment,
      variables: this.variables,
      missingIsTold: this.missingIsTold,
      clonesOf: (path) => this.clonesOf(path),
      silencedCopiesIn: (path) => silencedLines(path, this.#clones.clonesOf(path), this.#suppressions.get(path)),
      isSynchronousTwin: (path) => this.#twins.isSynchronous(path),
      isArticle: (path) => this.#dependencies.get(path)?.isArticle === true,
      isClaimed: (path, claim) => this.#dependencies.isClaimed(path, claim),
      mentions: (path, needle) => this.#mentions.get(path)?.includes(needle) === true,
      isFile: (path) => this.#dependencies.get(path) !== undefined,
      sourceOf: (path) => (this.languageOf(path)?.grammar === "python" ? this.textOf(path) : undefined),
      tests: () => (this.#isScanned ? this.#tests.facts() : undefined),
      dependencies: this.dependencies,
      learningIn: (path) => this.#dependencies.get(path)?.code?.learning,
      hasVersions: (path) => this.#dependencies.get(path)?.code?.hasVersions === true,
      textOf: (path) => this.textOf(path),
      hasFallbackFor: (path, name) => this.#dependencies.get(path)?.code?.fallbacks?.includes(name) === true,
      isExported: (path) => this.#dependencies.get(path)?.code?.isExported === true,
      learning: this.learning,
      requirementsAt: (path) => this.#requirementsAt(path),
    };
  }

  /** What the code imports and the files declare; the same value until a file says something else. */
  get dependencies(): Dependencies | undefined {
    return this.#isComplete ? this.#dependencies.dependenciesIn(this.environment) : undefined;
  }

  /** What all files that learn from data say together; the same value until one of them says something else. */
  get learning(): Learning | undefined {
    return this.#isComplete ? this.#dependencies.learning : undefined;
  }

  /** Where the facts about tests come from, as they are now. */
  testSources(): TestSources {
    return testSourcesOf(this, this.#dependencies);
  }

  /** The clone classes with a copy in this file, suppressed copies left out. */
  clonesOf(path: string): readonly CloneClass[] {
    const known = this.#classes.get(path);
    if (known) return known;
    const classes = unsuppressed(this.#clones.clonesOf(path), this.#settings, this.#suppressions);
    this.#classes.set(path, classes);
    return classes;
  }

  /** Every clone class of the workspace, suppressed copies left out. */
  clones(): CloneClass[] {
    return unsuppressed(this.#clones.all(), this.#settings, this.#suppressions);
  }

  /** Starts anew with other settings; open documents stay open. The caller scans again. */
  reset(settings: Settings): void {
    this.#settings = settings;
    this.#files.clear();
    this.#twins.changed(true);
    this.#suppressions.clear();
    this.#mentions.clear();
    this.#stamps.clear();
    this.#tests.reset();
    this.gone.clear();
    this.errors.clear();
    this.skipped.clear();
    this.#classes.clear();
    this.#clones = this.#emptyIndex();
    this.#dependencies.clear();
    this.#inclusions.clear();
    this.#isComplete = false;
    this.#isScanned = false;
    for (const [path, document] of this.#open) this.#index(path, document.language, sourceOf(document));
  }

  /**
   * Finds and indexes every file below the root (or below `folder`); yields after each, so that the caller can pause.
   * What `records` tell of a file with the same stamp is believed, and the file not read.
   */
  *scan(folder = "", records: ReadonlyMap<string, FileRecord> = new Map()): Generator<string> {
    for (const found of this.find(folder)) {
      this.take(found, records.get(found.path));
      yield found.path;
    }
    this.complete(folder);
  }

  /** The first step of a scan: every file, found one by one. */
  *find(folder: string): Generator<FoundFile | UnreadablePath> {
    this.#refreshed.clear();
    for (const found of this.#walk(folder)) yield folder === "" ? found : { ...found, path: under(folder, found.path) };
  }

  /** The second step, for each file; what changed since it was found is read as it stands now. */
  take(found: FoundFile | UnreadablePath, record: FileRecord | undefined): void {
    const { path } = found;
    if ("reason" in found) this.errors.set(path, { path, message: found.reason });
    else this.add(path, this.#refreshed.has(path) ? undefined : found, record);
  }

  /** The last step: everything was taken. */
  complete(folder: string): void {
    if (folder !== "") return;
    this.#isComplete = true;
    this.#isScanned = true;
  }

  /**
   * Takes in what the rest of the project tells about dependencies. Nothing there becomes a file of this workspace,
   * has findings, or is compared with others.
   */
  survey(depth: Depth): void {
    if (this.#isComplete) return;
    const textAt = (path: string) => this.#requirementsAt(path)?.text;
    for (const found of this.#walk("")) {
      const { path } = found;
      if ("reason" in found || this.#files.has(path) || found.size > this.#settings.maxFileSize * 1024) continue;
      const facts = surveyed(this.root, path, depth, textAt);
      if (facts) this.#dependencies.set(path, facts);
    }
    this.#isComplete = true;
  }

  #walk(folder: string): Generator<FoundFile | UnreadablePath> {
    return walk(join(this.root, folder), {
      accepts: (path) => this.#accepts(under(folder, path)),
      excludes: (path) => isExcluded(under(folder, path), this.#settings),
    });
  }

  /** Takes a file in from the disk, or again after it changed; a file that is gone is forgotten. */
  add(path: string, stamp = stampAt(join(this.root, path)), record?: FileRecord): void {
    if (!this.#accepts(path)) return;
    const language = languageOf(path);
    if (!language && isDependencySource(path)) this.#learn(path, stamp?.size);
    if (!language || this.#open.has(path)) return;
    if (stamp === undefined || stamp.size > this.#settings.maxFileSize * 1024) {
      this.remove(path);
      if (stamp !== undefined) this.skipped.add(path);
      return;
    }
    if (record?.size === stamp.size && record.modified === stamp.modified) {
      this.#restore(path, language, record);
      return;
    }
    const source = this.#read(path, language);
    if (!source) return;
    this.#index(path, language, source);
    const isPlain = language.grammar === "python" && !this.#suppressions.has(path);
    if (isPlain) this.#stamps.set(path, { size: stamp.size, modified: stamp.modified });
  }

  /** The Python files that stand in the index as they are on the disk, those with ignore comments left out. */
  get stamps(): Iterable<readonly [string, FileStamp]> {
    return this.#stamps;
  }

  /** What a later scan needs to know of these files, so that it need not read them. */
  *records(): Generator<readonly [string, FileRecord]> {
    for (const [path, stamp] of this.#stamps) {
      const units = this.#clones.packedOf(path);
      const facts = this.#dependencies.get(path);
      if (!units || !facts) continue;
      yield [path, { ...stamp, units, facts, mentions: this.#mentions.get(path) ?? [] }];
    }
  }

  remove(path: string): void {
    this.#tests.changed(path);
    this.#tests.reset();
    this.#twins.changed(this.#files.delete(path));
    this.#suppressions.delete(path);
    this.#mentions.delete(path);
    this.#stamps.delete(path);
    this.errors.delete(path);
    this.skipped.delete(path);
    this.#classes.clear();
    this.#clones.remove(path);
    this.#dependencies.remove(path);
    this.#inclusions.delete(path);
  }

  /** The text of an open document counts from now on, whatever is on disk. */
  open(path: string, language: Language, text: string): void {
    this.#open.set(path, { language, text });
    this.skipped.delete(path);
    this.errors.delete(path);
    this.#index(path, language, sourceOf({ language, text }));
    this.#indexReadersOf(path);
  }

  /** The disk counts again. */
  close(path: string): void {
    this.#open.delete(path);
    this.#refreshed.add(path);
    if (this.#holding === "open documents" || this.#isForeign(path)) this.remove(path);
    else this.add(path);
    this.#indexReadersOf(path);
  }

  /** A file changed on disk, came or went. */
  refresh(path: string): void {
    this.#refreshed.add(path);
    if (this.#open.has(path)) return;
    if (this.#files.has(path) || (this.#holding !== "open documents" && this.#accepts(path) && !this.#isForeign(path)))
      this.add(path);
    this.#indexReadersOf(path);
  }

  /** The text of a file as rules see it, or undefined when it cannot be had (see `errors`). */
  textOf(path: string): string | undefined {
    const open = this.#open.get(path);
    if (open) return open.text;
    const language = this.#files.get(path);
    if (!language) return undefined;
    return this.#read(path, language)?.decoded.text;
  }

  languageOf(path: string): Language | undefined {
    return this.#open.get(path)?.language ?? this.#files.get(path);
  }

  /** The findings of one file, in the order of its text. A rule that throws is a defect and is named in `errors`. */
  check(path: string, module?: PythonModule): readonly Finding[] {
    return this.report(path, module)?.findings ?? [];
  }

  /** The same with the text that was checked; undefined where no rule has anything to look at. */
  report(
    path: string,
    module?: PythonModule,
    { offering = false, project = this.project }: { readonly offering?: boolean; readonly project?: Project } = {},
  ): Report | undefined {
    const language = this.languageOf(path);
    const text = language?.concerns(path, project) ? this.textOf(path) : undefined;
    if (!language || text === undefined) return undefined;
    const { findings, failures, offers } = analyze({ path, text }, project, { language, module, offering });
    for (const { rule, error } of failures) {
      this.errors.set(path, { path, message: l10n.t("the rule {0} failed here: {1}", rule, reasonOf(error)) });
    }
    if (!this.baseline) return { text, findings, known: [], offers };
    const { fresh, known, gone } = comparedWith(this.baseline, path, text, findings);
    this.gone.set(path, gone);
    return { text, findings: fresh, known, offers };
  }

  /** The fixes of each of these findings, computed on the file's present text. */
  fixes(path: string, findings: readonly Finding[], module?: PythonModule): readonly (readonly Fix[])[] {
    const language = this.languageOf(path);
    const text = this.textOf(path);
    if (!language || text === undefined) return findings.map(() => []);
    return fixesOf({ path, text }, findings, this.project, { language, module });
  }

  #emptyIndex(): CloneIndex {
    return new CloneIndex({
      minLines: this.#settings.duplicatesMinLines,
      minLinesInTests: this.#settings.duplicatesMinLinesInTests,
    });
  }

  /** What a file reads of others, it reads anew when one of them changes. */
  #indexReadersOf(path: string): void {
    for (const reader of this.#inclusions.readersOf(path)) {
      const language = this.languageOf(reader);
      const text = this.textOf(reader);
      if (reader !== path && language && text !== undefined)
        this.#index(reader, language, sourceOf({ language, text }));
    }
  }

  #restore(path: string, language: Language, record: FileRecord): void {
    this.#take(path, language);
    this.#stamps.set(path, { size: record.size, modified: record.modified });
    this.#keep(path, record);
  }

  #keep(path: string, { units, facts, mentions }: PythonRecord): void {
    this.#mention(path, mentions);
    this.#classes.clear();
    this.#clones.restore(path, units);
    if (this.#holding !== "code") this.#dependencies.set(path, facts);
  }

  #mention(path: string, needles: readonly string[]): void {
    if (needles.length > 0) this.#mentions.set(path, needles);
    else this.#mentions.delete(path);
  }

  #take(path: string, language: Language): void {
    this.#tests.changed(path);
    if (!this.#files.has(path)) this.#tests.reset();
    this.#twins.changed(!this.#files.has(path));
    this.#files.set(path, language);
    this.errors.delete(path);
    this.#suppressions.delete(path);
    this.#stamps.delete(path);
  }

  #index(path: string, language: Language, { utf8: bytes, decoded }: Source): void {
    this.#take(path, language);
    if (language.grammar !== "python") {
      this.#mention(path, mentionsIn(bytes, language.needles));
      const named = new Set<string>();
      const textAt = (other: string) => {
        named.add(other);
        return this.#requirementsAt(other)?.text;
      };
      this.#dependencies.set(path, factsInLanguage(path, language, bytes, textAt));
      this.#inclusions.set(path, [...named]);
      return;
    }
    if (mayIgnore(bytes)) {
      this.#suppressions.set(path, new Suppressions(new Lines(Buffer.from(bytes).toString("utf8"))));
    }
    const record = this.#python.read(bytes, language.needles);
    const declared = this.#holding === "code" ? {} : declaredInPython(path, bytes);
    const shown = isNotebook(path) && isArticle(decoded.text) ? { isArticle: true } : {};
    this.#keep(path, { ...record, facts: { ...record.facts, ...declared, ...shown } });
  }

  /** Takes in what a file of no language of ours tells about dependencies; one that is too large tells nothing. */
  #learn(path: string, size: number | undefined): void {
    this.#dependencies.remove(path);
    this.#tests.reset();
    if (size === undefined || size > this.#settings.maxFileSize * 1024) return;
    try {
      this.#dependencies.set(path, factsInSource(path, readFileSync(join(this.root, path), "utf8")));
    } catch (error) {
      if (!isGone(error)) this.errors.set(path, { path, message: reasonOf(error) });
    }
  }

  #requirementsAt(path: string): RequirementsText | undefined {
    return requirementsAt(this.root, path, this.#settings.maxFileSize, this.#open.get(path)?.text);
  }

  #accepts(path: string): boolean {
    return this.#holding === "code" ? languageOf(path)?.grammar === "python" : isOurs(path);
  }

  /** Would a scan leave this file out? */
  #isForeign(path: string): boolean {
    return isExcluded(path, this.#settings) || isLeftOut(this.root, path);
  }

  /** A file from the disk; one that cannot be had is refused, or forgotten when it is gone. */
  #read(path: string, language: Language): FileText | undefined {
    const read = readText(join(this.root, path), language);
    if (!read) this.remove(path);
    else if ("error" in read) this.#refuse(path, read.error);
    else return read;
    return undefined;
  }

  #refuse(path: string, message: string): void {
    this.remove(path);
    this.errors.set(path, { path, message });
  }
}

/** What is indexed of a file: its code, and its text where the code is not all. */
interface Source {
  readonly utf8: Uint8Array;
  readonly decoded: { readonly text: string };
}

function sourceOf({ language, text }: { readonly language: Language; readonly text: string }): Source {
  return { utf8: Buffer.from(language.codeOf(text)), decoded: { text } };
}

function isOurs(path: string): boolean {
  return languageOf(path) !== undefined || isDependencySource(path);
}

function under(folder: string, path: string): string {
  return folder ? `${folder}/${path}` : path;
}
