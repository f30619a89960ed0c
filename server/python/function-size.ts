import type { FunctionFacts } from "./definitions.ts";
import { shapeOf } from "./shape.ts";
import { isStringStatement } from "./strings.ts";
import { type Syntax, type SyntaxNode, statementsOf, textOf, undecorated } from "./syntax.ts";

/** How much a reader of a function reads. */
export interface FunctionSize {
  readonly statements: number;
  /** Lines with code; a literal, a list of arguments and a table of cases count as one. */
  readonly lines: number;
}

/**
 * Counts a function's statements and lines of code. What is long and yet simple counts once: the docstring not at all, large literals, tables
 * of cases, and a row of statements of one kind (plain values that are assigned, imports, calls of one function, additions to one name,
 * conditions of one shape); functions and classes inside are read by themselves and count as one.
 */
export function functionSize(syntax: Syntax, { body }: FunctionFacts): FunctionSize {
  const counter = new Counter(syntax);
  counter.suite(body);
  return { statements: counter.statements, lines: counter.lines };
}

/** So many branches are a table of cases. */
const fewestBranches = 3;

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
    if (node.type === "if_statement" && isChain(this.#syntax, node)) return;
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
  if (statement.type === "if_statement") return isOneLiner(statement) ? shapeOf(textOf(syntax, statement)) : undefined;
  if (/^import_(?:from_)?statement$/.test(statement.type)) return "imports";
  const [expression] = statement.type === "expression_statement" ? statement.named : [];
  switch (expression?.type) {
    case "assignment":
      return isPlainAssignment(expression) ? "plain values" : undefined;
    case "augmented_assignment":
      return `adds to ${textOf(syntax, expression.child("left") ?? expression)}`;
    case "call": {
      const called = calledText(syntax, expression);
      return registers.test(called) ? "arguments" : `calls ${called}`;
    }
    default:
      return undefined;
  }
}

const registers = /\.add_\w+$|(?:^|\.|_)register(?:_\w+)?$/;

/** What a call calls; of `handle("x")(f)`, `handle`. */
function calledText(syntax: Syntax, call: SyntaxNode): string {
  const called = call.child("function");
  if (called?.type === "call") return calledText(syntax, called);
  return called ? textOf(syntax, called) : "";
}

function isPlainAssignment(assignment: SyntaxNode): boolean {
  const right = assignment.child("right");
  if (!right || !/^(?:identifier|attribute)$/.test(assignment.child("left")?.type ?? "")) return false;
  if (/^(?:list|dictionary|tuple)$/.test(right.type)) return right.named.length === 0;
  return /^(?:identifier|attribute|none|true|false|integer|float|string)$/.test(right.type);
}

/** A condition with one simple statement. */
function isOneLiner(node: SyntaxNode): boolean {
  return node.all("alternative").length === 0 && isSimpleSuite(node.child("consequence"));
}

function isSimpleSuite(suite: SyntaxNode | undefined): boolean {
  const [only, ...others] = suite?.named ?? [];
  return (
    only !== undefined &&
    others.length === 0 &&
    /^(?:expression|return|raise|delete|assert|pass|continue|break)_statement$/.test(only.type)
  );
}

/** `if x == 1: … elif x == 2: …`, each of one simple statement and with a condition of one shape: a table of cases. */
function isChain(syntax: Syntax, node: SyntaxNode): boolean {
  const clauses = node.all("alternative");
  const branches = [node, ...clauses.filter(({ type }) => type === "elif_clause")];
  if (branches.length < fewestBranches) return false;
  const suites = [
    ...branches.map((each) => each.child("consequence")),
    ...clauses.flatMap((each) => each.child("body") ?? []),
  ];
  const [first, ...others] = branches.map((each) => shapeOf(textOf(syntax, each.child("condition") ?? each)));
  return suites.every(isSimpleSuite) && others.every((shape) => shape === first);
}

/** A `match` whose cases are one statement each. */
function isTable(node: SyntaxNode): boolean {
  const cases = node.child("body")?.named.filter((child) => child.type === "case_clause") ?? [];
  return cases.every((each) => (each.child("consequence")?.named.length ?? 0) <= 1);
}
