import type { Project } from "../project/project.ts";
import { isMainGuard } from "../python/definitions.ts";
import { filesNamed } from "../python/import-targets.ts";
import { type Syntax, statementsOf } from "../python/syntax.ts";
import { type TopImport, topImports } from "./top-imports.ts";

/**
 * How a file names another module of the project so that the import surely works wherever the file itself does: as it
 * names those that it imports already, else by its place in its package or folder. Undefined where that cannot be told,
 * such as for a script inside a package. `target` is a POSIX path relative to the project's root, there or not.
 */
export function moduleNameIn(syntax: Syntax, target: string, project: Project): string | undefined {
  const { path } = syntax;
  const imports = topImports(syntax);
  const used = imports.filter(({ module }) => module.startsWith(".")).map(({ module }) => dotsOf(module));
  if (used.length > 0) return relativeName(path, target, Math.max(...used, packageDepth(path, project)));
  const roots = imports.flatMap((each) => rootOf(each, path, project) ?? []);
  // Whoever imports a module of a package by its bare name runs from inside the package.
  if (roots.some((root) => isPackage(root, project))) return undefined;
  const top = topPackage(path, project);
  for (const root of roots) {
    const name = nameBelow(root, target);
    // What a package needs must be installed with it.
    if (name !== undefined && (top === undefined || name.startsWith(`${top}.`))) return name;
  }
  return nameByPlace(syntax, target, project);
}

/** The file of the project that an import means, in a folder outside of packages if there is one; else undefined. */
export function fileOfModule(module: string, path: string, project: Project): string | undefined {
  const files = filesNamed(module, path).filter((each) => project.isFile(each));
  return files.find((file) => !isPackage(folderAbove(file, module), project)) ?? files[0];
}

function isPackage(folder: string, project: Project): boolean {
  return folder !== "" && project.isFile(`${folder}/__init__.py`);
}

/** The folder that a module's dotted name counts from. */
function folderAbove(file: string, module: string): string {
  const own = partsOf(file);
  return own.slice(0, Math.max(0, own.length - module.split(".").length)).join("/");
}

/** A file without imports of the project: of a package, or a module beside others in a folder. */
function nameByPlace(syntax: Syntax, target: string, project: Project): string | undefined {
  const { path } = syntax;
  const folder = folderOf(path);
  const depth = packageDepth(path, project);
  const importers = (name: string) => project.dependencies?.importersOf(name) ?? [];
  if (depth === 0) {
    // As a script, or with its folder on the path, it finds its neighbours; as a part of a folder's package it does not.
    const isAlone = folder === "" || importers(folder.slice(folder.lastIndexOf("/") + 1)).length === 0;
    return isAlone && folderOf(target) === folder ? nameBelow(folder, target) : undefined;
  }
  const isScript = syntax.text.startsWith("#!") || statementsOf(syntax.root).some((each) => isMainGuard(syntax, each));
  if (isScript || importers(stemOf(path)).length > 0) return undefined;
  const root = folder.split("/").slice(0, -depth).join("/");
  const name = nameBelow(root, target);
  return name?.startsWith(`${topPackage(path, project)}.`) ? name : undefined;
}

/** The name of the outermost package around a file. */
function topPackage(path: string, project: Project): string | undefined {
  const depth = packageDepth(path, project);
  return depth === 0 ? undefined : folderOf(path).split("/").at(-depth);
}

/** How many folders around a file are packages with an `__init__.py`. */
function packageDepth(path: string, project: Project): number {
  let depth = 0;
  for (let folder = folderOf(path); isPackage(folder, project); folder = folderOf(folder)) depth++;
  return depth;
}

/** The folder that an absolute import of a module of the project counts from. */
function rootOf({ module, member }: TopImport, path: string, project: Project): string | undefined {
  if (module.startsWith(".")) return undefined;
  for (const name of member === undefined ? [module] : [`${module}.${member}`, module]) {
    const file = fileOfModule(name, path, project);
    if (file !== undefined) return folderAbove(file, name);
  }
  return undefined;
}

function nameBelow(root: string, target: string): string | undefined {
  const inside = root === "" ? target : target.startsWith(`${root}/`) ? target.slice(root.length + 1) : undefined;
  return inside === undefined ? undefined : dotted(partsOf(inside));
}

function relativeName(path: string, target: string, mostDots: number): string | undefined {
  const folder = path.split("/").slice(0, -1);
  const parts = partsOf(target);
  let common = 0;
  while (common < folder.length && common < parts.length && folder[common] === parts[common]) common++;
  const dots = folder.length - common + 1;
  const name = dotted(parts.slice(common));
  return dots > mostDots || name === undefined ? undefined : ".".repeat(dots) + name;
}

/** The parts of a module's dotted name below the project's root; a package is its folder. */
function partsOf(path: string): readonly string[] {
  return path
    .replace(/\.py$/, "")
    .replace(/(^|\/)__init__$/, "")
    .split("/")
    .filter((part) => part !== "");
}

function dotted(parts: readonly string[]): string | undefined {
  return parts.length > 0 && parts.every((part) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(part))
    ? parts.join(".")
    : undefined;
}

function dotsOf(module: string): number {
  return /^\.*/.exec(module)?.[0].length ?? 0;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function stemOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.py$/, "");
}
