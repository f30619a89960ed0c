import * as l10n from "@vscode/l10n";
import type { Fix } from "../core/rule.ts";
import type { Span } from "../core/text.ts";
import { functionsOf } from "../python/definitions.ts";
import type { PythonModule } from "../python/module.ts";
import { plainString } from "../python/strings.ts";
import { type SyntaxNode, syntaxOf, textOf } from "../python/syntax.ts";
import { freeName, namesIn } from "./function-name.ts";
import { constantName } from "./lift-constant.ts";

/**
 * Makes a plain string literal in a function the default of a further, last parameter: whoever calls the function as
 * before gets what it was. Undefined where the function is not called by its own parameters alone (decorators may look at
 * them), takes what is left over (`*`, `**`), or where the tree is not to be trusted.
 */
export function liftToParameter(module: PythonModule, at: Span, suffix: string): Fix | undefined {
  const syntax = syntaxOf(module);
  const literal = syntax.ofType("string").find((node) => node.start === at.start && node.end === at.end);
  const text = literal && plainString(syntax, literal);
  if (!literal || text === undefined || syntax.isBroken || !isPlainValue(literal)) return undefined;
  const host = functionsOf(syntax).findLast(({ body }) => body.holds(literal));
  const parameters = host?.node.child("parameters");
  if (!host || !parameters || host.isNested || host.decorators.length > 0 || !holdsDirectly(host.node, literal))
    return undefined;
  const last = parameters.named.findLast(({ type }) => type !== "comment");
  if (parameters.named.some(({ type }) => /splat|separator/.test(type))) return undefined;
  if (host.name.startsWith("__") || parameters.end - parameters.start < 2) return undefined;
  const name = freeName(constantName(text, suffix).toLowerCase(), namesIn(syntax));
  const preset = `${name}=${textOf(syntax, literal)}`;
  const place = last?.end ?? parameters.start + 1;
  const edits = [
    { at: { start: place, end: place }, text: last ? `, ${preset}` : preset },
    { at, text: name },
  ];
  const title = l10n.t("Lift to the parameter `{0}`", name);
  return { title, kind: "quickfix", safe: false, edits: [{ path: module.path, edits }] };
}

function isPlainValue({ parent }: SyntaxNode): boolean {
  return parent !== undefined && !/concatenated_string|pattern|^type$|interpolation/.test(parent.type);
}

/** Is it evaluated when this function is called, and not in a class or another function inside? */
function holdsDirectly(host: SyntaxNode, literal: SyntaxNode): boolean {
  const holder = [...literal.ancestors()].find(({ type }) => /^(?:function|class)_definition$|^lambda$/.test(type));
  return holder === host;
}
