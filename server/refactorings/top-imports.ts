import type { Edit } from "../core/edit.ts";
import { isDocstring, type Syntax, type SyntaxNode, statementsOf, textOf, undecorated } from "../python/syntax.ts";
import { ownsItsLines } from "./selection.ts";
import { SourceLines } from "./source-lines.ts";

/** A name that an import at the top of a module binds: under no condition, and before anything is defined. */
export interface TopImport {
  readonly statement: SyntaxNode;
  readonly name: string;
  /** As it is written: `..lab.model`. */
  readonly module: string;
  /** What `from … import` takes out of the module; undefined when the module itself is imported. */
  readonly member: string | undefined;
  /** The same as a statement of its own. */
  readonly text: string;
}

export function topImports(syntax: Syntax): readonly TopImport[] {
  return topStatements(syntax).flatMap((statement) => {
    if (statement.type === "import_statement")
      return statement.all("name").map((item) => plain(statement, item, syntax));
    const from = statement.type === "import_from_statement" ? statement.child("module_name") : undefined;
    return from ? statement.all("name").map((item) => member(statement, from, item, syntax)) : [];
  });
}

/** `from __future__ import …` as it is written; the names in it change what code means. */
export function futuresOf(syntax: Syntax): readonly string[] {
  return syntax
    .ofType("future_import_statement")
    .flatMap((statement) => statement.all("name").map((name) => textOf(syntax, name)))
    .sort();
}

/** The edit that adds a line of import below the last one at the top; undefined where no line of its own can be had. */
export function importEdit(syntax: Syntax, line: string, isLocal: (module: string) => boolean): Edit | undefined {
  const source = new SourceLines(syntax);
  const { lines, lineEnd } = source;
  const last = topStatements(syntax).findLast(({ type }) => /^(future_)?import(_from)?_statement$/.test(type));
  const [first] = statementsOf(syntax.root);
  const anchor = last ?? (first && isDocstring(first) ? first : undefined);
  if (!anchor) {
    const at = first ? lines.startOf(source.firstLineOf(first)) : syntax.text.length;
    const start = Math.max(at, syntax.text.startsWith("\uFEFF") ? 1 : 0);
    return { at: { start, end: start }, text: `${line}${lineEnd}${first ? lineEnd + lineEnd : ""}` };
  }
  if (!ownsItsLines(syntax, anchor, anchor)) return undefined;
  const end = lines.endOf(lines.lineAt(anchor.end));
  const above = topImports(syntax).filter(({ statement }) => statement === last);
  const isOwnGroup = !above.some(({ module }) => isLocal(module));
  return { at: { start: end, end }, text: `${isOwnGroup ? lineEnd : ""}${lineEnd}${line}` };
}

/** The edit that makes a `from … import` take one more name. */
export function memberEdit(syntax: Syntax, statement: SyntaxNode, name: string): Edit | undefined {
  const names = statement.all("name");
  const last = names.at(-1);
  if (!last) return undefined;
  const previous = names.at(-2);
  const gap = previous ? syntax.text.slice(previous.end, last.start) : ", ";
  const isPlain = /^,\s*$/.test(gap);
  return { at: { start: last.end, end: last.end }, text: `${isPlain ? gap : ", "}${name}` };
}

/** The statements of a module above its first definition. */
function topStatements(syntax: Syntax): readonly SyntaxNode[] {
  const all = statementsOf(syntax.root);
  const first = all.findIndex((each) => /^(function|class)_definition$/.test(undecorated(each).type));
  return first === -1 ? all : all.slice(0, first);
}

function plain(statement: SyntaxNode, item: SyntaxNode, syntax: Syntax): TopImport {
  const alias = item.child("alias");
  const module = compact(textOf(syntax, item.child("name") ?? item));
  const name = alias ? textOf(syntax, alias) : (module.split(".")[0] ?? module);
  return { statement, name, module, member: undefined, text: `import ${module}${alias ? ` as ${name}` : ""}` };
}

function member(statement: SyntaxNode, from: SyntaxNode, item: SyntaxNode, syntax: Syntax): TopImport {
  const alias = item.child("alias");
  const module = compact(textOf(syntax, from));
  const taken = textOf(syntax, item.child("name") ?? item);
  const name = alias ? textOf(syntax, alias) : taken;
  const text = `from ${module} import ${taken}${alias ? ` as ${name}` : ""}`;
  return { statement, name, module, member: taken, text };
}

function compact(dotted: string): string {
  return dotted.replace(/\s+/g, "");
}
