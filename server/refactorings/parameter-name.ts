import { type Syntax, type SyntaxNode, textOf } from "../python/syntax.ts";

/** A free name for a value that differs between copies, after the place where it is used; adds it to `taken`. */
export function parameterName(syntax: Syntax, node: SyntaxNode, taken: Set<string>): string {
  const wished = nameAfterPlace(syntax, node) ?? nameAfterKind(syntax, node);
  const base = /^[A-Za-z_]\w*$/.test(wished) && !wished.startsWith("__") ? wished.toLowerCase() : "value";
  let name = base;
  for (let count = 2; taken.has(name); count++) name = `${base}_${count}`;
  taken.add(name);
  return name;
}

function nameAfterPlace(syntax: Syntax, node: SyntaxNode): string | undefined {
  const parent = node.parent;
  if (!parent) return undefined;
  const named = (field: string) => {
    const child = parent.child(field);
    const bare = child?.type === "attribute" ? child.child("attribute") : child;
    return bare?.type === "identifier" ? textOf(syntax, bare) : undefined;
  };
  switch (parent.type) {
    case "keyword_argument":
      return named("name");
    case "assignment": {
      const target = named("left");
      return target && `${target}_value`;
    }
    case "subscript":
      return node.field === "subscript" ? "key" : undefined;
    case "comparison_operator": {
      const [other] = parent.named.filter((child) => child !== node);
      return other?.type === "identifier" ? `${textOf(syntax, other)}_limit` : "limit";
    }
    case "call":
      return node.field === "function" ? "function" : undefined;
    case "except_clause":
      return "error";
    case "as_pattern":
      return parent.parent?.type === "except_clause" ? "error" : undefined;
    default:
      return undefined;
  }
}

function nameAfterKind(syntax: Syntax, node: SyntaxNode): string {
  if (node.type === "string" || node.type === "string_content" || node.type === "concatenated_string") return "text";
  if (node.type === "true" || node.type === "false") return "flag";
  const attribute = node.type === "attribute" ? node.child("attribute") : undefined;
  if (attribute) return textOf(syntax, attribute);
  return node.type === "identifier" ? textOf(syntax, node) : "value";
}
