import { isTestPath } from "../clones/test-path.ts";
import type { Edit, FileEdits } from "../core/edit.ts";
import { packagesAround } from "../core/packages.ts";
import type { RefactoringResult } from "../core/refactoring.ts";
import type { Project } from "../project/project.ts";
import { isStandardLibrary } from "../project/standard-library.ts";
import { filesNamed } from "../python/import-targets.ts";
import { PythonModule } from "../python/module.ts";
import { type Syntax, syntaxOf } from "../python/syntax.ts";
import { moduleNameIn } from "./module-name.ts";
import { renamedImports } from "./moved-imports.ts";
import { boundToPlace } from "./placed-module.ts";
import { isRefusal, type Refusal, refuse } from "./refusals.ts";

/** Where a module would lie in another folder (both POSIX, relative to the root; the root itself is empty). */
export function movedPath(path: string, folder: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return folder === "" ? name : `${folder}/${name}`;
}

/**
 * Moves a module of the project to another path, and lets every file import it from there. Refused where the module
 * or one of these files could notice (once the whole folder was read: `project.dependencies`): by its place, by relative imports, by what lies beside it, by pickles.
 */
export function moveModule(path: string, target: string, project: Project): RefactoringResult {
  const text = project.sourceOf(path);
  if (text === undefined || !path.endsWith(".py") || path.endsWith("__.py") || isTestPath(path))
    return refuse("MOVE_KIND");
  if (project.isFile(target) || project.isFile(target.replace(/\.py$/, "/__init__.py")))
    return refuse("FILE_EXISTS", [target]);
  const importers = importersOf(path, project);
  const refusal = packagesNotice(path, target, importers, project) ?? nameIsTaken(path, target, project);
  if (refusal) return refusal;
  using module = new PythonModule(path, text);
  const bound = boundToPlace(syntaxOf(module), target, project);
  if (bound) return bound;
  const changed: FileEdits[] = [];
  for (const importer of importers) {
    const edits = importsIn(importer, path, target, project);
    if (isRefusal(edits)) return edits;
    if (edits.length > 0) changed.push({ path: importer, edits });
  }
  return { applied: true, edits: [...changed, { path, edits: [], moves: target }] };
}

/** The files that may import a module: those that name one of its folders or itself, those beside it, and tests. */
function importersOf(path: string, project: Project): readonly string[] {
  const parts = path.replace(/\.py$/, "").split("/");
  const [top = ""] = parts;
  const stem = parts.at(-1) ?? "";
  return (project.dependencies?.importing ?? [])
    .filter((file) => file.path !== path)
    .filter(
      (file) =>
        file.path.startsWith(`${top}/`) ||
        isTestPath(file.path) ||
        file.imports.some(({ module }) => parts.includes(module)),
    )
    .map((file) => file.path)
    .filter((each) => new RegExp(`\\b${stem}\\b`).test(project.sourceOf(each) ?? ""));
}

function importsIn(importer: string, path: string, target: string, project: Project): readonly Edit[] | Refusal {
  using module = new PythonModule(importer, project.sourceOf(importer) ?? "");
  const syntax = syntaxOf(module);
  const isMoved = (name: string) => filesNamed(name, importer).find((each) => project.isFile(each)) === path;
  if (renamedImports(syntax, isMoved, "moved")?.length === 0)
    return namesPlace(syntax, path) ? refuse("MOVE_IMPORTER", [importer]) : [];
  const name = importer.endsWith(".py") && !syntax.isBroken ? moduleNameIn(syntax, target, project) : undefined;
  if (name === undefined || namesPlace(syntax, path) || pickles.test(syntax.text))
    return refuse("MOVE_IMPORTER", [importer]);
  return renamedImports(syntax, isMoved, name) ?? refuse("MOVE_IMPORTER", [importer]);
}

const pickles = /\b(?:pickle|cloudpickle|dill|joblib|shelve|torch\.(?:load|save))\b|\bsys\.path\b/;

/** Does a string name the module, by its dots or its path: for `mock.patch`, an import by name, or a program that runs it? */
function namesPlace({ text }: Syntax, path: string): boolean {
  const escaped = path.replace(/[^\p{L}\p{N}_/]/gu, "\\$&");
  const dotted = escaped.replace(/\\\.py$/, "").replaceAll("/", "\\.");
  return new RegExp(`["'](?:[^"'\\n]*/)?(?:${dotted}\\b|${escaped}["'])`).test(text);
}

/** The packages around the old place no longer run when it is imported, those around the new one do. */
function packagesNotice(
  path: string,
  target: string,
  importers: readonly string[],
  project: Project,
): Refusal | undefined {
  const [left, entered] = [packagesAround(path), packagesAround(target)];
  const noticed = [
    ...left.filter((each) => !entered.includes(each)),
    ...entered.filter((each) => !left.includes(each) && !importers.every((one) => one.startsWith(folderOf(each)))),
  ].filter((each) => /^[ \t]*[^\s#"']/m.test(withoutDocstring(project.sourceOf(each) ?? "")));
  return noticed.length > 0 ? refuse("MOVE_PACKAGE", noticed) : undefined;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

function withoutDocstring(text: string): string {
  return text.replace(/^\s*(?:"""[\s\S]*?"""|'''[\s\S]*?''')/, "");
}

/** Would files of the new folder find the module where they mean another one of its name? */
function nameIsTaken(path: string, target: string, project: Project): Refusal | undefined {
  const folder = folderOf(target);
  const stem = movedPath(target, "").replace(/\.py$/, "");
  const others = (project.dependencies?.importersOf(stem) ?? []).filter(
    (file) => file.path.startsWith(folder) && !filesNamed(stem, file.path).includes(path),
  );
  return isStandardLibrary(stem) || others.length > 0 ? refuse("NAME_TAKEN", [stem]) : undefined;
}
