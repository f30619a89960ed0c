import type { FunctionFacts } from "./definitions.ts";
import { isStringStatement } from "./strings.ts";
import { type Syntax, type SyntaxNode, statementsOf, textOf, undecorated } from "./syntax.ts";

/** How much a reader of a function reads. */
export interface FunctionSize {
  readonly statements: number;
  /** Lines with code; a literal, a list of arguments and a table of cases count as one. */
  readonly lines: number;
}

/**
 * Counts a function's statements and lines of code. What is long and yet simple counts once: the docstring not at all, neighbouring
 * assignments of parameters to `self`, neighbouring calls that add arguments or register something, large literals, tables of cases; functions
 * and classes inside are read by themselves and count as one.
 */
export function functionSize(syntax: Syntax, { body }: FunctionFacts): FunctionSize {
  const counter = new Counter(syntax);
  counter.suite(body);
  return { statements: counter.statements, lines: counter.lines };
}

/** However many lines they take, they are read as one. */
const readAtOnce = new Set(["list", "dictionary", "tuple", "set", "string", "concatenated_string", "argument_list"]);

class Counter {
  readonly #syntax: Syntax;
  statements = 0;
  lines = 0;

  constructor(syntax: Syntax) {
    this.#syntax = syntax;
  }

  suite(suite: SyntaxNode): void {
    let before: string | undefined;
    for (const statement of statementsOf(suite)) {
      if (isStringStatement(statement)) continue;
      const kind = simpleKind(this.#syntax, statement);
      if (kind === undefined || kind !== before) this.#statement(statement);
      before = kind;
    }
  }

  #statement(node: SyntaxNode): void {
    this.statements++;
    this.lines++;
    if (/^(?:function|class)_definition$/.test(undecorated(node).type)) return;
    if (node.type === "match_statement" && isTable(node)) return;
    for (const child of node.named) this.#inside(child);
  }

  #inside(node: SyntaxNode): void {
    if (node.type === "block") {
      this.suite(node);
      return;
    }
    if (/_clause$/.test(node.type) && node.children.some((child) => child.type === "block")) {
      this.lines++;
      for (const child of node.named) this.#inside(child);
      return;
    }
    this.lines += this.#furtherLines(node);
  }

  /** Line breaks within an expression, those in literals and arguments left out. */
  #furtherLines(node: SyntaxNode): number {
    if (readAtOnce.has(node.type)) return 0;
    let count = 0;
    let at = node.start;
    for (const child of node.named) {
      count += breaksIn(this.#syntax.text, at, child.start) + this.#furtherLines(child);
      at = child.end;
    }
    return count + breaksIn(this.#syntax.text, at, node.end);
  }
}

function breaksIn(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", start); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

/** Statements of the same simple kind that follow each other are read as one. */
function simpleKind(syntax: Syntax, statement: SyntaxNode): string | undefined {
  const [expression] = statement.type === "expression_statement" ? statement.named : [];
  if (expression?.type === "assignment") {
    const left = expression.child("left");
    const isPlain = /^(?:identifier|attribute|none|true|false|integer|float|string)$/.test(
      expression.child("right")?.type ?? "",
    );
    return left?.type === "attribute" && isPlain ? "attributes" : undefined;
  }
  const called = expression?.type === "call" ? expression.child("function") : undefined;
  return called && /\.add_\w+$|(?:^|\.|_)register(?:_\w+)?$/.test(textOf(syntax, called)) ? "arguments" : undefined;
}

/** A `match` whose cases are one statement each. */
function isTable(node: SyntaxNode): boolean {
  const cases = node.child("body")?.named.filter((child) => child.type === "case_clause") ?? [];
  return cases.every((each) => (each.child("consequence")?.named.length ?? 0) <= 1);
}
