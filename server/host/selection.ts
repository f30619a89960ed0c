import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as l10n from "@vscode/l10n";
import { applyEdits, modify, type ParseError, parse } from "jsonc-parser";
import { isRecord } from "../core/json.ts";
import { textOf } from "../environments/layout.ts";
import { replaceFile } from "./replace.ts";
import { assertWithin } from "./within.ts";

/** The editor's own setting: what it writes where no Python extension selects an environment. */
const setting = "groundwork.environment";

const fileOf = (folder: string): string => join(folder, ".vscode", "settings.json");

/** The environment that a folder's settings of the editor select, relative to the folder or absolute. */
export async function selectionOf(folder: string): Promise<string | undefined> {
  const settings: unknown = parse((await textOf(fileOf(folder))) ?? "", [], { allowTrailingComma: true });
  const selected = isRecord(settings) ? settings[setting] : undefined;
  return typeof selected === "string" && selected !== "" ? selected : undefined;
}

/**
 * Lets a folder use an environment from now on, or none in particular; answers with the file that says so. Everything
 * else in it stays, comments too. Throws an Error with a localised sentence where it cannot be read.
 */
export async function select(folder: string, selected: string | undefined): Promise<string> {
  const file = fileOf(folder);
  const there = await textOf(file);
  if (there === undefined && selected === undefined) return file;
  const text = there?.trim() ? there : "{}\n";
  const errors: ParseError[] = [];
  const settings: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0 || !isRecord(settings)) {
    throw new Error(l10n.t("{0} was left as it is: it holds no settings that can be read", file));
  }
  const formattingOptions = { insertSpaces: true, tabSize: 2 };
  assertWithin(folder, ".vscode/settings.json");
  await mkdir(dirname(file), { recursive: true });
  await replaceFile(file, applyEdits(text, modify(text, [setting], selected, { formattingOptions })), there);
  return file;
}
