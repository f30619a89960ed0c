import type { SettingDefinition } from "../server/core/settings.ts";

type RuleName = { readonly name: string };

const severities = ["off", "hint", "information", "warning", "error"];
const globs = { type: "array", items: { type: "string" } };

/** The JSON Schema of one setting's value, without its default and its description. */
export function settingSchema(definition: SettingDefinition, rules: readonly RuleName[]): object {
  const names = rules.map((rule) => rule.name);
  switch (definition.type) {
    case "integer":
      return definition.minimum === undefined ? { type: "integer" } : { type: "integer", minimum: definition.minimum };
    case "globs":
      return globs;
    case "severities":
      return {
        type: "object",
        properties: Object.fromEntries(names.map((name) => [name, { type: "string", enum: severities }])),
        additionalProperties: false,
      };
    case "ignores":
      return {
        type: "object",
        additionalProperties: { type: "array", items: { type: "string", enum: ["*", ...names] } },
      };
  }
}

/** The JSON Schema (draft 7) of the table `[tool.groundwork]`. */
export function jsonSchema(definitions: readonly SettingDefinition[], rules: readonly RuleName[]): object {
  const root: Table = { type: "object", additionalProperties: false, properties: {} };
  for (const definition of definitions) {
    const folders = definition.toml.slice(0, -1);
    const table = folders.reduce(tableIn, root);
    table.properties[definition.toml.at(-1) ?? ""] = {
      ...settingSchema(definition, rules),
      default: definition.default,
      description: definition.description(),
    };
  }
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "[tool.groundwork] in pyproject.toml, or groundwork.toml",
    ...root,
  };
}

interface Table {
  readonly type: "object";
  readonly additionalProperties: false;
  readonly properties: Record<string, object>;
}

function tableIn(parent: Table, name: string): Table {
  const known = parent.properties[name];
  if (known && "properties" in known) return known as Table;
  const table: Table = { type: "object", additionalProperties: false, properties: {} };
  parent.properties[name] = table;
  return table;
}
