import * as l10n from "@vscode/l10n";
import type { Fix } from "../core/rule.ts";
import type { PythonModule } from "../python/module.ts";
import { scopesOf } from "../python/scopes.ts";
import { nameOf, type SyntaxNode, syntaxOf, textOf } from "../python/syntax.ts";
import { freeName, variablesIn } from "./function-name.ts";
import { placesOfName } from "./rename-new.ts";
import { variableName } from "./variable-name.ts";

/** Looks a function's variables up by their names. */
const byName = /\b(?:locals|vars|dir|eval|exec)\s*\(|\.(?:query|eval)\s*\(/;

/**
 * The local variable of a function under a name that its first value tells, at every place of it; undefined for other
 * names, and where the value tells none. The name is a proposal: a person looks at it.
 */
export function renamedVariable(module: PythonModule, name: SyntaxNode): Fix | undefined {
  const syntax = syntaxOf(module);
  const scopes = scopesOf(module);
  const assignment = name.parent;
  const value = assignment?.type === "assignment" ? assignment.child("right") : undefined;
  const old = nameOf(syntax, name);
  const host = [...scopes.module.all()].find(
    (scope) => scope.kind === "function" && scope.node.holds(name) && scope.isLocal(old),
  );
  if (!value || !host || byName.test(textOf(syntax, host.node))) return undefined;
  const proposed = variableName(value, syntax);
  if (/^(?:value|text)$/.test(proposed) || proposed === old) return undefined;
  const next = freeName(proposed, variablesIn(host));
  const places = placesOfName(syntax, scopes, name, next);
  if (!places) return undefined;
  const edits = places.map(({ start, end }) => ({ at: { start, end }, text: next }));
  const title = l10n.t("Rename it to `{0}`", next);
  return { title, kind: "quickfix", safe: false, edits: [{ path: module.path, edits }] };
}
