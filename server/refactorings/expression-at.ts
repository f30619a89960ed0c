import type { Span } from "../core/text.ts";
import { bindTarget } from "../python/bindings.ts";
import { isDocstring, type Syntax, type SyntaxNode } from "../python/syntax.ts";

const expressionTypes = new Set(
  (
    "identifier attribute subscript call binary_operator unary_operator not_operator boolean_operator " +
    "comparison_operator conditional_expression lambda list tuple dictionary set list_comprehension " +
    "set_comprehension dictionary_comprehension generator_expression string concatenated_string integer float true " +
    "false none ellipsis parenthesized_expression await expression_list named_expression yield"
  ).split(" "),
);

/**
 * The one whole expression that a span holds, white space around it left out: a place where the value of a call could
 * stand as well. Undefined for targets, names that are no variables, annotations, decorators, patterns, parts of a
 * literal, and what an f-string shows with its text (`{x=}`).
 */
export function expressionAt(syntax: Syntax, span: Span): SyntaxNode | undefined {
  const trimmed = trim(syntax.text, span);
  let found: SyntaxNode | undefined;
  for (
    let node: SyntaxNode | undefined = syntax.root;
    node;
    node = node.children.find((child) => child.holds(trimmed))
  ) {
    const isIt = node.start === trimmed.start && node.end === trimmed.end && expressionTypes.has(node.type);
    if (isIt) found ??= node;
    if (node.start === node.end) break;
  }
  return found && trimmed.start < trimmed.end && isReplaceable(found) ? found : undefined;
}

function trim(text: string, { start, end }: Span): Span {
  const inner = text.slice(start, end);
  const left = inner.length - inner.trimStart().length;
  return { start: start + left, end: Math.max(start + left, start + inner.trimEnd().length) };
}

/** Could a call stand in the node's place? */
export function isReplaceable(node: SyntaxNode): boolean {
  const { parent } = node;
  if (!parent || !expressionTypes.has(node.type) || isNoValue(node, parent)) return false;
  if (parent.type === "expression_statement" && isDocstring(parent)) return false;
  let inner = node;
  for (const around of node.ancestors()) {
    if (closed.has(around.type)) return false;
    if (around.type === "interpolation" && around.hasToken("=")) return false;
    if (storesInto(around, inner, node)) return false;
    if (around.type === "block" || around.type === "module") break;
    inner = around;
  }
  return true;
}

/** Whatever stands in these is no expression that a call could replace. */
const closed = new Set(
  "type decorator case_pattern import_statement import_from_statement future_import_statement global_statement nonlocal_statement".split(
    " ",
  ),
);

/** Names of attributes, arguments, parameters and definitions, and pieces of a literal. */
function isNoValue(node: SyntaxNode, parent: SyntaxNode): boolean {
  switch (parent.type) {
    case "attribute":
      return node.field === "attribute";
    case "keyword_argument":
    case "function_definition":
    case "class_definition":
    case "named_expression":
    case "default_parameter":
    case "typed_default_parameter":
      return node.field === "name";
    case "parameters":
    case "lambda_parameters":
    case "typed_parameter":
    case "list_splat_pattern":
    case "dictionary_splat_pattern":
    case "concatenated_string":
    case "as_pattern_target":
    case "dotted_name":
    case "type_conversion":
      return true;
    default:
      return node.field === "alias";
  }
}

/** Is `node` a place that this statement or clause stores into, or deletes? */
function storesInto(around: SyntaxNode, inner: SyntaxNode, node: SyntaxNode): boolean {
  const isLeft = inner.field === "left" && targetHolders.has(around.type);
  if (!isLeft && around.type !== "delete_statement" && around.type !== "as_pattern_target") return false;
  let isTarget = inner === node;
  const note = (target: SyntaxNode) => {
    isTarget ||= target === node;
  };
  bindTarget(inner, note, note);
  return isTarget || !/^(attribute|subscript)$/.test(enclosingTarget(node, inner)?.type ?? "");
}

const targetHolders = new Set(["assignment", "augmented_assignment", "for_statement", "for_in_clause"]);

/** The attribute or subscript between a node and the target that holds it. */
function enclosingTarget(node: SyntaxNode, target: SyntaxNode): SyntaxNode | undefined {
  for (const around of node.ancestors()) {
    if (/^(attribute|subscript)$/.test(around.type)) return around;
    if (around === target) return undefined;
  }
  return undefined;
}
