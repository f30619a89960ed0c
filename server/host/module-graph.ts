import { withPackages } from "../python/imported-names.ts";
import { type LoadedModules, loadedModules } from "../python/loaded-modules.ts";

/** Of one file: what it may load, and the files that this is. */
interface Node {
  readonly loads: LoadedModules;
  edges: readonly string[] | undefined;
}

/**
 * Which Python files may load which others, however: rather one too many. Read only where it is asked for, and of a
 * file that changed anew. Paths are POSIX, relative to the root.
 */
export class ModuleGraph {
  readonly #textOf: (path: string) => string | undefined;
  readonly #nodes = new Map<string, Node>();
  #paths: readonly string[] = [];
  readonly #files = new Map<string, string[]>();
  readonly #all = new Set<string>();
  readonly #absolute = new Map<string, readonly string[]>();

  constructor(textOf: (path: string) => string | undefined) {
    this.#textOf = textOf;
  }

  /** Takes in which files there are now. */
  layOut(paths: readonly string[]): void {
    this.#paths = paths;
    this.#absolute.clear();
    this.#files.clear();
    this.#all.clear();
    for (const path of paths) {
      this.#all.add(path);
      const name = moduleOf(path).split("/").at(-1) ?? "";
      const known = this.#files.get(name);
      if (known) known.push(path);
      else this.#files.set(name, [path]);
    }
    for (const [path, node] of this.#nodes) {
      if (this.#all.has(path)) node.edges = undefined;
      else this.#nodes.delete(path);
    }
  }

  /** Reads a file anew that was read before; whether it loads other files now. */
  changed(path: string): boolean {
    const before = this.#nodes.get(path)?.edges;
    this.#nodes.delete(path);
    if (!before) return false;
    const after = this.edgesOf(path);
    return before.length !== after.length || before.some((each, index) => each !== after[index]);
  }

  /** Every file that importing or running these loads, however far down. */
  reachedFrom(roots: Iterable<string>): ReadonlySet<string> {
    const reached = new Set(roots);
    for (const path of reached) for (const next of this.edgesOf(path)) reached.add(next);
    return reached;
  }

  /** Whether a file loads modules whose names only running it would tell. */
  isOpen(path: string): boolean {
    return this.#nodeOf(path).loads.isOpen;
  }

  edgesOf(path: string): readonly string[] {
    const node = this.#nodeOf(path);
    node.edges ??= [...new Set(this.#edges(path, node.loads))].filter((each) => each !== path);
    return node.edges;
  }

  /** The files that a dotted name may be, and the packages around them, for a file. */
  filesNamed(name: string, path: string): readonly string[] {
    return withPackages(name).flatMap((each) => this.#named(each, path));
  }

  #nodeOf(path: string): Node {
    const known = this.#nodes.get(path);
    if (known) return known;
    const node = { loads: loadedModules(this.#textOf(path) ?? ""), edges: undefined };
    this.#nodes.set(path, node);
    return node;
  }

  *#edges(path: string, { names, opened, isOpen }: LoadedModules): Iterable<string> {
    const folder = folderOf(path);
    for (let each = folder; each !== ""; each = folderOf(each)) yield* this.#among(`${each}/__init__.py`);
    for (const name of new Set(names)) yield* this.filesNamed(name, path);
    for (const name of opened) yield* this.#inside(name, path);
    if (isOpen) yield* this.#below(folder);
  }

  /** The files below a package, which may have no `__init__.py`. */
  #inside(name: string, path: string): readonly string[] {
    const place = `${name.replace(/^\.+/, "").replaceAll(".", "/")}/`;
    if (name.startsWith(".")) return this.#below(folderOf(path)).filter((each) => each.includes(`/${place}`));
    return this.#paths.filter((each) => each.startsWith(place) || each.includes(`/${place}`));
  }

  #below(folder: string): readonly string[] {
    return this.#paths.filter((path) => path.startsWith(folder === "" ? "" : `${folder}/`));
  }

  /** The files that a dotted name itself may be. */
  #named(name: string, path: string): readonly string[] {
    const dots = /^\.*/.exec(name)?.[0].length ?? 0;
    const place = name.slice(dots).replaceAll(".", "/");
    const folder = folderOf(path);
    if (dots === 0) return [...this.#absolutely(place), ...this.#among(...filesAt(joined(folder, place)))];
    const above = folder.split("/");
    if (dots - 1 > above.length) return [];
    return this.#among(...filesAt(joined(above.slice(0, above.length - dots + 1).join("/"), place)));
  }

  /** Imports begin in a folder that is no package, wherever that is: the root, `src/`, one of several projects. */
  #absolutely(place: string): readonly string[] {
    const known = this.#absolute.get(place);
    if (known) return known;
    const found = (this.#files.get(place.split("/").at(-1) ?? "") ?? []).filter((path) => {
      const module = moduleOf(path);
      if (module !== place && !module.endsWith(`/${place}`)) return false;
      const start = module.slice(0, Math.max(0, module.length - place.length - 1));
      return start === "" || !this.#all.has(`${start}/__init__.py`);
    });
    this.#absolute.set(place, found);
    return found;
  }

  #among(...paths: readonly string[]): readonly string[] {
    return paths.filter((path) => this.#all.has(path));
  }
}

/** `shop/prices` of `shop/prices.py`, `shop` of `shop/__init__.py`. */
function moduleOf(path: string): string {
  return path.replace(/(?:(?:^|\/)__init__)?\.pyi?$/, "");
}

function filesAt(place: string): readonly string[] {
  return place === "" ? ["__init__.py"] : [`${place}.py`, `${place}/__init__.py`];
}

function joined(folder: string, place: string): string {
  return folder === "" || place === "" ? folder + place : `${folder}/${place}`;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
