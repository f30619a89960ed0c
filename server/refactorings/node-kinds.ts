import type { SyntaxNode } from "../python/syntax.ts";

/** What an identifier names: only variables can be renamed without anybody noticing. */
export function kindOfName(node: SyntaxNode): "variable" | "attribute" | "keyword" | "parameter" | "import" {
  const { parent } = node;
  if (parent?.type === "attribute" && node.field === "attribute") return "attribute";
  if (parent?.type === "keyword_argument" && node.field === "name") return "keyword";
  if (parent?.type === "keyword_pattern" && parent.named[0] === node) return "keyword";
  if (isParameter(node)) return "parameter";
  for (const around of node.ancestors()) {
    if (/^import|^aliased_import$|^future_import/.test(around.type)) return "import";
    if (around.type !== "dotted_name") break;
  }
  return "variable";
}

function isParameter(node: SyntaxNode): boolean {
  const { parent } = node;
  if (!parent) return false;
  if (/^(lambda_)?parameters$|_splat_pattern$/.test(parent.type)) return true;
  if (/^(typed_)?default_parameter$/.test(parent.type)) return node.field === "name";
  return parent.type === "typed_parameter" && node.field !== "type";
}

/** A name that its owner shows to others (`__name__`): a function's or a class's. */
export function isNameSeen(node: SyntaxNode): boolean {
  return node.field === "name" && /^(function|class)_definition$/.test(node.parent?.type ?? "");
}

/** Does the name stand where it is bound, or deleted? */
export function isStored(node: SyntaxNode): boolean {
  let inner = node;
  for (const parent of node.ancestors()) {
    if (/^(attribute|subscript|call)$/.test(parent.type)) return false;
    if (/^(assignment|augmented_assignment|for_statement|for_in_clause)$/.test(parent.type))
      return inner.field === "left";
    if (/^(delete_statement|as_pattern_target)$/.test(parent.type)) return true;
    if (parent.type === "named_expression") return inner.field === "name";
    if (parent.type === "block") return false;
    inner = parent;
  }
  return false;
}

const operations =
  /^(binary_operator|unary_operator|not_operator|boolean_operator|comparison_operator|augmented_assignment)$/;

/** A sign or word that is an operator. */
export function isOperator(node: SyntaxNode): boolean {
  if (node.isNamed) return operations.test(node.type);
  return operations.test(node.parent?.type ?? "") || node.field === "operators";
}

/** A string with fields (PEP 498), even if it has none. */
export function isFormatted(string: SyntaxNode): boolean {
  return string.children.some((child) => child.type === "interpolation");
}

/** The text between the fields of an f-string that stands for itself. */
export function isFragment(node: SyntaxNode): boolean {
  return node.parent !== undefined && isFormatted(node.parent) && node.parent.parent?.type !== "concatenated_string";
}

/** The text between the fields of an f-string, as a literal; undefined when it has several lines. */
export function contentAsLiteral(string: string, content: string): string | undefined {
  const [, prefix = "", quote = ""] = /^([a-zA-Z]*)("""|'''|"|')/.exec(string) ?? [];
  if (/[\r\n]/.test(content) || quote === "") return undefined;
  const plain = content.replaceAll("{{", "{").replaceAll("}}", "}");
  return `${prefix.replace(/[fF]/, "")}${quote}${plain}${quote}`;
}

const bound = new Set(["await", "yield", "named_expression", "lambda", "generator_expression", "list_splat"]);

/** Can the expression be evaluated by the caller instead, and its value be handed over? */
export function mayBeArgument(node: SyntaxNode): boolean {
  return ![...node.descendants()].some((inner) => bound.has(inner.type));
}
