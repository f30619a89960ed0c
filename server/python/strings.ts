import { type Syntax, type SyntaxNode, textOf } from "./syntax.ts";

/** What stands between the quotes of a string literal, escapes as they are written; undefined for f-strings. */
export function plainString(syntax: Syntax, node: SyntaxNode): string | undefined {
  const [start, ...rest] = node.children;
  const end = rest.at(-1);
  if (node.type !== "string" || start?.type !== "string_start" || end?.type !== "string_end") return undefined;
  if (/[ft]/i.test(textOf(syntax, start)) || rest.some((child) => child.type === "interpolation")) return undefined;
  return syntax.text.slice(start.end, end.start);
}

/** A string that is a statement of its own: a docstring, or a comment in disguise. */
export function isStringStatement(node: SyntaxNode): boolean {
  return node.type === "expression_statement" && node.named.length === 1 && /string$/.test(node.named[0]?.type ?? "");
}
