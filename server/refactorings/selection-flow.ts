import { mayManagerSwallow } from "../python/context-managers.ts";
import { boundNames, liveNames, NameSets } from "../python/data-flow.ts";
import { type Flow, flowOf } from "../python/flow.ts";
import type { Step } from "../python/steps.ts";
import type { SyntaxNode } from "../python/syntax.ts";
import { isInside, type Selection } from "./selection.ts";

/** The data-flow of the host seen from the selection. */
export class SelectionFlow {
  readonly completes: boolean;
  private readonly sets = new NameSets();
  private readonly flow: Flow;
  private readonly selection: Selection;
  private readonly within: (step: Step) => boolean;
  private readonly starts: readonly Step[];
  private readonly ends: readonly Step[];
  private readonly atStart: bigint;
  private liveEverywhere: ReadonlyMap<Step, bigint> | undefined;

  constructor(selection: Selection) {
    const { syntax, scopes, host, first, last, expression } = selection;
    this.selection = selection;
    this.flow = flowOf(host.node, syntax, scopes, mayManagerSwallow(syntax, scopes));
    const isOwn = (step: Step) => isInside(step.node, selection);
    const reached = boundNames([this.flow.first], 0n, this.sets);
    const steps = this.flow.steps;
    this.starts = expression
      ? this.stepsOf(expression)
      : steps.filter((step) => step.kind === "start" && step.node === first);
    const known = this.starts.flatMap((step) => reached.get(step) ?? []);
    this.atStart = known.length > 0 ? known.reduce((all, set) => all & set) : 0n;
    const inner = boundNames(this.starts, 0n, this.sets, isOwn);
    this.ends = steps.filter((step) => step.kind === "end" && step.node === last && inner.has(step));
    this.completes = this.ends.length > 0;
    this.within = (step) => inner.has(step);
  }

  /**
   * What happens while an expression is evaluated; where that is in a comprehension or lambda, the making of the
   * outermost one.
   */
  private stepsOf(expression: SyntaxNode): readonly Step[] {
    const outermost = this.selection.inner.at(-1)?.node;
    const node = outermost ?? expression;
    const holds = outermost ? (step: Step) => step.node === node : (step: Step) => node.holds(step.node);
    return this.flow.steps.filter((step) => step.name !== undefined && holds(step));
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
    const live = this.live();
    return this.union(this.ends.flatMap((step) => step.next.map((next) => live.get(next) ?? 0n)));
  }

  /** Names read where an exception or a return that leaves the selection arrives. */
  readElsewhere(): ReadonlySet<string> {
    const live = this.live();
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

  private live(): ReadonlyMap<Step, bigint> {
    this.liveEverywhere ??= liveNames(this.flow, this.sets);
    return this.liveEverywhere;
  }

  private union(sets: readonly bigint[]): ReadonlySet<string> {
    return this.sets.names(sets.reduce((all, set) => all | set, 0n));
  }
}
