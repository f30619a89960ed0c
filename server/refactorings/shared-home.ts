import type { Edit } from "../core/edit.ts";
import type { Project } from "../project/project.ts";
import { PythonModule } from "../python/module.ts";
import { isDocstring, type Syntax, statementsOf, syntaxOf } from "../python/syntax.ts";
import type { Source } from "./global-origins.ts";
import { importsAnyOf } from "./import-graph.ts";
import { fileOfModule, moduleNameIn } from "./module-name.ts";
import { isBoundOnce } from "./stable-names.ts";
import { importEdit, memberEdit, type TopImport, topImports } from "./top-imports.ts";

/** How one file reaches a name of the module where shared code goes. */
export interface Access {
  callee(name: string): string;
  /** What makes the callee known in the file; undefined where that cannot be written. */
  edits(name: string): readonly Edit[] | undefined;
  /** What binds the name itself in the file, perhaps `name as other`. */
  binding(name: string): readonly Edit[] | undefined;
}

/** The module where shared code goes: of one of the copies, or one beside them that holds nothing but shared code. */
export interface Home {
  readonly path: string;
  /** The copy's file that it is. */
  readonly source: Source | undefined;
  /** The accesses of the other files, by path. */
  readonly accesses: ReadonlyMap<string, Access>;
}

/** The modules where code of all these files can go without a cycle of imports, the best first. */
export function homesFor(sources: readonly Source[], project: Project): readonly Home[] {
  const homes: Home[] = [];
  for (const source of sources) {
    const { path } = source.syntax;
    const others = sources.filter((each) => each !== source);
    const accesses = accessesOf(others, (other) => existingAccess(other, path, project));
    const goals = new Set(others.map(({ syntax }) => syntax.path));
    const isScript = /(^|\/)__(init|main)__\.py$/.test(path);
    if (accesses && !isScript && !importsAnyOf(path, goals, project)) homes.push({ path, source, accesses });
  }
  const path = sharedPath(sources, project);
  const accesses = accessesOf(
    sources,
    (source) => existingAccess(source, path, project) ?? newAccess(source, path, project),
  );
  return accesses ? [...homes, { path, source: undefined, accesses }] : homes;
}

function accessesOf(
  sources: readonly Source[],
  accessOf: (source: Source) => Access | undefined,
): ReadonlyMap<string, Access> | undefined {
  const accesses = new Map<string, Access>();
  for (const source of sources) {
    const access = accessOf(source);
    if (!access) return undefined;
    accesses.set(source.syntax.path, access);
  }
  return accesses;
}

/** Through an import of the module that the file has at its top. */
function existingAccess(source: Source, path: string, project: Project): Access | undefined {
  const { syntax } = source;
  const imports = topImports(syntax);
  const isOf = (module: string) => fileOfModule(module, syntax.path, project) === path;
  const from = imports.find(({ module, member }) => member !== undefined && isOf(module));
  if (from) return access((name) => listOf(memberEdit(syntax, from.statement, name)));
  const asModule = imports.find((each) => isModule(each, isOf));
  const anyhow = asModule ?? imports.find(({ module, member }) => member === undefined && isOf(module));
  if (!anyhow) return undefined;
  const line = byLine(source, fullName(anyhow), project);
  if (!asModule || !isSeenEverywhere(asModule.name, source)) return line;
  return { ...line, callee: (name) => `${asModule.name}.${name}`, edits: () => [] };
}

function access(binding: Access["binding"]): Access {
  return { callee: (name) => name, edits: binding, binding };
}

function fullName({ module, member }: TopImport): string {
  return member === undefined ? module : `${module}${module.endsWith(".") ? "" : "."}${member}`;
}

/** Is the module itself what the import binds? */
function isModule(each: TopImport, isOf: (module: string) => boolean): boolean {
  const { module, member, name } = each;
  if (member === undefined) return isOf(module) && (!module.includes(".") || name !== module.split(".")[0]);
  return isOf(fullName(each));
}

/** Does a name of the module mean the same in all its functions? */
function isSeenEverywhere(name: string, { syntax, scopes }: Source): boolean {
  const others = [...scopes.module.all()].filter((scope) => scope !== scopes.module);
  return isBoundOnce(name, syntax, scopes) && others.every((scope) => !scope.bindings.has(name));
}

function newAccess(source: Source, path: string, project: Project): Access | undefined {
  const module = moduleNameIn(source.syntax, path, project);
  return module === undefined ? undefined : byLine(source, module, project);
}

function byLine({ syntax }: Source, module: string, project: Project): Access {
  const isLocal = (other: string) =>
    module.startsWith(".") ? other.startsWith(".") : fileOfModule(other, syntax.path, project) !== undefined;
  return access((name) => listOf(importEdit(syntax, `from ${module} import ${name}`, isLocal)));
}

function listOf(edit: Edit | undefined): readonly Edit[] | undefined {
  return edit && [edit];
}

/** A module in the folder that all files have in common: the shared one that is there, else the first free name. */
function sharedPath(sources: readonly Source[], project: Project): string {
  const folders = sources.map(({ syntax }) => syntax.path.split("/").slice(0, -1));
  const [first = []] = folders;
  let depth = 0;
  while (depth < first.length && folders.every((folder) => folder[depth] === first[depth])) depth++;
  const folder = first.slice(0, depth).map((part) => `${part}/`);
  for (let count = 1; ; count++) {
    const path = `${folder.join("")}_shared${count === 1 ? "" : `_${count}`}.py`;
    const text = project.isFile(path) ? project.sourceOf(path) : undefined;
    const isFree = !project.isFile(path);
    if (isFree || (text !== undefined && mayGrow(path, text, sources, project))) return path;
  }
}

/** May files that do not import a module yet begin to? It runs nothing then, and leads back to none of them. */
function mayGrow(path: string, text: string, sources: readonly Source[], project: Project): boolean {
  using module = new PythonModule(path, text);
  const goals = new Set(sources.map(({ syntax }) => syntax.path));
  return isInert(syntaxOf(module)) && !goals.has(path) && !importsAnyOf(path, goals, project);
}

/** Does importing a module do nothing but import and define? */
function isInert(syntax: Syntax): boolean {
  if (syntax.isBroken) return false;
  const definitions = /^(import(_from)?_statement|future_import_statement|function_definition)$/;
  return statementsOf(syntax.root).every((each) => definitions.test(each.type) || isDocstring(each));
}
