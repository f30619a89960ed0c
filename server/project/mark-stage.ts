import * as l10n from "@vscode/l10n";
import type { Stage } from "../core/rule.ts";
import type { Settings } from "../core/settings.ts";
import { stageOf } from "../core/stages.ts";
import { readConfiguration } from "./configuration.ts";
import { type ConfigurationFile, tableOf } from "./configuration-file.ts";
import { type TomlResult, withItem, withoutItems } from "./toml-list.ts";

/** A file or folder of the project; the root's path is empty. */
export interface Marked {
  /** POSIX path relative to the root. */
  readonly path: string;
  readonly isFolder: boolean;
}

/**
 * The configuration file with a folder or file in a stage: its own glob leaves the other list. Globs of what lies below
 * stay, since they are more specific; where one of what lies above still decides, the answer is a refusal.
 */
export function markedStage(file: ConfigurationFile, marked: Marked, stage: Stage): TomlResult {
  const glob = globOf(marked);
  let text = file.text;
  for (const other of ["experimental", "production"] as const) {
    const path = [...tableOf(file), "stages", other];
    const result = other === stage ? withItem(text, path, glob) : withoutItems(text, path, spellingsOf(marked));
    if ("refused" in result) return result;
    text = result.text;
  }
  const { settings } = readConfiguration({ name: file.name, text });
  const now = stageOfMarked(marked, settings);
  if (now === stage) return { text };
  return { refused: l10n.t("Another glob of the configuration still decides for `{0}`", marked.path || ".") };
}

/** The stage of a file, or of what lies directly in a folder. */
export function stageOfMarked({ path, isFolder }: Marked, settings: Settings): Stage {
  if (!isFolder) return stageOf(path, settings);
  return stageOf(path === "" ? "module.py" : `${path}/module.py`, settings);
}

function globOf({ path, isFolder }: Marked): string {
  if (path === "") return "**";
  // What a glob would read as a wildcard stands for itself.
  const literal = path.replace(/[*?[\]{}()!\\]/g, "\\$&");
  return isFolder ? `${literal}/**` : literal;
}

/** What people write for the same folder. */
function spellingsOf(marked: Marked): string[] {
  const glob = globOf(marked);
  const { path } = marked;
  if (path === "") return ["**", ".", "./", "**/*"];
  return [glob, path, `${path}/`, `${path}/**`, `${path}/**/*`, `./${path}`, `./${path}/`, `./${path}/**`];
}
