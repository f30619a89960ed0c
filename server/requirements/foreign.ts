import type { RequirementsFile } from "./model.ts";

/** A file with the name of a requirements file that another tool reads. */
export type ForeignFormat = "conda-list" | "conda-environment";

/** Whose format a whole file is in, where it is not pip's. */
export function foreignFormat({ entries, text }: RequirementsFile): ForeignFormat | undefined {
  const spelt = entries.map(({ at }) => text.slice(at.start, at.end));
  const isExport = spelt.length > 1 && spelt.every((line) => /^[\w.-]+=[\w.!+-]+=[\w.]+$/.test(line));
  if (isExport || spelt.includes("@EXPLICIT")) return "conda-list";
  return spelt.includes("dependencies:") ? "conda-environment" : undefined;
}
