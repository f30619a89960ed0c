import { namesOf } from "../python/reads.ts";
import { type SyntaxNode, statementsOf, textOf } from "../python/syntax.ts";
import { isReplaceable } from "./expression-at.ts";
import { isHarmlessCall } from "./purity.ts";
import { isRefusal } from "./refusals.ts";
import { tokensOf } from "./same-code.ts";
import { calledName, isInside, type Selection, selectedExpressionAt } from "./selection.ts";

/**
 * The occurrences of an expression around the selected one that surely have the same value, in source order: those in
 * consecutive statements of a suite around it which neither assign its names, nor store into objects, nor call what may. Only
 * the selected one where evaluating it again makes another object, or does something.
 */
export function occurrencesOf(selection: Selection, expression: SyntaxNode, suite: SyntaxNode): readonly SyntaxNode[] {
  const { syntax } = selection;
  if (!isRepeatable(expression) || runsOwnCode(expression, selection)) return [expression];
  const spelling = tokensOf(expression, syntax);
  const statements = statementsOf(suite);
  const own = statements.findIndex((statement) => statement.holds(expression));
  const keeps = (index: number) => {
    const statement = statements[index];
    return statement !== undefined && isKeptBy(statement, selection, expression);
  };
  if (!keeps(own)) return [expression];
  let [first, last] = [own, own];
  while (keeps(first - 1)) first--;
  while (keeps(last + 1)) last++;
  const found = statements
    .slice(first, last + 1)
    .flatMap((statement) =>
      [...statement.descendants()].filter(
        (node) =>
          node.type === expression.type &&
          tokensOf(node, syntax) === spelling &&
          isReplaceable(node) &&
          isSameValue(node, selection),
      ),
    );
  const outermost = found.filter((node) => !found.some((other) => other !== node && other.holds(node)));
  const isFresh = !/^(attribute|subscript|identifier)$/.test(expression.type) && !isLiteral(expression);
  return isFresh && !outermost.every((node) => isReadOnly(node, selection)) ? [expression] : outermost;
}

const repeatable = new Set(
  (
    "identifier attribute subscript binary_operator unary_operator not_operator boolean_operator comparison_operator " +
    "conditional_expression parenthesized_expression integer float true false none ellipsis string string_start " +
    "string_content string_end escape_sequence concatenated_string"
  ).split(" "),
);

/** Does it do nothing but look up and reckon? `in` may use an iterator up. */
function isRepeatable(expression: SyntaxNode): boolean {
  return [...expression.descendants()].every(
    (node) => (!node.isNamed && node.type !== "in" && node.type !== "not in") || repeatable.has(node.type),
  );
}

/** Is an attribute a property of this file, or a look-up one that a class of it answers itself? */
function runsOwnCode(expression: SyntaxNode, { syntax }: Selection): boolean {
  const looked = [...expression.descendants()].filter(({ type }) => type === "attribute" || type === "subscript");
  if (looked.length === 0) return false;
  const attributes = new Set(looked.flatMap((node) => node.all("attribute").map((name) => textOf(syntax, name))));
  return syntax.ofType("function_definition").some((definition) => {
    const name = textOf(syntax, definition.child("name") ?? definition);
    return attributes.has(name) || /^__(get|getitem|getattr|getattribute|missing)__$/.test(name);
  });
}

function isLiteral(expression: SyntaxNode): boolean {
  return [...expression.descendants()].every((node) => !/^(identifier|attribute|subscript)$/.test(node.type));
}

/** Has the expression the same value wherever it stands in this statement, and behind it? */
function isKeptBy(statement: SyntaxNode, selection: Selection, expression: SyntaxNode): boolean {
  const { syntax, scopes, host } = selection;
  if (isLiteral(expression)) return true;
  for (const name of namesOf(expression, syntax, scopes).read) {
    if (host.bindings.get(name)?.some((node) => isInside(node, statement))) return false;
  }
  for (const node of statement.descendants()) {
    if (node.type === "call" && !isHarmlessCall(node, selection)) return false;
    if (running.has(node.type) || isLoopOverUnknown(node, selection)) return false;
    if (node.type === "augmented_assignment" && !/^(integer|float)$/.test(node.child("right")?.type ?? ""))
      return false;
    const targets = /^(augmented_)?assignment$/.test(node.type) ? node.all("left") : [];
    if (targets.some((target) => target.type !== "identifier")) return false;
  }
  return true;
}

/** What runs code that is not in sight, or makes functions that run later. */
const running = new Set(
  (
    "await yield with_statement function_definition class_definition lambda import_statement import_from_statement " +
    "delete_statement generator_expression match_statement list_splat dictionary_splat named_expression"
  ).split(" "),
);

/** Iterating over anything but a `range` may run a generator. */
function isLoopOverUnknown(node: SyntaxNode, selection: Selection): boolean {
  if (node.type !== "for_statement" && node.type !== "for_in_clause") return false;
  const iterable = node.child("right");
  return iterable?.type !== "call" || !isHarmlessCall(iterable, selection);
}

/** Does an occurrence stand in the selected one's scope, or in a comprehension that binds none of its names? */
function isSameValue(node: SyntaxNode, { syntax, scopes, host }: Selection): boolean {
  const other = selectedExpressionAt(syntax, scopes, node);
  if (isRefusal(other) || other.host !== host) return false;
  const { read } = namesOf(node, syntax, scopes);
  return other.inner.every(
    (scope) => scope.kind === "comprehension" && [...read].every((name) => !scope.isLocal(name)),
  );
}

/** Is a value only looked at here, so that nobody can tell one object from two equal ones? */
function isReadOnly(node: SyntaxNode, selection: Selection): boolean {
  const { parent } = node;
  if (!parent) return false;
  if (parent.type === "parenthesized_expression") return isReadOnly(parent, selection);
  if (parent.type === "argument_list" && parent.parent) {
    const isGivenBack = /^(min|max)$/.test(calledName(selection.syntax, parent.parent));
    return !isGivenBack && isHarmlessCall(parent.parent, selection);
  }
  if (/^(binary|comparison|unary|not)_operator$/.test(parent.type)) return !parent.hasToken("is");
  if (node.field === "condition" || parent.type === "interpolation") return true;
  return parent.type === "subscript" && node.field === "subscript";
}
