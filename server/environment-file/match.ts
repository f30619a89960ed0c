import { parseSpecifiers, satisfies } from "../requirements/specifier.ts";

/**
 * Whether a version is one that a conda package specification (MatchSpec, without its name) allows; undefined for
 * spellings that are rarer than these: `=1.26` (also its patches), `1.26.*`, `==1.26.4`, `=1.26.4=build`, and
 * comparisons joined with commas.
 */
export function condaAllows(specification: string, version: string): boolean | undefined {
  const spec = specification.trim();
  if (spec === "" || spec === "*") return true;
  const built = /^={0,2}\s*([\w.]+)\s*[=\s]\s*[\w.*]+$/.exec(spec)?.[1];
  if (built !== undefined) return isSame(version, built);
  const exact = /^==\s*([\w.]+)$/.exec(spec)?.[1];
  if (exact !== undefined) return isSame(version, exact);
  const start = /^=?\s*(\d[\w.]*?)(?:\.?\*)?$/.exec(spec)?.[1];
  if (start !== undefined) return isSame(version, start) || version.startsWith(`${start}.`);
  return parseSpecifiers(spec) === undefined ? undefined : satisfies(version, spec);
}

/** `1.0` and `1.0.0` are one version to conda, too. */
function isSame(one: string, other: string): boolean {
  return one === other || satisfies(one, `==${other}`);
}
