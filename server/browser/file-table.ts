import { dirname } from "node:path";

/** A file of the editor's as it was fetched; one without bytes is known by its name and size alone. */
export interface FetchedFile {
  readonly size: number;
  /** When it was last written to, in milliseconds. */
  readonly modified: number;
  readonly bytes?: Uint8Array;
}

/** The files of the workspace by their full paths: what stands in for a disk in a browser. */
export class FileTable {
  readonly #files = new Map<string, FetchedFile>();
  /** The names in each folder. */
  readonly #folders = new Map<string, Set<string>>();

  get(path: string): FetchedFile | undefined {
    return this.#files.get(path);
  }

  namesIn(folder: string): readonly string[] | undefined {
    const names = this.#folders.get(folder);
    return names && [...names];
  }

  isFolder(path: string): boolean {
    return this.#folders.has(path);
  }

  set(path: string, file: FetchedFile): void {
    this.#files.set(path, file);
    this.#name(path);
  }

  addFolder(path: string): void {
    if (this.#folders.has(path)) return;
    this.#folders.set(path, new Set());
    this.#name(path);
  }

  /** A file, or a folder with all that is in it. */
  remove(path: string): void {
    for (const name of this.#folders.get(path) ?? []) this.remove(`${path}/${name}`);
    this.#folders.delete(path);
    this.#files.delete(path);
    this.#folders.get(dirname(path))?.delete(path.slice(path.lastIndexOf("/") + 1));
  }

  #name(path: string): void {
    const folder = dirname(path);
    if (folder === path) return;
    this.addFolder(folder);
    this.#folders.get(folder)?.add(path.slice(path.lastIndexOf("/") + 1));
  }
}

/** The one table of this worker, as there is one disk in a process. */
export const files = new FileTable();
