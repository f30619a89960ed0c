import type { SyntaxNode } from "./syntax.ts";

/** Something that an expression may yield, known by the place that makes it: two names for it are one value. */
export class Value {
  /** The expression, parameter or target that makes it. */
  readonly node: SyntaxNode;
  /** What it was computed from, directly. */
  readonly from = new Set<Value>();
  /** The call whose result it is. */
  call: Call | undefined;
  /** Its elements, where a literal lists them all. */
  elements: readonly (readonly Value[])[] | undefined;
  /** The part that unpacking took, of a value, from 0. */
  readonly piece: { readonly of: Value; readonly index: number } | undefined;

  constructor(node: SyntaxNode, from: Iterable<Value> = [], piece?: Value["piece"]) {
    this.node = node;
    this.piece = piece;
    for (const each of from) if (each !== this) this.from.add(each);
  }
}

export interface Argument {
  readonly node: SyntaxNode;
  readonly values: readonly Value[];
}

/** One call, with everything that any way to it may hand over. */
export interface Call {
  readonly node: SyntaxNode;
  /** What is called, by the imports: `sklearn.preprocessing.StandardScaler`; undefined for a method of a value. */
  readonly callee: string | undefined;
  /** The attribute's name, for a method of a value. */
  readonly method: string | undefined;
  readonly receiver: readonly Value[];
  readonly positional: readonly Argument[];
  readonly keywords: ReadonlyMap<string, Argument>;
  /** Whether arguments come that cannot be seen: `*args`, `**options`. */
  readonly hasSplat: boolean;
  readonly value: Value;
  /** The function or module whose code it is. */
  readonly owner: SyntaxNode;
}

/** Does `from` flow into any of these values: is one of them it, or computed from it by however many steps? */
export function flowsInto(from: Value, values: Iterable<Value>): boolean {
  return sourcesOf(values).has(from);
}

/** The values with everything that they were computed from. */
export function sourcesOf(values: Iterable<Value>): ReadonlySet<Value> {
  const found = new Set(values);
  for (const value of found) for (const each of value.from) found.add(each);
  return found;
}

/** What all arguments of a call hand over. */
export function argumentsOf(call: Call): readonly Argument[] {
  return [...call.positional, ...call.keywords.values()];
}

/** What may come either way. */
export function merged(before: readonly Value[] | undefined, now: readonly Value[]): readonly Value[] {
  return before ? [...new Set([...before, ...now])] : now;
}

/** What either way may hand over. */
export function mergedArgument(before: Argument | undefined, now: Argument): Argument {
  return before ? { node: now.node, values: merged(before.values, now.values) } : now;
}
