import type { Extraction } from "./extraction.ts";
import type { Unification } from "./unification.ts";

/** An extraction told with the names of the first copy. */
export interface RenamedExtraction extends Extraction {
  /** The name that a variable of the first copy has in this one. */
  own(name: string): string;
}

/** The copies' extractions in the words of the first, so that they can be compared and joined. */
export function renamed(extractions: readonly Extraction[], { variables }: Unification): readonly RenamedExtraction[] {
  return extractions.map((extraction, index) => {
    const own = (name: string) => variables.find(([first]) => first === name)?.[index] ?? name;
    const firsts = (name: string) =>
      variables.flatMap((names) => (names[index] === name && names[0] !== undefined ? [names[0]] : []));
    const told = (names: Iterable<string>) =>
      new Set([...names].flatMap((name) => (firsts(name).length > 0 ? firsts(name) : [name])));
    return {
      ...extraction,
      own,
      assigned: told(extraction.assigned),
      inputs: new Set([...extraction.inputs].flatMap(firsts)),
      results: told(extraction.results),
      unboundAtEnd: (names, given) => told(extraction.unboundAtEnd([...names].map(own), [...given].map(own))),
      isBoundAtStart: (name) => extraction.isBoundAtStart(own(name)),
      readsOf: (name) => extraction.readsOf(own(name)),
    };
  });
}
