import picomatch from "picomatch";
import type { Stage } from "./rule.ts";
import type { Settings } from "./settings.ts";

/** The stage of a file (POSIX path relative to the root): the most specific glob wins, else it is undecided. */
export function stageOf(path: string, settings: Settings): Stage {
  const experimental = specificity(path, settings.stagesExperimental);
  const production = specificity(path, settings.stagesProduction);
  if (experimental === 0 && production === 0) return "undecided";
  return production >= experimental ? "production" : "experimental";
}

/** The rules that `per-file-ignores` silences for a file; `*` is every rule. */
export function ignoredRules(path: string, settings: Settings): ReadonlySet<string> {
  const ignored = new Set<string>();
  for (const [glob, rules] of Object.entries(settings.perFileIgnores)) {
    if (matches(glob, path)) for (const rule of rules) ignored.add(rule);
  }
  return ignored;
}

/** Is a path excluded by the project's own globs? */
export function isExcluded(path: string, settings: Settings): boolean {
  return settings.exclude.some((glob) => matches(glob, path));
}

function specificity(path: string, globs: readonly string[]): number {
  return Math.max(0, ...globs.filter((glob) => matches(glob, path)).map((glob) => glob.length));
}

/** A glob without a wildcard names a file or a whole folder, as people write it. */
function matches(glob: string, path: string): boolean {
  const plain = glob.replace(/^\.\//, "").replace(/\/$/, "");
  return picomatch.isMatch(path, /[*?[{]/.test(plain) ? plain : [plain, `${plain}/**`], { dot: true, windows: false });
}
