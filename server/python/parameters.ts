import type { FunctionFacts } from "./definitions.ts";
import { parameterName } from "./scopes.ts";
import { nameOf, type Syntax, type SyntaxNode, textOf } from "./syntax.ts";

/** One parameter that a caller gives. */
export interface Parameter {
  readonly name: string;
  /** The annotation as it is written. */
  readonly type: string | undefined;
  /** The default as it is written. */
  readonly preset: string | undefined;
}

/** The parameters that callers give: without `self` and `cls`, and without the marks `/` and `*`. */
export function parametersOf(syntax: Syntax, { node, owner, decorators }: FunctionFacts): Parameter[] {
  const all = (node.child("parameters")?.named ?? []).flatMap((each) => {
    const name = parameterName(each);
    return name ? [parameterFrom(syntax, each, name)] : [];
  });
  return owner && !decorators.includes("staticmethod") ? all.slice(1) : all;
}

function parameterFrom(syntax: Syntax, node: SyntaxNode, name: SyntaxNode): Parameter {
  const type = node.child("type");
  const preset = node.child("value");
  const stars = /^\*{0,2}/.exec(textOf(syntax, node))?.[0] ?? "";
  return {
    name: stars + nameOf(syntax, name),
    type: type && textOf(syntax, type),
    preset: preset && textOf(syntax, preset),
  };
}
