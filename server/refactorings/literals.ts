import { type Syntax, type SyntaxNode, textOf } from "../python/syntax.ts";

const kinds = new Set("integer float string concatenated_string true false".split(" "));

/**
 * Is the expression a literal whose value can be shared: a number with or without sign, a string without fields, a
 * tuple of these?
 */
export function isLiteral(node: SyntaxNode): boolean {
  if (node.type === "parenthesized_expression") return node.named.length === 1 && node.named.every(isLiteral);
  if (node.type === "unary_operator")
    return !node.hasToken("~") && node.named.every(({ type }) => /^(integer|float)$/.test(type));
  if (node.type === "tuple") return node.named.length > 0 && node.named.every(isLiteral);
  return kinds.has(node.type) && ![...node.descendants()].some(({ type }) => type === "interpolation");
}

/**
 * Literals with the same key have the same type and value: `1`, `1.0` and `True` differ, `16` and `0x10`, quotes and
 * parentheses do not.
 */
export function literalKey(node: SyntaxNode, syntax: Syntax): string {
  const text = textOf(syntax, node);
  const [inner] = node.named;
  if (node.type === "parenthesized_expression" && inner) return literalKey(inner, syntax);
  if (node.type === "tuple") return `(${node.named.map((each) => literalKey(each, syntax)).join()},)`;
  const digits = text.replaceAll("_", "").toLowerCase();
  if (node.type === "integer" && /^(0[xob][0-9a-f]+|[0-9]+)$/.test(digits)) return `int ${BigInt(digits)}`;
  if (node.type === "float" && /^[0-9.]+(e[+-]?[0-9]+)?$/.test(digits)) return `float ${Number(digits)}`;
  const plain = /^(["'])([^"'\\\r\n]*)\1$/.exec(text);
  return plain ? `str ${plain[2]}` : `${node.type} ${text}`;
}
