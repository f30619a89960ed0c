import type { Entry, RequirementsFile } from "./model.ts";
import { readRequirements } from "./reader.ts";

/** A file that a requirements file brings in, itself or through others. */
export interface IncludedFile {
  readonly file: RequirementsFile;
  /** The `-r` or `-c` line of the first file. */
  readonly via: Entry;
  /** `-c` stands somewhere on the way: its versions bind only what others ask for. */
  readonly isConstraint: boolean;
}

/** All files that `-r` and `-c` bring in, each once, in pip's order; cycles end, and what is not there is left out. */
export function includedFiles(file: RequirementsFile, textAt: (path: string) => string | undefined): IncludedFile[] {
  const seen = new Set([file.path]);
  const found: IncludedFile[] = [];
  const visit = (from: RequirementsFile, via: Entry | undefined, inConstraint: boolean) => {
    for (const entry of from.entries) {
      const path = includedPath(from.path, entry);
      if (path === undefined || seen.has(path)) continue;
      seen.add(path);
      const text = textAt(path);
      if (text === undefined) continue;
      const included = readRequirements(path, text);
      const isConstraint = inConstraint || entry.kind === "constraint";
      found.push({ file: included, via: via ?? entry, isConstraint });
      visit(included, via ?? entry, isConstraint);
    }
  };
  visit(file, undefined, false);
  return found;
}

/** Relative to the file that names it, as pip has it; undefined for URLs, variables and what lies outside of the project. */
function includedPath(from: string, { kind, path }: Entry): string | undefined {
  if ((kind !== "include" && kind !== "constraint") || path === undefined) return undefined;
  if (/^(?:[a-z][a-z0-9+.-]*:|[/~\\])|\$\{/i.test(path)) return undefined;
  const parts = from.split("/").slice(0, -1);
  for (const part of path.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}
