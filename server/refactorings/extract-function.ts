import * as l10n from "@vscode/l10n";
import type { Refactoring, RefactoringOptions, RefactoringResult } from "../core/refactoring.ts";
import type { Span } from "../core/text.ts";
import type { PythonModule } from "../python/module.ts";
import { type Scopes, scopesOf } from "../python/scopes.ts";
import { type Syntax, syntaxOf, textOf } from "../python/syntax.ts";
import { extractionOf } from "./extraction.ts";
import { isFreeName, namesIn, proposedName } from "./function-name.ts";
import { callEdit, definitionOf } from "./new-function.ts";
import { isRefusal, type Refusal, refuse } from "./refusals.ts";
import { breaks } from "./reparse.ts";
import { hasWholePairs } from "./same-code.ts";
import { isInside, type Selection, selectedExpressionAt, selectionAt } from "./selection.ts";
import { signatureOf } from "./signature.ts";
import { SourceLines } from "./source-lines.ts";

/** Makes a function, or a method where the code needs its class, of selected statements or of an expression. */
export const extractFunction: Refactoring<PythonModule> = {
  name: "extract-function",
  kind: "refactor.extract.function",
  on: "selection",
  title: () => l10n.t("Extract function"),
  apply([place], options) {
    return place ? extract(place.file, place.at, options) : refuse("PARTIAL");
  },
};

function extract(module: PythonModule, at: Span, options: RefactoringOptions): RefactoringResult {
  const syntax = syntaxOf(module);
  const scopes = scopesOf(module);
  const selection = chosenIn(syntax, scopes, at);
  if (isRefusal(selection)) return selection;
  const extraction = extractionOf(selection);
  if (isRefusal(extraction)) return extraction;
  const source = module.once(SourceLines, () => new SourceLines(syntax));
  if (!source.isIndentedEvenly(selection) || cutsPairs(selection, source)) return refuse("PARTIAL");
  const signature = signatureOf([extraction]);
  if (isRefusal(signature)) return signature;
  const taken = module.once(namesIn, () => namesIn(syntax));
  const name = options.name ?? proposedName([extraction], taken);
  if (!isFreeName(name, taken)) return refuse("NAME_TAKEN", [name]);
  const edits = [
    definitionOf([extraction], { name, signature }, source),
    callEdit(extraction, signature, name, source),
  ];
  return breaks(module, edits) ? refuse("BROKEN") : { applied: true, edits: [{ path: module.path, edits }], name };
}

/** The statements of a span, else the expression; the refusal tells what is wrong with the nearer of the two. */
function chosenIn(syntax: Syntax, scopes: Scopes, at: Span): Selection | Refusal {
  const statements = selectionAt(syntax, scopes, at);
  if (!isRefusal(statements)) return statements;
  const expression = selectedExpressionAt(syntax, scopes, at);
  const isNearer = !isRefusal(expression) || expression.code !== "PARTIAL";
  return isNearer ? expression : statements;
}

/** Would a comment that opens a region move away from the one that closes it? */
function cutsPairs(selection: Selection, source: SourceLines): boolean {
  const { syntax, expression } = selection;
  const extent = expression ?? source.extentOf(selection);
  const comments = syntax.comments.filter((comment) => isInside(comment, extent));
  return !hasWholePairs(comments.map((comment) => textOf(syntax, comment).trim()));
}
