import type { Span } from "../core/text.ts";
import { textOf } from "../python/syntax.ts";
import type { Extraction } from "./extraction.ts";
import { type MethodPlace, methodPlaceOf } from "./method-place.ts";
import { isRefusal, type Refusal, refuse } from "./refusals.ts";
import { isInside, type Selection } from "./selection.ts";

/** The parameters and results of a new function, in the order of their first use; the receiver is none of them. */
export interface Signature {
  readonly parameters: readonly string[];
  readonly results: readonly string[];
  readonly method: MethodPlace | undefined;
}

/** An extraction, perhaps told with another copy's names; `own` gives back the names in its own text. */
type ToldExtraction = Extraction & { readonly own?: (name: string) => string };

/**
 * What the new function takes and returns so that it serves every one of these selections of the same code; refuses
 * names that some path leaves unbound.
 */
export function signatureOf(extractions: readonly ToldExtraction[]): Signature | Refusal {
  const [first] = extractions;
  if (!first) return refuse("CLONE_OVERLAP");
  const results = new Set(extractions.flatMap((extraction) => [...extraction.results]));
  const partly = first.unboundAtEnd(results, first.inputs);
  for (const { isBoundAtStart } of extractions) {
    const unbound = [...partly].filter((name) => !isBoundAtStart(name));
    if (unbound.length > 0) return refuse("MAYBE_UNBOUND_OUT", unbound);
  }
  const inputs = new Set([...first.inputs, ...partly]);
  const lost = first.unboundAtEnd(results, inputs);
  if (lost.size > 0) return refuse("MAYBE_UNBOUND_OUT", lost);
  const undeclared = extractions.flatMap((extraction) => namesLosingTheirScope(extraction, results, extractions));
  if (undeclared.length > 0) return refuse("MAYBE_UNBOUND_OUT", undeclared);
  const method = methodPlaceOf(extractions);
  if (isRefusal(method)) return method;
  const inOrder = orderedByUse(first.selection);
  const isReceiver = (name: string) => name === "self" || name === "cls";
  const ordered = inOrder(inputs).filter((name) => name !== method?.receiver);
  const parameters = [...ordered.filter(isReceiver), ...ordered.filter((name) => !isReceiver(name))];
  return { parameters, results: inOrder(results), method };
}

/** Variables of the host that it goes on to mention, though every place that made them its own moves away. */
function namesLosingTheirScope(
  { selection, assigned, readsOf, own = (name) => name }: ToldExtraction,
  results: ReadonlySet<string>,
  extractions: readonly Extraction[],
): readonly string[] {
  const { host } = selection;
  const stays = (node: Span) => !extractions.some((other) => isInside(node, other.selection));
  return [...assigned].filter(
    (name) =>
      host.kind !== "module" &&
      !results.has(name) &&
      !host.parameters.has(own(name)) &&
      !host.bindings.get(own(name))?.some(stays) &&
      readsOf(name).some(stays),
  );
}

/** Sorts names by where they first occur in the selection. */
function orderedByUse({ syntax, statements }: Selection): (names: Iterable<string>) => string[] {
  const order = new Map<string, number>();
  for (const node of statements.flatMap((statement) => [...statement.descendants()])) {
    const name = node.type === "identifier" ? textOf(syntax, node).normalize("NFKC") : undefined;
    const isOther = node.field === "attribute" || (node.field === "name" && node.parent?.type === "keyword_argument");
    if (name !== undefined && !isOther && !order.has(name)) order.set(name, node.start);
  }
  return (names) => [...names].sort((left, right) => (order.get(left) ?? 0) - (order.get(right) ?? 0));
}
