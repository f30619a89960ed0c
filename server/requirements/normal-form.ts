import type { Node } from "web-tree-sitter";
import { normalizedName } from "../project/project.ts";
import { pythonBlanks, strip } from "./blanks.ts";
import { withRequirement } from "./pep508.ts";
import { pythonString } from "./python-string.ts";

const blanksBehindOperator = new RegExp(`^([=<>!~]+)[${pythonBlanks}]+`);

/** Specifiers as packaging prints a `SpecifierSet`: without blanks, without doubles, in order. */
export function normalSpecifier(specifier: string): string {
  const clauses = specifier.split(",").map((clause) => strip(clause));
  const normal = clauses.filter((clause) => clause !== "").map((clause) => clause.replace(blanksBehindOperator, "$1"));
  return [...new Set(normal)].sort(byCodePoints).join(",");
}

/** A marker as packaging prints a `Marker`; a text that is no marker stays as it is. */
export function normalMarker(marker: string): string {
  return (
    withRequirement(`x;${marker}`, (node) => {
      const expression = node.childForFieldName("marker")?.namedChild(0);
      return expression ? format(expression, true) : undefined;
    }) ?? marker
  );
}

/** `outermost` parentheses are dropped, as are those around a single comparison. */
function format(node: Node, outermost: boolean): string {
  if (node.type === "comparison") return formatComparison(node);
  if (node.type !== "parenthesized") return formatChain(node);
  let inner = node;
  while (inner.type === "parenthesized") inner = inner.namedChild(0) ?? inner;
  if (outermost || inner.type === "comparison") return format(inner, true);
  return `(${format(inner, false)})`;
}

/** `and` and `or` nest to the left, and a chain may be long: no recursion there. */
function formatChain(chain: Node): string {
  const parts: string[] = [];
  let node = chain;
  while (node.type === "and" || node.type === "or") {
    const [left, right] = node.namedChildren;
    if (!left || !right) break;
    parts.unshift(node.type, format(right, false));
    node = left;
  }
  parts.unshift(format(node, false));
  return parts.join(" ");
}

function formatComparison(node: Node): string {
  const [left, operator, right] = node.namedChildren;
  if (!left || !operator || !right) return node.text;
  const isExtra = variableName(left) === "extra" || /^(?:extras?|dependency_groups)$/.test(variableName(right) ?? "");
  const operands = [left, right].map((operand) => variableName(operand) ?? quoted(operand.text, isExtra));
  return `${operands[0]} ${operator.text.replace(/\s+/g, " ")} ${operands[1]}`;
}

function variableName(node: Node): string | undefined {
  if (node.type !== "variable") return undefined;
  const name = node.text.replaceAll(".", "_");
  return name === "python_implementation" ? "platform_python_implementation" : name;
}

function quoted(literal: string, isExtra: boolean): string {
  const value = pythonString(literal) ?? literal;
  const normal = isExtra ? normalizedName(value) : value;
  return normal.includes('"') ? `'${normal}'` : `"${normal}"`;
}

function byCodePoints(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
