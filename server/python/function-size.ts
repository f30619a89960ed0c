import type { FunctionFacts } from "./definitions.ts";
import { shapeOf } from "./shape.ts";
import { isShort, readOf, rowsIn } from "./statement-rows.ts";
import { type Syntax, type SyntaxNode, statementsOf, textOf, undecorated } from "./syntax.ts";

/** How much a reader of a function reads. */
export interface FunctionSize {
  readonly statements: number;
  /** Lines with code; a literal, a list of arguments and a table of cases count as one. */
  readonly lines: number;
}

/**
 * Counts a function's statements and lines of code. What is long and yet simple counts once: the docstring not at all, large literals, tables
 * of cases, and a row of statements of one kind (plain values or new objects that are assigned, imports, calls of one function, additions to
 * one name and changes of it by one function, what one function makes of several things, entries of one table that are written or kept, conditions of one shape, checks that raise, what parameters that were not given stand for, what `locals()` returns); functions and classes inside are read by themselves and count as one.
 */
export function functionSize(syntax: Syntax, { body }: FunctionFacts): FunctionSize {
  return new Counter(syntax, (suite) => rowsIn(syntax, suite).flatMap(readOf)).sizeOf(body);
}

/** The same with each statement of a row, which is at least as much and quickly counted. */
export function fullSize(syntax: Syntax, { body }: FunctionFacts): FunctionSize {
  return new Counter(syntax, statementsOf).sizeOf(body);
}

/** So many branches are a table of cases. */
const fewestBranches = 3;
/** So many statements are still one case of a table, where each case is one of the same value. */
const mostOfCase = 3;
/** However many lines they take, they are read as one. */
const readAtOnce = new Set(["list", "dictionary", "tuple", "set", "string", "concatenated_string", "argument_list"]);

class Counter {
  readonly #syntax: Syntax;
  readonly #statementsRead: (suite: SyntaxNode) => readonly SyntaxNode[];
  #statements = 0;
  #lines = 0;

  constructor(syntax: Syntax, statementsRead: (suite: SyntaxNode) => readonly SyntaxNode[]) {
    this.#syntax = syntax;
    this.#statementsRead = statementsRead;
  }

  sizeOf(body: SyntaxNode): FunctionSize {
    this.#suite(body);
    return { statements: this.#statements, lines: this.#lines };
  }

  #suite(suite: SyntaxNode): void {
    for (const statement of this.#statementsRead(suite)) this.#statement(statement);
  }

  #statement(node: SyntaxNode): void {
    this.#statements++;
    this.#lines++;
    if (/^(?:function|class)_definition$/.test(undecorated(node).type)) return;
    if (node.type === "match_statement" && isTable(node)) return;
    if (node.type === "if_statement" && isChain(this.#syntax, node)) return;
    for (const child of node.named) this.#inside(child);
  }

  #inside(node: SyntaxNode): void {
    if (node.type === "block") {
      this.#suite(node);
      return;
    }
    if (/_clause$/.test(node.type) && node.children.some((child) => child.type === "block")) {
      this.#lines++;
      for (const child of node.named) this.#inside(child);
      return;
    }
    this.#lines += this.#furtherLines(node);
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

/**
 * `if x == 1: … elif x == 2: …`: a table of cases. Each is one simple statement below a condition of one shape, or a few
 * below one that asks for the same value.
 */
function isChain(syntax: Syntax, node: SyntaxNode): boolean {
  const clauses = node.all("alternative");
  const branches = [node, ...clauses.filter(({ type }) => type === "elif_clause")];
  if (branches.length < fewestBranches) return false;
  const suites = [
    ...branches.map((each) => each.child("consequence")),
    ...clauses.flatMap((each) => each.child("body") ?? []),
  ];
  const conditions = branches.map((each) => each.child("condition") ?? each);
  const values = new Set(conditions.map((each) => comparedValue(syntax, each)));
  const isOfOneValue = values.size === 1 && !values.has(undefined);
  const shapes = new Set(conditions.map((each) => shapeOf(textOf(syntax, each))));
  return (isOfOneValue || shapes.size === 1) && suites.every((each) => isShort(each, isOfOneValue ? mostOfCase : 1));
}

/** The `x` of `x == 1`, `x in (1, 2)` and `isinstance(x, str)`. */
function comparedValue(syntax: Syntax, condition: SyntaxNode): string | undefined {
  const [first] = condition.named;
  if (!first) return undefined;
  if (condition.type === "comparison_operator") return textOf(syntax, first);
  const isOfType = condition.type === "call" && textOf(syntax, first) === "isinstance";
  const [value] = isOfType ? (condition.child("arguments")?.named ?? []) : [];
  return value && textOf(syntax, value);
}

/** A `match` whose cases are a few simple statements each. */
function isTable(node: SyntaxNode): boolean {
  const cases = node.child("body")?.named.filter((child) => child.type === "case_clause") ?? [];
  return cases.every((each) => isShort(each.child("consequence"), mostOfCase));
}
