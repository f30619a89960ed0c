import * as l10n from "@vscode/l10n";
import type { Settings } from "../core/settings.ts";
import { type ConfigurationFile, ruffTableOf } from "./configuration-file.ts";
import { type TomlResult, withItem } from "./toml-list.ts";

/**
 * What ruff finds well and Groundwork therefore leaves to it, by ruff's own codes: mutable defaults and the like (B),
 * complexity (C901), bare excepts (E722), undefined and unused names and wildcard imports (F), NumPy and pandas (NPY,
 * PD), requests without timeout and debug servers (S113, S201), prints (T20).
 */
export const ruffRules = ["B", "C901", "E722", "F", "NPY", "PD", "S113", "S201", "T20"] as const;

/** ruff selects these by itself, or they are mistakes in an experiment, too. */
const everywhere: readonly string[] = ["E722", "F"];

/**
 * ruff's configuration with these rules switched on for the production folders and silent elsewhere (a negated pattern of
 * `per-file-ignores`); what is selected already stays. Refused where no folder is in production.
 */
export function withRuffRules(file: ConfigurationFile, { stagesProduction }: Settings): TomlResult {
  if (stagesProduction.length === 0) return { refused: l10n.t("No folder is marked as production yet") };
  const lint = [...ruffTableOf(file), "lint"];
  const globs = stagesProduction.map((glob) => (/[*?[{]|\.\w+$/.test(glob) ? glob : `${glob.replace(/\/$/, "")}/**`));
  const isAll = globs.some((glob) => glob === "**" || glob === "**/*");
  const outside = globs.length === 1 ? `!${globs[0]}` : `!{${globs.join(",")}}`;
  let text = file.text;
  const add = (path: readonly string[], item: string): TomlResult => withItem(text, path, item);
  for (const rule of ruffRules) {
    const steps = [[...lint, "extend-select"]];
    if (!isAll && !everywhere.includes(rule)) steps.push([...lint, "per-file-ignores", outside]);
    for (const path of steps) {
      const result = add(path, rule);
      if ("refused" in result) return result;
      text = result.text;
    }
  }
  return { text };
}
