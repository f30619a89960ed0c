import { isComprehension } from "./scopes.ts";
import { isStatement, type SyntaxNode } from "./syntax.ts";

/**
 * What is evaluated before an expression when the statement that holds it runs (language reference 6.16), or "lazy"
 * where it is evaluated conditionally, repeatedly or later. The list is in no particular order and says nothing of what
 * an operator does once its operands are there, since that comes after the expression.
 */
export function evaluatedBefore(expression: SyntaxNode): readonly SyntaxNode[] | "lazy" {
  const before: SyntaxNode[] = [];
  let child = expression;
  for (const parent of expression.ancestors()) {
    if (isStatement(child)) break;
    const earlier = siblingsBefore(parent, child);
    if (earlier === "lazy") return "lazy";
    before.push(...earlier);
    child = parent;
  }
  return before;
}

/** The statement of a suite that an expression belongs to; a definition's with its decorators. */
export function statementOf(node: SyntaxNode): SyntaxNode {
  let found = node;
  for (const around of [node, ...node.ancestors()]) {
    found = around;
    if (isStatement(around)) break;
  }
  return found;
}

function siblingsBefore(parent: SyntaxNode, child: SyntaxNode): readonly SyntaxNode[] | "lazy" {
  const index = parent.named.indexOf(child);
  const earlier = parent.named.slice(0, index);
  if (isComprehension(parent)) {
    return parent.children.find((each) => each.type === "for_in_clause") === child ? [] : "lazy";
  }
  switch (parent.type) {
    case "for_in_clause":
      return child.field === "right" ? [] : "lazy";
    case "boolean_operator":
    case "while_statement":
    case "elif_clause":
    case "else_clause":
    case "except_clause":
    case "finally_clause":
    case "case_clause":
    case "if_clause":
    case "lambda":
    case "block":
      return parent.type === "boolean_operator" && child.field === "left" ? [] : "lazy";
    case "assert_statement":
      return index === 0 ? [] : "lazy";
    case "comparison_operator": {
      const operands = parent.named.filter((each) => each.field !== "operators");
      return operands.indexOf(child) < 2 ? operands.slice(0, operands.indexOf(child)) : "lazy";
    }
    case "keyword_argument":
    case "default_parameter":
    case "typed_default_parameter":
    case "named_expression":
    case "class_definition":
      return [];
    case "delete_statement":
      return index === 0 ? [] : "lazy";
    case "conditional_expression":
      return index === 1 ? [] : "lazy";
    case "assignment":
      return inAssignment(parent, child);
    case "if_statement":
      return child.field === "condition" ? [] : "lazy";
    case "for_statement":
      return child.field === "right" ? [] : "lazy";
    case "function_definition":
    case "parameters":
    case "lambda_parameters":
      return beforeInHeader(parent, child);
    default:
      return earlier;
  }
}

/** The value comes first, then the targets from left to right; what was stored into one counts for the next. */
function inAssignment(assignment: SyntaxNode, child: SyntaxNode): readonly SyntaxNode[] | "lazy" {
  if (child.field !== "left") return [];
  if (assignment.parent?.type === "assignment") return "lazy";
  let value = assignment.child("right");
  while (value?.type === "assignment") value = value.child("right");
  return value ? [value] : [];
}

function beforeInHeader(parent: SyntaxNode, child: SyntaxNode): readonly SyntaxNode[] | "lazy" {
  if (child.field === "body") return "lazy";
  const index = parent.named.indexOf(child);
  return parent.named.slice(0, index).flatMap((each) => each.all("value"));
}
