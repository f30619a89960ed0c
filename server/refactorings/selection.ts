import type { Span } from "../core/text.ts";
import { isBrokenAround } from "../python/broken-syntax.ts";
import type { Scope } from "../python/scope.ts";
import { firstIterables, isComprehension, type Scopes } from "../python/scopes.ts";
import { isDocstring, isStatement, type Syntax, type SyntaxNode, statementsOf, textOf } from "../python/syntax.ts";
import { expressionAt } from "./expression-at.ts";
import { type Refusal, refuse } from "./refusals.ts";

/** Consecutive whole statements of one suite, or one whole expression, and where they stand. */
export interface Selection extends Span {
  readonly syntax: Syntax;
  readonly scopes: Scopes;
  /** None when an expression is selected. */
  readonly statements: readonly SyntaxNode[];
  readonly expression: SyntaxNode | undefined;
  readonly first: SyntaxNode;
  readonly last: SyntaxNode;
  /** What was selected, with the comments above and below the statements. */
  readonly chosen: Span;
  /** The scope of the function, or of the module, whose code this is. */
  readonly host: Scope;
  /** The comprehensions and lambdas between an expression and its host, the innermost first. */
  readonly inner: readonly Scope[];
  /** The statement at module level that holds the selection. */
  readonly top: SyntaxNode;
  /** The loops of the host around the selection. */
  readonly loops: readonly SyntaxNode[];
}

/** The statements that a span holds, a leading docstring left out; refuses halves, and lines that hold more. */
export function selectionAt(syntax: Syntax, scopes: Scopes, span: Span): Selection | Refusal {
  const statements = wholeStatements(syntax, span);
  const [first] = statements;
  const last = statements.at(-1);
  if (!first || !last || !ownsItsLines(syntax, first, last)) {
    return refuse(syntax.isBroken && statements.length === 0 ? "BROKEN" : "PARTIAL");
  }
  return placed({ syntax, scopes, statements, expression: undefined, first, last, chosen: span });
}

/** The same for one whole expression. */
export function selectedExpressionAt(syntax: Syntax, scopes: Scopes, span: Span): Selection | Refusal {
  const expression = expressionAt(syntax, span);
  if (!expression) return refuse("PARTIAL");
  return placed({
    syntax,
    scopes,
    statements: [],
    expression,
    first: expression,
    last: expression,
    chosen: expression,
  });
}

function placed(what: Omit<Selection, "host" | "inner" | "top" | "loops" | "start" | "end">): Selection | Refusal {
  const { first, last, syntax, scopes } = what;
  const around = [...first.ancestors()];
  const top = [first, ...around].find((node) => node.parent === syntax.root) ?? first;
  const { host, inner } = scopesAround(first, scopes);
  if (!host || host.kind === "class") return refuse("CLASS_BODY");
  if (isBrokenAround(syntax, host.kind === "module" ? syntax.root : top)) return refuse("BROKEN");
  const within = around.slice(0, around.indexOf(host.node));
  return {
    ...what,
    start: first.start,
    end: last.end,
    host,
    inner,
    top,
    loops: within.filter((node) => node.type === "for_statement" || node.type === "while_statement"),
  };
}

/** The function, class or module in whose suite a node runs; what a definition's header says runs outside of it. */
export function scopesAround(node: SyntaxNode, scopes: Scopes): { host: Scope | undefined; inner: readonly Scope[] } {
  const inner: Scope[] = [];
  let child = node;
  for (const around of node.ancestors()) {
    const scope = scopes.of(around);
    const isInside = isComprehension(around)
      ? !firstIterables(around).some((iterable) => iterable.holds(node))
      : child.field === "body" || around.type === "module";
    if (scope && isInside) {
      if (scope.kind !== "comprehension" && scope.kind !== "lambda") return { host: scope, inner };
      inner.push(scope);
    }
    child = around;
  }
  return { host: scopes.module, inner };
}

function wholeStatements(syntax: Syntax, span: Span): readonly SyntaxNode[] {
  const first = firstStatementFrom(syntax.root, span.start);
  if (!first?.parent || first.end > span.end) return [];
  const all = statementsOf(first.parent);
  const inside = all.filter((node) => node.start >= span.start && node.end <= span.end);
  const end = inside.at(-1)?.end ?? span.end;
  const isRest = (text: string) => text.split(/\r?\n/).every((line) => /^[\s;]*(#.*)?$/.test(line));
  if (!isRest(syntax.text.slice(span.start, first.start)) || !isRest(syntax.text.slice(end, span.end))) return [];
  return isDocstring(first) ? inside.slice(1) : inside;
}

/** The first statement in source order that starts at an offset or behind it. */
function firstStatementFrom(node: SyntaxNode, offset: number): SyntaxNode | undefined {
  if (node.end <= offset) return undefined;
  if (node.start >= offset && isStatement(node)) return node;
  for (const child of node.children) {
    const found = firstStatementFrom(child, offset);
    if (found) return found;
  }
  return undefined;
}

/** Only indentation stands before the statements, only a comment behind them. */
export function ownsItsLines(syntax: Syntax, first: SyntaxNode, last: SyntaxNode): boolean {
  const { text } = syntax;
  const before = text.slice(text.lastIndexOf("\n", first.start - 1) + 1, first.start);
  const behind = text.slice(last.end).split(/\r?\n/, 1)[0] ?? "";
  return /^\uFEFF?[ \t]*$/.test(before) && /^[ \t]*(#.*)?$/.test(behind);
}

function rootsOf({ statements, expression }: Selection): readonly SyntaxNode[] {
  return expression ? [expression] : statements;
}

/** The nodes of the selection, those of nested scopes among them. */
export function* nodesIn(selection: Selection): Generator<SyntaxNode> {
  for (const root of rootsOf(selection)) yield* root.descendants();
}

/** The nodes that run in the selection's own scope: not those inside nested functions, lambdas and classes. */
export function* ownNodesIn(selection: Selection): Generator<SyntaxNode> {
  const waiting = [...rootsOf(selection)].reverse();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    yield node;
    const isScope = node.type === "function_definition" || node.type === "lambda" || node.type === "class_definition";
    const children = isScope ? node.children.filter((child) => child.field !== "body") : node.children;
    waiting.push(...[...children].reverse());
  }
}

/** The name that a call calls, without its object. */
export function calledName(syntax: Syntax, call: SyntaxNode): string {
  const callee = call.child("function");
  const name = callee?.type === "attribute" ? callee.child("attribute") : callee;
  return name?.type === "identifier" ? textOf(syntax, name) : "";
}

export function isInside(node: Span, selection: Span): boolean {
  return selection.start <= node.start && node.end <= selection.end;
}

export function intersection(left: ReadonlySet<string>, right: ReadonlySet<string>): Set<string> {
  return new Set([...left].filter((name) => right.has(name)));
}
