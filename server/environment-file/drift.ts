import type { Edit } from "../core/edit.ts";
import { normalizedName, type Project, type PythonEnvironment } from "../project/project.ts";
import { type Drift, driftIn, ownEnvironment } from "../requirements/drift.ts";
import { readRequirements } from "../requirements/reader.ts";
import { condaAllows } from "./match.ts";
import type { CondaPackage, EnvironmentFile } from "./model.ts";

/**
 * The entries of an environment file that are missing in the conda environment which it describes, or there in another
 * version. A file with the name of another environment, and one of which nothing is installed, describes another one.
 */
export function driftInEnvironmentFile(file: EnvironmentFile, project: Project): readonly Drift[] {
  const environment = ownEnvironment(project);
  const packages = environment?.kind === "conda" ? environment.packages?.() : undefined;
  if (!environment || !packages || !file.isEnvironment || !describes(file, environment, project)) return [];
  if (!file.packages.some(({ name }) => packages.has(name.toLowerCase()))) return [];
  return [...file.packages.flatMap((each) => driftOf(each, packages, file)), ...pipDrift(file, project)];
}

function describes({ text }: EnvironmentFile, { name, prefix }: PythonEnvironment, { root }: Project): boolean {
  const told = /^name:\s*["']?([^\s"'#]+)/m.exec(text)?.[1];
  return told === undefined || told === name || prefix.startsWith(root);
}

function driftOf(
  { at, name, text }: CondaPackage,
  packages: ReadonlyMap<string, string>,
  file: EnvironmentFile,
): readonly Drift[] {
  const installed = packages.get(name.toLowerCase());
  if (installed === undefined) return [{ name, at, installed, edit: lineOf(at, file) }];
  const before = text.slice(0, text.indexOf(name) + name.length);
  if (condaAllows(text.slice(before.length), installed) !== false) return [];
  // Escapes in a quoted string would shift the places.
  const isPlain = at.end - at.start === text.length;
  return [{ name, at, installed, edit: isPlain ? { at, text: `${before}=${installed}` } : undefined }];
}

/** The `pip:` list is read entry by entry, as each stands at a place of its own. */
function pipDrift(file: EnvironmentFile, project: Project): readonly Drift[] {
  return (file.pip?.requirements ?? []).flatMap(({ at, text }) => {
    using line = readRequirements("requirements.txt", text);
    return driftIn(line, { ...project, missingIsTold: false }).map(({ name, installed, edit }) => {
      const isPlain = at.end - at.start === text.length;
      const moved = edit && { at: { start: at.start + edit.at.start, end: at.start + edit.at.end }, text: edit.text };
      const kept = installed === undefined ? lineOf(at, file) : isPlain ? moved : undefined;
      return { name: normalizedName(name), at, installed, edit: kept };
    });
  });
}

/** The line of an entry, where it stands alone on one. */
function lineOf(
  { start, end }: { readonly start: number; readonly end: number },
  file: EnvironmentFile,
): Edit | undefined {
  const { text } = file;
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const newline = text.indexOf("\n", end);
  const lineEnd = newline < 0 ? text.length : newline + 1;
  const isAlone =
    /^\s*-\s+["']?$/.test(text.slice(lineStart, start)) && /^["']?\s*(?:#.*)?$/.test(text.slice(end, lineEnd));
  return isAlone ? { at: { start: lineStart, end: lineEnd }, text: "" } : undefined;
}
