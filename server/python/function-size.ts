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
 * of cases, and a row of statements of one kind (plain values or new objects that are assigned, imports, calls of one function, additions to
 * one name and changes of it by one function, conditions of one shape, what `locals()` returns); functions and classes inside are read by themselves and count as one.
 */
export function functionSize(syntax: Syntax, { body }: FunctionFacts): FunctionSize {
  const counter = new Counter(syntax);
  counter.suite(body);
  return { statements: counter.statements, lines: counter.lines };
}

/** So many branches are a table of cases. */
const fewestBranches = 3;
/** So many statements are still one case of a table, where each case is one of the same value. */
const mostOfCase = 3;
/** So many new objects in a row are a table of them. */
const fewestObjects = 8;

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
    for (const { kind, statements } of rowsIn(this.#syntax, suite)) {
      const isRow = kind !== undefined && (kind !== "new objects" || statements.length >= fewestObjects);
      for (const statement of isRow ? statements.slice(0, 1) : statements) this.#statement(statement);
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

interface Row {
  /** Statements of the same simple kind that follow each other are read as one. */
  readonly kind: string | undefined;
  readonly statements: SyntaxNode[];
}

function rowsIn(syntax: Syntax, suite: SyntaxNode): readonly Row[] {
  const rows: Row[] = [];
  const all = statementsOf(suite);
  const isCatalogue = returnsNames(syntax, all.at(-1));
  for (const statement of all) {
    if (isStringStatement(statement)) continue;
    const kind = isCatalogue && isAssignment(statement) ? "entries" : simpleKind(syntax, statement);
    const before = rows.at(-1);
    if (before && before.kind === kind) before.statements.push(statement);
    else rows.push({ kind, statements: [statement] });
  }
  return rows;
}

function simpleKind(syntax: Syntax, statement: SyntaxNode): string | undefined {
  if (statement.type === "if_statement") return isOneLiner(statement) ? shapeOf(textOf(syntax, statement)) : undefined;
  if (/^import_(?:from_)?statement$/.test(statement.type)) return "imports";
  const [expression] = statement.type === "expression_statement" ? statement.named : [];
  switch (expression?.type) {
    case "assignment":
      return assignedKind(syntax, expression);
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

/** Whether a statement returns `locals()`, passed through one call or not: then each name that is assigned is an entry of a catalogue. */
function returnsNames(syntax: Syntax, statement: SyntaxNode | undefined): boolean {
  return (
    statement?.type === "return_statement" &&
    /^return\s+(?:\w+\(locals\(\)\)|locals\(\))$/.test(textOf(syntax, statement))
  );
}

function isAssignment(statement: SyntaxNode): boolean {
  return statement.type === "expression_statement" && statement.named[0]?.type === "assignment";
}

function assignedKind(syntax: Syntax, assignment: SyntaxNode): string | undefined {
  const right = assignment.child("right");
  if (!right || !/^(?:identifier|attribute)$/.test(assignment.child("left")?.type ?? "")) return undefined;
  if (right.type === "call") return isNew(syntax, right) ? "new objects" : changeOf(syntax, assignment, right);
  if (/^(?:list|dictionary|tuple)$/.test(right.type)) return right.named.length === 0 ? "plain values" : undefined;
  return /^(?:identifier|attribute|none|true|false|integer|float|string)$/.test(right.type)
    ? "plain values"
    : undefined;
}

/** What `text = text.replace("a", "b")` and `text = re.sub("a", "b", text)` do to `text`, again and again in the rows of a table. */
function changeOf(syntax: Syntax, assignment: SyntaxNode, call: SyntaxNode): string | undefined {
  const name = textOf(syntax, assignment.child("left") ?? assignment);
  const called = calledText(syntax, call);
  const given = call.child("arguments")?.named ?? [];
  const isChange = called.startsWith(`${name}.`) || given.some((each) => textOf(syntax, each) === name);
  return isChange ? `changes ${name} by ${called}` : undefined;
}

/** `Label("x")`, `nn.Linear(2, 3)`, and `label_factory("x").resize(3)`, whose methods shape what the factory made. */
function isNew(syntax: Syntax, call: SyntaxNode): boolean {
  const called = call.child("function");
  const text = called ? textOf(syntax, called) : "";
  if (/^(?:\w+\.)*(?:_*[A-Z]\w*|\w+_(?:factory|builder|maker))$/.test(text)) return true;
  const made = called?.child("object");
  return made?.type === "call" && !/^[\w.]*\b_*[A-Z]\w*\(/.test(text) && isNew(syntax, made);
}

/** A condition with one simple statement. */
function isOneLiner(node: SyntaxNode): boolean {
  return node.all("alternative").length === 0 && isShort(node.child("consequence"), 1);
}

/** Is a suite made of simple statements, at most so many? */
function isShort(suite: SyntaxNode | undefined, most: number): boolean {
  const statements = suite ? statementsOf(suite) : [];
  return statements.length > 0 && statements.length <= most && statements.every(({ type }) => simple.test(type));
}

const simple = /^(?:expression|return|raise|delete|assert|pass|continue|break)_statement$/;

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
