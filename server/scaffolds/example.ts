import type { Feature } from "./features.ts";
import { callText, literal } from "./python-text.ts";

/** A row as it is sent. */
export function exampleJson(features: readonly Feature[]): string {
  const values = features.map(({ column, example, kind }) => {
    const json = kind === "boolean" ? example.toLowerCase() : example;
    return `${JSON.stringify(column)}: ${json}`;
  });
  return `{${values.join(", ")}}`.replaceAll("'", "\\u0027");
}

/** The same as a constant of Python. */
export function exampleConstant(features: readonly Feature[]): string {
  return callText(
    "ROW = {",
    features.map(({ column, example }) => `${literal(column)}: ${example}`),
    "}",
  );
}
