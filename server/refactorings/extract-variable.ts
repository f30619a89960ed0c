import * as l10n from "@vscode/l10n";
import type { Edit } from "../core/edit.ts";
import type { Refactoring, RefactoringOptions, RefactoringResult } from "../core/refactoring.ts";
import type { Span } from "../core/text.ts";
import { evaluatedBefore, statementOf } from "../python/evaluation-order.ts";
import type { PythonModule } from "../python/module.ts";
import { namesOf } from "../python/reads.ts";
import { scopesOf } from "../python/scopes.ts";
import { type SyntaxNode, syntaxOf } from "../python/syntax.ts";
import { heldRefusal, hostReads } from "./frames.ts";
import { freeName, isFreeName, namesIn, variablesIn } from "./function-name.ts";
import { isLiteral } from "./literals.ts";
import { occurrencesOf } from "./occurrences.ts";
import { isIndifferent } from "./purity.ts";
import { isRefusal, type Refusal, refuse } from "./refusals.ts";
import { breaks } from "./reparse.ts";
import { type Selection, selectedExpressionAt } from "./selection.ts";
import { SourceLines } from "./source-lines.ts";
import { variableName } from "./variable-name.ts";

/** Gives the value of an expression a name, in a statement of its own right above. */
export const extractVariable: Refactoring<PythonModule> = {
  name: "extract-variable",
  kind: "refactor.extract.variable",
  on: "selection",
  knowsAll: true,
  title: ({ all }) => (all ? l10n.t("Extract variable, all occurrences") : l10n.t("Extract variable")),
  apply([place], options) {
    return place ? extract(place.file, place.at, options) : refuse("PARTIAL");
  },
};

function extract(module: PythonModule, at: Span, options: RefactoringOptions): RefactoringResult {
  const syntax = syntaxOf(module);
  const scopes = scopesOf(module);
  const selection = selectedExpressionAt(syntax, scopes, at);
  if (isRefusal(selection)) return selection;
  const { expression } = selection;
  if (!expression) return refuse("PARTIAL");
  const { chosen, first } = options.all
    ? occurrences(selection, expression)
    : { chosen: [expression], first: expression };
  const refusal = placeRefusal(first, selection) ?? valueRefusal(selection, expression);
  if (refusal) return refusal;
  const taken =
    selection.host.kind === "module" ? module.once(namesIn, () => namesIn(syntax)) : variablesIn(selection.host);
  const name = options.name ?? freeName(variableName(expression, syntax), taken);
  if (!isFreeName(name, taken)) return refuse("NAME_TAKEN", [name]);
  const source = module.once(SourceLines, () => new SourceLines(syntax));
  const replaced = chosen.filter((each) => each.start >= first.start).map((each) => useOf(each, name, syntax.text));
  const edits = [definitionOf(first, name, source), ...replaced];
  return breaks(module, edits) ? refuse("BROKEN") : { applied: true, edits: [{ path: module.path, edits }], name };
}

/**
 * The equal occurrences, from the widest suite in which one of them, not behind the selected one, is surely evaluated
 * before the others.
 */
function occurrences(selection: Selection, expression: SyntaxNode) {
  const suites = [...expression.ancestors()].filter(
    (node) => (node.type === "block" || node.type === "module") && selection.host.node.holds(node),
  );
  for (const suite of suites.reverse()) {
    const chosen = occurrencesOf(selection, expression, suite);
    const first = chosen.find(
      (each) =>
        each.start < expression.start &&
        statementOf(each).parent === suite &&
        !isRefusal(placeRefusal(each, selection)),
    );
    if (first) return { chosen, first };
  }
  const suite = suites.at(-1);
  return { chosen: suite ? occurrencesOf(selection, expression, suite) : [expression], first: expression };
}

/** Is the expression evaluated exactly once when its statement runs, and before anything that could tell? */
function placeRefusal(expression: SyntaxNode, chosen: Selection): Refusal | undefined {
  const selection = selectedExpressionAt(chosen.syntax, chosen.scopes, expression);
  if (isRefusal(selection)) return selection;
  const before = selection.inner.length > 0 ? "lazy" : evaluatedBefore(expression);
  if (!isLiteral(expression)) {
    if (before === "lazy") return refuse("LAZY");
    if (!before.every((node) => isIndifferent(node, selection))) return refuse("ORDER");
  }
  const statement = statementOf(expression);
  const { text } = selection.syntax;
  const line = text.slice(text.lastIndexOf("\n", statement.start - 1) + 1, statement.start);
  return /^\uFEFF?[ \t]*$/.test(line) ? undefined : refuse("LAZY");
}

/** Refuses values that a name would keep alive, that assign, or that find variables by name. */
function valueRefusal(selection: Selection, expression: SyntaxNode): Refusal | undefined {
  const { syntax, scopes } = selection;
  const { bound } = namesOf(expression, syntax, scopes);
  if (bound.size > 0) return refuse("EXPR_WRITE", bound);
  for (const node of expression.descendants()) if (node.type === "yield") return refuse("YIELD");
  return heldRefusal(expression, syntax) ?? hostReads(selection);
}

function definitionOf(expression: SyntaxNode, name: string, source: SourceLines): Edit {
  const statement = statementOf(expression);
  const indentation = source.indentationAt(statement.start);
  const lines = source.valueLines(expression, indentation, `${name} = `);
  const start = statement.start;
  const blank = Array.from({ length: indentation === "" ? 2 : 1 }, () => "");
  const all = /_definition$/.test(statement.type) ? [...lines, ...blank] : lines;
  const text = all.map((line, index) => (index === 0 ? line.slice(indentation.length) : line) + source.lineEnd);
  return { at: { start, end: start }, text: text.join("") + indentation };
}

/** A name in place of an expression; words beside it are kept apart, and a lone generator keeps its parentheses. */
export function useOf(expression: SyntaxNode, name: string, text: string): Edit {
  if (expression.field === "arguments") return { at: expression, text: `(${name})` };
  const left = /\w/.test(text[expression.start - 1] ?? "") ? " " : "";
  const right = /\w/.test(text[expression.end] ?? "") ? " " : "";
  return { at: expression, text: left + name + right };
}
