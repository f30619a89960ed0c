import * as l10n from "@vscode/l10n";
import type { Edit } from "../core/edit.ts";
import type { Refactoring, RefactoringResult } from "../core/refactoring.ts";
import type { Span } from "../core/text.ts";
import type { PythonModule } from "../python/module.ts";
import { type Syntax, type SyntaxNode, statementsOf, syntaxOf } from "../python/syntax.ts";
import { negated } from "./negation.ts";
import { refuse } from "./refusals.ts";
import { breaks } from "./reparse.ts";
import { steeringComments } from "./same-code.ts";
import { ownsItsLines } from "./selection.ts";
import { SourceLines } from "./source-lines.ts";

/**
 * Turns an `if` around: what follows its condition's opposite comes first. Where one branch leaves (or nothing but the
 * function's end follows) it becomes a guard clause, and the other one loses a level of indentation.
 */
export const invertIf: Refactoring<PythonModule> = {
  name: "invert-if",
  kind: "refactor.rewrite",
  on: "cursor",
  title: () => l10n.t("Invert `if`"),
  apply([place]) {
    if (!place) return refuse("NO_IF");
    const { file, at } = place;
    const syntax = file.once(syntaxOf, () => syntaxOf(file));
    if (syntax.isBroken) return refuse("BROKEN");
    const found = ifAt(syntax, at);
    if (found === undefined) return refuse("NO_IF");
    const edit = new Inversion(syntax, found).edit();
    if ("code" in edit) return edit;
    return breaks(file, [edit]) ? refuse("BROKEN") : { applied: true, edits: [{ path: file.path, edits: [edit] }] };
  },
};

/** The innermost `if` whose header holds the start of a span (its leading blanks left out), or its `elif`. */
function ifAt(syntax: Syntax, at: Span): SyntaxNode | undefined {
  const blanks = /^[\s]*/.exec(syntax.text.slice(at.start, at.end))?.[0].length ?? 0;
  const start = at.start + blanks === at.end ? at.start : at.start + blanks;
  const holds = (node: SyntaxNode) => node.start <= start && start <= colonOf(node).end;
  return [...syntax.ofType("if_statement"), ...syntax.ofType("elif_clause")]
    .filter(holds)
    .sort((left, right) => right.start - left.start)[0];
}

function colonOf(header: SyntaxNode): SyntaxNode {
  return header.children.find((child) => child.type === ":" && !child.isNamed) ?? header;
}

type Refused = Extract<RefactoringResult, { readonly applied: false }>;

/** What stands in a branch: its lines, and where they end. */
interface Branch {
  readonly suite: SyntaxNode;
  /** Indented one level deeper than the `if`. */
  readonly deep: readonly string[];
  /** Indented like the `if`. */
  readonly flat: readonly string[];
}

class Inversion {
  private readonly syntax: Syntax;
  private readonly node: SyntaxNode;
  private readonly source: SourceLines;
  private readonly indentation: string;
  private readonly inner: string;

  constructor(syntax: Syntax, node: SyntaxNode) {
    this.syntax = syntax;
    this.node = node;
    this.source = new SourceLines(syntax);
    this.indentation = this.source.indentationAt(node.start);
    this.inner = this.indentation + this.source.unit;
  }

  edit(): Edit | Refused {
    const { node } = this;
    const alternatives = node.all("alternative");
    const consequence = node.child("consequence");
    if (node.type === "elif_clause" || alternatives.some((each) => each.type === "elif_clause")) return refuse("ELIF");
    if (!consequence || !ownsItsLines(this.syntax, node, node)) return refuse("PARTIAL");
    for (const child of node.descendants()) {
      if (child.type === "global_statement" || child.type === "nonlocal_statement") return refuse("GLOBAL_DECL");
    }
    const [otherwise] = alternatives;
    const other = otherwise?.child("body");
    const body = this.branch(consequence, otherwise ? this.elseLine(otherwise) - 1 : this.lastLine());
    if (!body) return refuse("PARTIAL");
    if (!otherwise || !other) return this.guarded(body);
    const colonLines = [node, otherwise].map((clause) =>
      this.source.lines.lineText(this.source.lines.lineAt(colonOf(clause).end)),
    );
    if (colonLines.some((line) => steeringComments([line.slice(line.indexOf("#"))]).length > 0))
      return refuse("PRAGMA");
    const branch = this.branch(other, this.lastLine(), otherwise);
    if (!branch) return refuse("PARTIAL");
    if (leaves(other)) return this.replaced([...branch.deep, ...body.flat], this.lastLine());
    return this.replaced([...branch.deep, `${this.indentation}else:`, ...body.deep], this.lastLine());
  }

  /** An `if` without `else`: only where nothing but one `return` or `raise`, or the end of the function or turn, follows. */
  private guarded(body: Branch): Edit | Refused {
    const suite = statementsOf(this.node.parent ?? this.node);
    const [next, ...more] = suite.slice(suite.indexOf(this.node) + 1);
    if (next === undefined) {
      const leave = leaveWord(this.node, this.syntax.text);
      if ("code" in leave) return leave;
      return this.replaced([this.inner + leave.word, ...body.flat], this.lastLine());
    }
    if (more.length > 0 || !/^(return|raise)_statement$/.test(next.type)) return refuse("NOT_LAST");
    if (!ownsItsLines(this.syntax, next, next) || inFinallyOrStar(this.node)) return refuse("NOT_LAST");
    const last = this.source.lines.lineAt(next.end);
    const copied = this.source.moved(next, this.inner);
    if (!leaves(body.suite)) return this.replaced([...copied, ...body.flat], this.lastLine());
    const lines = this.source.moved(this.below(next), this.inner);
    return this.replaced([...lines, ...body.flat], last);
  }

  /** From the first comment below the `if` to the end of the line of the statement that follows it. */
  private below(next: SyntaxNode): Span {
    const { lines } = this.source;
    let first = this.lastLine() + 1;
    while (this.source.isBlank(first)) first++;
    const indentation = /^[ \t]*/.exec(lines.lineText(first))?.[0].length ?? 0;
    return { start: lines.startOf(first) + indentation, end: lines.endOf(lines.lineAt(next.end)) };
  }

  private replaced(below: readonly string[], last: number): Edit {
    const { lines, lineEnd } = this.source;
    const condition = this.node.child("condition");
    const colon = colonOf(this.node);
    const header = lines.text.slice(colon.start, lines.endOf(lines.lineAt(colon.end)));
    const isOneLine = lines.lineAt(this.node.child("consequence")?.start ?? 0) === lines.lineAt(colon.end);
    const text = `if ${condition ? negated(this.syntax, condition) : ""}${isOneLine ? ":" : header}`;
    return {
      at: { start: this.node.start, end: lines.endOf(last) },
      text: [text, ...below].join(lineEnd),
    };
  }

  /** The last line of the whole statement, with the comments below it that belong to its last suite. */
  private lastLine(): number {
    return this.source.lines.lineAt(this.source.extentOf(this.node).end);
  }

  /** The line that `else` stands on, or the first of the comments above it that belong to it. */
  private elseLine(otherwise: SyntaxNode): number {
    const { lines } = this.source;
    let line = lines.lineAt(otherwise.start);
    for (let above = line - 1; above > lines.lineAt(this.node.start); above--) {
      const text = lines.lineText(above);
      if (text.trim() === "") continue;
      if (!text.startsWith(`${this.indentation}#`)) break;
      line = above;
    }
    return line;
  }

  /** The lines of a suite up to a line; an `else`'s comments come first. Undefined when they cannot be moved. */
  private branch(suite: SyntaxNode, last: number, clause?: SyntaxNode): Branch | undefined {
    const { lines } = this.source;
    const header = clause ?? this.node;
    const colonLine = lines.lineAt(colonOf(header).end);
    const comments = clause ? this.commentsOf(clause, colonLine) : [];
    const [first] = statementsOf(suite);
    if (!first) return undefined;
    if (lines.lineAt(first.start) === colonLine) {
      const text = lines.text.slice(first.start, lines.endOf(last));
      if (/[\r\n]/.test(text)) return undefined;
      return this.branchOf(suite, comments, (indentation) => [indentation + text]);
    }
    const below = { start: this.firstBelow(colonLine), end: lines.endOf(last) };
    if (!this.source.isIndentedEvenly({ start: first.start, statements: statementsOf(suite) })) {
      return undefined;
    }
    if (this.source.indentationAt(below.start) !== this.source.indentationAt(first.start)) return undefined;
    return this.branchOf(suite, comments, (indentation) => trimmed(this.source.moved(below, indentation)));
  }

  private branchOf(suite: SyntaxNode, comments: readonly string[], at: (indentation: string) => readonly string[]) {
    const flat = comments.map((comment) => this.indentation + comment);
    const deep = comments.map((comment) => this.inner + comment);
    return { suite, deep: [...deep, ...at(this.inner)], flat: [...flat, ...at(this.indentation)] };
  }

  /** The comments above an `else` and behind its colon. */
  private commentsOf(clause: SyntaxNode, colonLine: number): string[] {
    const { lines } = this.source;
    const found: string[] = [];
    for (let line = this.elseLine(clause); line < lines.lineAt(clause.start); line++) {
      if (!this.source.isBlank(line)) found.push(lines.lineText(line).trim());
    }
    const behind = lines.text.slice(colonOf(clause).end, lines.endOf(colonLine)).trim();
    if (behind.startsWith("#")) found.push(behind);
    return found;
  }

  /** The offset of the first statement or comment below a header. */
  private firstBelow(colonLine: number): number {
    const { lines } = this.source;
    let line = colonLine + 1;
    while (this.source.isBlank(line)) line++;
    return lines.startOf(line) + (/^[ \t]*/.exec(lines.lineText(line))?.[0].length ?? 0);
  }
}

function trimmed(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => line !== "");
  return lines.slice(0, last + 1);
}

/** Does every path through a suite surely leave it by a jump? */
function leaves(suite: SyntaxNode): boolean {
  const last = statementsOf(suite).at(-1);
  if (!last) return false;
  if (/^(return|raise|continue|break)_statement$/.test(last.type)) return true;
  if (last.type !== "if_statement") return false;
  const alternatives = last.all("alternative");
  const suites = [last, ...alternatives].map((clause) => clause.child("consequence") ?? clause.child("body"));
  return alternatives.at(-1)?.type === "else_clause" && suites.every((each) => each !== undefined && leaves(each));
}

/** How control goes on behind an `if` that is the last thing of its function or of a loop's turn. */
function leaveWord(node: SyntaxNode, text: string): { readonly word: string } | Refused {
  let inner = node;
  for (const parent of node.ancestors()) {
    if (parent.type === "function_definition") return { word: "return" };
    if (/^(for|while)_statement$/.test(parent.type)) {
      if (inner.type !== "else_clause") return { word: "continue" };
    } else if (parent.type === "block") {
      if (statementsOf(parent).at(-1) !== inner) return refuse("NOT_LAST");
    } else if (!passesOn(parent, inner, text)) return refuse("NOT_LAST");
    inner = parent;
  }
  return refuse("NOT_LAST");
}

/** Does a jump out of this clause do what falling off its end does? */
function passesOn(parent: SyntaxNode, inner: SyntaxNode, text: string): boolean {
  if (parent.type === "except_clause") return !/^except\s*\*/.test(text.slice(parent.start, parent.start + 12));
  if (parent.type === "try_statement") {
    return inner.field !== "body" || !parent.named.some((child) => child.type === "else_clause");
  }
  return /^(if_statement|elif_clause|else_clause|with_statement|match_statement|case_clause)$/.test(parent.type);
}

/** PEP 765 and PEP 654: no `return` may be written there. */
function inFinallyOrStar(node: SyntaxNode): boolean {
  for (const parent of node.ancestors()) {
    if (parent.type === "function_definition") return false;
    if (parent.type === "finally_clause") return true;
  }
  return false;
}
