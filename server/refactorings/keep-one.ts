import type { CloneClass } from "../clones/clone-class.ts";
import type { Edit, FileEdits } from "../core/edit.ts";
import type { Fix } from "../core/rule.ts";
import type { Project } from "../project/project.ts";
import type { PythonModule } from "../python/module.ts";
import { nameOf, type SyntaxNode } from "../python/syntax.ts";
import { boundToFile, unfitFiles } from "./bound-to-file.ts";
import { codeBehindName, type DuplicatedFunction, functionFromTree } from "./duplicated-function.ts";
import { GlobalOrigins, type Source, sourceOf } from "./global-origins.ts";
import { isLiteral } from "./literals.ts";
import { kindOfName } from "./node-kinds.ts";
import { OpenFiles } from "./open-files.ts";
import { isRefusal, type Refusal, refuse } from "./refusals.ts";
import { scopesAround } from "./selection.ts";
import { type Home, homesFor } from "./shared-home.ts";
import { additionTo } from "./shared-module.ts";
import { SourceLines } from "./source-lines.ts";
import { isBoundOnce } from "./stable-names.ts";
import { futuresOf } from "./top-imports.ts";

/** A copied function in its file. */
interface Copied {
  readonly source: Source;
  readonly duplicated: DuplicatedFunction;
  readonly node: SyntaxNode;
}

/**
 * Keeps one of the copies of a function that lie in several files, and imports it in the others: that of a file which
 * they import already, else in a module beside them. Nothing when they are more than their names apart, have decorators
 * or stand in classes; refused where the function may mean something else there.
 */
export function keepOneAcross(
  module: PythonModule,
  { copies }: CloneClass,
  project: Project,
  title: (name: string) => string,
): Fix | undefined {
  using files = new OpenFiles(module, project);
  const functions = copies.flatMap((copy) => {
    const file = files.at(copy.path);
    const duplicated = file && functionFromTree(file, copy);
    const source = file && sourceOf(file);
    const node = source?.syntax
      .ofType("function_definition")
      .find(({ start }) => start === duplicated?.definition.start);
    return source && duplicated && node ? [{ source, duplicated, node }] : [];
  });
  const [first] = functions;
  const isAlike = ({ source, duplicated }: Copied) =>
    duplicated.isPlain && codeBehindName(source.module, duplicated) === body;
  const body = first && codeBehindName(first.source.module, first.duplicated);
  const paths = new Set(functions.map(({ source }) => source.syntax.path));
  if (!first || paths.size < copies.length || !functions.every(isAlike)) return undefined;
  const common = { title: title(first.duplicated.name), kind: "quickfix", safe: false } as const;
  const edits = editsFor(functions, project);
  return isRefusal(edits) ? { ...common, edits: [], refused: edits.reason } : { ...common, edits, preview: true };
}

function editsFor(functions: readonly Copied[], project: Project): readonly FileEdits[] | Refusal {
  const unfit =
    unfitFiles(functions.map(({ source }) => source)) ?? firstOf(functions, (each) => unfitFunction(each, project));
  if (unfit) return unfit;
  let refusal = refuse("CLONE_APART");
  const sources = functions.map(({ source }) => source);
  for (const home of homesFor(sources, project)) {
    const edits = editsInto(home, functions, project);
    if (!isRefusal(edits)) return edits;
    refusal = edits;
  }
  return refusal;
}

function firstOf<Item>(items: readonly Item[], refusalOf: (item: Item) => Refusal | undefined): Refusal | undefined {
  for (const item of items) {
    const refusal = refusalOf(item);
    if (refusal) return refusal;
  }
  return undefined;
}

/** Default values are made once for each function; one that can change would be shared. */
function unfitFunction({ source, duplicated, node }: Copied, project: Project): Refusal | undefined {
  const { syntax, scopes } = source;
  if (!isBoundOnce(duplicated.name, syntax, scopes)) return refuse("CLONE_GLOBALS", [duplicated.name]);
  const values = (node.child("parameters")?.named ?? []).flatMap((parameter) => parameter.all("value"));
  if (!values.every((value) => isLiteral(value))) return refuse("CLONE_ALIAS");
  return boundToFile(node.descendants(), syntax, project);
}

function editsInto(home: Home, functions: readonly Copied[], project: Project): readonly FileEdits[] | Refusal {
  const kept = functions.find(({ source }) => source === home.source) ?? functions[0];
  if (!kept) return refuse("CLONE_APART");
  const others = functions.filter((each) => each !== kept);
  const origins = new GlobalOrigins(
    [kept, ...others].map(({ source }) => source),
    home.path,
    project,
  );
  const used = globalsOf(kept);
  const foreign = [...used].filter((name) => !origins.isShared(name));
  if (foreign.length > 0) return refuse("CLONE_GLOBALS", foreign);
  const { name } = kept.duplicated;
  const all: FileEdits[] = [];
  for (const each of home.source ? others : functions) {
    const own = each.duplicated.name;
    const imported = home.accesses.get(each.source.syntax.path)?.binding(own === name ? name : `${name} as ${own}`);
    if (!imported) return refuse("CLONE_APART");
    all.push({ path: each.source.syntax.path, edits: [...imported, withoutFunction(each)] });
  }
  if (home.source) return all;
  const { syntax } = kept.source;
  const layout = new SourceLines(syntax);
  const text = project.sourceOf(home.path) ?? "";
  if (new RegExp(`\\b${name}\\b`).test(text)) return refuse("NAME_TAKEN", [name]);
  const lines = layout.moved({ start: kept.node.start, end: kept.node.end }, "", "");
  const imports = [...used].flatMap((each) => origins.importFor(each) ?? []);
  const edits = additionTo(home.path, text, { lines, imports, futures: futuresOf(syntax) }, layout.lineEnd);
  if (isRefusal(edits)) return edits;
  return [...all, { path: home.path, edits, ...(!project.isFile(home.path) && { creates: true }) }];
}

/** Names of the module that the function uses, its own left out. */
function globalsOf({ source: { syntax, scopes }, node, duplicated }: Copied): ReadonlySet<string> {
  const found = new Set<string>();
  for (const each of node.descendants()) {
    if (each.type !== "identifier" || kindOfName(each) !== "variable" || each === node.child("name")) continue;
    const { host = scopes.module, inner } = scopesAround(each, scopes);
    const name = nameOf(syntax, each);
    if ((inner[0] ?? host).ownerOf(name) === scopes.module && name !== duplicated.name) found.add(name);
  }
  return found;
}

/** Takes the function out, with the comment right above it and the blank lines below. */
function withoutFunction({ source: { syntax }, node }: Copied): Edit {
  const source = new SourceLines(syntax);
  let last = source.lines.lineAt(node.end) + 1;
  while (last < source.lines.count && source.isBlank(last)) last++;
  const start = source.lines.startOf(source.firstLineOf(node));
  return { at: { start, end: source.lines.startOf(last) }, text: "" };
}
