import type { Edit } from "../core/edit.ts";
import type { Scope } from "../python/scope.ts";
import { importedNames, type Scopes } from "../python/scopes.ts";
import { type Syntax, type SyntaxNode, statementsOf, textOf } from "../python/syntax.ts";
import { type Refusal, refuse } from "./refusals.ts";
import { SourceLines } from "./source-lines.ts";

/** The name of the module's logger, and what must be inserted so that there is one. */
export interface ModuleLogger {
  readonly name: string;
  readonly edits: readonly Edit[];
}

/** The logger that the module has already, or one made below its imports; for calls that stand in these nodes. */
export function loggerFor(syntax: Syntax, scopes: Scopes, calls: readonly SyntaxNode[]): ModuleLogger | Refusal {
  const known = existing(syntax, scopes, calls);
  if (known) return { name: known, edits: [] };
  const isTaken = (name: string) =>
    [...scopes.module.all()].some(
      (scope) => scope.bindings.has(name) || scope.reads.has(name) || scope.globals.has(name),
    );
  if (isTaken("logger")) return refuse("NAME_TAKEN", ["logger"]);
  const module = syntax.root;
  const top = leadingImports(module, syntax);
  const own = top.imports.find((node) => importsLogging(syntax, node));
  if (!own && isTaken("logging")) return refuse("NAME_TAKEN", ["logging"]);
  const isOther = scopes.module.bindings.get("logging")?.some((by) => !importsLogging(syntax, by)) ?? false;
  if (own && (isOther || isShadowed("logging", scopes))) return refuse("NAME_TAKEN", ["logging"]);
  return { name: "logger", edits: insertions(syntax, top, own !== undefined) };
}

/** A module-level `logger = logging.getLogger(…)` above all calls that means the same where they stand. */
function existing(syntax: Syntax, scopes: Scopes, calls: readonly SyntaxNode[]): string | undefined {
  for (const statement of statementsOf(syntax.root)) {
    const [assignment] = statement.type === "expression_statement" ? statement.named : [];
    const target = assignment?.type === "assignment" ? assignment.child("left") : undefined;
    const value = assignment?.child("right");
    const makes = /^(logging\s*\.\s*)?getLogger\s*\(/.test(value ? textOf(syntax, value) : "");
    if (target?.type !== "identifier" || !makes) continue;
    const name = textOf(syntax, target);
    const isOnly = scopes.module.bindings.get(name)?.length === 1 && !isShadowed(name, scopes);
    if (isOnly && calls.every((call) => call.start > statement.end)) return name;
  }
  return undefined;
}

/** Does another scope bind the name, or the module's own name change from inside a function? */
function isShadowed(name: string, { module }: Scopes): boolean {
  const isOther = (scope: Scope) => scope !== module && (scope.bindings.has(name) || scope.globals.has(name));
  return [...module.all()].some(isOther);
}

interface TopOfModule {
  /** Import statements at module level before anything else, `__future__` left out. */
  readonly imports: readonly SyntaxNode[];
  /** The last statement that must stay above the logger. */
  readonly last: SyntaxNode | undefined;
}

/** Docstring and imports; conditional ones (`try: import x`) belong to them when nothing else happens in them. */
function leadingImports(module: SyntaxNode, syntax: Syntax): TopOfModule {
  const imports: SyntaxNode[] = [];
  let last: SyntaxNode | undefined;
  for (const statement of statementsOf(module)) {
    const isDocstring = statement.type === "expression_statement" && isText(statement.named[0]);
    const isImport = /^import_(from_)?statement$/.test(statement.type);
    if (!isDocstring && !isImport && statement.type !== "future_import_statement" && !onlyImports(statement, syntax))
      break;
    if (isImport) imports.push(statement);
    last = statement;
  }
  return { imports, last };
}

function isText(node: SyntaxNode | undefined): boolean {
  return node?.type === "string" || node?.type === "concatenated_string";
}

function onlyImports(statement: SyntaxNode, syntax: Syntax): boolean {
  if (!/^(try|if)_statement$/.test(statement.type)) return false;
  let holdsImport = false;
  for (const node of statement.descendants()) {
    if (/^import_(from_)?statement$/.test(node.type)) holdsImport = true;
    else if (node.parent?.type === "block" && !/^(pass_statement|expression_statement)$/.test(node.type)) return false;
    else if (node.type === "call") return false;
  }
  return holdsImport && importedNames(statement, syntax).length === 0;
}

/** `import logging` or `import logging.handlers`, under its own name. */
function importsLogging(syntax: Syntax, node: SyntaxNode): boolean {
  return (
    node.type === "import_statement" &&
    node.all("name").some((name) => /^logging(\.[\w.]+)?$/.test(textOf(syntax, name)))
  );
}

function insertions(syntax: Syntax, { imports, last }: TopOfModule, hasLogging: boolean): readonly Edit[] {
  const source = new SourceLines(syntax);
  const { lines, lineEnd } = source;
  const below = last ? lines.lineAt(last.end) + 1 : headerLines(source);
  const logger = "logger = logging.getLogger(__name__)";
  const isAtEnd = below >= lines.count;
  const at = isAtEnd ? lines.text.length : lines.startOf(below);
  const start = isAtEnd && !/\n$/.test(lines.text) ? lineEnd : "";
  const place = placeOfImport(syntax, imports);
  const [previous, next] = [imports[place - 1], imports[place]];
  const isFirst = imports.length === 0;
  const edits: Edit[] = [];
  if (!hasLogging && next) {
    const before = previous ? lines.lineAt(previous.end) + 1 : source.firstLineOf(next);
    edits.push({ at: { start: lines.startOf(before), end: lines.startOf(before) }, text: `import logging${lineEnd}` });
  }
  const isAppended = !hasLogging && !next;
  const gapAbove = isFirst && last ? lineEnd : "";
  const imported = isAppended ? `${gapAbove}import logging${lineEnd}` : "";
  const gapBelow = source.isBlank(below) ? "" : lineEnd;
  edits.push({ at: { start: at, end: at }, text: `${start}${imported}${lineEnd}${logger}${lineEnd}${gapBelow}` });
  return edits;
}

/** The index of the first plain import that comes behind `logging` in the first, sorted group; else of none. */
function placeOfImport(syntax: Syntax, imports: readonly SyntaxNode[]): number {
  const names = imports.map((node) =>
    node.type === "import_statement" ? textOf(syntax, node.named[0] ?? node) : undefined,
  );
  const plain = names.findIndex((name) => name === undefined || name > "logging");
  return plain === -1 && imports.length > 0 && names.every((name) => name === undefined) ? 0 : plain;
}

/** Lines of comments at the top of a file without docstring and imports: a shebang, the coding, a licence. */
function headerLines(source: SourceLines): number {
  let line = 0;
  while (line < source.lines.count && /^\uFEFF?#/.test(source.lines.lineText(line))) line++;
  return line;
}
