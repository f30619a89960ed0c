import { type Syntax, type SyntaxNode, textOf } from "./syntax.ts";

const containers = new Set([
  "pattern_list",
  "expression_list",
  "tuple_pattern",
  "list_pattern",
  "list_splat_pattern",
  "list_splat",
  "tuple",
  "list",
  "parenthesized_expression",
  "as_pattern_target",
]);

/**
 * Takes a target apart, from left to right: `bind` hears the names that are bound, `evaluate` the expressions (an
 * attribute's or a subscript's) that are evaluated to find where to store.
 */
export function bindTarget(
  target: SyntaxNode,
  bind: (name: SyntaxNode) => void,
  evaluate: (expression: SyntaxNode) => void,
): void {
  if (target.type === "identifier") bind(target);
  else if (containers.has(target.type)) for (const part of target.named) bindTarget(part, bind, evaluate);
  else evaluate(target);
}

/** The names of case patterns (PEP 634): those it captures and those it reads (`Color.RED`, class names). */
export function patternNames(
  patterns: readonly SyntaxNode[],
  syntax: Syntax,
): { readonly captured: readonly SyntaxNode[]; readonly read: readonly SyntaxNode[] } {
  const captured: SyntaxNode[] = [];
  const read: SyntaxNode[] = [];
  const visit = (node: SyntaxNode) => {
    const [first, ...others] = node.named;
    if (node.type === "dotted_name" && first) {
      if (others.length > 0) read.push(first);
      else if (textOf(syntax, first) !== "_") captured.push(first);
    } else if (node.type === "class_pattern" && first) {
      read.push(...first.named.slice(0, 1));
      others.forEach(visit);
    } else if (node.type === "keyword_pattern") {
      others.forEach(visit);
    } else if (node.type === "identifier") {
      if (textOf(syntax, node) !== "_") captured.push(node);
    } else node.named.forEach(visit);
  };
  patterns.forEach(visit);
  return { captured, read };
}

/** Does the pattern match whatever comes: `_` or one bare name? */
export function isIrrefutable(clause: SyntaxNode): boolean {
  if (clause.child("guard")) return false;
  const patterns = clause.children.filter((child) => child.type === "case_pattern");
  const [only] = patterns;
  if (!only || patterns.length > 1 || clause.hasToken(",")) return false;
  const [inner] = only.named;
  return inner === undefined ? only.hasToken("_") : inner.type === "dotted_name" && inner.named.length === 1;
}
