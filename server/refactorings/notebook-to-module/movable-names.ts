import { importedNames, type Scopes } from "../../python/scopes.ts";
import { nameOf, type Syntax, type SyntaxNode, textOf, undecorated } from "../../python/syntax.ts";
import { type CellStatement, isBuiltin, type NotebookCode, namesMentioned, ownsLines } from "./notebook-code.ts";

/** What of a notebook means the same in a module: each name with the statements that bind it. */
export interface MovableNames {
  readonly imports: ReadonlyMap<string, readonly CellStatement[]>;
  /** Functions and classes that take nothing from the notebook but other movable names. */
  readonly definitions: ReadonlyMap<string, CellStatement>;
  /** Literal constants that those functions and classes take. */
  readonly constants: ReadonlyMap<string, CellStatement>;
}

export function movableNames(code: NotebookCode): MovableNames {
  const imports = importsOf(code);
  const candidates = new Map(
    code.statements.flatMap((statement) => named(code, statement, definedName(statement, code))),
  );
  const literals = new Map(
    code.statements.flatMap((statement) => named(code, statement, constantName(statement, code))),
  );
  const needs = new Map([...candidates].map(([name, { node }]) => [name, needsOf(node, code.scopes, code.syntax)]));
  const isMovable = (name: string) =>
    isBuiltinHere(name, code) || imports.has(name) || literals.has(name) || candidates.has(name);
  for (let size = -1; size !== candidates.size; ) {
    size = candidates.size;
    for (const [name, needed] of needs) if (![...needed].every(isMovable)) candidates.delete(name);
  }
  const needed = new Set([...candidates.keys()].flatMap((name) => [...(needs.get(name) ?? [])]));
  const constants = new Map([...literals].filter(([name]) => needed.has(name)));
  return { imports, definitions: candidates, constants };
}

function isBuiltinHere(name: string, { scopes }: NotebookCode): boolean {
  return isBuiltin(name) && !scopes.module.bindings.has(name);
}

/** Names that are bound by the same import wherever they are bound. */
function importsOf(code: NotebookCode): ReadonlyMap<string, readonly CellStatement[]> {
  const found = new Map<string, CellStatement[]>();
  for (const statement of code.statements) {
    const isImport = /^import_(?:from_)?statement$/.test(statement.node.type);
    if (!isImport || statement.in.isMagic) continue;
    for (const name of importedNames(statement.node, code.syntax))
      found.set(name, [...(found.get(name) ?? []), statement]);
  }
  for (const [name, statements] of found) {
    const meanings = new Set(statements.map(({ node }) => meaningOf(node, name, code.syntax)));
    const isOther = code.scopes.module.bindings.get(name)?.length !== statements.length;
    if (meanings.size > 1 || isOther || code.shared.has(name)) found.delete(name);
  }
  return found;
}

/** What an import binds to a name; `import a.b` and `import a.c` both bind `a`. */
function meaningOf(node: SyntaxNode, name: string, syntax: Syntax): string {
  const item = node.all("name").find((each) => boundBy(each, node, syntax) === name);
  const from = node.child("module_name");
  if (!item) return "";
  if (!from) return item.child("alias") ? textOf(syntax, item) : name;
  return `${textOf(syntax, from)} ${textOf(syntax, item)}`;
}

/** The name that one item of an import binds. */
export function boundBy(item: SyntaxNode, statement: SyntaxNode, syntax: Syntax): string {
  const bound = item.child("alias") ?? (statement.type === "import_statement" ? item.named[0] : item);
  return bound ? nameOf(syntax, bound) : "";
}

function named(code: NotebookCode, statement: CellStatement, name: string | undefined): [string, CellStatement][] {
  const isOnly = name !== undefined && code.scopes.module.bindings.get(name)?.length === 1 && !code.shared.has(name);
  return isOnly && ownsLines(code, statement) ? [[name, statement]] : [];
}

function definedName({ node }: CellStatement, { syntax, scopes }: NotebookCode): string | undefined {
  const definition = undecorated(node);
  const name = definition.child("name");
  if (!/^(?:function|class)_definition$/.test(definition.type) || !name) return undefined;
  const declares = [...(scopes.of(definition)?.all() ?? [])].some((scope) => scope.globals.size > 0);
  if (declares || findsByName.test(textOf(syntax, node)) || actsWhenDefined(node, syntax)) return undefined;
  return nameOf(syntax, name);
}

/** Looks the notebook's variables up by their names, which are elsewhere in a module. */
export const findsByName =
  /\b(?:globals|eval|exec|get_ipython)\s*\(|\b(?:smf|patsy|numexpr|ne|duckdb|pandasql)\s*\.|\.query\s*\(\s*\w*['"][^'"]*@|\bsqldf\b/;

/** Calls that only describe a class. */
const descriptions =
  /^(?:field|Field|auto|property|staticmethod|classmethod|namedtuple|TypeVar|NewType|dataclass|mapped_column)$/;

/** Does something run when it is defined, whose time would be another one: defaults and class bodies that call? */
function actsWhenDefined(whole: SyntaxNode, syntax: Syntax): boolean {
  return [...whole.descendants()].some((node) => {
    if (node.type !== "call" || node.parent?.type === "decorator") return false;
    const callee = textOf(syntax, node.child("function") ?? node).replace(/^.*\./, "");
    return !descriptions.test(callee) && !isInBody(node, whole);
  });
}

/** Does a node run only when a function of the definition is called? */
function isInBody(node: SyntaxNode, whole: SyntaxNode): boolean {
  let child = node;
  for (const around of node.ancestors()) {
    if (/^(?:function_definition|lambda)$/.test(around.type) && child.field === "body") return true;
    if (around === whole) return false;
    child = around;
  }
  return false;
}

/** What a definition takes from around it: in its body, its header and its decorators. */
function needsOf(whole: SyntaxNode, scopes: Scopes, syntax: Syntax): ReadonlySet<string> {
  const definition = undecorated(whole);
  const parameters = definition.child("parameters")?.named ?? [];
  const headers = [
    ...whole.children.filter((child) => child.type === "decorator"),
    ...definition.all("superclasses"),
    ...definition.all("return_type"),
    ...parameters.flatMap((each) => [...each.all("type"), ...each.all("value")]),
  ];
  const names = new Set([...(scopes.of(definition)?.freeNames() ?? []), ...namesMentioned(headers, syntax)]);
  const own = definition.child("name");
  if (own) names.delete(nameOf(syntax, own));
  return names;
}

/** `LIMIT = 3`: a constant that cannot be changed in place. */
function constantName({ node }: CellStatement, { syntax }: NotebookCode): string | undefined {
  const [assignment] = node.named;
  const target = assignment?.child("left");
  const value = assignment?.child("right");
  if (assignment?.type !== "assignment" || target?.type !== "identifier" || !value) return undefined;
  const name = textOf(syntax, target);
  return /^_?[A-Z][A-Z0-9_]*$/.test(name) && isLiteral(value) ? name : undefined;
}

/** A value that is written out and never changes. */
export function isLiteral(value: SyntaxNode): boolean {
  if (/^(?:integer|float|true|false|none)$/.test(value.type)) return true;
  if (value.type === "string" || value.type === "concatenated_string")
    return ![...value.descendants()].some((each) => each.type === "interpolation");
  if (/^(?:tuple|parenthesized_expression|unary_operator)$/.test(value.type)) return value.named.every(isLiteral);
  return false;
}
