import * as l10n from "@vscode/l10n";
import { isTestPath } from "../../clones/test-path.ts";
import type { Problem, Rule } from "../../core/rule.ts";
import type { PythonModule } from "../../python/module.ts";
import { isComprehension } from "../../python/scopes.ts";
import { type Syntax, type SyntaxNode, syntaxOf, textOf } from "../../python/syntax.ts";
import { asNamedStep, asStatements } from "../../refactorings/named-steps.ts";
import { isRetired } from "./retired.ts";

/** Comprehensions inside each other read well as long as each only has its `for`. */
const mostClauses = 3;
/** Levels of one kind inside each other that nobody reads without stopping. */
const deepest = 3;
const mostConditions = 7;
/** So many groups that are alike are a table. */
const fewestRows = 3;
/** A comment that belongs to a condition begins at most so many UTF-16 units before it. */
const farthestComment = 200;

export const denseExpression: Rule<PythonModule> = {
  name: "dense-expression",
  topic: "production",
  severity: { production: "hint" },
  summary: () => l10n.t("An expression does too much at once"),
  why: () =>
    l10n.t(
      "Three comprehensions inside each other, three choices in one line, a lambda that makes a lambda: it works, and whoever wrote it is proud. Everybody else takes it apart, with a pencil, whenever something is wrong near it; and a debugger cannot stop inside.\n\nThe same in two or three steps, each with a name, is longer, is as fast, and can be read aloud. “Imagine how hard it would be to understand the code if everybody decided to show how clever they are” is a sentence from the tutorial *Código para produção*.",
    ),
  example: {
    path: "grades.py",
    bad: 'def grade(mark):\n    return "A" if mark > 9 else "B" if mark > 8 else "C" if mark > 6 else "D"\n',
    good: 'def grade(mark):\n    if mark > 9:\n        return "A"\n    if mark > 8:\n        return "B"\n    return "C" if mark > 6 else "D"\n',
  },
  alsoAskedAs: ["PLR0916", "R0916", "too-many-boolean-expressions"],
  concerns: (path, project) => !isTestPath(path) && !path.endsWith(".pyi") && !isRetired(path, project),
  *check(module) {
    // What stands in a place that is told already is read there.
    let told = 0;
    for (const problem of [...problemsOf(module)].sort((a, b) => a.at.start - b.at.start || b.at.end - a.at.end)) {
      if (problem.at.end > told) yield problem;
      told = Math.max(told, problem.at.end);
    }
  },
  *fixes(module, problem, project) {
    const syntax = syntaxOf(module);
    const types = ["conditional_expression", "lambda", "boolean_operator", ...comprehensions];
    const found = types
      .flatMap((type) => syntax.ofType(type))
      .find(({ start, end }) => start === problem.at.start && end === problem.at.end);
    if (!found) return;
    const statements = isChoice(found) ? asStatements(module, found) : undefined;
    yield statements ?? asNamedStep(module, found, project);
  },
};

function* problemsOf(module: PythonModule): Iterable<Problem> {
  if (!/\blambda\b|\bif\b.*\belse\b|\bfor\b[^\n]*[\])}]|\breduce\(|\b(?:and|or)\b/.test(module.text)) return;
  const syntax = syntaxOf(module);
  const choices = syntax.ofType("conditional_expression").filter((node) => !hasCommentForEach(syntax, node));
  yield* nestedIn(choices, isChoice, (levels) => l10n.t("{0} conditional expressions stand inside each other", levels));
  yield* nestedIn(
    comprehensions.flatMap((type) => syntax.ofType(type)).filter((node) => clausesIn(node) > mostClauses),
    isComprehension,
    (levels) => l10n.t("{0} comprehensions stand inside each other", levels),
  );
  yield* lambdasIn(syntax);
  yield* conditionsIn(syntax);
}

const comprehensions = ["list_comprehension", "set_comprehension", "dictionary_comprehension", "generator_expression"];

function isChoice(node: SyntaxNode): boolean {
  return node.type === "conditional_expression";
}

/** The `for` and `if` of all comprehensions in a node. */
function clausesIn(node: SyntaxNode): number {
  return [...node.descendants()].filter(({ type }) => type === "for_in_clause" || type === "if_clause").length;
}

/** Of choices inside each other, each but one at most has a comment of its own. */
function hasCommentForEach(syntax: Syntax, node: SyntaxNode): boolean {
  const comments = textOf(syntax, node).match(/(?:^|[\s)])#\s/gm)?.length ?? 0;
  return comments > 0 && comments >= depthOf(node, isChoice) - 1;
}

/** The outermost nodes of a kind in which so many of the kind stand inside each other, calls of lambdas left out. */
function* nestedIn(
  nodes: readonly SyntaxNode[],
  isKind: (node: SyntaxNode) => boolean,
  message: (levels: number) => string,
): Iterable<Problem> {
  for (const node of nodes) {
    if ([...node.ancestors()].some(isKind)) continue;
    const levels = depthOf(node, isKind);
    if (levels >= deepest) yield { at: { start: node.start, end: node.end }, message: message(levels) };
  }
}

function depthOf(node: SyntaxNode, isKind: (node: SyntaxNode) => boolean): number {
  const below = Math.max(0, ...node.children.map((child) => depthOf(child, isKind)));
  return below + (isKind(node) ? 1 : 0);
}

/** A lambda that makes a lambda, and `reduce` over one that chooses. */
function* lambdasIn(syntax: Syntax): Iterable<Problem> {
  for (const node of syntax.ofType("lambda")) {
    const outer = node.parent;
    const at = { start: node.start, end: node.end };
    if (outer?.type === "lambda" && outer.child("body") === node && !isCalledAtOnce(outer)) {
      yield { at: { start: outer.start, end: outer.end }, message: l10n.t("A lambda makes another lambda") };
    }
    const call = outer?.type === "argument_list" ? outer.parent : undefined;
    const called = call?.child("function");
    if (!called || !/^(?:functools\.)?reduce$/.test(textOf(syntax, called))) continue;
    const body = node.child("body");
    if (body && [...body.descendants()].some((each) => isChoice(each) || isComprehension(each))) {
      yield { at, message: l10n.t("`reduce` works with a lambda that chooses or repeats") };
    }
  }
}

/** `(lambda row: lambda: show(row))(row)`, which binds what a loop changes. */
function isCalledAtOnce({ parent }: SyntaxNode): boolean {
  return parent?.type === "parenthesized_expression" && parent.parent?.type === "call" && parent.field === "function";
}

/** Chains that mix `and` with `or`; a list of alternatives reads well at any length, and so does a table of them. */
function* conditionsIn(syntax: Syntax): Iterable<Problem> {
  for (const node of syntax.ofType("boolean_operator")) {
    if (isPartOfChain(node)) continue;
    const { conditions, inGroups } = chainOf(syntax, node);
    const hasOthers = inGroups < conditions ? 1 : 0;
    if (inGroups + hasOthers <= mostConditions || isMethodOfComparison(syntax, node) || isNamed(syntax, node)) continue;
    const at = { start: node.start, end: node.end };
    yield { at, message: l10n.t("{0} conditions are joined by `and` and `or` in one expression", conditions) };
  }
}

function isPartOfChain({ parent }: SyntaxNode): boolean {
  if (parent?.type === "parenthesized_expression" || parent?.type === "not_operator") return isPartOfChain(parent);
  return parent?.type === "boolean_operator";
}

interface Chain {
  readonly conditions: number;
  /** Those that another operator joins first; of the rows of a table, those of one. */
  readonly inGroups: number;
  /** Each of its groups has a comment of its own. */
  readonly isExplained: boolean;
}

function chainOf(syntax: Syntax, node: SyntaxNode): Chain {
  const parts = partsOf(node);
  if (parts.length === 0) return { conditions: 1, inGroups: 0, isExplained: false };
  if (isTable(syntax, node)) return { conditions: 1, inGroups: 0, isExplained: false };
  const groups = parts.map((part) => ({ ...chainOf(syntax, part), shape: shapeOf(syntax, part) }));
  const isExplained = areExplained(syntax, parts);
  const read = groups.filter((group, index) => {
    const alike = groups.filter(({ shape }) => shape === group.shape);
    return group.conditions > 1 && !group.isExplained && (alike.length < fewestRows || alike[0] === groups[index]);
  });
  return { conditions: conditionsOf(groups), inGroups: isExplained ? 0 : conditionsOf(read), isExplained };
}

/** Alternatives of as many comparisons each, all by one operator and of plain operands. */
function isTable(syntax: Syntax, node: SyntaxNode): boolean {
  const rows = partsOf(node);
  const isRow = (row: SyntaxNode) => partsOf(row).length > 1 && partsOf(row).length === partsOf(rows[0] ?? row).length;
  const operators = new Set(rows.flatMap(partsOf).map((each) => plainOperator(syntax, unwrapped(each))));
  return operatorOf(node) === "or" && rows.every(isRow) && operators.size === 1 && !operators.has(undefined);
}

/** The `==` of `x == y.z`. */
function plainOperator(syntax: Syntax, { type, named }: SyntaxNode): string | undefined {
  const [left, right, ...others] = named;
  if (type !== "comparison_operator" || !left || !right || others.length > 0) return undefined;
  const isPlain = [left, right].every((each) =>
    /^(?:identifier|attribute|integer|float|string|none|true|false)$/.test(each.type),
  );
  return isPlain ? syntax.text.slice(left.end, right.start).trim() : undefined;
}

/** Has each of several groups, but one at most, a comment of its own? That is as good as a name. */
function areExplained(syntax: Syntax, parts: readonly SyntaxNode[]): boolean {
  const groups = parts.filter((part) => partsOf(part).length > 0);
  return groups.length > 1 && groups.filter((each) => hasComment(syntax, each)).length >= groups.length - 1;
}

/** Above it, or behind its bracket. */
function hasComment(syntax: Syntax, part: SyntaxNode): boolean {
  const before = syntax.text.slice(Math.max(0, part.start - farthestComment), part.start);
  return /#[^\n]*\n(?:[\s(]|\b(?:and|or|not)\b)*$/.test(before) || /^[\s(]*#/.test(textOf(syntax, part));
}

function conditionsOf(chains: readonly Chain[]): number {
  return chains.reduce((sum, { conditions }) => sum + conditions, 0);
}

/** What rows of a table have in common: that they begin to compare one thing, or all but their numbers and words. */
function shapeOf(syntax: Syntax, part: SyntaxNode): string {
  const [first] = partsOf(part);
  const compared = first && unwrapped(first).type === "comparison_operator" ? unwrapped(first) : undefined;
  const [left, right] = compared?.named ?? [];
  const isName = left !== undefined && /^(?:identifier|attribute|subscript)$/.test(left.type);
  const shown = isName && right ? syntax.text.slice(left.start, right.start) : textOf(syntax, part);
  return shown.replace(/(["']).*?\1|\b\d[\w.]*/g, "_").replace(/\s+/g, " ");
}

/** What one operator joins, in brackets of its own or not; nothing in a single condition. */
function partsOf(node: SyntaxNode): SyntaxNode[] {
  const chain = unwrapped(node);
  if (chain.type !== "boolean_operator") return [];
  return chain.named.flatMap((side) => {
    const isSame = unwrapped(side).type === "boolean_operator" && operatorOf(side) === operatorOf(chain);
    return isSame ? partsOf(side) : [side];
  });
}

function operatorOf(node: SyntaxNode): "and" | "or" {
  return unwrapped(node).hasToken("and") ? "and" : "or";
}

function unwrapped(node: SyntaxNode): SyntaxNode {
  const [only] = node.type === "parenthesized_expression" || node.type === "not_operator" ? node.named : [];
  return only ? unwrapped(only) : node;
}

/** Is a condition all that a function answers? Then it has a name, and what is said about it stands in the docstring. */
function isNamed(syntax: Syntax, node: SyntaxNode): boolean {
  const statement = node.parent?.type === "parenthesized_expression" ? node.parent.parent : node.parent;
  const body = statement?.type === "return_statement" ? statement.parent : undefined;
  if (body?.parent?.type !== "function_definition") return false;
  const [first, ...others] = body.named.filter(({ type }) => type !== "comment");
  return others.length === 1 && first !== undefined && /^[rRuU]?["']/.test(textOf(syntax, first));
}

/** `__eq__` and its like compare attribute by attribute. */
function isMethodOfComparison(syntax: Syntax, node: SyntaxNode): boolean {
  const holder = [...node.ancestors()].find(({ type }) => type === "function_definition")?.child("name");
  return holder !== undefined && /^__(?:eq|ne|lt|le|gt|ge|hash)__$/.test(textOf(syntax, holder));
}
