import type { Entry, RequirementsFile } from "./model.ts";

/** A file with the name of a requirements file that another tool reads. */
export type ForeignFormat = "conda-list" | "conda-environment";

/** Whose format a whole file is in, where it is not pip's. */
export function foreignFormat({ entries, text }: RequirementsFile): ForeignFormat | undefined {
  const spelt = (entry: Entry) => text.slice(entry.at.start, entry.at.end);
  const has = (line: string) => text.includes(line) && entries.some((entry) => spelt(entry) === line);
  const isExport = entries.length > 1 && entries.every((entry) => /^[\w.-]+=[\w.!+-]+=[\w.]+$/.test(spelt(entry)));
  if (isExport || has("@EXPLICIT")) return "conda-list";
  return has("dependencies:") ? "conda-environment" : undefined;
}
