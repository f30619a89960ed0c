import type { Span } from "../../core/text.ts";
import { type Syntax, type SyntaxNode, textOf } from "../../python/syntax.ts";

/** What a roundabout block does that has a short form. */
export type ShortFormKind = "boolean" | "collect" | "count" | "sum" | "search" | "enumerate" | "with";

/** Statements that say at length what a shorter text says, with the same behaviour. */
export interface ShortForm {
  readonly kind: ShortFormKind;
  /** The statements that are replaced, the blanks in front of them left out. */
  readonly at: Span;
  readonly text: string;
}

/** Neighbouring statements of one suite, from the one that is looked at on. */
export interface Neighbours {
  readonly syntax: Syntax;
  readonly statements: readonly SyntaxNode[];
  readonly index: number;
  /** The function whose own suite this is, however deep; undefined in a class body and at the module's level. */
  readonly owner: SyntaxNode | undefined;
}

/** A line longer than this is no improvement. */
export const longestLine = 88;

/** Names whose meaning depends on the frame, and syntax that a comprehension changes. */
const bound =
  /\b(?:locals|vars|dir|eval|exec|super|__class__|_getframe|currentframe|stack|warn|next|StopIteration|yield|await|async|lambda)\b|:=/;

/** Whether an expression does the same in a comprehension's own scope. */
export function canMoveIntoComprehension(syntax: Syntax, node: SyntaxNode): boolean {
  return !bound.test(textOf(syntax, node));
}

export function hasComment(syntax: Syntax, { start, end }: Span): boolean {
  return syntax.comments.some((comment) => comment.start >= start && comment.start < end);
}

/** The nodes within another that spell a variable's name. */
export function occurrences(syntax: Syntax, within: SyntaxNode, name: string): SyntaxNode[] {
  return syntax.variablesNamed(name).filter((node) => within.holds(node));
}

/** Whether a builtin still means what Python says, anywhere in the module. */
export function isBuiltin(syntax: Syntax, name: string): boolean {
  return syntax.variablesNamed(name).every((node) => {
    const { parent, field } = node;
    if (parent === undefined || field === "left" || field === "alias") return false;
    return !/parameter|definition|import|pattern|global|nonlocal|as_pattern/.test(parent.type);
  });
}

/** The expression as an operand of a call's argument, a comprehension's part or `not`. */
export function operand(syntax: Syntax, node: SyntaxNode): string {
  const text = textOf(syntax, node);
  const isLoose =
    /^(?:conditional_expression|lambda|expression_list|named_expression|boolean_operator|yield|await)$/.test(node.type);
  return isLoose ? `(${text})` : text;
}

/** How many columns stand in front of a node on its line. */
export function columnOf({ text }: Syntax, { start }: Span): number {
  return start - (Math.max(text.lastIndexOf("\n", start - 1), text.lastIndexOf("\r", start - 1)) + 1);
}

export function isOneShortLine(syntax: Syntax, at: Span, text: string): boolean {
  return !text.includes("\n") && columnOf(syntax, at) + text.length <= longestLine;
}
