import { applyEdits, type Edit } from "../core/edit.ts";
import { Lines, type Span } from "../core/text.ts";
import { isStatement, type Syntax, type SyntaxNode, textOf, undecorated } from "../python/syntax.ts";
import type { Selection } from "./selection.ts";

/** How one file is laid out: its line ends, its unit of indentation, its lines that begin inside a string. */
export class SourceLines {
  readonly lines: Lines;
  readonly unit: string;
  readonly lineEnd: string;
  private readonly syntax: Syntax;
  private readonly insideStrings = new Set<number>();

  constructor(syntax: Syntax) {
    this.syntax = syntax;
    this.lines = new Lines(syntax.text);
    this.lineEnd = /\r\n/.test(syntax.text) ? "\r\n" : "\n";
    this.unit = this.indentationUnit();
    for (const node of syntax.ofType("string")) {
      const last = this.lines.lineAt(node.end);
      for (let line = this.lines.lineAt(node.start) + 1; line <= last; line++) this.insideStrings.add(line);
    }
  }

  /** The white space before the first character of the line that holds an offset. */
  indentationAt(offset: number): string {
    return /^\uFEFF?([ \t]*)/.exec(this.lines.lineText(this.lines.lineAt(offset)))?.[1] ?? "";
  }

  /**
   * What leaves its place with selected statements: the comment behind the last one, comments below it that are
   * indented more deeply and so belong to its last suite, and those above and below that were selected with them.
   * Where comments stand above, the span begins at the start of a line.
   */
  extentOf(selection: Span & { readonly chosen?: Span }): Span {
    const indentation = this.indentationAt(selection.start);
    const { chosen = selection } = selection;
    const above = this.syntax.comments.find(
      (comment) => comment.start >= chosen.start && comment.start < selection.start,
    );
    const chosenLast = this.lines.lineAt(
      this.syntax.comments.findLast(({ end }) => end > selection.end && end <= chosen.end)?.end ?? 0,
    );
    let last = this.lines.lineAt(selection.end);
    for (let line = last + 1; line < this.lines.count; line++) {
      const text = this.lines.lineText(line);
      if (text.trim() === "") continue;
      const isDeeper = text.startsWith(indentation) && /^[ \t]+#/.test(text.slice(indentation.length));
      if (!isDeeper && line > chosenLast) break;
      last = line;
    }
    const start = above ? this.lines.startOf(this.lines.lineAt(above.start)) : selection.start;
    return { start, end: this.lines.endOf(last) };
  }

  /** Do all statements in it start at, or right of, the selection's own indentation? */
  isIndentedEvenly(selection: Pick<Selection, "start" | "statements">): boolean {
    const indentation = this.indentationAt(selection.start);
    for (const statement of selection.statements) {
      for (const node of statement.descendants()) {
        if (isStatement(node) && !this.indentationAt(node.start).startsWith(indentation)) return false;
      }
    }
    return true;
  }

  /**
   * The lines of an extent under another indentation, in place of `old`; the insides of strings stay as they are.
   * `edits`, each within one line, are applied on the way.
   */
  moved(
    extent: Span,
    indentation: string,
    old = this.indentationAt(extent.start),
    edits: readonly Edit[] = [],
  ): readonly string[] {
    const first = this.lines.lineAt(extent.start);
    const last = this.lines.lineAt(extent.end);
    return Array.from({ length: last - first + 1 }, (_, index) => {
      const line = first + index;
      const own = edits.filter(({ at }) => this.lines.lineAt(at.start) === line);
      return this.lineMoved(line, this.editedLine(line, own), old, indentation);
    });
  }

  private editedLine(line: number, edits: readonly Edit[]): string {
    const start = this.lines.startOf(line);
    const shifted = edits.map(({ at, text }) => ({ at: { start: at.start - start, end: at.end - start }, text }));
    return applyEdits(this.lines.lineText(line), shifted);
  }

  private lineMoved(line: number, text: string, old: string, indentation: string): string {
    if (this.insideStrings.has(line)) return text;
    if (text.trim() === "") return "";
    const bare = line === 0 ? text.replace(/^\uFEFF/, "") : text;
    let common = 0;
    while (common < old.length && bare[common] === old[common]) common++;
    return indentation + bare.slice(common);
  }

  /** An expression behind `return` or a target; in parentheses where a line ends outside of brackets. */
  valueLines(expression: SyntaxNode, indentation: string, prefix: string): readonly string[] {
    const bare = expression.type === "parenthesized_expression" ? (expression.named[0] ?? expression) : expression;
    const holdsComment = this.syntax.comments.some((comment) => expression.holds(comment) && !bare.holds(comment));
    const node = holdsComment ? expression : bare;
    const text = textOf(this.syntax, node);
    const isOpen = /[\r\n]/.test(text) && !isBracketed(node, this.syntax);
    const first = this.lines.lineAt(node.start);
    const old = this.indentationAt(node.start);
    return `${isOpen ? "(" : ""}${text}${isOpen ? ")" : ""}`.split(/\r?\n/).map((part, index) => {
      if (index === 0) return indentation + prefix + part;
      if (this.insideStrings.has(first + index)) return part;
      let common = 0;
      while (common < old.length && part[common] === old[common]) common++;
      return part.trim() === "" ? "" : indentation + part.slice(common);
    });
  }

  /** The line that a definition, with its decorators and the comment right above them, begins at. */
  firstLineOf(node: SyntaxNode): number {
    const indentation = this.indentationAt(node.start);
    const own = this.lines.lineAt(node.start);
    let line = own;
    while (line > 0 && this.isCommentAt(line - 1, indentation)) line--;
    return line === 0 && this.isFileHeader() ? own : line;
  }

  /** A comment at the top of a file belongs to the file when it says so. */
  private isFileHeader(): boolean {
    return /^\uFEFF?(#.*\r?\n)*#(!|.*(coding[:=]|copyright|license|spdx|\bmode:))/i.test(this.syntax.text);
  }

  /** A comment on its own line at this depth; not the marker of a cell, which stays where it is. */
  private isCommentAt(line: number, indentation: string): boolean {
    const text = this.lines.lineText(line);
    if (this.insideStrings.has(line)) return false;
    return text.startsWith(`${indentation}#`) && !/^\s*#\s*(%%|In\[|region\b|endregion\b)/.test(text);
  }

  isBlank(line: number): boolean {
    return this.lines.lineText(line).trim() === "";
  }

  private indentationUnit(): string {
    for (const suite of this.syntax.ofType("block")) {
      const [first] = suite.named;
      if (!first || !suite.parent) continue;
      const owner = undecorated(suite.parent);
      const outer = this.indentationAt(owner.start);
      const inner = this.indentationAt(first.start);
      const isLower = this.lines.lineAt(first.start) > this.lines.lineAt(owner.start);
      if (isLower && inner.startsWith(outer) && inner.length > outer.length) return inner.slice(outer.length);
    }
    return "    ";
  }
}

/** Does every line of the expression but the first begin inside brackets, or inside a string? */
function isBracketed(node: SyntaxNode, syntax: Syntax): boolean {
  const brackets =
    /^(list|tuple|set|dictionary|list_comprehension|set_comprehension|dictionary_comprehension|generator_expression|parenthesized_expression|string)$/;
  if (brackets.test(node.type)) return true;
  const open = node.type === "call" ? node.child("arguments") : undefined;
  return open !== undefined && !/[\r\n]/.test(syntax.text.slice(node.start, open.start));
}
