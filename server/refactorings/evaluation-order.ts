import type { SyntaxNode } from "../python/syntax.ts";

/**
 * The expressions before whose evaluation nothing happens that anybody could see (language reference 6.16): they can
 * as well be evaluated before the statements. Looking up a name or a literal is nothing; everything else may run code.
 */
export function firstEvaluated(statements: readonly SyntaxNode[]): ReadonlySet<SyntaxNode> {
  const early = new Set<SyntaxNode>();
  for (const statement of statements) if (!isStatementOver(statement, early)) break;
  return early;
}

/** Whether a statement does nothing but evaluate names and literals and bind names. */
function isStatementOver(statement: SyntaxNode, early: Set<SyntaxNode>): boolean {
  switch (statement.type) {
    case "expression_statement":
    case "return_statement":
      return statement.named.every((node) => isOver(node, early));
    case "for_statement":
      statement.all("right").every((node) => isOver(node, early));
      return false;
    case "if_statement":
      statement.all("condition").every((node) => isOver(node, early));
      return false;
    case "with_statement": {
      const [item] = statement.named.find((child) => child.type === "with_clause")?.named ?? [];
      const value = item?.child("value");
      const manager = value?.type === "as_pattern" ? value.named[0] : value;
      if (manager) isOver(manager, early);
      return false;
    }
    default:
      return false;
  }
}

const names = new Set(["identifier", "integer", "float", "true", "false", "none", "ellipsis"]);
const parts = new Set(["tuple", "expression_list", "parenthesized_expression", "argument_list"]);
const operations = new Set([
  "binary_operator",
  "unary_operator",
  "not_operator",
  "list",
  "set",
  "pair",
  "dictionary",
  "subscript",
]);

/** Notes what is evaluated first; tells whether nothing has happened when the node has its value. */
function isOver(node: SyntaxNode, early: Set<SyntaxNode>): boolean {
  early.add(node);
  if (names.has(node.type)) return true;
  if (node.type === "string") return !node.children.some((child) => child.type === "interpolation");
  if (node.type === "assignment") {
    const [value] = node.all("right");
    const isPlain = node.child("left")?.type === "identifier" && value?.type !== "assignment";
    return value !== undefined && isOver(value, early) && isPlain && node.child("type") === undefined;
  }
  if (parts.has(node.type)) return node.named.every((child) => isOver(child, early));
  if (node.type === "keyword_argument") return node.all("value").every((child) => isOver(child, early));
  if (node.type === "attribute") node.all("object").every((child) => isOver(child, early));
  else if (node.type === "call" || operations.has(node.type)) node.named.every((child) => isOver(child, early));
  else if (node.type === "comparison_operator") {
    node.named.slice(0, 2).every((child) => isOver(child, early));
  }
  return false;
}
