import type { SyntaxNode } from "../python/syntax.ts";
import type { Extraction } from "./extraction.ts";
import { isPackageCode } from "./frames.ts";
import { guards } from "./jumps.ts";
import { type Refusal, refuse } from "./refusals.ts";
import { intersection, isInside, ownNodesIn } from "./selection.ts";

/**
 * Refuses module-level code whose variables somebody could see before the new function has returned them: functions
 * of the module, handlers, annotations, and cells of a notebook that run in any order.
 */
export function moduleStateRefusal(extraction: Extraction): Refusal | undefined {
  const { selection, assigned } = extraction;
  if (selection.host.kind !== "module") return undefined;
  if (isPackageCode(selection)) return refuse("PACKAGE_NAMES");
  if (selection.syntax.path.endsWith(".ipynb")) return refuse("MODULE_STATE", assigned);
  const special = [...assigned].filter((name) => name.startsWith("__"));
  if (special.length > 0) return refuse("MODULE_STATE", special);
  if (assigned.size > 0 && guards(selection).some(mayGoOn)) return refuse("MODULE_STATE", assigned);
  for (const node of ownNodesIn(selection)) {
    if (node.type === "function_definition" || isAnnotated(node)) return refuse("MODULE_STATE", assigned);
  }
  for (const scope of selection.host.all()) {
    if (scope === selection.host) continue;
    const isLater = scope.node.start > selection.end && selection.loops.length === 0;
    const isAtOnce = scope.kind === "comprehension" && scope.node.type !== "generator_expression";
    if (isLater || (isAtOnce && scope.parent === selection.host)) continue;
    const seen = intersection(assigned, new Set([...scope.freeNames(), ...scope.globals]));
    if (seen.size > 0) return refuse(isInside(scope.node, selection) ? "CLOSURE_CAPTURE" : "MODULE_STATE", seen);
  }
  return undefined;
}

/** After an exception the module's code may go on, with what was assigned before it. */
function mayGoOn(guard: SyntaxNode): boolean {
  return guard.type === "with_statement" || guard.named.some((child) => child.type === "except_clause");
}

/** PEP 526: annotations at module level are kept in `__annotations__`. */
function isAnnotated(node: SyntaxNode): boolean {
  return node.type === "assignment" && node.child("type") !== undefined;
}
