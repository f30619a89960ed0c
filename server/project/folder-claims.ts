import type { FolderClaim } from "../core/folder-claims.ts";

/** What READMEs and packages claim of their folders. Paths are POSIX, relative to the root. */
export class FolderClaims {
  readonly #files: ReadonlyMap<string, unknown>;
  /** By the file that says so. */
  readonly #claims = new Map<string, FolderClaim>();
  /** The folders of which it counts; the same while no file comes or goes and none says something else. */
  #folders: readonly (readonly [string, FolderClaim])[] | undefined;

  /** `files` are all files of the project, as they are now. */
  constructor(files: ReadonlyMap<string, unknown>) {
    this.#files = files;
  }

  /** A file says this now, or nothing. */
  set(path: string, claim: FolderClaim | undefined): void {
    if (claim) this.#claims.set(path, claim);
    else this.#claims.delete(path);
    this.#folders = undefined;
  }

  clear(): void {
    this.#claims.clear();
    this.#folders = undefined;
  }

  isClaimed(path: string, claim: FolderClaim): boolean {
    if (this.#claims.size === 0) return false;
    this.#folders ??= [...this.#claims]
      .map(([file, said]) => [file.slice(0, file.lastIndexOf("/") + 1), said] as const)
      .filter(([folder]) => this.#isPart(folder));
    return this.#folders.some(([folder, said]) => said === claim && path.startsWith(folder));
  }

  /** What is said of the root, or of most of a project, is said of the project: it is its author's own, whatever its origin. */
  #isPart(folder: string): boolean {
    if (folder === "") return false;
    if (this.#files.has(`${folder.replace(/[^/]+\/$/, "")}__init__.py`)) return true;
    const modules = [...this.#files.keys()].filter((path) => path.endsWith(".py"));
    return modules.filter((path) => path.startsWith(folder)).length * 2 < modules.length;
  }
}
