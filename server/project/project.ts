import type { CloneClass } from "../clones/clone-class.ts";
import type { Claim } from "../core/claims.ts";
import type { Settings } from "../core/settings.ts";
import type { Dependencies } from "./dependencies.ts";
import type { Learning } from "./learning.ts";
import type { LearningFacts } from "./terms.ts";

/** Facts that no single file holds. The host keeps them up to date; rules only read. */
export interface Project {
  /** Absolute path of the project's folder, in the host's spelling; rules never open it. */
  readonly root: string;
  readonly settings: Settings;
  /** The Python environment that the folder uses, as far as it is known. */
  readonly environment: PythonEnvironment | undefined;
  /**
   * The names of the environment variables that are set on this machine; undefined where findings must be the same on
   * every machine.
   */
  readonly variables: ReadonlySet<string> | undefined;
  /** The clone classes with a copy in this file (POSIX path relative to the root), in the order of that copy. */
  clonesOf(path: string): readonly CloneClass[];
  /** The lines (from 0) of a file on which a comment silences a copy: `clonesOf` leaves that out. */
  silencedCopiesIn(path: string): readonly number[];
  /** Is a module written twice, with `async` and without, and this the one without? Both are told at the other one. */
  isSynchronousTwin(path: string): boolean;
  /** Does a file say this of itself, or a folder that it lies in (other than the root) of all its code? */
  isClaimed(path: string, claim: Claim): boolean;
  /** Does a file of the project hold one of the rules' needles (`Rule.needles`)? */
  mentions(path: string, needle: string): boolean;
  /** Is there a file of the project, of any kind that is read, at a path (POSIX, relative to the root)? */
  isFile(path: string): boolean;
  /** The text of a Python file of the project as it stands, open documents included; undefined when there is none. */
  sourceOf(path: string): string | undefined;
  /** What the tests speak of; undefined until the whole folder was read. */
  tests(): TestFacts | undefined;
  /** What the code imports and the files declare; undefined until the whole folder was read. */
  readonly dependencies: Dependencies | undefined;
  /** What a file tells of learning or serving; undefined for one that does neither, and then no such rule concerns it. */
  learningIn(path: string): LearningFacts | undefined;
  /** Does a file define a function whose name makes it a version of another one's? */
  hasVersions(path: string): boolean;
  /** The text of another file as rules see it; read anew each time, so only a rule that cannot do without asks. */
  textOf(path: string): string | undefined;
  /** Does a file import this name below a `try` that catches ImportError, as it also works without? */
  hasFallbackFor(path: string, name: string): boolean;
  /** Is a notebook written to be read: a lesson or an essay, of which the code shows what the words say? */
  isArticle(path: string): boolean;
  /** Whether a script has the marks of nbconvert, which exports notebooks. */
  isExported(path: string): boolean;
  /** What all files that learn say together; undefined until the whole folder was read. */
  readonly learning: Learning | undefined;
  /** Somebody else in the editor tells already which requirements are not installed. */
  readonly missingIsTold: boolean;
  /** The requirements file at a path (POSIX, relative to the root), whatever its name; undefined when there is none. */
  requirementsAt(path: string): RequirementsText | undefined;
}

/** What the tests of a project speak of, and what they reach. */
export interface TestFacts {
  /** Where further tests belong (POSIX, relative to the root); empty for the root. */
  readonly folder: string;
  readonly hasTests: boolean;
  /** Whether tests ask a program for pages: functions behind addresses are tried without being named. */
  readonly sendsRequests: boolean;
  /** Is a name an identifier in a test file? */
  speaksOf(name: string): boolean;
  /** Do tests set a module or object of a name to something else (`mock.patch`, `monkeypatch.setattr`)? */
  isReplaced(name: string): boolean;
  /** May running the tests load the Python file at a path, however? Where that cannot be told, yes. */
  isReached(path: string): boolean;
  /** Where there are no tests at all: the production module that is told so, for all. */
  readonly firstUntested: string | undefined;
}

/** What stands in a requirements file, for those that name it with `-r` or `-c`. */
export interface RequirementsText {
  readonly text: string;
  /** Of the file on disk, as Python names it (`utf-16-le`); undefined for a document that was never saved. */
  readonly encoding: string | undefined;
  /** The bytes are no UTF-8 and nothing says what they are, so pip reads them differently on each machine. */
  readonly guessed: boolean;
}

/** A Python environment, read from its files without running it. */
export interface PythonEnvironment {
  /** Absolute path of `sys.prefix`. */
  readonly prefix: string;
  /** Absolute path of the interpreter. */
  readonly python: string;
  readonly kind: "conda" | "base" | "venv" | "system";
  /** What a person calls it: the conda name, or the folder's. */
  readonly name: string;
  /** `3.12.1`, when its files tell. */
  readonly version: string | undefined;
  /** Installed distributions by their PEP 503 normalised name. */
  readonly distributions: ReadonlyMap<string, InstalledDistribution>;
  /** conda's packages with their versions, by conda's names; read when it is first asked for. */
  readonly packages?: () => ReadonlyMap<string, string>;
  /** The distributions (PEP 503 names) that hold each top-level module; read when it is first asked for. */
  readonly modules?: () => ReadonlyMap<string, readonly string[]>;
}

/** One installed distribution (core metadata specification; PEP 376 REQUESTED; PEP 610 direct_url.json). */
export interface InstalledDistribution {
  readonly name: string;
  readonly version: string;
  /** Present when it was asked for by name, not only as somebody's dependency. */
  readonly requested: boolean;
  readonly installer: string | undefined;
  /** Where a direct URL install came from. */
  readonly directUrl: DirectUrl | undefined;
}

/** PEP 610. */
export interface DirectUrl {
  readonly url: string;
  readonly vcs?: string;
  readonly commit?: string;
  readonly editable: boolean;
}

/** PEP 503: names are equal when they are equal after this. */
export function normalizedName(name: string): string {
  // Nearly every name is spelt so already, and this is asked for thousands of times.
  return /[^a-z0-9-]|--/.test(name) ? name.replace(/[-_.]+/g, "-").toLowerCase() : name;
}
