import { shapeOf } from "./shape.ts";
import { isStringStatement } from "./strings.ts";
import { type Syntax, type SyntaxNode, statementsOf, textOf } from "./syntax.ts";

/** So many new objects in a row are a table of them. */
const fewestObjects = 8;
/** So many objects that are made, set and put away alike are a catalogue. */
const fewestEntries = 3;
/** So many things that one function makes of others, and so many checks that raise, are a table of them. */
const fewestAlike = 3;

export interface Row {
  /** Statements of the same simple kind that follow each other are read as one. */
  readonly kind: string | undefined;
  readonly statements: SyntaxNode[];
}

/** What is read of a row: its first statement, or each where they have nothing in common. */
export function readOf({ kind, statements }: Row): readonly SyntaxNode[] {
  return kind !== undefined && statements.length >= fewestOf(kind) ? statements.slice(0, 1) : statements;
}

function fewestOf(kind: string): number {
  if (kind === "new objects") return fewestObjects;
  return kind === checks || kind.startsWith(results) ? fewestAlike : 1;
}

export function rowsIn(syntax: Syntax, suite: SyntaxNode): readonly Row[] {
  const rows: Row[] = [];
  const all = statementsOf(suite);
  const isNamespace = returnsNames(syntax, all.at(-1));
  const entries = catalogueIn(syntax, suite, all);
  for (const statement of all) {
    if (isStringStatement(statement)) continue;
    const isOfCatalogue = entries.has(statement) || (isNamespace && isAssignment(statement));
    const kind = isOfCatalogue ? "entries" : simpleKind(syntax, statement);
    const [row, odd] = rows.slice(-2);
    const before = rows.at(-1);
    if (before && before.kind === kind) before.statements.push(statement);
    // One odd line makes no second table.
    else if (row?.kind === kind && kind?.startsWith(fills) && isOdd(odd)) row?.statements.push(statement);
    else rows.push({ kind, statements: [statement] });
  }
  return rows;
}

function simpleKind(syntax: Syntax, statement: SyntaxNode): string | undefined {
  if (statement.type === "if_statement") {
    if (setsByParameter(syntax, statement)) return "plain values";
    if (!isOneLiner(statement)) return undefined;
    if (raises(statement)) return checks;
    return keepsEntry(syntax, statement) ? `${fills}attributes` : shapeOf(textOf(syntax, statement));
  }
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

/** Does a row hold one statement alone, and no entry of another table? */
function isOdd(row: Row | undefined): boolean {
  return row?.statements.length === 1 && !row.kind?.startsWith(fills);
}

function assignedKind(syntax: Syntax, assignment: SyntaxNode): string | undefined {
  const left = assignment.child("left");
  const right = assignment.child("right");
  if (!left || !right) return undefined;
  if (left.type === "subscript") return isPlain(right) ? tableOf(syntax, left) : undefined;
  if (!/^(?:identifier|attribute)$/.test(left.type)) return undefined;
  if (right.type === "call") {
    return isNew(syntax, right)
      ? "new objects"
      : (changeOf(syntax, assignment, right) ?? resultOf(syntax, left, right));
  }
  return isPlain(right) || isEntry(syntax, right) ? "plain values" : undefined;
}

/** `if rate is None: rate = 1` and the same with an `else`: what a parameter that was not given stands for. */
function setsByParameter(syntax: Syntax, statement: SyntaxNode): boolean {
  if (!/^\w+ is (?:not )?[\w.]+$/.test(textOf(syntax, statement.child("condition") ?? statement))) return false;
  const suites = [statement.child("consequence"), ...statement.all("alternative").map((each) => each.child("body"))];
  return suites.every((suite) => suite !== undefined && statementsOf(suite).every(isPlainAssignment));
}

function isPlainAssignment(statement: SyntaxNode): boolean {
  const value = isAssignment(statement) ? statement.named[0]?.child("right") : undefined;
  return value !== undefined && isPlain(value);
}

/** Whether a condition with one statement raises. */
function raises(statement: SyntaxNode): boolean {
  return statementsOf(statement.child("consequence") ?? statement)[0]?.type === "raise_statement";
}

/** A name, an attribute, a literal or an empty collection. */
function isPlain({ type, named }: SyntaxNode): boolean {
  return /^(?:list|dictionary|tuple)$/.test(type)
    ? named.length === 0
    : /^(?:identifier|attribute|none|true|false|integer|float|string)$/.test(type);
}

/** `if "rate" in options: self.rate = number_of(options["rate"])` */
function keepsEntry(syntax: Syntax, statement: SyntaxNode): boolean {
  const [, key] = /^(["']\w+["'])\s+in\s+\w+$/.exec(textOf(syntax, statement.child("condition") ?? statement)) ?? [];
  const [kept] = statementsOf(statement.child("consequence") ?? statement);
  if (key === undefined || kept === undefined || !isAssignment(kept)) return false;
  const value = kept.named[0]?.child("right");
  return value !== undefined && textOf(syntax, value).includes(`[${key}]`);
}

/** `options["rate"]` */
function isEntry(syntax: Syntax, { type, named: [table, key] }: SyntaxNode): boolean {
  return (
    type === "subscript" && table?.type === "identifier" && key?.type === "string" && !textOf(syntax, key).includes("{")
  );
}

const fills = "fills ";
const checks = "checks";
const results = "results of ";

/** What `rows = load(rows_path)` and `sums = load(sums_path)` have in common: one function makes one thing of another, named after it. */
function resultOf(syntax: Syntax, left: SyntaxNode, call: SyntaxNode): string | undefined {
  const given = call.child("arguments")?.named ?? [];
  const values = given.map((each) => (each.type === "keyword_argument" ? (each.child("value") ?? each) : each));
  const [name, source] = [left, given[0]].map((each) => each && wordsOf(textOf(syntax, each)));
  if (!name || !source || !values.every(isPlain) || !(holds(name, source) || holds(source, name))) return undefined;
  return `${results}${shapeOf(textOf(syntax, call))} ${calledText(syntax, call)}`;
}

function wordsOf(name: string): string[] {
  return name.split(/\W|_/).filter((word) => word !== "" && word !== "self");
}

function holds(words: readonly string[], others: readonly string[]): boolean {
  return others.every((word) => words.includes(word));
}

/** The table that `table["name"] = …` makes an entry of. */
function tableOf(syntax: Syntax, { named: [table, ...keys] }: SyntaxNode): string | undefined {
  const isConstant = keys.every((key) => /^(?:string|integer)$/.test(key.type) || constant.test(textOf(syntax, key)));
  return table && isConstant ? `${fills}${textOf(syntax, table)}` : undefined;
}

const constant = /^(?:\w+\.)*[A-Z][A-Z0-9_]*$/;

/**
 * The statements of a straight function that make an object, set its attributes to plain values and put it into a table
 * (`x = Style("a")`, `x.size = 3`, `table["a"] = x`), again and again.
 */
function catalogueIn(syntax: Syntax, suite: SyntaxNode, all: readonly SyntaxNode[]): ReadonlySet<SyntaxNode> {
  const entries: SyntaxNode[][] = [];
  const isStraight = suite.parent?.type === "function_definition" && !all.some(({ type }) => branching.test(type));
  let open: SyntaxNode[] = [];
  let made = "";
  for (const statement of isStraight ? all : []) {
    const left = isAssignment(statement) ? statement.named[0]?.child("left") : undefined;
    const right = statement.named[0]?.child("right");
    if (left?.type === "identifier" && right?.type === "call") {
      open = [statement];
      made = textOf(syntax, left);
    } else if (left?.type === "attribute" && right && isPlain(right) && textOf(syntax, left).startsWith(`${made}.`)) {
      open.push(statement);
    } else {
      const isPut = left?.type === "subscript" && right && textOf(syntax, right) === made;
      if (isPut && open.length > 0) entries.push([...open, statement]);
      open = [];
    }
  }
  return new Set(entries.length >= fewestEntries ? entries.flat() : []);
}

const branching = /^(?:if|for|while|match|try)_statement$/;

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
export function isShort(suite: SyntaxNode | undefined, most: number): boolean {
  const statements = suite ? statementsOf(suite) : [];
  return statements.length > 0 && statements.length <= most && statements.every(({ type }) => simple.test(type));
}

const simple = /^(?:expression|return|raise|delete|assert|pass|continue|break)_statement$/;
