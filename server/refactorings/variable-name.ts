import { type Syntax, type SyntaxNode, textOf } from "../python/syntax.ts";
import { reserved, wordsOf } from "./function-name.ts";

/**
 * A name for a value, from where it is used or what it is made of: the argument it is passed as, the name it is compared
 * with, the function that makes it, the attribute or key it is read from. In snake case, and no builtin.
 */
export function variableName(expression: SyntaxNode, syntax: Syntax): string {
  const words = usedAs(expression, syntax) ?? madeOf(expression, syntax) ?? ["value"];
  const name = words.slice(0, 4).join("_");
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? (reserved.includes(name) ? `${name}_value` : name) : "value";
}

/** Verbs that tell less of a value than what follows them. */
const makers = new Set("get make compute load read fetch create build find calculate".split(" "));

/** The words that the place of an expression tells. */
export function usedAs(expression: SyntaxNode, syntax: Syntax): readonly string[] | undefined {
  const { parent } = expression;
  if (!parent) return undefined;
  if (parent.type === "keyword_argument" || /default_parameter$/.test(parent.type))
    return named(parent, "name", syntax);
  if (parent.type === "comparison_operator") {
    const other = parent.named.find((each) => each !== expression && each.type === "identifier");
    return other && [...wordsOf(textOf(syntax, other)), "limit"];
  }
  if (parent.type === "unary_operator" || parent.type === "parenthesized_expression") return usedAs(parent, syntax);
  return undefined;
}

function madeOf(expression: SyntaxNode, syntax: Syntax): readonly string[] | undefined {
  switch (expression.type) {
    case "attribute":
      return named(expression, "attribute", syntax);
    case "call": {
      const callee = expression.child("function");
      const words = callee && madeOf(callee, syntax);
      if (words && words.length > 1 && makers.has(words[0] ?? "")) return words.slice(1);
      return callee?.type === "identifier" && words ? [...words, "value"] : words;
    }
    case "identifier":
      return wordsOf(textOf(syntax, expression));
    case "subscript": {
      const key = expression.child("subscript");
      return key?.type === "string" ? contentWords(key, syntax) : undefined;
    }
    case "await":
    case "parenthesized_expression": {
      const [inner] = expression.named;
      return inner && madeOf(inner, syntax);
    }
    case "string":
      return ["text"];
    default:
      return undefined;
  }
}

/** The first words of a text, where it is short enough to be a name. */
export function contentWords(string: SyntaxNode, syntax: Syntax): readonly string[] | undefined {
  const content = string.named.find((part) => part.type === "string_content");
  const words = content
    ? textOf(syntax, content)
        .toLowerCase()
        .match(/[a-z0-9]+/g)
    : undefined;
  return words && words.length <= 4 && words.join("_").length <= 30 && /^[a-z]/.test(words[0] ?? "")
    ? words
    : undefined;
}

function named(node: SyntaxNode, field: string, syntax: Syntax): readonly string[] | undefined {
  const name = node.child(field);
  const words = name && wordsOf(textOf(syntax, name));
  return words && words.length > 0 ? words : undefined;
}
