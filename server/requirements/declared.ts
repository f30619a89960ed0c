import { type Declarations, type Role, roleOf } from "../project/declaration.ts";
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
  return roleOf(file.path.replace(/\.(?:txt|in)$/i, ""));
}

function isDeclaration(entry: Entry): boolean {
  return entry.kind === "requirement" || entry.kind === "editable";
}

/** `-e .` is the project. */
function isItself(entry: Entry): boolean {
  return /^\.{1,2}[/\\]?$/.test(entry.path ?? "");
}
