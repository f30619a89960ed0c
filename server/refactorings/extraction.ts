import { mayManagerSwallow } from "../python/context-managers.ts";
import { boundNames, liveNames, NameSets } from "../python/data-flow.ts";
import { type Flow, flowOf } from "../python/flow.ts";
import type { Scope } from "../python/scopes.ts";
import type { Step } from "../python/steps.ts";
import type { SyntaxNode } from "../python/syntax.ts";
import { closureRefusal, outerRebinding } from "./closures.ts";
import { frameRefusal } from "./frames.ts";
import { type Jumps, jumpsOf } from "./jumps.ts";
import { moduleStateRefusal } from "./module-state.ts";
import { type Refusal, refuse } from "./refusals.ts";
import { intersection, isInside, type Selection } from "./selection.ts";

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

/** The data-flow of the host seen from the selection. */
class SelectionFlow {
  readonly completes: boolean;
  private readonly sets = new NameSets();
  private readonly flow: Flow;
  private readonly selection: Selection;
  private readonly within: (step: Step) => boolean;
  private readonly starts: readonly Step[];
  private readonly ends: readonly Step[];
  private readonly atStart: bigint;

  constructor(selection: Selection) {
    const { syntax, scopes, host, first, last } = selection;
    this.selection = selection;
    this.flow = flowOf(host.node, syntax, scopes, mayManagerSwallow(syntax, scopes));
    const isOwn = (step: Step) => isInside(step.node, selection);
    const reached = boundNames([this.flow.first], 0n, this.sets);
    const steps = this.flow.steps;
    this.starts = steps.filter((step) => step.kind === "start" && step.node === first);
    const known = this.starts.flatMap((step) => reached.get(step) ?? []);
    this.atStart = known.length > 0 ? known.reduce((all, set) => all & set) : 0n;
    const inner = boundNames(this.starts, 0n, this.sets, isOwn);
    this.ends = steps.filter((step) => step.kind === "end" && step.node === last && inner.has(step));
    this.completes = this.ends.length > 0;
    this.within = (step) => inner.has(step);
  }

  isBoundAtStart(name: string): boolean {
    return (this.atStart & this.sets.bit(name)) !== 0n;
  }

  /** Names that the selection binds or deletes in the host's scope. */
  boundInside(): ReadonlySet<string> {
    const { host } = this.selection;
    const inside = [...host.bindings].filter(([, nodes]) => nodes.some((node) => isInside(node, this.selection)));
    return new Set(inside.map(([name]) => name));
  }

  readsOf(name: string): readonly SyntaxNode[] {
    return this.flow.steps
      .filter((step) => step.name === name && (step.kind === "read" || step.kind === "delete"))
      .map((step) => step.node);
  }

  /** Names read before they are bound inside; code that is never reached keeps its names' meaning as well. */
  exposed(): ReadonlySet<string> {
    const live = liveNames(this.flow, this.sets, this.within);
    const exposed = new Set(this.union(this.starts.map((step) => live.get(step) ?? 0n)));
    const own = this.boundInside();
    for (const { kind, name, node } of this.flow.steps) {
      if (name === undefined || kind !== "read" || !isInside(node, this.selection)) continue;
      if (!own.has(name) && this.isBoundAtStart(name)) exposed.add(name);
    }
    return exposed;
  }

  readAfterwards(): ReadonlySet<string> {
    const live = liveNames(this.flow, this.sets);
    return this.union(this.ends.flatMap((step) => step.next.map((next) => live.get(next) ?? 0n)));
  }

  /** Names read where an exception or a return that leaves the selection arrives. */
  readElsewhere(): ReadonlySet<string> {
    const live = liveNames(this.flow, this.sets);
    const targets = this.flow.steps
      .filter(this.within)
      .flatMap((step) => [...(this.ends.includes(step) ? [] : step.next), ...(step.handler ? [step.handler] : [])])
      .filter((target) => !this.within(target));
    return this.union(targets.map((target) => live.get(target) ?? 0n));
  }

  /** Names that a `del` of the selection may take from outside. */
  deletedFromOutside(): ReadonlySet<string> {
    const own = boundNames(this.starts, 0n, this.sets, this.within);
    const taken = new Set<string>();
    for (const step of this.flow.steps) {
      if (step.kind !== "delete" || !this.within(step) || step.name === undefined) continue;
      if (((own.get(step) ?? 0n) & this.sets.bit(step.name)) === 0n) taken.add(step.name);
    }
    return taken;
  }

  unboundAtEnd(names: Iterable<string>, given: Iterable<string>): ReadonlySet<string> {
    const own = boundNames(this.starts, this.sets.of(given), this.sets, this.within);
    const known = this.ends.flatMap((step) => own.get(step) ?? []);
    const atEnd = known.length > 0 ? known.reduce((all, set) => all & set) : -1n;
    return new Set([...names].filter((name) => (atEnd & this.sets.bit(name)) === 0n));
  }

  private union(sets: readonly bigint[]): ReadonlySet<string> {
    return this.sets.names(sets.reduce((all, set) => all | set, 0n));
  }
}
