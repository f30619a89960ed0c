import * as l10n from "@vscode/l10n";
import { applyEdits, type Edit } from "../core/edit.ts";
import type { Refactoring, RefactoringResult } from "../core/refactoring.ts";
import type { Span } from "../core/text.ts";
import type { PythonModule } from "../python/module.ts";
import { readScopes, type Scopes } from "../python/scopes.ts";
import { type Syntax, syntaxOf, textOf } from "../python/syntax.ts";
import { type Extraction, extractionOf } from "./extraction.ts";
import { isFreeName, namesIn, proposedName } from "./function-name.ts";
import { callEdit, definitionOf } from "./new-function.ts";
import { isRefusal, type Refusal, refuse } from "./refusals.ts";
import { breaks } from "./reparse.ts";
import { hasWholePairs, isSameCode, steeringComments } from "./same-code.ts";
import { isInside, selectionAt } from "./selection.ts";
import { type Signature, signatureOf } from "./signature.ts";
import { SourceLines } from "./source-lines.ts";

/** More parameters or results than these make the cure worse than the clone (pylint and ruff count alike). */
const mostParameters = 6;
const mostResults = 5;

/** Makes one function of the copies of a clone class. */
export const extractDuplicates: Refactoring<PythonModule> = {
  name: "extract-duplicates",
  kind: "refactor.extract.function",
  on: "copies",
  title: () => l10n.t("Extract into a function"),
  apply(places, options) {
    const [first] = places;
    if (!first || places.some(({ file }) => file.path !== first.file.path)) return refuse("CLONE_OVERLAP");
    return extractCopies(
      first.file,
      places.map(({ at }) => at),
      options,
    );
  },
};

/**
 * Replaces identical copies in one file by calls of one new function, all of them or none. A copy is a span of
 * consecutive whole statements of one suite. The result keeps what the code does: values, exceptions, output, order
 * of effects; line numbers and frames in tracebacks are no part of that.
 */
export function extractCopies(
  module: PythonModule,
  copies: readonly Span[],
  options: { readonly name?: string } = {},
): RefactoringResult {
  const syntax = syntaxOf(module);
  const scopes = module.once(readScopes, () => readScopes(syntax));
  const extractions = extractionsOf(syntax, scopes, copies);
  if (isRefusal(extractions)) return extractions;
  const source = new SourceLines(syntax);
  const comments = extractions.map(({ selection }) => commentsIn(syntax, source.extentOf(selection)));
  const refusal = textRefusal(extractions, comments, source);
  if (refusal) return refusal;
  const signature = signatureOf(extractions);
  if (isRefusal(signature)) return signature;
  const tooMany = signature.parameters.length > mostParameters || signature.results.length > mostResults;
  if (tooMany) return refuse("CLONE_PARAMS", [String(Math.max(signature.parameters.length, signature.results.length))]);
  const taken = namesIn(syntax);
  const name = options.name ?? proposedName(extractions, taken);
  if (!isFreeName(name, taken)) return refuse("NAME_TAKEN", [name]);
  const edits = editsOf(extractions, signature, name, source, otherComments(comments));
  if (codeLines(applyEdits(module.text, edits)) >= codeLines(module.text)) return refuse("NOT_SHORTER");
  return breaks(module, edits) ? refuse("BROKEN") : { applied: true, edits: [{ path: module.path, edits }], name };
}

function extractionsOf(syntax: Syntax, scopes: Scopes, copies: readonly Span[]): readonly Extraction[] | Refusal {
  const extractions: Extraction[] = [];
  const ordered = [...copies].sort((left, right) => left.start - right.start);
  for (const copy of ordered) {
    const selection = selectionAt(syntax, scopes, copy);
    if (isRefusal(selection)) return selection;
    const previous = extractions.at(-1)?.selection;
    if (previous && selection.start < previous.end) return refuse("CLONE_OVERLAP");
    if (previous && !isSameCode(previous, selection)) return refuse("CLONE_SHAPE");
    const extraction = extractionOf(selection);
    if (isRefusal(extraction)) return extraction;
    if (extraction.yields) return refuse("YIELD");
    extractions.push(extraction);
  }
  if (extractions.length < 2) return refuse("CLONE_OVERLAP");
  return differingNames(extractions) ?? extractions;
}

/** The copies are spelt alike; now each name must also mean the same kind of thing in all of them. */
function differingNames(extractions: readonly Extraction[]): Refusal | undefined {
  const [first] = extractions;
  for (const other of extractions) {
    if (other.selection.host.kind !== first?.selection.host.kind) return refuse("CLONE_SCOPE");
    if (other.awaits !== first.awaits) return refuse("YIELD");
    const globals = difference(other.globals, first.globals);
    if (globals.length > 0) return refuse("CLONE_GLOBAL_WRITE", globals);
    const inputs = difference(other.inputs, first.inputs);
    if (inputs.length > 0) return refuse("CLONE_DATAFLOW", inputs);
  }
  return undefined;
}

function difference(left: ReadonlySet<string>, right: ReadonlySet<string>): readonly string[] {
  return [...left, ...right].filter((name) => left.has(name) !== right.has(name));
}

function textRefusal(
  extractions: readonly Extraction[],
  comments: readonly (readonly string[])[],
  source: SourceLines,
): Refusal | undefined {
  if (!extractions.every(({ selection }) => source.isIndentedEvenly(selection))) return refuse("PARTIAL");
  if (!comments.every(hasWholePairs)) return refuse("PARTIAL");
  const steering = new Set(comments.map((list) => steeringComments(list).join("\n")));
  return steering.size > 1 ? refuse("CLONE_COMMENTS") : undefined;
}

function commentsIn(syntax: Syntax, extent: Span): readonly string[] {
  return syntax.comments
    .filter((comment) => isInside(comment, extent))
    .map((comment) => textOf(syntax, comment).trim());
}

/** What the other copies' comments say and the first copy's do not. */
function otherComments([own = [], ...others]: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(others.flat())].filter((comment) => !own.includes(comment));
}

function editsOf(
  extractions: readonly Extraction[],
  signature: Signature,
  name: string,
  source: SourceLines,
  comments: readonly string[],
): readonly Edit[] {
  const definition = definitionOf(extractions, signature, name, source, comments);
  const replaced = extractions.map((extraction) => callEdit(extraction, signature, name, source));
  return [definition, ...replaced];
}

/** Lines that are neither blank nor comments. */
function codeLines(text: string): number {
  return text.split("\n").filter((line) => /^\s*[^\s#]/.test(line)).length;
}
