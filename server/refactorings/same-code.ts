import { type Syntax, type SyntaxNode, textOf } from "../python/syntax.ts";
import type { Selection } from "./selection.ts";

/** Are the selections the same, token by token and suite by suite, whatever their white space and comments? */
export function isSameCode(left: Selection, right: Selection): boolean {
  return shapeOf(left) === shapeOf(right);
}

function shapeOf({ statements, syntax }: Selection): string {
  const parts: string[] = [];
  for (const statement of statements) write(statement, syntax, parts);
  return parts.join("\u0000");
}

/** The tokens of one node, for comparing it with another. */
export function tokensOf(node: SyntaxNode, syntax: Syntax): string {
  const parts: string[] = [];
  write(node, syntax, parts);
  return parts.join("\u0000");
}

/** Strings are compared as they are spelt; so is what the grammar leaves without a node (`except*`). */
function write(node: SyntaxNode, syntax: Syntax, parts: string[]): void {
  if (node.children.length === 0 || node.type === "string") {
    parts.push(textOf(syntax, node));
    return;
  }
  parts.push(`(${node.type}`);
  let done = node.start;
  for (const child of node.children) {
    parts.push(unnamedText(syntax, done, child.start));
    write(child, syntax, parts);
    done = child.end;
  }
  parts.push(unnamedText(syntax, done, node.end), ")");
}

/** A simple statement's semicolon and line end are no difference; comments are none either. */
export function unnamedText(syntax: Syntax, start: number, end: number): string {
  return syntax.text
    .slice(start, end)
    .replace(/#[^\r\n]*/g, "")
    .replace(/[\s\\;]+/g, "");
}

/** Comments that tools obey: lost or moved, they would mean something else. */
export function steeringComments(comments: readonly string[]): readonly string[] {
  return comments.filter((comment) =>
    /^#\s*(type:|noqa|pragma|pylint:|fmt:|isort:|yapf:|nosec|mypy:|pyright:|ruff:|groundwork:|NOSONAR|%%|region\b|endregion\b)/i.test(
      comment,
    ),
  );
}

/** Does every pair of comments that opens and closes a region stand inside? */
export function hasWholePairs(comments: readonly string[]): boolean {
  const count = (pattern: RegExp) => comments.filter((comment) => pattern.test(comment)).length;
  return (
    count(/^#\s*(fmt|yapf):\s*(off|disable)/) === count(/^#\s*(fmt|yapf):\s*(on|enable)/) &&
    count(/^#\s*region\b/i) === count(/^#\s*endregion\b/i) &&
    count(/^#\s*%%/) === 0
  );
}
