import { namesOf } from "../python/reads.ts";
import type { Scope } from "../python/scope.ts";
import { type SyntaxNode, textOf } from "../python/syntax.ts";
import { closureRefusal, outerRebinding } from "./closures.ts";
import { frameRefusal } from "./frames.ts";
import { type Jumps, jumpsOf } from "./jumps.ts";
import { moduleStateRefusal } from "./module-state.ts";
import { type Refusal, refuse } from "./refusals.ts";
import { intersection, type Selection } from "./selection.ts";
import { SelectionFlow } from "./selection-flow.ts";

/**
 * What one selection takes and gives when it becomes a function: the vocabulary of Extract Function. The selection
 * alone is known to be movable; who moves it decides about results that are bound on some paths only.
 */
export interface Extraction extends Jumps {
  readonly selection: Selection;
  /** Variables of the host that the selection binds or deletes. */
  readonly assigned: ReadonlySet<string>;
  /** Names read before the selection binds them that are variables of the host or of a function around it. */
  readonly inputs: ReadonlySet<string>;
  /** Assigned names whose value is read afterwards; none when the selection returns or never completes. */
  readonly results: ReadonlySet<string>;
  /** Variables of the module that the selection binds through the host's `global`. */
  readonly globals: ReadonlySet<string>;
  /** Its normal end can be reached. */
  readonly completes: boolean;
  /** The names of `results` that are not surely bound at the end, when `given` came in. */
  unboundAtEnd(results: Iterable<string>, given: Iterable<string>): ReadonlySet<string>;
  /** Is the name surely bound where the selection starts? */
  isBoundAtStart(name: string): boolean;
  /** Where the host, or a scope in it, reads or deletes a name. */
  readsOf(name: string): readonly SyntaxNode[];
}

export function extractionOf(selection: Selection): Extraction | Refusal {
  return selection.expression ? expressionExtraction(selection, selection.expression) : statementExtraction(selection);
}

function statementExtraction(selection: Selection): Extraction | Refusal {
  const flow = new SelectionFlow(selection);
  const jumps = jumpsOf(selection, flow.completes);
  if ("code" in jumps) return jumps;
  const { host } = selection;
  const bound = flow.boundInside();
  const globals = new Set([...bound].filter((name) => host.globals.has(name)));
  const assigned = new Set([...bound].filter((name) => host.isLocal(name)));
  const foreign = [...bound].filter((name) => host.nonlocals.has(name));
  if (foreign.length > 0) return refuse("NONLOCAL_WRITE", foreign);
  const outside = flow.deletedFromOutside();
  if (outside.size > 0) return refuse("DEL_OUTER", outside);
  const inputs = new Set([...flow.exposed()].filter((name) => isVariable(name, selection, assigned)));
  const unbound = [...inputs].filter((name) => !flow.isBoundAtStart(name) && host.isLocal(name));
  if (unbound.length > 0) return refuse("MAYBE_UNBOUND_IN", unbound);
  const afterwards = intersection(assigned, flow.readAfterwards());
  const results = flow.completes && !jumps.returns ? resultsOf(host, assigned, afterwards) : new Set<string>();
  const exceptional = intersection(assigned, flow.readElsewhere());
  if (exceptional.size > 0) return refuse("EXC_STATE", exceptional);
  if (jumps.returns && afterwards.size > 0) return refuse("EXC_STATE", afterwards);
  const extraction = {
    ...jumps,
    selection,
    assigned,
    inputs,
    results,
    globals,
    completes: flow.completes,
    unboundAtEnd: (names: Iterable<string>, given: Iterable<string>) => flow.unboundAtEnd(names, given),
    isBoundAtStart: (name: string) => flow.isBoundAtStart(name),
    readsOf: (name: string) => flow.readsOf(name),
  };
  return refusalOf(extraction) ?? extraction;
}

/** An expression binds nothing that is read elsewhere; what it reads must be bound when its evaluation begins. */
function expressionExtraction(selection: Selection, expression: SyntaxNode): Extraction | Refusal {
  const jumps = jumpsOf(selection, true);
  if ("code" in jumps) return jumps;
  const { host, inner, syntax, scopes } = selection;
  if (jumps.yields) return refuse("YIELD");
  const { read, bound } = namesOf(expression, syntax, scopes);
  if (bound.size > 0) return refuse("EXPR_WRITE", bound);
  // The compiler gives `__class__` to functions that mention `super` (language reference 3.3.3.6).
  if (textOf(syntax, expression) === "super") return refuse("CLASS_BOUND", ["super"]);
  const [scope = host] = inner;
  const inputs = new Set([...read].filter((name) => scope.ownerOf(name) !== scopes.module));
  const bare = [...inputs].filter((name) => scope.ownerOf(name) === host);
  const flow = new SelectionFlow(selection);
  const unbound = bare.filter((name) => !flow.isBoundAtStart(name));
  if (unbound.length > 0) return refuse("MAYBE_UNBOUND_IN", unbound);
  const none: ReadonlySet<string> = new Set();
  const extraction = {
    ...jumps,
    selection,
    assigned: none,
    inputs,
    results: none,
    globals: none,
    completes: true,
    unboundAtEnd: () => none,
    isBoundAtStart: (name: string) => flow.isBoundAtStart(name),
    readsOf: () => [],
  };
  return refusalOf(extraction) ?? extraction;
}

function refusalOf(extraction: Extraction): Refusal | undefined {
  return (
    outerRebinding(extraction) ??
    closureRefusal(extraction) ??
    frameRefusal(extraction) ??
    moduleStateRefusal(extraction)
  );
}

function isVariable(name: string, selection: Selection, assigned: ReadonlySet<string>): boolean {
  if (selection.host.kind === "module") return assigned.has(name);
  return selection.host.ownerOf(name) !== selection.scopes.module;
}

/** At module level whoever imports the module may read every name. */
function resultsOf(host: Scope, assigned: ReadonlySet<string>, read: ReadonlySet<string>): ReadonlySet<string> {
  return host.kind === "module" ? assigned : read;
}
