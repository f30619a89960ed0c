import { applyEdits, type Edit, type FileEdits } from "../core/edit.ts";
import type { Place, RefactoringOptions, RefactoringResult } from "../core/refactoring.ts";
import type { Project } from "../project/project.ts";
import { PythonModule } from "../python/module.ts";
import { type Syntax, syntaxOf } from "../python/syntax.ts";
import { boundToFile, unfitFiles } from "./bound-to-file.ts";
import { codeLines, extractionsOf, otherComments, textRefusal } from "./duplicate-copies.ts";
import type { Extraction } from "./extraction.ts";
import { isFreeName, namesIn, proposedName } from "./function-name.ts";
import { GlobalOrigins, type Source, sourceOf } from "./global-origins.ts";
import { callEdit, type Definition, definitionLines, definitionOf } from "./new-function.ts";
import { isRefusal, type Refusal, refuse } from "./refusals.ts";
import { breaks } from "./reparse.ts";
import { nodesIn } from "./selection.ts";
import { type SharedFunction, sharedFunctionOf } from "./shared-function.ts";
import { type Home, homesFor } from "./shared-home.ts";
import { additionTo } from "./shared-module.ts";
import { SourceLines } from "./source-lines.ts";
import { futuresOf } from "./top-imports.ts";

/**
 * The same across files: the function goes into the module of a copy that all others import already, else into one
 * beside them that holds nothing but shared code. A name that may be another object in each file is handed over.
 */
export function extractAcross(
  places: readonly Place<PythonModule>[],
  options: RefactoringOptions,
  project: Project,
): RefactoringResult {
  const sources = [...new Set(places.map(({ file }) => file))].map(sourceOf).sort(byPath);
  const unfit = unfitFiles(sources);
  if (unfit) return unfit;
  let refusal = refuse("CLONE_APART");
  for (const home of homesFor(sources, project)) {
    const result = extractInto(home, sources, places, options, project);
    if (!isRefusal(result)) return result;
    refusal = result;
  }
  return refusal;
}

function byPath(left: Source, right: Source): number {
  return left.syntax.path < right.syntax.path ? -1 : 1;
}

/** One function for all copies, and what is known of the files on the way. */
interface Plan {
  readonly home: Home;
  /** The file of the first copy, whose text the function has, comes first. */
  readonly sources: readonly Source[];
  readonly extractions: readonly Extraction[];
  readonly shared: SharedFunction;
  readonly definition: Definition;
  /** What the home says already, where it is no file of a copy. */
  readonly text: string;
  readonly imports: readonly string[];
  readonly layout: (syntax: Syntax) => SourceLines;
}

function extractInto(
  home: Home,
  sources: readonly Source[],
  places: readonly Place<PythonModule>[],
  options: RefactoringOptions,
  project: Project,
): RefactoringResult {
  const plan = planFor(home, sources, places, options, project);
  if (isRefusal(plan)) return plan;
  const edits = editsOf(plan, project);
  if (isRefusal(edits)) return edits;
  const refusal = resultRefusal(plan, edits);
  return refusal ?? { applied: true, edits, name: plan.definition.name };
}

function planFor(
  home: Home,
  all: readonly Source[],
  places: readonly Place<PythonModule>[],
  { name: wished }: RefactoringOptions,
  project: Project,
): Plan | Refusal {
  const sources = home.source ? [home.source, ...all.filter((each) => each !== home.source)] : all;
  const copies = sources.flatMap(({ module, syntax, scopes }) =>
    places.flatMap(({ file, at }) => (file === module ? [{ syntax, scopes, span: at }] : [])),
  );
  const extractions = extractionsOf(copies);
  if (isRefusal(extractions)) return extractions;
  const layouts = new Map(sources.map(({ syntax }) => [syntax, new SourceLines(syntax)]));
  const layout = (syntax: Syntax) => layouts.get(syntax) ?? new SourceLines(syntax);
  const refusal = textRefusal(extractions, layout) ?? foreignCode(extractions, project);
  if (refusal) return refusal;
  const origins = new GlobalOrigins(sources, home.path, project);
  const shared = sharedFunctionOf(extractions, (name) => origins.isShared(name));
  if (isRefusal(shared)) return shared;
  const text = home.source ? "" : (project.sourceOf(home.path) ?? "");
  const taken = new Set([
    ...sources.flatMap(({ syntax }) => [...namesIn(syntax)]),
    ...(text.match(/[\p{L}\p{N}_]+/gu) ?? []),
  ]);
  const name = wished ?? proposedName(extractions, taken);
  if (!isFreeName(name, taken)) return refuse("NAME_TAKEN", [name]);
  const { signature, replaced, globals } = shared;
  const definition = { name, signature, replaced, comments: otherComments(extractions, layout) };
  const imports = [...globals].flatMap((each) => origins.importFor(each) ?? []);
  return { home, sources, extractions, shared, definition, text, imports, layout };
}

/** What means something else in another module. */
function foreignCode(extractions: readonly Extraction[], project: Project): Refusal | undefined {
  const written = extractions.flatMap(({ globals }) => [...globals]);
  if (written.length > 0) return refuse("CLONE_GLOBAL_WRITE", written);
  for (const { selection } of extractions) {
    const refusal = boundToFile(nodesIn(selection), selection.syntax, project);
    if (refusal) return refusal;
  }
  return undefined;
}

function editsOf(plan: Plan, project: Project): readonly FileEdits[] | Refusal {
  const { home, sources, extractions, shared, definition, layout, text, imports } = plan;
  const all: FileEdits[] = [];
  for (const { syntax } of sources) {
    const access = home.accesses.get(syntax.path);
    const callee = access?.callee(definition.name) ?? definition.name;
    const made = access ? access.edits(definition.name) : [definitionOf(extractions, definition, layout(syntax))];
    const own = [...extractions.entries()].filter(([, { selection }]) => selection.syntax === syntax);
    const isInTime = made?.every(({ at }) => own.every(([, { selection }]) => at.end <= selection.start));
    if (!made || !isInTime) return refuse("CLONE_APART");
    const calls = own.map(([index, extraction]) =>
      callEdit(extraction, shared.calls[index] ?? shared.signature, callee, layout(syntax)),
    );
    all.push({ path: syntax.path, edits: [...made, ...calls] });
  }
  const [first] = extractions;
  if (home.source || !first) return all;
  const { syntax } = first.selection;
  const lines = definitionLines(extractions, definition, layout(syntax));
  const edits = additionTo(home.path, text, { lines, imports, futures: futuresOf(syntax) }, layout(syntax).lineEnd);
  if (isRefusal(edits)) return edits;
  return [...all, { path: home.path, edits, ...(!project.isFile(home.path) && { creates: true }) }];
}

/** What an import takes does not count as longer. */
function resultRefusal({ home, sources, text }: Plan, all: readonly FileEdits[]): Refusal | undefined {
  let saved = 0;
  for (const { path, edits } of all) {
    const source = sources.find(({ syntax }) => syntax.path === path);
    const before = source?.syntax.text ?? text;
    const counted = source && source !== home.source ? edits.filter(({ at }) => at.end > at.start) : edits;
    const lines = codeLines(before) - codeLines(applyEdits(before, counted));
    saved += source ? lines : lines + importLines(edits);
    const isBad = source ? breaks(source.module, edits) : isBroken(path, applyEdits(before, edits));
    if (isBad) return refuse("BROKEN");
  }
  return saved > 0 ? undefined : refuse("NOT_SHORTER");
}

function importLines(edits: readonly Edit[]): number {
  return edits.reduce((sum, { text }) => sum + (text.match(/^(import|from) /gm)?.length ?? 0), 0);
}

function isBroken(path: string, text: string): boolean {
  using module = new PythonModule(path, text);
  return syntaxOf(module).isBroken;
}
