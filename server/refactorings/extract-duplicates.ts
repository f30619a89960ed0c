import * as l10n from "@vscode/l10n";
import { applyEdits } from "../core/edit.ts";
import type { Place, Refactoring, RefactoringOptions, RefactoringResult } from "../core/refactoring.ts";
import type { Span } from "../core/text.ts";
import type { Project } from "../project/project.ts";
import type { PythonModule } from "../python/module.ts";
import { scopesOf } from "../python/scopes.ts";
import { isDocstring, type Syntax, type SyntaxNode, statementsOf, syntaxOf } from "../python/syntax.ts";
import { commonRuns } from "./common-runs.ts";
import { type Copy, codeLines, extractionsOf, otherComments, textRefusal } from "./duplicate-copies.ts";
import { extractAcross } from "./extract-across.ts";
import { isFreeName, namesIn, proposedName } from "./function-name.ts";
import { callEdit, definitionOf } from "./new-function.ts";
import { isRefusal, refuse } from "./refusals.ts";
import { breaks } from "./reparse.ts";
import { selectionAt } from "./selection.ts";
import { sharedFunctionOf } from "./shared-function.ts";
import { SourceLines } from "./source-lines.ts";

/** Makes one function of the copies of a clone class. */
export const extractDuplicates: Refactoring<PythonModule> = {
  name: "extract-duplicates",
  kind: "refactor.extract.function",
  on: "copies",
  title: () => l10n.t("Extract into a function"),
  apply: (places, options, project) => extractCopies(places, project, options),
};

/**
 * Replaces copies by calls of one new function, all of them or none; what differs becomes its parameters. Where some
 * copies have further statements, or others in their place, the longest stretch is extracted that all share. A copy is a
 * span of consecutive whole statements of one suite, or a whole function, of which the body counts. The result keeps what the code does: values, exceptions, output,
 * order of effects; line numbers and frames in tracebacks are no part of that.
 */
export function extractCopies(
  copies: readonly Place<PythonModule>[],
  project: Project,
  options: RefactoringOptions = {},
): RefactoringResult {
  const isOneFile = copies.every(({ file }) => file.path === copies[0]?.file.path);
  const extract = (places: readonly Place<PythonModule>[]) =>
    isOneFile ? extractHere(places, options) : extractAcross(places, options, project);
  const whole = extract(copies);
  const areFunctions = copies.every(({ file, at }) => bodyOf(syntaxOf(file), at) !== undefined);
  if (whole.applied || !(areFunctions || /^CLONE_/.test(whole.code))) return whole;
  let refused = areFunctions ? undefined : whole;
  for (const { places, isPart } of runsIn(copies)) {
    if (!isPart && !areFunctions) continue;
    const result = extract(places);
    if (result.applied) return isPart ? { ...result, isPart } : result;
    refused ??= result;
  }
  return refused ?? whole;
}

/** A stretch that all copies share, or all that they are. */
interface Run {
  readonly places: readonly Place<PythonModule>[];
  readonly isPart: boolean;
}

/** The stretches that copies share, the longest first: where some have statements that others have not. */
function runsIn(copies: readonly Place<PythonModule>[]): readonly Run[] {
  const lists = copies.map(({ file, at }) => {
    const syntax = syntaxOf(file);
    const selection = selectionAt(syntax, scopesOf(file), at);
    return bodyOf(syntax, at) ?? (isRefusal(selection) ? [] : selection.statements);
  });
  if (lists.some((list) => list.length === 0)) return [];
  return commonRuns(lists).map((run) => ({
    places: run.flatMap((at, index) => (copies[index] ? [{ file: copies[index].file, at }] : [])),
    isPart: run.some(({ start, end }, index) => !isSame({ start, end }, lists[index])),
  }));
}

/** The statements of the function that a copy is as a whole, with its header and decorators. */
function bodyOf(syntax: Syntax, at: Span): readonly SyntaxNode[] | undefined {
  const { text } = syntax;
  const isRest = (from: number, to: number) => text.slice(from, to).trim() === "";
  const isWhole = ({ start, end }: Span) =>
    at.start <= start && end <= at.end && isRest(at.start, start) && isRest(end, at.end);
  const whole = syntax.ofType("function_definition").find((node) => {
    const decorated = node.parent?.type === "decorated_definition" ? node.parent : node;
    return isWhole(node) || isWhole(decorated);
  });
  const body = whole?.child("body");
  return body && statementsOf(body).filter((statement) => !isDocstring(statement));
}

function isSame({ start, end }: Span, statements: readonly Span[] = []): boolean {
  return statements[0]?.start === start && statements.at(-1)?.end === end;
}

function extractHere(places: readonly Place<PythonModule>[], options: RefactoringOptions): RefactoringResult {
  const [module] = places.map(({ file }) => file);
  if (!module) return refuse("CLONE_OVERLAP");
  const syntax = syntaxOf(module);
  const scopes = scopesOf(module);
  const copies: Copy[] = places.map(({ at }) => ({ syntax, scopes, span: at }));
  const extractions = extractionsOf(copies);
  if (isRefusal(extractions)) return extractions;
  const source = new SourceLines(syntax);
  const refusal = textRefusal(extractions, () => source);
  if (refusal) return refusal;
  const shared = sharedFunctionOf(extractions);
  if (isRefusal(shared)) return shared;
  const taken = namesIn(syntax);
  const name = options.name ?? proposedName(extractions, taken);
  if (!isFreeName(name, taken)) return refuse("NAME_TAKEN", [name]);
  const comments = otherComments(extractions, () => source);
  const edits = [
    definitionOf(extractions, { name, comments, signature: shared.signature, replaced: shared.replaced }, source),
    ...extractions.map((extraction, index) =>
      callEdit(extraction, shared.calls[index] ?? shared.signature, name, source),
    ),
  ];
  if (codeLines(applyEdits(module.text, edits)) >= codeLines(module.text)) return refuse("NOT_SHORTER");
  return breaks(module, edits) ? refuse("BROKEN") : { applied: true, edits: [{ path: module.path, edits }], name };
}
