import type { Span } from "../core/text.ts";
import type { Scopes } from "../python/scopes.ts";
import { nameOf, type Syntax, type SyntaxNode } from "../python/syntax.ts";
import { isFreeName, namesIn, variablesIn } from "./function-name.ts";

/**
 * Where a name stands that a refactoring made a moment ago, so that nothing else is called so: all over the file, or in
 * its function when it is a local variable. Undefined when the new name is not free there.
 */
export function placesOfName(syntax: Syntax, scopes: Scopes, at: Span, newName: string): readonly Span[] | undefined {
  const name = nameOf(syntax, at);
  const host = [...scopes.module.all()].find(
    (scope) => scope.kind === "function" && scope.node.holds(at) && scope.isLocal(name),
  );
  if (!host) return placesInFile(syntax, name, newName);
  const taken = variablesIn(host);
  if (newName !== name && !isFreeName(newName, taken)) return undefined;
  const isVariable = ({ field, parent }: SyntaxNode) =>
    field !== "attribute" && !(field === "name" && parent?.type === "keyword_argument");
  return syntax
    .ofType("identifier")
    .filter((node) => nameOf(syntax, node) === name && host.node.holds(node) && isVariable(node));
}

/** The same all over a file. */
export function placesInFile(syntax: Syntax, name: string, newName: string): readonly Span[] | undefined {
  if (newName !== name && !isFreeName(newName, namesIn(syntax))) return undefined;
  return syntax.ofType("identifier").filter((node) => nameOf(syntax, node) === name);
}
