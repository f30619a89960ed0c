import type { Dependencies } from "../project/dependencies.ts";
import { normalizedName } from "../project/project.ts";
import { isFixed } from "./fixed.ts";
import type { Entry, RequirementsFile } from "./model.ts";

/** So many requirements make a list that nobody wrote by hand. */
const fewest = 8;

/**
 * Whether a requirements file looks like what `pip freeze` printed: many requirements, all fixed, in order, without a
 * comment or an option, and at most a third of them imported by the project. The files that are meant to be so are not:
 * locks, constraints, and what is made from an `.in` file or from `[project]`.
 */
export function isFrozen(file: RequirementsFile, dependencies: Dependencies): boolean {
  const { entries } = file;
  if (entries.length < fewest || !dependencies.hasCode || isMeant(file, dependencies)) return false;
  if (!entries.every((entry) => isPlain(entry, file)) || !isInOrder(entries)) return false;
  const imported = entries.filter((entry) => dependencies.useOf(entry.name ?? "") === "imported");
  return imported.length * 3 <= entries.length;
}

function isMeant({ path, text }: RequirementsFile, { declaring }: Dependencies): boolean {
  if (!/\.txt$/i.test(path) || /lock|constraint|freeze|frozen/i.test(path) || /^\s*#/m.test(text)) return true;
  const source = path.replace(/\.txt$/i, ".in");
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  return declaring.some(
    (other) =>
      other.path === source ||
      (other.path === `${folder}pyproject.toml` && other.declared.some(({ role }) => role === "runtime")),
  );
}

function isPlain(entry: Entry, file: RequirementsFile): boolean {
  if (entry.kind === "editable") return true;
  const isLine = entry.kind === "requirement" && entry.name !== undefined && entry.comment === undefined;
  return isLine && entry.options.length === 0 && entry.marker === undefined && isPinned(entry, file);
}

function isPinned(entry: Entry, { text }: RequirementsFile): boolean {
  return isFixed(entry) && (entry.url !== undefined || text.slice(entry.at.start, entry.at.end).includes("=="));
}

/** pip sorts by the lower-case name; `conda list` and older ones by the name. Editables stand where they want. */
function isInOrder(entries: readonly Entry[]): boolean {
  const names = entries.filter(({ kind }) => kind === "requirement").map(({ name }) => name ?? "");
  return [(name: string) => name.toLowerCase(), normalizedName].some((key) =>
    names.every((name, index) => index === 0 || key(names[index - 1] ?? "") <= key(name)),
  );
}
