import { namesOf } from "../python/reads.ts";
import { type SyntaxNode, textOf } from "../python/syntax.ts";
import { reserved } from "./function-name.ts";
import type { Selection } from "./selection.ts";
import { SelectionFlow } from "./selection-flow.ts";

/** Nodes that do nothing when they are evaluated, given that their parts do nothing. */
const plain = new Set(
  (
    "identifier integer float true false none ellipsis string string_start string_content string_end escape_sequence " +
    "concatenated_string tuple list expression_list parenthesized_expression type_conversion type"
  ).split(" "),
);

/**
 * Can an expression be evaluated after the selected one as well as before it? Only names that nothing can rebind
 * meanwhile, literals, and displays of both: everything else may run code of somebody.
 */
export function isIndifferent(node: SyntaxNode, selection: Selection): boolean {
  const { syntax, scopes, host } = selection;
  const parts = [...node.descendants()].filter((part) => part.isNamed);
  if (!parts.every((part) => plain.has(part.type) || isOfModule(part, selection))) return false;
  const flow = new SelectionFlow(selection);
  return [...namesOf(node, syntax, scopes).read].every((name) => {
    const owner = host.ownerOf(name);
    if (owner === host && host.kind !== "module") return flow.isBoundAtStart(name) && !isRebound(name, selection);
    if (owner !== scopes.module) return !isRebound(name, selection);
    const bound = scopes.module.bindings.get(name)?.length ?? 0;
    const isBuiltin = bound === 0 && reserved.includes(name);
    return (isBuiltin || bound > 0) && !isGlobalElsewhere(name, selection);
  });
}

/** An attribute of an imported module: looking it up runs nothing. */
function isOfModule(node: SyntaxNode, { host, scopes, syntax }: Selection): boolean {
  if (node.type !== "attribute") return false;
  let object = node.child("object");
  while (object?.type === "attribute") object = object.child("object");
  if (object?.type !== "identifier") return false;
  const name = textOf(syntax, object);
  const bindings = host.ownerOf(name) === scopes.module ? scopes.module.bindings.get(name) : undefined;
  return bindings?.length === 1 && bindings[0]?.type === "import_statement";
}

/** Does an inner function rebind a variable of the host, or of one around it? */
function isRebound(name: string, { host, scopes }: Selection): boolean {
  const owner = host.ownerOf(name);
  return [...scopes.module.all()].some((scope) => scope.nonlocals.has(name) && scope.ownerOf(name) === owner);
}

/** Does a function rebind a variable of the module? */
function isGlobalElsewhere(name: string, { scopes }: Selection): boolean {
  return [...scopes.module.all()].some((scope) => scope.globals.has(name) && scope.bindings.has(name));
}

/** Builtins that read their arguments and change nothing. */
const harmless = new Set(
  "print len str repr int float bool range min max abs round isinstance type format hash ord chr".split(" "),
);

/** Does the call call a builtin that changes nothing that its caller can see? */
export function isHarmlessCall(call: SyntaxNode, { syntax, scopes, host }: Selection): boolean {
  const callee = call.child("function");
  if (callee?.type !== "identifier") return false;
  const name = textOf(syntax, callee);
  return harmless.has(name) && host.ownerOf(name) === scopes.module && !scopes.module.bindings.has(name);
}
