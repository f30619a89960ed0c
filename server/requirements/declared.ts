import { type Declarations, type Role, roleOf } from "../project/declaration.ts";
import type { Dependencies } from "../project/dependencies.ts";
import { isDevelopmentTool } from "../project/development-tools.ts";
import { normalizedName } from "../project/project.ts";
import { generatedBy } from "./generated.ts";
import type { Entry, RequirementsFile } from "./model.ts";

/** What a requirements file declares; its name and its look say what for. */
export function declaredInRequirements(file: RequirementsFile): Declarations {
  const role = requirementsRole(file);
  const named = file.entries.filter(isDeclaration);
  const declared = named.flatMap((entry) => (entry.name === undefined ? [] : [{ name: entry.name, role }]));
  return { declared, saysPython: false, isOpen: named.some((entry) => entry.name === undefined && !isItself(entry)) };
}

/** What a requirements file is for. */
export function requirementsRole(file: RequirementsFile): Role {
  if (/constraint/i.test(file.path)) return "constraint";
  if (/(?:^|[-_./])(?:lock|locked|freeze|frozen)(?=$|[-_./])/i.test(file.path) || generatedBy(file)) return "lock";
  if (isMostlyTools(file)) return "development";
  return roleOf(file.path.replace(/\.(?:txt|in)$/i, ""));
}

/** `requirements/pkgutils.txt` may be called anything; `requirements.txt` is the one that is installed to run. */
function isMostlyTools({ entries, path }: RequirementsFile): boolean {
  if (isUsual(path)) return false;
  const names = entries.flatMap(({ name }) => (name === undefined ? [] : normalizedName(name)));
  return names.length > 1 && names.filter(isDevelopmentTool).length * 2 >= names.length;
}

function isDeclaration(entry: Entry): boolean {
  return entry.kind === "requirement" || entry.kind === "editable";
}

/** `-e .` is the project. */
function isItself(entry: Entry): boolean {
  return /^\.{1,2}[/\\]?$/.test(entry.path ?? "");
}

/**
 * The requirements file (POSIX path) to which a library belongs that the file at `path` imports: the nearest one above
 * it that declares what the project runs with. Undefined when the project has none that a person keeps.
 */
export function declarationPlace(path: string, { declaring }: Dependencies): string | undefined {
  const candidates = declaring
    .filter((file) => /\.txt$/i.test(file.path) && roleOf(file.path.replace(/\.txt$/i, "")) === "runtime")
    .filter(({ declared }) => declared.every(({ role }) => role === "runtime"))
    .map((file) => file.path)
    .filter((each) => path.startsWith(each.slice(0, each.lastIndexOf("/") + 1)));
  const depth = (each: string) => each.split("/").length;
  return candidates.sort((a, b) => depth(b) - depth(a) || Number(isUsual(b)) - Number(isUsual(a)))[0];
}

function isUsual(path: string): boolean {
  return /(?:^|\/)requirements\.txt$/.test(path);
}
