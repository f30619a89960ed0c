import { type Syntax, type SyntaxNode, textOf } from "../python/syntax.ts";

/** Operands that `not` binds less tightly than, so that they need no parentheses. */
const atoms = new Set(
  "identifier attribute call subscript parenthesized_expression true false none integer float string list tuple dictionary set list_comprehension set_comprehension dictionary_comprehension".split(
    " ",
  ),
);
const opposites = new Map([
  ["is", "is not"],
  ["is not", "is"],
  ["in", "not in"],
  ["not in", "in"],
]);

/**
 * The opposite of a condition, for where only its truth counts. Never `>=` for `not <`: they differ for NaN, sets and
 * arrays. `in` and `is` have an opposite by definition (language reference 6.10).
 */
export function negated(syntax: Syntax, condition: SyntaxNode): string {
  const inner = unwrapped(condition);
  const text = textOf(syntax, condition);
  const operand = inner.type === "not_operator" ? inner.child("argument") : undefined;
  if (operand && !/[#\r\n]/.test(syntax.text.slice(inner.start, operand.start))) {
    const bare = textOf(syntax, operand);
    if (inner === condition || (atoms.has(operand.type) && !/[#\r\n]/.test(text))) return bare;
    return text.slice(0, inner.start - condition.start) + bare + text.slice(inner.end - condition.start);
  }
  const operators = inner.children.filter((child) => child.field === "operators");
  const [operator, ...others] = operators;
  const opposite = operator && opposites.get(textOf(syntax, operator).replace(/\s+/g, " "));
  if (inner.type === "comparison_operator" && operator && opposite && others.length === 0) {
    return text.slice(0, operator.start - condition.start) + opposite + text.slice(operator.end - condition.start);
  }
  return atoms.has(condition.type) ? `not ${text}` : `not (${text})`;
}

function unwrapped(node: SyntaxNode): SyntaxNode {
  const [only] = node.named;
  return node.type === "parenthesized_expression" && only ? unwrapped(only) : node;
}
