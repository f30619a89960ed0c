import type { Scopes } from "./scopes.ts";
import { ExpressionSteps } from "./steps.ts";
import type { Syntax, SyntaxNode } from "./syntax.ts";

/**
 * The names that an expression reads in the scope it stands in (those that comprehensions and lambdas in it take from
 * there among them), and those that it binds there (PEP 572).
 */
export function namesOf(
  expression: SyntaxNode,
  syntax: Syntax,
  scopes: Scopes,
): { readonly read: ReadonlySet<string>; readonly bound: ReadonlySet<string> } {
  const reader = new OneExpression(syntax, scopes, expression);
  const named = (kind: string) =>
    new Set(reader.steps.flatMap((step) => (step.kind === kind && step.name !== undefined ? [step.name] : [])));
  return { read: named("read"), bound: named("bind") };
}

class OneExpression extends ExpressionSteps {
  constructor(syntax: Syntax, scopes: Scopes, expression: SyntaxNode) {
    super(syntax, scopes, expression);
    this.evaluate(expression);
  }
}
