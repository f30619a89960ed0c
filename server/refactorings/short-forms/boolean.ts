import { type Syntax, type SyntaxNode, textOf } from "../../python/syntax.ts";
import { hasComment, isBuiltin, isOneShortLine, type Neighbours, operand, type ShortForm } from "./short-form.ts";

/** `if c: return True` with `return False` behind it or in its `else`, and the same with an assignment. */
export function booleanForm({ syntax, statements, index }: Neighbours): ShortForm | undefined {
  const statement = statements[index];
  if (statement?.type !== "if_statement") return undefined;
  const condition = statement.child("condition");
  const then = outcomeOf(syntax, statement.child("consequence"));
  if (then?.prefix === "return" && isOneOfSeveral(statements.slice(0, index), then)) return undefined;
  const clauses = statement.all("alternative");
  if (!condition || !then || clauses.length > 1) return undefined;
  const [clause] = clauses;
  const next = statements[index + 1];
  const other = clause
    ? outcomeOf(syntax, clause.type === "else_clause" ? clause.child("body") : undefined)
    : then.prefix === "return" && next && outcomeFrom(syntax, next);
  if (!other || other.prefix !== then.prefix || other.value === then.value) return undefined;
  const end = clause || !next ? statement.end : next.end;
  const at = { start: statement.start, end };
  if (hasComment(syntax, at)) return undefined;
  const value = valueText(syntax, condition, then.value);
  if (value === undefined) return undefined;
  const text = `${then.prefix} ${value}`;
  return isOneShortLine(syntax, at, text) ? { kind: "boolean", at, text } : undefined;
}

/** The last of a row of conditions that leave, or of checks with the same outcome, is better left as the others are. */
function isOneOfSeveral(before: readonly SyntaxNode[], { value }: Outcome): boolean {
  // What the last one asks for may be computed between them.
  const last = before.findLast((each) => each.named[0]?.type !== "assignment");
  const leaves = /^(?:return|raise)_statement$/;
  if (last?.type === "if_statement" && leaves.test(last.child("consequence")?.named.at(-1)?.type ?? "")) return true;
  return before.some((statement) => returnsItself(statement, value));
}

function returnsItself(node: SyntaxNode, value: boolean): boolean {
  if (/^(?:function|class)_definition$/.test(node.type)) return false;
  if (node.type === "return_statement") return node.named[0]?.type === `${value}`;
  return node.named.some((child) => returnsItself(child, value));
}

interface Outcome {
  /** `return`, or `name =`. */
  readonly prefix: string;
  readonly value: boolean;
}

function outcomeOf(syntax: Syntax, suite: SyntaxNode | undefined): Outcome | undefined {
  const [only, ...others] = suite?.named ?? [];
  return only && others.length === 0 ? outcomeFrom(syntax, only) : undefined;
}

function outcomeFrom(syntax: Syntax, statement: SyntaxNode): Outcome | undefined {
  const [inner] = statement.named;
  if (statement.type === "return_statement") return inner && valued("return", inner);
  const left = inner?.type === "assignment" && !inner.child("type") ? inner.child("left") : undefined;
  const right = inner?.child("right");
  if (left?.type !== "identifier" || !right) return undefined;
  return valued(`${textOf(syntax, left)} =`, right);
}

function valued(prefix: string, node: SyntaxNode): Outcome | undefined {
  if (node.type === "true") return { prefix, value: true };
  return node.type === "false" ? { prefix, value: false } : undefined;
}

/** The condition as a bool: itself where it is one, else through `not` or `bool`. */
function valueText(syntax: Syntax, condition: SyntaxNode, value: boolean): string | undefined {
  const text = textOf(syntax, condition);
  if (condition.type === "not_operator" && !value) {
    const [inner] = condition.named;
    return inner && (isBoolean(syntax, inner) ? textOf(syntax, inner) : called(syntax, inner));
  }
  if (!value) return `not ${operand(syntax, condition)}`;
  return isBoolean(syntax, condition) ? text : called(syntax, condition);
}

function called(syntax: Syntax, node: SyntaxNode): string | undefined {
  if (!isBuiltin(syntax, "bool") || node.type === "generator_expression") return undefined;
  const text = textOf(syntax, node.type === "parenthesized_expression" ? (node.named[0] ?? node) : node);
  return `bool(${text})`;
}

const answersWithBool =
  /^(?:isinstance|issubclass|callable|hasattr|any|all|bool)$|\.(?:startswith|endswith|isdigit|isalpha|isalnum|isspace|isnumeric|isidentifier|isupper|islower|exists|is_file|is_dir|isfile|isdir|issubset|issuperset|isdisjoint)$/;

/** Whether an expression can only be `True` or `False`: `==` and `<` may answer with anything. */
function isBoolean(syntax: Syntax, node: SyntaxNode): boolean {
  const [inner, ...others] = node.named;
  switch (node.type) {
    case "true":
    case "false":
    case "not_operator":
      return true;
    case "parenthesized_expression":
      return inner !== undefined && isBoolean(syntax, inner);
    case "boolean_operator":
      return node.named.every((each) => isBoolean(syntax, each));
    case "comparison_operator": {
      const signs = node.children.filter((child) => !child.isNamed).map((child) => textOf(syntax, child));
      return (
        signs.every((sign) => /^(?:is|in|not)\b/.test(sign)) ||
        (others.length === 1 && comparesLengths(syntax, node.named))
      );
    }
    case "call": {
      const name = node.child("function");
      if (!name || !answersWithBool.test(textOf(syntax, name))) return false;
      // A method of that name may be anybody's; a builtin must still be one.
      return name.type === "identifier" ? isBuiltin(syntax, textOf(syntax, name)) : isOfString(name);
    }
    default:
      return false;
  }
}

function isOfString(name: SyntaxNode): boolean {
  return name.child("object")?.type === "string";
}

function comparesLengths(syntax: Syntax, [left, right]: readonly SyntaxNode[]): boolean {
  const isLength = (node: SyntaxNode | undefined) => {
    const name = node?.type === "call" ? node.child("function") : undefined;
    return name?.type === "identifier" && textOf(syntax, name) === "len" && isBuiltin(syntax, "len");
  };
  const isNumber = (node: SyntaxNode | undefined) => node?.type === "integer" || isLength(node);
  return isNumber(left) && isNumber(right);
}
