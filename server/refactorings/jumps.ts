import type { SyntaxNode } from "../python/syntax.ts";
import { type Refusal, refuse } from "./refusals.ts";
import { calledName, nodesIn, ownNodesIn, type Selection } from "./selection.ts";

/** How control leaves a selection other than by an exception. */
export interface Jumps {
  readonly returns: boolean;
  /** It awaits, so that the new function is a coroutine. */
  readonly awaits: boolean;
  /** It yields, so that the new function is a generator that the host delegates to (PEP 380). */
  readonly yields: boolean;
}

/** Refuses what binds code to its own function: yields, loop jumps, scope statements, half of the returns. */
export function jumpsOf(selection: Selection, completes: boolean): Jumps | Refusal {
  let returns = false;
  let awaits = false;
  let yields = false;
  for (const node of ownNodesIn(selection)) {
    if (node.type === "wildcard_import") return refuse("STAR_IMPORT");
    if (node.type === "future_import_statement") return refuse("PARTIAL");
    if (node.type === "global_statement") return refuse("GLOBAL_DECL");
    if (node.type === "nonlocal_statement") return refuse("NONLOCAL_WRITE", node.named.map(nameIn(selection)));
    if (isLoopJump(node) && leavesSelection(node, selection)) return refuse("LOOP_JUMP");
    returns ||= node.type === "return_statement";
    yields ||= node.type === "yield";
    awaits ||= node.type === "await" || (isAsync(node) && node.type !== "function_definition");
  }
  const isCoroutine = selection.host.node.hasToken("async");
  if (awaits && !isCoroutine) return refuse("YIELD");
  if (yields && (isCoroutine || selection.host.kind === "module")) return refuse("YIELD");
  if ((awaits || yields) && changesStopIteration(selection)) return refuse("EXC_STATE", ["StopIteration"]);
  if (returns && selection.host.kind === "module") return refuse("BROKEN");
  if (returns && isCoroutine && isGenerator(selection.host.node)) return refuse("YIELD");
  if (returns && completes && !isTail(selection)) return refuse("RETURN_SOME_PATHS");
  return { returns, awaits, yields };
}

function nameIn(selection: Selection): (node: SyntaxNode) => string {
  return (node) => selection.syntax.text.slice(node.start, node.end);
}

function isLoopJump(node: SyntaxNode): boolean {
  return node.type === "break_statement" || node.type === "continue_statement";
}

function isAsync(node: SyntaxNode): boolean {
  return node.hasToken("async");
}

/** A jump in a loop's `else` belongs to the loop around it. */
function leavesSelection(jump: SyntaxNode, selection: Selection): boolean {
  let inner = jump;
  for (const node of jump.ancestors()) {
    const isLoop = node.type === "for_statement" || node.type === "while_statement";
    if (isLoop && inner.type !== "else_clause") return !selection.statements.some((statement) => statement.holds(node));
    inner = node;
  }
  return true;
}

/** Does the function itself yield? */
export function isGenerator(definition: SyntaxNode): boolean {
  const waiting = [...(definition.child("body")?.children ?? [])];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === "yield") return true;
    if (!/^(function_definition|lambda|class_definition)$/.test(node.type)) waiting.push(...node.children);
  }
  return false;
}

/** PEP 479: a coroutine turns StopIteration into RuntimeError, which a handler of the caller would see. */
function changesStopIteration(selection: Selection): boolean {
  const isGuarded = guards(selection).length > 0;
  if (!isGuarded) return false;
  for (const node of nodesIn(selection)) {
    if (node.type === "call" && /^a?next$|^send$|^throw$/.test(calledName(selection.syntax, node))) return true;
    if (node.type === "identifier" && /^Stop(Async)?Iteration$/.test(nameIn(selection)(node))) return true;
  }
  return false;
}

/** The try and with statements of the host around the selection. */
export function guards(selection: Selection): readonly SyntaxNode[] {
  const around = [...selection.first.ancestors()];
  return around
    .slice(0, around.indexOf(selection.host.node))
    .filter((node) => node.type === "try_statement" || node.type === "with_statement");
}

/** Does falling out of the selection mean falling off the end of its function? */
function isTail(selection: Selection): boolean {
  let node = selection.last;
  for (const parent of node.ancestors()) {
    if (parent === selection.host.node) return true;
    if (parent.type === "block" && parent.named.at(-1) !== node) return false;
    if (!tailParents.has(parent.type)) return false;
    if (parent.type === "try_statement" && node.field === "body" && parent.named.some(isElse)) return false;
    node = parent;
  }
  return false;
}

const tailParents = new Set(
  "block if_statement elif_clause else_clause with_statement try_statement except_clause match_statement case_clause".split(
    " ",
  ),
);

function isElse(node: SyntaxNode): boolean {
  return node.type === "else_clause";
}
