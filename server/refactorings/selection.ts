import type { Span } from "../core/text.ts";
import type { Scope, Scopes } from "../python/scopes.ts";
import { isStatement, type Syntax, type SyntaxNode, statementsOf, textOf } from "../python/syntax.ts";
import { type Refusal, refuse } from "./refusals.ts";

/** Consecutive whole statements of one suite, and where they stand. */
export interface Selection extends Span {
  readonly syntax: Syntax;
  readonly scopes: Scopes;
  readonly statements: readonly SyntaxNode[];
  readonly first: SyntaxNode;
  readonly last: SyntaxNode;
  /** The scope of the function, or of the module, whose code this is. */
  readonly host: Scope;
  /** The statement at module level that holds the selection. */
  readonly top: SyntaxNode;
  /** The loops of the host around the selection. */
  readonly loops: readonly SyntaxNode[];
}

/** The statements that a span holds, a leading docstring left out; refuses halves, and lines that hold more. */
export function selectionAt(syntax: Syntax, scopes: Scopes, span: Span): Selection | Refusal {
  if (syntax.isBroken) return refuse("BROKEN");
  const statements = wholeStatements(syntax, span);
  const [first] = statements;
  const last = statements.at(-1);
  if (!first || !last || !ownsItsLines(syntax, first, last)) return refuse("PARTIAL");
  const around = [...first.ancestors()];
  const hostNode = around.find((node) => hostTypes.has(node.type));
  const host = hostNode && scopes.of(hostNode);
  if (!host || !hostNode || hostNode.type === "class_definition") return refuse("CLASS_BODY");
  const within = around.slice(0, around.indexOf(hostNode));
  return {
    syntax,
    scopes,
    statements,
    first,
    last,
    start: first.start,
    end: last.end,
    host,
    top: [first, ...around].find((node) => node.parent?.type === "module") ?? first,
    loops: within.filter((node) => node.type === "for_statement" || node.type === "while_statement"),
  };
}

const hostTypes = new Set(["function_definition", "class_definition", "module"]);

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

/** A string that stands first in a module, class or function. */
function isDocstring(node: SyntaxNode): boolean {
  const suite = node.parent;
  const isBody = suite?.type === "module" || (suite && /^(function|class)_definition$/.test(suite.parent?.type ?? ""));
  const [only] = node.named;
  return Boolean(
    isBody && suite?.named[0] === node && (only?.type === "string" || only?.type === "concatenated_string"),
  );
}

/** Only indentation stands before the statements, only a comment behind them. */
export function ownsItsLines(syntax: Syntax, first: SyntaxNode, last: SyntaxNode): boolean {
  const { text } = syntax;
  const before = text.slice(text.lastIndexOf("\n", first.start - 1) + 1, first.start);
  const behind = text.slice(last.end).split(/\r?\n/, 1)[0] ?? "";
  return /^\uFEFF?[ \t]*$/.test(before) && /^[ \t]*(#.*)?$/.test(behind);
}

/** The nodes of the selection, those of nested scopes among them. */
export function* nodesIn(selection: Selection): Generator<SyntaxNode> {
  for (const statement of selection.statements) yield* statement.descendants();
}

/** The nodes that run in the selection's own scope: not those inside nested functions, lambdas and classes. */
export function* ownNodesIn(selection: Selection): Generator<SyntaxNode> {
  const waiting = [...selection.statements].reverse();
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
