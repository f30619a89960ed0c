/**
 * The modules that the project itself holds: files, packages, and folders that are packages without `__init__.py`
 * (PEP 420). Paths are POSIX, relative to the root.
 */
export class FirstParty {
  /** The folders that hold a module or a package of this name. */
  readonly #places = new Map<string, Set<string>>();
  readonly #packages = new Set<string>();
  readonly #isAnywhere: boolean;
  readonly #exists: (path: string) => boolean;
  readonly #known = new Map<string, boolean>();

  /**
   * `paths` are those of all Python files; with `isAnywhere` modules may lie in packages' folders too, as when
   * `sys.path` is changed; `exists` asks for a file or folder that no scan found, such as a submodule.
   */
  constructor(paths: Iterable<string>, isAnywhere: boolean, exists: (path: string) => boolean) {
    this.#isAnywhere = isAnywhere;
    this.#exists = exists;
    const folders = new Set<string>();
    for (const path of paths) {
      const module = /([^/]+)\.(?:pyi?|pyx|pyw)$/.exec(path)?.[1];
      if (module === undefined) continue;
      const folder = folderOf(path);
      if (module === "__init__") this.#packages.add(folder);
      else this.#place(module, folder);
      for (let each = folder; each !== "" && !folders.has(each); each = folderOf(each)) folders.add(each);
    }
    for (const folder of folders) this.#place(folder.slice(folder.lastIndexOf("/") + 1), folderOf(folder));
  }

  /** Whether the file at a path, run from the root, from its own folder or from a source root, finds a module here. */
  has(module: string, path: string): boolean {
    if (this.hasEverywhere(module)) return true;
    const folder = folderOf(path);
    for (const place of this.#places.get(module) ?? []) {
      if (folder === place || folder.startsWith(`${place}/`)) return true;
    }
    return false;
  }

  /** Whether every file finds it. */
  hasEverywhere(module: string): boolean {
    const places = this.#places.get(module);
    if (!places || this.#isAnywhere) return places !== undefined;
    for (const place of places) if (place === "" || !this.#packages.has(place)) return true;
    return false;
  }

  /** The same on disk, for what a scan leaves out: ignored and generated files, submodules, vendored folders. */
  isOnDisk(module: string, path: string): boolean {
    const folder = folderOf(path);
    const key = `${folder}\0${module}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = ["src", "lib", ...withAbove(folder)].some((place) => {
      const inside = place === "" ? module : `${place}/${module}`;
      return this.#exists(inside) || this.#exists(`${inside}.py`);
    });
    this.#known.set(key, found);
    return found;
  }

  #place(module: string, folder: string): void {
    const known = this.#places.get(module);
    if (known) known.add(folder);
    else this.#places.set(module, new Set([folder]));
  }
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function withAbove(folder: string): string[] {
  return folder === "" ? [""] : [folder, ...withAbove(folderOf(folder))];
}
