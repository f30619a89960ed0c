import { type Edit, minimalEdit } from "../core/edit.ts";
import { type ConfigurationFile, tableOf } from "./configuration-file.ts";
import { withItem } from "./toml-list.ts";

/**
 * The edits of a configuration file that silence a rule for a glob, in `per-file-ignores`; comments, order and other
 * tables stay. Or the localised reason why the file is left as it is.
 */
export function ignoreInFolder(
  file: ConfigurationFile,
  glob: string,
  rule: string,
): { readonly edits: readonly Edit[] } | { readonly refused: string } {
  const result = withItem(file.text, [...tableOf(file), "per-file-ignores", glob], rule);
  if ("refused" in result) return result;
  const edit = minimalEdit(file.text, result.text);
  return { edits: edit ? [edit] : [] };
}
