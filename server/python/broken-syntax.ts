import type { Syntax, SyntaxNode } from "./syntax.ts";

/** Python 2, and the scopes of PEP 695, which this model does not know. */
const brokenTypes = new Set(["ERROR", "print_statement", "exec_statement", "chevron", "type_alias_statement"]);

/** May nothing be concluded from the node itself, although it parsed? */
export function isUnsound(node: SyntaxNode): boolean {
  if (brokenTypes.has(node.type) || node.field === "type_parameters") return true;
  if (node.type === "block") return !node.children.some((child) => child.isNamed);
  return node.type === "as_pattern" && !mayHoldAs(node.parent);
}

/** The grammar takes `x as y` for an expression anywhere. */
function mayHoldAs(node: SyntaxNode | undefined): boolean {
  if (node?.type === "parenthesized_expression") return mayHoldAs(node.parent);
  return node?.type === "with_item" || node?.type === "except_clause" || node?.type === "case_pattern";
}

/**
 * May nothing be concluded about a statement of the module (or about the module)? What is broken elsewhere counts
 * only where it touches: within, around, or right before, where a decorator may have been meant.
 */
export function isBrokenAround({ broken, root, text }: Syntax, statement: SyntaxNode): boolean {
  if (broken.length === 0) return false;
  if (statement === root) return true;
  const index = root.named.indexOf(statement);
  const [before, after] = [root.named[index - 1], root.named[index + 1]];
  if (broken.some((node) => node !== root && (statement.holds(node) || before?.holds(node)))) return true;
  if (root.type === "module") return broken.includes(root);
  // Where not even the module holds together, a definition does that stands between others at the margin.
  const isAtMargin = (node: SyntaxNode) => node.start === 0 || text[node.start - 1] === "\n";
  const isWhole = (node: SyntaxNode) => /_(statement|definition)$/.test(node.type) && isAtMargin(node);
  const isDefinition = /_definition$/.test(statement.type) && isAtMargin(statement);
  return !isDefinition || (before && !isWhole(before)) || (after !== undefined && !isAtMargin(after));
}
