import type { Edit } from "../core/edit.ts";
import { type Syntax, type SyntaxNode, textOf } from "../python/syntax.ts";
import { type Refusal, refuse } from "./refusals.ts";

/**
 * The edits of a `print` call's arguments that make them a logging message with lazily formatted arguments
 * (`logging`, "Logger.debug"). One text alone stays as it is: without arguments nothing is formatted.
 */
export function logMessage(syntax: Syntax, call: SyntaxNode): readonly Edit[] | Refusal {
  const list = call.child("arguments");
  if (!list) return refuse("PRINT_ARGUMENT", ["print"]);
  const all = list.type === "generator_expression" ? [list] : list.named;
  const positional = all.filter((argument) => argument.type !== "keyword_argument");
  const separator = separatorOf(syntax, all);
  if (typeof separator !== "string") return separator;
  const starred = positional.find((argument) => /_splat$/.test(argument.type));
  if (starred) return refuse("PRINT_ARGUMENT", [textOf(syntax, starred)]);
  const [only, ...others] = positional;
  if (!only) return refuse("EMPTY_MESSAGE");
  if (only === list) return [{ at: list, text: `("%s", ${textOf(syntax, list)})` }];
  if (others.length === 0 && all.length === 1) return alone(syntax, only);
  const inside = { start: list.start + 1, end: list.end - 1 };
  if (syntax.comments.some((comment) => inside.start <= comment.start && comment.end <= inside.end)) {
    return refuse("PRINT_COMMENT");
  }
  return [{ at: inside, text: others.length === 0 ? textFor(syntax, only) : joined(syntax, positional, separator) }];
}

/** The text between the arguments, as it is spelt inside a literal; `print` takes None for a blank. */
function separatorOf(syntax: Syntax, all: readonly SyntaxNode[]): string | Refusal {
  let separator = " ";
  for (const argument of all) {
    if (argument.type !== "keyword_argument") continue;
    const name = argument.child("name");
    const value = argument.child("value");
    const word = name ? textOf(syntax, name) : "";
    const literal = value && plainLiteral(syntax, value);
    if (word !== "sep" || (value?.type !== "none" && literal === undefined)) return refuse("PRINT_ARGUMENT", [word]);
    separator = literal ?? " ";
  }
  return separator;
}

function alone(syntax: Syntax, only: SyntaxNode): readonly Edit[] {
  const text = textFor(syntax, only);
  return text === textOf(syntax, only) ? [] : [{ at: only, text }];
}

/** A text is the message itself, `"…" % (a, b)` is taken apart, everything else is an argument. */
function textFor(syntax: Syntax, only: SyntaxNode): string {
  const text = textOf(syntax, only);
  const [left, right] = only.type === "binary_operator" ? only.named : [];
  if (left && right && only.hasToken("%") && isText(left)) {
    const values = right.type === "tuple" ? right.named : [];
    const isPlain = values.length > 1 && values.every((value) => !/_splat$/.test(value.type));
    if (!isPlain || isBytes(syntax, left) || /[\r\n#]/.test(text)) return text;
    return [left, ...values].map((part) => textOf(syntax, part)).join(", ");
  }
  const isFormatted = only.type === "call" && isText(only.child("function")?.child("object"));
  if ((isText(only) && !isBytes(syntax, only)) || isFormatted) return text;
  return `"%s", ${text}`;
}

function isText(node: SyntaxNode | undefined): boolean {
  return node?.type === "string" || node?.type === "concatenated_string";
}

function isBytes(syntax: Syntax, node: SyntaxNode): boolean {
  return /^[rR]?[bB]/.test(textOf(syntax, node));
}

/** One format text for all arguments: plain literals in it, `%s` for the others. */
function joined(syntax: Syntax, positional: readonly SyntaxNode[], separator: string): string {
  const literals = positional.map((argument) => plainLiteral(syntax, argument));
  const values = positional.filter((_, index) => literals[index] === undefined);
  const doubled = (text: string) => (values.length > 0 ? text.replaceAll("%", "%%") : text);
  const format = literals.map((literal) => (literal === undefined ? "%s" : doubled(literal))).join(doubled(separator));
  return [`"${format}"`, ...values.map((value) => textOf(syntax, value))].join(", ");
}

/**
 * What stands between the quotes of a literal, spelt so that it means the same between double quotes; undefined when
 * it may mean something else there (prefixes, other quotes, several lines, escapes that could be a `%`).
 */
function plainLiteral(syntax: Syntax, node: SyntaxNode): string | undefined {
  if (node.type !== "string") return undefined;
  const match = /^(["'])([^\r\n]*)\1$/s.exec(textOf(syntax, node));
  const content = match?.[2];
  if (match === null || content === undefined || /^["']["']/.test(content)) return undefined;
  if (match[1] === "'" && content.includes('"')) return undefined;
  return /\\[^nrt\\"']/.test(content.replaceAll("\\\\", "")) ? undefined : content;
}
