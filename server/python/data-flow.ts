import type { Flow } from "./flow.ts";
import type { Step } from "./steps.ts";

/** Sets of names as bits, so that the fixed points below stay cheap. */
export class NameSets {
  private readonly bits = new Map<string, bigint>();

  of(names: Iterable<string>): bigint {
    let set = 0n;
    for (const name of names) set |= this.bit(name);
    return set;
  }

  bit(name: string): bigint {
    const known = this.bits.get(name);
    if (known !== undefined) return known;
    const bit = 1n << BigInt(this.bits.size);
    this.bits.set(name, bit);
    return bit;
  }

  names(set: bigint): Set<string> {
    return new Set([...this.bits].filter(([, bit]) => (set & bit) !== 0n).map(([name]) => name));
  }
}

/**
 * Backward may-analysis: the names whose value at each step may still be read. Outside `within` nothing counts as
 * read, so that the answer for a selection's first step are the names it needs from outside.
 */
export function liveNames(
  flow: Flow,
  sets: NameSets,
  within: (step: Step) => boolean = () => true,
): ReadonlyMap<Step, bigint> {
  const live = new Map<Step, bigint>();
  const before = predecessors(flow);
  const waiting = new Set([...flow.steps].reverse().filter(within));
  for (const step of waiting) {
    waiting.delete(step);
    const bit = step.name === undefined ? 0n : sets.bit(step.name);
    let set = 0n;
    for (const next of step.next) set |= live.get(next) ?? 0n;
    if (step.kind === "bind" || step.kind === "delete" || step.kind === "unbind") set &= ~bit;
    if (step.kind === "read" || step.kind === "delete") set |= bit;
    if (step.handler) set |= live.get(step.handler) ?? 0n;
    if (set === live.get(step)) continue;
    live.set(step, set);
    for (const earlier of before.get(step) ?? []) if (within(earlier)) waiting.add(earlier);
  }
  return live;
}

/**
 * Forward must-analysis (definite assignment): the names surely bound when each step begins, given those bound at the
 * `first` steps. Steps that cannot be reached, or lie outside `within`, are missing.
 */
export function boundNames(
  first: readonly Step[],
  given: bigint,
  sets: NameSets,
  within: (step: Step) => boolean = () => true,
): ReadonlyMap<Step, bigint> {
  const bound = new Map<Step, bigint>();
  const waiting = new Set<Step>();
  const arrive = (step: Step, set: bigint) => {
    const known = bound.get(step);
    const merged = known === undefined ? set : known & set;
    if (merged === known || !within(step)) return;
    bound.set(step, merged);
    waiting.add(step);
  };
  for (const step of first) arrive(step, given);
  for (const step of waiting) {
    waiting.delete(step);
    const set = bound.get(step) ?? 0n;
    if (step.handler) arrive(step.handler, set);
    for (const next of step.next) arrive(next, after(step, set, sets));
  }
  return bound;
}

function after(step: Step, set: bigint, sets: NameSets): bigint {
  if (step.name === undefined) return set;
  if (step.kind === "bind") return set | sets.bit(step.name);
  if (step.kind === "delete" || step.kind === "unbind") return set & ~sets.bit(step.name);
  return set;
}

function predecessors(flow: Flow): ReadonlyMap<Step, readonly Step[]> {
  const before = new Map<Step, Step[]>();
  const link = (from: Step, to: Step) => {
    const known = before.get(to);
    if (known) known.push(from);
    else before.set(to, [from]);
  };
  for (const step of flow.steps) {
    for (const next of step.next) link(step, next);
    if (step.handler) link(step, step.handler);
  }
  return before;
}
