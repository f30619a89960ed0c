import * as l10n from "@vscode/l10n";
import type { Edit } from "../core/edit.ts";
import type { Refactoring, RefactoringOptions, RefactoringResult } from "../core/refactoring.ts";
import type { Span } from "../core/text.ts";
import { isBrokenAround } from "../python/broken-syntax.ts";
import type { PythonModule } from "../python/module.ts";
import { scopesOf } from "../python/scopes.ts";
import { isDocstring, type Syntax, type SyntaxNode, syntaxOf, textOf } from "../python/syntax.ts";
import { expressionAt, isReplaceable } from "./expression-at.ts";
import { useOf } from "./extract-variable.ts";
import { freeName, isFreeName, namesIn } from "./function-name.ts";
import { isLiteral, literalKey } from "./literals.ts";
import { type Refusal, refuse } from "./refusals.ts";
import { breaks } from "./reparse.ts";
import { SourceLines } from "./source-lines.ts";
import { contentWords, usedAs } from "./variable-name.ts";

/** Names a literal at module level, below the imports. */
export const extractConstant: Refactoring<PythonModule> = {
  name: "extract-constant",
  kind: "refactor.extract.constant",
  on: "selection",
  knowsAll: true,
  title: ({ all }) => (all ? l10n.t("Extract constant, all equal literals") : l10n.t("Extract constant")),
  apply([place], options) {
    return place ? extract(place.file, place.at, options) : refuse("PARTIAL");
  },
};

function extract(module: PythonModule, at: Span, options: RefactoringOptions): RefactoringResult {
  const syntax = syntaxOf(module);
  const expression = expressionAt(syntax, at);
  const refusal = refusalOf(expression, syntax, at);
  if (refusal || !expression) return refusal ?? refuse("PARTIAL");
  const key = literalKey(expression, syntax);
  const equal = options.all
    ? [...syntax.root.descendants()].filter((node) => isEqual(node, key, syntax) && !isFixed(node, syntax))
    : [];
  // Parentheses are equal to what they hold: the outer ones go.
  const outermost = equal.filter((node) => !equal.some((other) => other !== node && other.holds(node)));
  const chosen = equal.includes(expression) ? outermost : [expression];
  const taken = module.once(namesIn, () => namesIn(syntax));
  const name = options.name ?? freeName(constantName(expression, syntax, module), taken);
  if (!isFreeName(name, taken)) return refuse("NAME_TAKEN", [name]);
  const source = module.once(SourceLines, () => new SourceLines(syntax));
  const definition = definitionOf(expression, name, syntax, source);
  if (!definition) return refuse("PARTIAL");
  const edits = [definition, ...chosen.map((each) => useOf(each, name, syntax.text))];
  return breaks(module, edits) ? refuse("BROKEN") : { applied: true, edits: [{ path: module.path, edits }], name };
}

function refusalOf(expression: SyntaxNode | undefined, syntax: Syntax, at: Span): Refusal | undefined {
  const isIn = (type: string) => syntax.ofType(type).some((node) => node.holds(at));
  if (!expression) return refuse(isIn("case_pattern") ? "PATTERN" : "PARTIAL");
  if (!isLiteral(expression)) return refuse("NO_LITERAL");
  if (isBrokenAround(syntax, syntax.root)) return refuse("BROKEN");
  if (syntax.path.endsWith(".ipynb")) return refuse("MODULE_STATE", ["%"]);
  return isFixed(expression, syntax) ? refuse("CONSTANT") : undefined;
}

function isEqual(node: SyntaxNode, key: string, syntax: Syntax): boolean {
  const isPart = /^(unary_operator|expression_statement)$/.test(node.parent?.type ?? "");
  return !isPart && isLiteral(node) && isReplaceable(node) && literalKey(node, syntax) === key;
}

/** Literals that must be seen as such: of constants, of `__all__` and the like, of `Literal`, and of `__name__` tests. */
function isFixed(node: SyntaxNode, syntax: Syntax): boolean {
  for (const around of node.ancestors()) {
    if (around.type === "subscript" && /(^|\.)Literal$/.test(textOf(syntax, around.child("value") ?? around)))
      return true;
    if (around.type === "comparison_operator" && /__name__/.test(textOf(syntax, around))) return true;
    const target = around.type === "assignment" ? around.child("left") : undefined;
    if (target && /^__\w+__$/.test(textOf(syntax, target))) return true;
    const isModule = around.parent?.parent?.type === "module";
    const isWhole = target && isModule && around.child("right") === node;
    if (isWhole && /^_?[A-Z][A-Z0-9_]*$/.test(textOf(syntax, target))) return true;
  }
  return false;
}

/** Upper case; with an underscore where the module tells what it exports (PEP 8). */
function constantName(expression: SyntaxNode, syntax: Syntax, module: PythonModule): string {
  const string = expression.type === "string" ? contentWords(expression, syntax) : undefined;
  const words = usedAs(expression, syntax) ?? targetWords(expression, syntax) ?? string ?? ["value"];
  const bare = words.slice(0, 4).join("_").replace(/^_+/, "").toUpperCase();
  const name = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(bare) ? bare : "VALUE";
  const scopes = scopesOf(module);
  return scopes.module.bindings.has("__all__") ? `_${name}` : name;
}

function targetWords(expression: SyntaxNode, syntax: Syntax): readonly string[] | undefined {
  const { parent } = expression;
  const target =
    parent?.type === "assignment" && parent.child("right") === expression ? parent.child("left") : undefined;
  return target?.type === "identifier" ? [textOf(syntax, target)] : undefined;
}

/** Above the first statement of the module that is neither its docstring nor an import. */
function definitionOf(expression: SyntaxNode, name: string, syntax: Syntax, source: SourceLines): Edit | undefined {
  const { named } = syntax.root;
  const index = named.findIndex((each) => !isDocstring(each) && !/^(future_)?import/.test(each.type));
  const [before, statement] = [named[index - 1], named[index]];
  if (before && statement && !/[\r\n]/.test(syntax.text.slice(before.end, statement.start))) return undefined;
  const line = statement ? source.firstLineOf(statement) : 0;
  const value = source.valueLines(expression, "", `${name} = `);
  const isCode = statement && /_definition$/.test(statement.type);
  const isGlued = line > 0 && !source.isBlank(line - 1);
  const lines = [...(isGlued && isCode ? ["", ""] : []), ...value, ...(isCode ? ["", ""] : [])];
  const start = Math.max(source.lines.startOf(line), source.lines.text.startsWith("\uFEFF") ? 1 : 0);
  return { at: { start, end: start }, text: lines.map((each) => each + source.lineEnd).join("") };
}
