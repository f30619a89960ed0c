import { type Claim, subjectOf } from "../core/claims.ts";

/** What READMEs and packages claim of their folders, and modules of themselves. Paths are POSIX, relative to the root. */
export class Claims {
  readonly #files: ReadonlyMap<string, unknown>;
  /** By the file that says so. */
  readonly #claims = new Map<string, Claim>();
  /** The folders and modules of which it counts; the same while no file comes or goes and none says something else. */
  #subjects: readonly (readonly [string, Claim])[] | undefined;

  /** `files` are all files of the project, as they are now. */
  constructor(files: ReadonlyMap<string, unknown>) {
    this.#files = files;
  }

  /** A file says this now, or nothing. */
  set(path: string, claim: Claim | undefined): void {
    if (claim) this.#claims.set(path, claim);
    else this.#claims.delete(path);
    this.#subjects = undefined;
  }

  clear(): void {
    this.#claims.clear();
    this.#subjects = undefined;
  }

  isClaimed(path: string, claim: Claim): boolean {
    if (this.#claims.size === 0) return false;
    this.#subjects ??= [...this.#claims]
      .map(([file, said]) => [subjectOf(file), said] as const)
      .filter(([subject]) => this.#files.has(subject) || this.#isPart(subject));
    return this.#subjects.some(([subject, said]) => said === claim && path.startsWith(subject));
  }

  /** What is said of the root, or of most of a project, is said of the project: it is its author's own, whatever its origin. */
  #isPart(folder: string): boolean {
    if (folder === "") return false;
    if (this.#files.has(`${folder.replace(/[^/]+\/$/, "")}__init__.py`)) return true;
    const modules = [...this.#files.keys()].filter((path) => path.endsWith(".py"));
    return modules.filter((path) => path.startsWith(folder)).length * 2 < modules.length;
  }
}
