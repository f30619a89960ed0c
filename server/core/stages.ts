import { isPlainName, matchesGlob, plainGlob } from "./globs.ts";
import type { Stage } from "./rule.ts";
import type { Settings } from "./settings.ts";

/** The stage of a file (POSIX path relative to the root): the most specific glob wins, else it is undecided. */
export function stageOf(path: string, settings: Settings): Stage {
  const { stagesExperimental, stagesProduction } = settings;
  if (stagesExperimental.length === 0 && stagesProduction.length === 0) return "undecided";
  const experimental = specificity(path, stagesExperimental);
  const production = specificity(path, stagesProduction);
  if (experimental < 0 && production < 0) return "undecided";
  return production >= experimental ? "production" : "experimental";
}

/** The rules that `per-file-ignores` silences for a file; `*` is every rule. */
export function ignoredRules(path: string, settings: Settings): ReadonlySet<string> {
  const ignored = new Set<string>();
  for (const [glob, rules] of Object.entries(settings.perFileIgnores)) {
    if (matchesGlob(glob, path)) for (const rule of rules) ignored.add(rule);
  }
  return ignored;
}

/** Do the blocks of a file count as copies of nothing? */
export function isWithoutDuplicates(path: string, settings: Settings): boolean {
  return settings.duplicatesExclude.some((glob) => matchesGlob(glob, path));
}

/** Is a path excluded by the project's own globs? */
export function isExcluded(path: string, settings: Settings): boolean {
  return settings.exclude.some((glob) => matchesGlob(glob, path));
}

/** Of the most specific glob that matches: whole names weigh more than single letters. Below 0 when none does. */
function specificity(path: string, globs: readonly string[]): number {
  let most = -1;
  for (const glob of globs) {
    if (!matchesGlob(glob, path)) continue;
    const names = plainGlob(glob).split("/");
    const whole = names.filter(isPlainName).length;
    most = Math.max(most, whole * 1000 + names.join("").replace(/[*?[\]{}!]/g, "").length);
  }
  return most;
}
