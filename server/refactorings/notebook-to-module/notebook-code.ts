import type { Span } from "../../core/text.ts";
import type { NotebookModule } from "../../notebook/module.ts";
import { type Scopes, scopesOf } from "../../python/scopes.ts";
import { nameOf, type Syntax, type SyntaxNode, syntaxOf, textOf } from "../../python/syntax.ts";
import { reserved } from "../function-name.ts";
import { ownsItsLines } from "../selection.ts";
import { SourceLines } from "../source-lines.ts";
import { type CodeCell, codeCellsOf } from "./sections.ts";

/** A statement of a cell. */
export interface CellStatement {
  readonly node: SyntaxNode;
  readonly in: CodeCell;
  /** It is the last of its cell. */
  readonly isLast: boolean;
}

/** A notebook, read once for everything that decides what may move. */
export interface NotebookCode {
  readonly notebook: NotebookModule;
  readonly syntax: Syntax;
  readonly scopes: Scopes;
  readonly source: SourceLines;
  readonly cells: readonly CodeCell[];
  readonly statements: readonly CellStatement[];
  /** Every word of the code cells that is no Python: in magics, shell lines and cells of other languages. */
  readonly magicWords: ReadonlySet<string>;
  /** Names that some function declares `global`: more than one place writes them. */
  readonly shared: ReadonlySet<string>;
}

export function readNotebookCode(notebook: NotebookModule): NotebookCode {
  const syntax = syntaxOf(notebook);
  const scopes = scopesOf(notebook);
  const cells = codeCellsOf(notebook);
  const statements = cells.flatMap((code) => {
    const { start, end } = code.cell;
    const inside = syntax.root.named.filter((node) => start <= node.start && node.end <= end);
    return inside.map((node) => ({ node, in: code, isLast: node === inside.at(-1) }));
  });
  const shared = new Set([...scopes.module.all()].flatMap((scope) => [...scope.globals]));
  const magicWords = new Set(magicsOf(notebook).flatMap((text) => text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []));
  const source = notebook.once(SourceLines, () => new SourceLines(syntax));
  return { notebook, syntax, scopes, source, cells, statements, magicWords, shared };
}

/** The lines of code cells that are not Python, whatever cell they stand in. */
export function magicsOf(notebook: NotebookModule): readonly string[] {
  return notebook.cells.flatMap((cell) => {
    if (/^(?:markdown|raw)$/.test(cell.language)) return [];
    const python = notebook.text.slice(cell.start, cell.end).split("\n");
    return notebook
      .sourceOf(cell)
      .split("\n")
      .filter((line, index) => line !== python[index]);
  });
}

/** Is there nothing but Python in a span? Headers of cells and text between them do not count. */
export function isPlain({ notebook }: Pick<NotebookCode, "notebook">, span: Span): boolean {
  return notebook.cells.every((cell) => {
    const [start, end] = [Math.max(cell.start, span.start), Math.min(cell.end, span.end)];
    if (start >= end || /^(?:markdown|raw)$/.test(cell.language)) return true;
    return notebook.joined.slice(start, end) === notebook.text.slice(start, end);
  });
}

/** Can the statement leave its cell: whole lines of Python? */
export function ownsLines(code: NotebookCode, { node, in: { isMagic } }: CellStatement): boolean {
  return !isMagic && ownsItsLines(code.syntax, node, node) && isPlain(code, node);
}

const builtins = new Set([...reserved, "NotImplemented", "Ellipsis", "__import__", "__debug__"]);

/** A name that every module has. */
export function isBuiltin(name: string): boolean {
  return builtins.has(name) || /^(?:[A-Z]\w*(?:Error|Exception|Warning|Exit|Interrupt|Iteration|Group))$/.test(name);
}

/** The variables that the nodes mention, wherever they mean the notebook's. */
export function namesMentioned(nodes: readonly SyntaxNode[], syntax: Syntax): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of nodes.flatMap((each) => [...each.descendants()])) {
    const isKeyword = node.field === "name" && node.parent?.type === "keyword_argument";
    if (node.type === "identifier" && node.field !== "attribute" && !isKeyword) names.add(nameOf(syntax, node));
  }
  return names;
}

/** The comments right above a statement, within its cell, go with it. */
export function startWithComments({ syntax, source }: NotebookCode, { node, in: { cell } }: CellStatement): number {
  let start = source.lines.startOf(source.lines.lineAt(node.start));
  for (;;) {
    const line = source.lines.lineAt(start) - 1;
    const above = line < 0 ? -1 : source.lines.startOf(line);
    if (above < cell.start || !/^#(?!\s*%%)/.test(textOf(syntax, { start: above, end: start }))) return start;
    start = above;
  }
}
