import type { Project } from "../project/project.ts";
import type { PythonModule } from "../python/module.ts";
import { type Scopes, scopesOf } from "../python/scopes.ts";
import { type Syntax, syntaxOf } from "../python/syntax.ts";
import { importsAnyOf } from "./import-graph.ts";
import { fileOfModule, moduleNameIn } from "./module-name.ts";
import { isBoundOnce } from "./stable-names.ts";
import { type TopImport, topImports } from "./top-imports.ts";

/** One of the files that a refactoring joins. */
export interface Source {
  readonly module: PythonModule;
  readonly syntax: Syntax;
  readonly scopes: Scopes;
}

export function sourceOf(module: PythonModule): Source {
  const syntax = syntaxOf(module);
  return { module, syntax, scopes: scopesOf(module) };
}

/** What every module has of its own without binding it. */
const ownNames = new Set("__name__ __file__ __doc__ __package__ __spec__ __loader__ __path__ __builtins__".split(" "));

/**
 * Tells of names of the module which object they mean in several files, so that code can move to another module: the
 * one that another file has already, or a new one.
 */
export class GlobalOrigins {
  readonly #sources: readonly Source[];
  readonly #home: string;
  readonly #project: Project;
  readonly #imports: ReadonlyMap<string, readonly TopImport[]>;

  /** `home` is the path of the module that the code moves to. */
  constructor(sources: readonly Source[], home: string, project: Project) {
    this.#sources = sources;
    this.#home = home;
    this.#project = project;
    this.#imports = new Map(sources.map(({ syntax }) => [syntax.path, topImports(syntax)]));
  }

  /** Does the name mean one object in all files, for as long as they run, that the code's new module can have, too? */
  isShared(name: string): boolean {
    const [first, ...others] = this.#sources;
    const origin = first && this.#originIn(first, name);
    if (!first || origin === undefined || others.some((each) => this.#originIn(each, name) !== origin)) return false;
    if (origin === "builtin" || this.#isHere(first)) return true;
    return this.importFor(name) !== undefined;
  }

  /** The import that the code's new module needs for a name; undefined for builtins and where none would do. */
  importFor(name: string): string | undefined {
    const [first] = this.#sources;
    const found = first && this.#importOf(first, name);
    if (!found) return undefined;
    const { path } = first.syntax;
    const file = this.#fileOf(found, path);
    if (file === undefined) return found.module.startsWith(".") ? undefined : found.text;
    return this.#leadsBack(found, path) ? undefined : this.#textFor(found, file, first);
  }

  /** Does an import run one of the files, which then are not ready? Packages around the new module run already. */
  #leadsBack({ module, member }: TopImport, path: string): boolean {
    const goals = new Set([...this.#sources.map(({ syntax }) => syntax.path), this.#home]);
    const names = [module, ...(member === undefined ? [] : [`${module}${module.endsWith(".") ? "" : "."}${member}`])];
    return names
      .flatMap((name) => fileOfModule(name, path, this.#project) ?? [])
      .some((file) => goals.has(file) || (!isPackageOf(file, this.#home) && importsAnyOf(file, goals, this.#project)));
  }

  /** An import of the project's own as the new module must write it. */
  #textFor({ module, text, member }: TopImport, file: string, { syntax }: Source): string | undefined {
    if (!module.startsWith(".")) return text;
    const folder = (path: string) => path.slice(0, path.lastIndexOf("/") + 1);
    if (folder(this.#home) === folder(syntax.path)) return text;
    const isSubmodule = member !== undefined && /^\.+$/.test(module);
    const name = isSubmodule ? undefined : moduleNameIn({ ...syntax, path: this.#home }, file, this.#project);
    return name === undefined ? undefined : text.replace(module, name);
  }

  /** A word for the object; undefined where there may be several. */
  #originIn(source: Source, name: string): string | undefined {
    const { syntax, scopes } = source;
    if (ownNames.has(name) || this.#project.tests()?.isReplaced(name) !== false) return undefined;
    if (!isBoundOnce(name, syntax, scopes) || syntax.ofType("wildcard_import").length > 0) return undefined;
    const [binding] = scopes.module.bindings.get(name) ?? [];
    if (!binding) return "builtin";
    const found = this.#importOf(source, name);
    if (!found) return /_definition$/.test(binding.type) ? `${syntax.path}:${name}` : undefined;
    const { module, member } = found;
    const place = this.#fileOf(found, syntax.path) ?? (module.startsWith(".") ? undefined : module);
    if (place === undefined) return undefined;
    if (member === undefined)
      return found.text.includes(" as ") ? `module ${place}` : `package ${module.split(".")[0]}`;
    return `${place}:${member}`;
  }

  #importOf({ syntax }: Source, name: string): TopImport | undefined {
    return this.#imports.get(syntax.path)?.find((each) => each.name === name);
  }

  #fileOf({ module }: TopImport, path: string): string | undefined {
    return fileOfModule(module, path, this.#project);
  }

  #isHere({ syntax }: Source): boolean {
    return syntax.path === this.#home;
  }
}

function isPackageOf(file: string, path: string): boolean {
  return file.endsWith("/__init__.py") && path.startsWith(file.slice(0, -"__init__.py".length));
}
