import type { CloneClass } from "../clones/clone-class.ts";
import type { Settings } from "../core/settings.ts";
import { ignoredRules, isWithoutDuplicates } from "../core/stages.ts";
import type { Suppressions } from "../core/suppressions.ts";
import { duplicateBlock } from "../rules/production/duplicate-block.ts";

/** A pair that is silenced at one of its places is silenced at both, a class where a comment says so. */
export function unsuppressed(
  classes: readonly CloneClass[],
  settings: Settings,
  suppressions: ReadonlyMap<string, Suppressions>,
): CloneClass[] {
  const isSilenced = (path: string, line: number) => {
    if (suppressions.get(path)?.covers(duplicateBlock.name, line)) return true;
    if (isWithoutDuplicates(path, settings)) return true;
    const ignored = ignoredRules(path, settings);
    return ignored.has("*") || ignored.has(duplicateBlock.name);
  };
  const kept: CloneClass[] = [];
  for (const found of classes) {
    const silencesClass = (path: string, line: number) =>
      suppressions.get(path)?.coversClass(duplicateBlock.name, line) === true;
    if (found.copies.some(({ path, range }) => silencesClass(path, range.start.line))) continue;
    const copies = found.copies.filter((copy) => !isSilenced(copy.path, copy.range.start.line));
    if (copies.length === found.copies.length) kept.push(found);
    else if (copies.length > 1) kept.push({ ...found, copies });
  }
  return kept;
}

/** The lines at which copies in a file begin that a comment silences. */
export function silencedLines(
  path: string,
  classes: readonly CloneClass[],
  suppressions: Suppressions | undefined,
): number[] {
  const copies = classes.flatMap((found) => found.copies);
  const lines = copies.flatMap((copy) => (copy.path === path ? [copy.range.start.line] : []));
  return lines.filter((line) => suppressions?.covers(duplicateBlock.name, line) === true);
}
