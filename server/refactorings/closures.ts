import { mayManagerSwallow } from "../python/context-managers.ts";
import { boundNames, NameSets } from "../python/data-flow.ts";
import { flowOf } from "../python/flow.ts";
import type { Scope } from "../python/scope.ts";
import type { SyntaxNode } from "../python/syntax.ts";
import type { Extraction } from "./extraction.ts";
import { type Refusal, refuse } from "./refusals.ts";
import { calledName, intersection, isInside, type Selection } from "./selection.ts";

/**
 * Refuses when somebody could tell a variable of the host from a variable of the new function: inner functions that
 * the selection makes (late binding must stay late), and those that run while it runs.
 */
export function closureRefusal(extraction: Extraction): Refusal | undefined {
  const { selection, assigned, inputs, results } = extraction;
  const { host } = selection;
  const shared = new Set([...assigned, ...inputs]);
  const turning = capturedTurn(selection);
  if (turning.size > 0) return refuse("CLOSURE_CAPTURE", turning);
  for (const scope of deferredScopes(host, selection)) {
    const captured = intersection(scope.freeNames(), variablesOf(scope, selection));
    if (isInside(scope.node, selection)) {
      const late = [...captured].filter((name) => host.isLocal(name) && isReboundAround(name, selection));
      if (late.length > 0) return refuse("CLOSURE_CAPTURE", late);
      const written = intersection(scope.rebinds(), new Set([...inputs, ...results]));
      if (written.size > 0) return refuse("CLOSURE_STATE", written);
      continue;
    }
    const written = intersection(scope.rebinds(), shared);
    if (written.size > 0) return refuse("CLOSURE_STATE", written);
    const isEarlier = scope.node.start < selection.start || selection.loops.some((loop) => loop.holds(scope.node));
    const seen = intersection(captured, assigned);
    if (isEarlier && seen.size > 0) return refuse("CLOSURE_STATE", seen);
  }
  return undefined;
}

/** Variables of a comprehension around an expression that something in it captures: each turn binds them anew. */
function capturedTurn(selection: Selection): ReadonlySet<string> {
  const [innermost] = selection.inner;
  const turning = new Set(
    selection.inner.flatMap((scope) => (scope.kind === "comprehension" ? [...scope.bindings.keys()] : [])),
  );
  if (!innermost || turning.size === 0) return new Set();
  const inside = [...deferredScopes(innermost, selection)].filter((scope) => isInside(scope.node, selection));
  return intersection(new Set(inside.flatMap((scope) => [...scope.freeNames()])), turning);
}

/** The outermost scopes in the host that run later than they are made. */
export function* deferredScopes(host: Scope, selection: Selection): Generator<Scope> {
  for (const child of host.children) {
    if (child.kind === "comprehension" && !isDeferred(child.node, selection)) yield* deferredScopes(child, selection);
    else yield child;
  }
}

const consumers = new Set("sum any all list tuple set frozenset sorted max min dict join".split(" "));

/** A generator expression that is not consumed at once by a builtin, or by `str.join`. */
function isDeferred(node: SyntaxNode, { syntax, scopes, host }: Selection): boolean {
  if (node.type !== "generator_expression") return false;
  const list = node.parent;
  const call = list?.type === "argument_list" ? list.parent : list;
  if (call?.type !== "call" || call.child("function") === node) return true;
  if (list?.type === "argument_list" && list.named[0] !== node) return true;
  const name = calledName(syntax, call);
  const isMethod = call.child("function")?.type === "attribute";
  const isOther = host.ownerOf(name) !== scopes.module || scopes.module.bindings.has(name);
  return isMethod !== (name === "join") || !consumers.has(name) || (isOther && !isMethod);
}

function variablesOf(scope: Scope, { host, scopes }: Selection): ReadonlySet<string> {
  return new Set([...scope.freeNames()].filter((name) => host.ownerOf(name) !== scopes.module));
}

/** Is the name bound behind the selection, or anywhere in a loop around it? */
export function isReboundAround(name: string, selection: Selection): boolean {
  return (selection.host.bindings.get(name) ?? []).some(
    (node) =>
      (node.start > selection.start && !isInside(node, selection)) || selection.loops.some((loop) => loop.holds(node)),
  );
}

/** Inputs from a function around the host must not change once the host exists, and must be bound by then. */
export function outerRebinding(extraction: Extraction): Refusal | undefined {
  const { selection, inputs } = extraction;
  const { host, inner, syntax, scopes } = selection;
  if (host.kind === "module") return undefined;
  for (const name of inputs) {
    if (host.isLocal(name) || inner.some((scope) => scope.isLocal(name))) continue;
    const owner = host.ownerOf(name);
    const definition = statementIn(owner, host.node);
    if (owner.kind !== "function" || !definition) return refuse("CLOSURE_STATE", [name]);
    const loops = [...definition.ancestors()].filter((node) => /^(for|while)_statement$/.test(node.type));
    const isRebound = (owner.bindings.get(name) ?? []).some(
      (node) => node.start > definition.start || loops.some((loop) => owner.node.holds(loop) && loop.holds(node)),
    );
    const isShared = [...owner.all()].some((scope) => scope.nonlocals.has(name));
    if (isRebound || isShared) return refuse("CLOSURE_STATE", [name]);
    const sets = new NameSets();
    const flow = flowOf(owner.node, syntax, scopes, mayManagerSwallow(syntax, scopes));
    const bound = boundNames([flow.first], 0n, sets);
    const starts = flow.steps.filter((step) => step.kind === "start" && step.node === definition);
    if (starts.some((step) => ((bound.get(step) ?? -1n) & sets.bit(name)) === 0n)) {
      return refuse("MAYBE_UNBOUND_IN", [name]);
    }
  }
  return undefined;
}

/** The statement of the owner's own code that holds a nested definition. */
function statementIn(owner: Scope, inner: SyntaxNode): SyntaxNode | undefined {
  let statement: SyntaxNode | undefined;
  for (const node of [inner, ...inner.ancestors()]) {
    if (node === owner.node) return statement;
    if (/^(function|class)_definition$/.test(node.type)) {
      statement = node.parent?.type === "decorated_definition" ? node.parent : node;
    }
  }
  return undefined;
}
