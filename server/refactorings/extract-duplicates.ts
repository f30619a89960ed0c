import * as l10n from "@vscode/l10n";
import { applyEdits } from "../core/edit.ts";
import type { Refactoring, RefactoringResult } from "../core/refactoring.ts";
import type { Span } from "../core/text.ts";
import type { PythonModule } from "../python/module.ts";
import { readScopes, type Scopes } from "../python/scopes.ts";
import { type Syntax, syntaxOf, textOf } from "../python/syntax.ts";
import { commonRuns } from "./common-runs.ts";
import { type Extraction, extractionOf } from "./extraction.ts";
import { isFreeName, namesIn, proposedName } from "./function-name.ts";
import { callEdit, definitionOf } from "./new-function.ts";
import { isRefusal, type Refusal, refuse } from "./refusals.ts";
import { breaks } from "./reparse.ts";
import { hasWholePairs, steeringComments } from "./same-code.ts";
import { isInside, selectionAt } from "./selection.ts";
import { sharedFunctionOf } from "./shared-function.ts";
import { SourceLines } from "./source-lines.ts";

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
 * Replaces copies in one file by calls of one new function, all of them or none; what differs becomes its parameters.
 * Where some copies have further statements, or others in their place, the longest stretch is extracted that all share.
 * A copy is a span of consecutive whole statements of one suite. The result keeps what the code does: values,
 * exceptions, output, order of effects; line numbers and frames in tracebacks are no part of that.
 */
export function extractCopies(
  module: PythonModule,
  copies: readonly Span[],
  options: { readonly name?: string } = {},
): RefactoringResult {
  const whole = extractWhole(module, copies, options);
  if (whole.applied || !/^CLONE_/.test(whole.code)) return whole;
  for (const run of runsIn(module, copies)) {
    const part = extractWhole(module, run, options);
    if (part.applied) return part;
  }
  return whole;
}

/** Where some copies have statements that others have not: the stretches that they share. */
function runsIn(module: PythonModule, copies: readonly Span[]): readonly (readonly Span[])[] {
  const syntax = syntaxOf(module);
  const scopes = module.once(readScopes, () => readScopes(syntax));
  const selections = copies.map((span) => selectionAt(syntax, scopes, span));
  const lists = selections.map((selection) => (isRefusal(selection) ? [] : selection.statements));
  if (lists.some((list) => list.length === 0)) return [];
  return commonRuns(lists).filter((run) => run.some(({ start, end }, index) => !isSame({ start, end }, lists[index])));
}

function isSame({ start, end }: Span, statements: readonly Span[] = []): boolean {
  return statements[0]?.start === start && statements.at(-1)?.end === end;
}

function extractWhole(
  module: PythonModule,
  copies: readonly Span[],
  options: { readonly name?: string } = {},
): RefactoringResult {
  const syntax = syntaxOf(module);
  const scopes = module.once(readScopes, () => readScopes(syntax));
  const extractions = extractionsOf(copies.map((span) => ({ syntax, scopes, span })));
  if (isRefusal(extractions)) return extractions;
  const source = new SourceLines(syntax);
  const comments = extractions.map(({ selection }) => commentsIn(syntax, source.extentOf(selection)));
  const refusal = textRefusal(extractions, comments, source);
  if (refusal) return refusal;
  const shared = sharedFunctionOf(extractions);
  if (isRefusal(shared)) return shared;
  const taken = namesIn(syntax);
  const name = options.name ?? proposedName(extractions, taken);
  if (!isFreeName(name, taken)) return refuse("NAME_TAKEN", [name]);
  const edits = [
    definitionOf(extractions, shared.signature, name, source, otherComments(comments), shared.replaced),
    ...extractions.map((extraction, index) =>
      callEdit(extraction, shared.calls[index] ?? shared.signature, name, source),
    ),
  ];
  if (codeLines(applyEdits(module.text, edits)) >= codeLines(module.text)) return refuse("NOT_SHORTER");
  return breaks(module, edits) ? refuse("BROKEN") : { applied: true, edits: [{ path: module.path, edits }], name };
}

interface Copy {
  readonly syntax: Syntax;
  readonly scopes: Scopes;
  readonly span: Span;
}

function extractionsOf(copies: readonly Copy[]): readonly Extraction[] | Refusal {
  const extractions: Extraction[] = [];
  const ordered = [...copies].sort((left, right) => left.span.start - right.span.start);
  for (const { syntax, scopes, span } of ordered) {
    const selection = selectionAt(syntax, scopes, span);
    if (isRefusal(selection)) return selection;
    const previous = extractions.at(-1)?.selection;
    if (previous && selection.start < previous.end) return refuse("CLONE_OVERLAP");
    const extraction = extractionOf(selection);
    if (isRefusal(extraction)) return extraction;
    if (extraction.yields) return refuse("YIELD");
    extractions.push(extraction);
  }
  return extractions.length < 2 ? refuse("CLONE_OVERLAP") : extractions;
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

/** Lines that are neither blank nor comments. */
function codeLines(text: string): number {
  return text.split("\n").filter((line) => /^\s*[^\s#]/.test(line)).length;
}
