import { mayManagerSwallow } from "../../python/context-managers.ts";
import { readScopes } from "../../python/scopes.ts";
import { nameOf, type Syntax, type SyntaxNode, textOf } from "../../python/syntax.ts";
import {
  canMoveIntoComprehension,
  hasComment,
  isBuiltin,
  isOneShortLine,
  type Neighbours,
  occurrences,
  operand,
  type ShortForm,
} from "./short-form.ts";

/** A loop of one simple statement, at most below one condition. */
interface PlainLoop {
  readonly node: SyntaxNode;
  readonly targets: readonly string[];
  readonly condition: SyntaxNode | undefined;
  readonly action: SyntaxNode;
  /** `for … in … if …`, as a comprehension has it. */
  readonly clauses: string;
}

/** An empty list, set or dictionary that a loop fills, or a number that it counts up. */
export function collectForm({ syntax, statements, index, owner }: Neighbours): ShortForm | undefined {
  const start = statements[index];
  const following = statements[index + 1];
  const assignment = start?.type === "expression_statement" ? start.named[0] : undefined;
  const left = assignment?.type === "assignment" ? assignment.child("left") : undefined;
  const right = assignment?.child("right");
  if (!owner || !start || !following || !right || left?.type !== "identifier") return undefined;
  const loop = plainLoop(syntax, following);
  if (!loop || !isUnwatched(syntax, owner, loop, start)) return undefined;
  const name = nameOf(syntax, left);
  const made = collected(syntax, textOf(syntax, right), name, loop);
  if (!made || occurrences(syntax, loop.node, name).length !== 1 || isShared(syntax, owner, name)) return undefined;
  if (isLoopThatFills(syntax, statements[index + 2], name)) return undefined;
  const at = { start: start.start, end: loop.node.end };
  const text = `${syntax.text.slice(start.start, right.start)}${made.text}`;
  if (hasComment(syntax, at) || !isOneShortLine(syntax, at, text) || doesMore(syntax, loop)) return undefined;
  return { kind: made.kind, at, text };
}

/** The first of a row of loops that fill the same name is better left as the others are. */
function isLoopThatFills(syntax: Syntax, node: SyntaxNode | undefined, name: string): boolean {
  if (node?.type !== "for_statement" && node?.type !== "while_statement") return false;
  return occurrences(syntax, node, name).some(({ parent, field }) => {
    if (parent?.type === "augmented_assignment") return field === "left";
    if (parent?.type === "attribute") return parent.field === "function" && fills.test(textOf(syntax, parent));
    return parent?.type === "subscript" && field === "value" && parent.field === "left";
  });
}

const fills = /\.(?:append|appendleft|extend|insert|add|update|setdefault)$/;
const takes = /\.(?:pop|popitem|popleft|remove|discard|clear)$/;
const copies = /^(?:list|tuple)\((.+)\)$|^(.+)(?:\.copy\(\)|\[:\])$/s;

/** Does a loop change another object on the way, or run over a copy since it calls what may change the original? */
function doesMore(syntax: Syntax, { node, action }: PlainLoop): boolean {
  const iterable = node.child("right");
  const [, ofCall, ofMethod] = (iterable && copies.exec(textOf(syntax, iterable))) ?? [];
  const original = (ofCall ?? ofMethod)?.replace(/\.(?:keys|values|items)\(\)$/, "");
  return syntax.ofType("call").some((call) => {
    const called = call.child("function");
    const isOwn = call.start === action.start && call.end === action.end;
    if (!called || isOwn || !node.holds(call)) return false;
    const text = textOf(syntax, called);
    if (fills.test(text) || takes.test(text)) return true;
    return original !== undefined && text.startsWith(`${original}.`) && iterable?.holds(call) === false;
  });
}

/** A loop that looks for one case and returns `True` or `False`. */
export function searchForm({ syntax, statements, index, owner }: Neighbours): ShortForm | undefined {
  const node = statements[index];
  const next = statements[index + 1];
  const loop = node && plainLoop(syntax, node);
  if (!owner || !loop?.condition || next?.type !== "return_statement" || loop.action.type !== "return_statement")
    return undefined;
  const [found] = loop.action.named;
  const [otherwise] = next.named;
  const values = `${found?.type} ${otherwise?.type}`;
  if (values !== "true false" && values !== "false true") return undefined;
  if (isOneOfSeveral(syntax, statements[index - 1], found?.type)) return undefined;
  if (!canMoveIntoComprehension(syntax, loop.node) || doesMore(syntax, loop)) return undefined;
  const isNegated = loop.condition.type === "not_operator" && values === "false true";
  const word = isNegated ? "all" : "any";
  const [inner] = loop.condition.named;
  const condition = isNegated && inner ? inner : loop.condition;
  if (!isBuiltin(syntax, word) || loop.targets.some((name) => isShared(syntax, owner, name))) return undefined;
  const loopText = loop.clauses.slice(0, loop.clauses.length - ` if ${operand(syntax, loop.condition)}`.length);
  const call = `${word}(${operand(syntax, condition)} ${loopText})`;
  const at = { start: loop.node.start, end: next.end };
  const text = values === "true false" || isNegated ? `return ${call}` : `return not ${call}`;
  return hasComment(syntax, at) || !isOneShortLine(syntax, at, text) ? undefined : { kind: "search", at, text };
}

/** The last of a row of loops with the same outcome is better left as the others are. */
function isOneOfSeveral(syntax: Syntax, before: SyntaxNode | undefined, outcome: string | undefined): boolean {
  const loop = before && plainLoop(syntax, before);
  return loop?.action.type === "return_statement" && loop.action.named[0]?.type === outcome;
}

function plainLoop(syntax: Syntax, node: SyntaxNode): PlainLoop | undefined {
  if (node.type !== "for_statement" || node.child("alternative") || node.hasToken("async")) return undefined;
  const left = node.child("left");
  const right = node.child("right");
  const [only, ...others] = node.child("body")?.named ?? [];
  if (!left || !right || !only || others.length > 0) return undefined;
  const targets = targetNames(syntax, left);
  const isChoice = only.type === "if_statement";
  const condition = isChoice ? only.child("condition") : undefined;
  const [action, ...more] = isChoice ? (only.child("consequence")?.named ?? []) : [only];
  if (!targets || !action || more.length > 0 || (isChoice && (!condition || only.all("alternative").length > 0)))
    return undefined;
  const filter = condition ? ` if ${operand(syntax, condition)}` : "";
  const clauses = `for ${textOf(syntax, left)} in ${operand(syntax, right)}${filter}`;
  return { node, targets, condition, action, clauses };
}

function targetNames(syntax: Syntax, left: SyntaxNode): string[] | undefined {
  if (left.type === "identifier") return [nameOf(syntax, left)];
  if (!/^(?:pattern_list|tuple_pattern)$/.test(left.type)) return undefined;
  const names = left.named.map((each) => targetNames(syntax, each));
  return names.every((each) => each !== undefined) ? names.flat() : undefined;
}

function collected(
  syntax: Syntax,
  empty: string,
  name: string,
  { node, action, clauses, targets, condition }: PlainLoop,
): { readonly kind: ShortForm["kind"]; readonly text: string } | undefined {
  const [expression] = action.type === "expression_statement" ? action.named : [];
  if (!expression || !canMoveIntoComprehension(syntax, node)) return undefined;
  if (expression.type === "augmented_assignment") {
    const own = expression.child("left");
    const added = expression.child("right");
    if (own?.type !== "identifier" || nameOf(syntax, own) !== name || !added || !isBuiltin(syntax, "sum"))
      return undefined;
    if (empty !== "0" || !/^[^=]*\+=/.test(textOf(syntax, expression))) return undefined;
    if (textOf(syntax, added) === "1") return condition ? { kind: "count", text: `sum(1 ${clauses})` } : undefined;
    return isWholeNumber(syntax, added) ? { kind: "sum", text: `sum(${textOf(syntax, added)} ${clauses})` } : undefined;
  }
  if (expression.type === "assignment")
    return empty === "{}" ? dictionaryOf(syntax, expression, name, clauses) : undefined;
  const method = /^list\(\)$|^\[\]$/.test(empty) ? "append" : empty === "set()" ? "add" : undefined;
  const called = expression.type === "call" ? expression.child("function") : undefined;
  const [element, ...others] = expression.child("arguments")?.named ?? [];
  if (!method || !called || textOf(syntax, called) !== `${name}.${method}` || !element || others.length > 0)
    return undefined;
  if (!isBuiltin(syntax, method === "append" ? "list" : "set")) return undefined;
  if (expression.child("arguments")?.type !== "argument_list" || /splat|keyword/.test(element.type)) return undefined;
  const text = textOf(syntax, element);
  const isCopy = condition === undefined && targets.length === 1 && text === targets[0];
  if (isCopy) return undefined;
  const [open, close] = method === "append" ? ["[", "]"] : ["{", "}"];
  return { kind: "collect", text: `${open}${text} ${clauses}${close}` };
}

/**
 * A value that can only be a whole number. Of others `sum` may make something else: since Python 3.12 it rounds floats
 * less than `+=` does, and `+=` may change a list or an array in place.
 */
function isWholeNumber(syntax: Syntax, value: SyntaxNode): boolean {
  if (value.type === "integer") return /^[\d_]+$/.test(textOf(syntax, value));
  const called = value.type === "call" ? value.child("function") : undefined;
  const name = called?.type === "identifier" ? nameOf(syntax, called) : "";
  return (name === "len" || name === "ord") && isBuiltin(syntax, name);
}

/** Python evaluates an assignment's value before its key, a comprehension's key first: so the key must be a mere name. */
function dictionaryOf(syntax: Syntax, assignment: SyntaxNode, name: string, clauses: string) {
  const left = assignment.child("left");
  const value = assignment.child("right");
  const key = left?.child("subscript");
  const holder = left?.type === "subscript" ? left.child("value") : undefined;
  if (!holder || !value || key?.type !== "identifier" || left?.all("subscript").length !== 1) return undefined;
  if (textOf(syntax, holder) !== name || /assignment|expression_list|yield/.test(value.type)) return undefined;
  const kind = "collect" as const;
  return { kind, text: `{${textOf(syntax, key)}: ${textOf(syntax, value)} ${clauses}}` };
}

/** Nobody sees what the loop leaves behind: its variables, or a half-filled list after an exception. */
function isUnwatched(syntax: Syntax, owner: SyntaxNode, loop: PlainLoop, start: SyntaxNode): boolean {
  const around = [...loop.node.ancestors()].slice(0, [...loop.node.ancestors()].indexOf(owner));
  if (around.some(({ type }) => /^(?:try_statement|except_clause|finally_clause|match_statement)$/.test(type)))
    return false;
  if (mayEndException(syntax, around)) return false;
  const isRepeated = around.some(({ type }) => type === "for_statement" || type === "while_statement");
  return loop.targets.every((name) => {
    if (isShared(syntax, owner, name)) return false;
    const outside = occurrences(syntax, owner, name).filter((node) => !loop.node.holds(node));
    return outside.every((node) => !isRepeated && node.start < start.start);
  });
}

/** Whether one of these statements is a `with` whose manager may end an exception. */
function mayEndException(syntax: Syntax, around: readonly SyntaxNode[]): boolean {
  const managers = around
    .filter(({ type }) => type === "with_statement")
    .flatMap((each) => each.named.filter(({ type }) => type === "with_clause"))
    .flatMap((clause) => clause.named.flatMap((item) => item.named[0] ?? []))
    .map((each) => (each.type === "as_pattern" ? (each.named[0] ?? each) : each));
  return managers.length > 0 && managers.some(mayManagerSwallow(syntax, readScopes(syntax)));
}

/** Whether a name is declared global or nonlocal, or is read by a function inside. */
function isShared(syntax: Syntax, owner: SyntaxNode, name: string): boolean {
  return occurrences(syntax, owner, name).some((node) => {
    if (/^(?:global|nonlocal)_statement$/.test(node.parent?.type ?? "")) return true;
    const holder = [...node.ancestors()].find(({ type }) =>
      /^(?:function_definition|lambda|class_definition)$/.test(type),
    );
    return holder !== owner;
  });
}
