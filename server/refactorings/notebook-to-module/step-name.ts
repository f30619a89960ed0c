import { textOf } from "../../python/syntax.ts";
import { freeName, wordsOf } from "../function-name.ts";
import { calledName, ownNodesIn } from "../selection.ts";
import type { StretchExtraction } from "./stretch-extraction.ts";

/** First words of functions that tell what code with such a call is for. */
const verbs = new Set(
  (
    "add aggregate apply build calculate clean compute concat convert count create download drop encode evaluate extract " +
    "fetch fill filter fit generate get group impute join load make merge normalize open parse plot pivot predict prepare " +
    "process read remove rename resample run sample save scale score select sort split summarize tokenize train transform " +
    "update write"
  ).split(" "),
);

/** A function's name out of a heading, or undefined when no words of it can be one. */
export function headingName(heading: string): string | undefined {
  const words = heading
    .replace(/ß/g, "ss")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/\]\([^)]*\)/g, "]")
    .toLowerCase()
    .match(/[a-z][a-z0-9]*/g);
  const telling = (words ?? [])
    .filter((word) => !/^(?:a|an|the|o|os|as|um|uma|step|part|passo|parte)$/.test(word))
    .slice(0, 5);
  return telling.length > 0 ? telling.join("_") : undefined;
}

/** What a stretch does, by its main call, and what it gives: `read_prices`, `fit_model`, `compute_share`. */
export function deedName(extraction: StretchExtraction): string {
  const { selection, results, inputs } = extraction;
  const calls = [...ownNodesIn(selection)].filter((node) => node.type === "call");
  const called = calls.map((node) => wordsOf(calledName(selection.syntax, node))[0] ?? "");
  const verb = called.find((word) => verbs.has(word) && word !== "get");
  const object = results.size > 0 ? [...results].at(-1) : (changedName(extraction) ?? [...inputs][0]);
  const words = wordsOf(object ?? "step").slice(0, 3);
  return [verb ?? (results.size > 0 ? "compute" : "update"), ...words].join("_");
}

/** A free name that is no word of the notebook yet, and will be none of a test runner's. */
export function freeStepName(wanted: string, taken: ReadonlySet<string>): string {
  const base = /^test/.test(wanted) ? `run_${wanted}` : wanted;
  return freeName(base, taken);
}

/** The variable whose item or attribute the code assigns. */
function changedName({ selection, inputs }: StretchExtraction): string | undefined {
  for (const node of ownNodesIn(selection)) {
    const target = /^(?:augmented_)?assignment$/.test(node.type) ? node.child("left") : undefined;
    const name = target && /^\w+/.exec(textOf(selection.syntax, target))?.[0];
    if (name !== undefined && inputs.has(name)) return name;
  }
  return undefined;
}
