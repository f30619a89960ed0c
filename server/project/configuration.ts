import * as l10n from "@vscode/l10n";
import { parse, TomlError } from "smol-toml";
import { isTooWild } from "../core/globs.ts";
import type { Severity } from "../core/rule.ts";
import { defaultSettings, type SettingDefinition, type Settings, settingDefinitions } from "../core/settings.ts";

export interface Configuration {
  readonly settings: Settings;
  /** What was not understood, one localised sentence each; the default holds in its place. */
  readonly problems: readonly string[];
}

/**
 * The settings of a project from the text of its `pyproject.toml` (`[tool.groundwork]`) or `groundwork.toml` (the same
 * table at the top), overridden by `overrides` (the editor's `groundwork.*`).
 */
export function readConfiguration(
  source: { readonly name: string; readonly text: string } | undefined,
  overrides: Partial<Record<keyof Settings, unknown>> = {},
): Configuration {
  const problems: string[] = [];
  const table = source ? tableOf(source.name, source.text, problems) : {};
  const settings: Record<string, unknown> = { ...defaultSettings };
  for (const definition of settingDefinitions) {
    const name = definition.toml.join(".");
    for (const value of [valueAt(table, definition.toml), overrides[definition.key]]) {
      if (value === undefined || value === null) continue;
      const problem = problemOf(definition, name, value);
      if (problem) problems.push(problem);
      else settings[definition.key] = value;
    }
  }
  for (const unknown of unknownKeys(table))
    problems.push(l10n.t("`{0}` is no setting of Groundwork; it is ignored", unknown));
  return { settings: settings as unknown as Settings, problems };
}

/** Does this TOML text configure Groundwork? A text that does not parse does not. */
export function hasConfiguration(name: string, text: string): boolean {
  return Object.keys(tableOf(name, text, [])).length > 0;
}

type Table = Record<string, unknown>;

function tableOf(name: string, text: string, problems: string[]): Table {
  try {
    const document: Table = parse(text);
    return name.endsWith("pyproject.toml") ? toTable(valueAt(document, ["tool", "groundwork"])) : document;
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const reason = error.message.split("\n")[0] ?? "";
    problems.push(l10n.t("{0}, line {1}: {2}; the default settings are used", name, error.line, reason));
    return {};
  }
}

function toTable(value: unknown): Table {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Table) : {};
}

function valueAt(table: Table, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => toTable(value)[key], table);
}

function unknownKeys(table: Table): string[] {
  const known = settingDefinitions.map((each) => each.toml.join("."));
  const unknown: string[] = [];
  for (const [key, value] of Object.entries(table)) {
    if (known.includes(key)) continue;
    const nested = known.filter((each) => each.startsWith(`${key}.`));
    if (nested.length === 0) unknown.push(key);
    else
      for (const inner of Object.keys(toTable(value)))
        if (!nested.includes(`${key}.${inner}`)) unknown.push(`${key}.${inner}`);
  }
  return unknown;
}

const severities: readonly (Severity | "off")[] = ["off", "hint", "information", "warning", "error"];

function problemOf(definition: SettingDefinition, name: string, value: unknown): string | undefined {
  switch (definition.type) {
    case "integer":
      if (Number.isInteger(value) && Number(value) >= (definition.minimum ?? 0)) return undefined;
      return l10n.t("`{0}` must be a whole number of at least {1}; the default is used", name, definition.minimum ?? 0);
    case "globs":
      if (isStrings(value)) return wildnessOf(name, value);
      return l10n.t("`{0}` must be a list of globs; the default is used", name);
    case "severities":
      if (isRecord(value, (each) => severities.some((severity) => severity === each))) return undefined;
      return l10n.t("`{0}` must give each rule one of {1}; the default is used", name, severities.join(", "));
    case "ignores":
      if (isRecord(value, isStrings)) return wildnessOf(name, Object.keys(toTable(value)));
      return l10n.t("`{0}` must give each glob a list of rule names; the default is used", name);
  }
}

/** A glob that would be looked for too long is refused. */
function wildnessOf(name: string, globs: readonly string[]): string | undefined {
  const glob = globs.find(isTooWild);
  if (glob === undefined) return undefined;
  return l10n.t(
    "`{0}`: the glob `{1}` has too many wildcards, at most three in a name; the default is used",
    name,
    glob,
  );
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

function isRecord(value: unknown, accepts: (value: unknown) => boolean): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(accepts);
}
