import { isFrozen } from "../requirements/frozen.ts";
import type { RequirementsFile } from "../requirements/model.ts";
import { type Split, splitRequirements } from "../requirements/split.ts";
import { isKept } from "../rules/environment/frozen-requirements.ts";
import { unusedEntries } from "../rules/environment/unused-requirement.ts";
import type { Workspace } from "./workspace.ts";

/** The lock beside a requirements file. */
export const lockName = "requirements.lock";

/**
 * Moves what the code does not use from a requirements file to the lock beside it, whose present text is `lock`. The
 * localised reason where nothing can be moved; undefined while the project has not been read whole.
 */
export function withoutUnused(
  file: RequirementsFile,
  lock: string,
  workspace: Workspace,
): Split | { readonly refused: string } | undefined {
  const { project, dependencies } = workspace;
  if (!dependencies) return undefined;
  const unused = new Set(
    isFrozen(file, dependencies)
      ? file.entries.filter((entry) => !isKept(entry, dependencies))
      : unusedEntries(file, project),
  );
  return splitRequirements(file, { path: lockName, text: lock }, (entry) => unused.has(entry));
}
