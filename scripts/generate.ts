// Writes what follows from the rules and the settings table: docs, manifest, schema. `--check` only compares.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type SettingDefinition, settingDefinitions } from "../server/core/settings.ts";
import { useLanguage } from "../server/host/language.ts";
import { modelTools } from "../server/host/model-tools.ts";
import { rules } from "../server/languages.ts";
import { ruleIndex, ruleNames, rulePage, settingsPage } from "./generate-pages.ts";
import { jsonSchema, settingSchema } from "./generate-schema.ts";
import { english, portuguese, type Words } from "./page-words.ts";

const root = new URL("../", import.meta.url);
const namesMarkers = /(<!-- rules -->\n)[\s\S]*?(<!-- \/rules -->)/;

/** Every generated file with the text it must have. */
export function generatedFiles(): Map<string, string> {
  const files = new Map<string, string>([
    ...pagesIn("docs/", english, "settings.schema.json"),
    ...inPortuguese(() => pagesIn("docs/pt-br/", portuguese, "../settings.schema.json")),
    ["docs/settings.schema.json", toJson(jsonSchema(settingDefinitions, rules))],
    ["package.json", manifestWithSettings(read("package.json"))],
    ["package.nls.json", withSettingTexts("package.nls.json", (text) => text)],
    ["package.nls.pt-br.json", withSettingTexts("package.nls.pt-br.json", translated)],
  ]);
  for (const [path, words, folder] of [
    ["README.md", english, "docs/rules/"],
    ["README.pt-BR.md", portuguese, "docs/pt-br/rules/"],
  ] as const) {
    if (!existsSync(new URL(path, root))) continue;
    const names = ruleNames(rules, folder, words);
    files.set(
      path,
      read(path).replace(namesMarkers, (_all, open: string, close: string) => `${open}\n${names}\n${close}`),
    );
  }
  return files;
}

function pagesIn(folder: string, words: Words, schema: string): [string, string][] {
  return [
    [`${folder}rules/README.md`, ruleIndex(rules, words)],
    ...rules.map((rule): [string, string] => [`${folder}rules/${rule.name}.md`, rulePage(rule, words)]),
    [`${folder}settings.md`, settingsPage(settingDefinitions, words, schema)],
  ];
}

/** Rules and settings speak the language that is set while they are asked. */
function inPortuguese<Value>(ask: () => Value): Value {
  useLanguage("pt-br");
  try {
    return ask();
  } finally {
    useLanguage("en");
  }
}

/** Files that do not say what they should, and pages of rules that are no more. */
export function staleFiles(onDisk: (path: string) => string | undefined = textOf, pages = pagesOnDisk()): string[] {
  const files = generatedFiles();
  const stale = [...files].filter(([path, text]) => onDisk(path) !== text).map(([path]) => path);
  return [...stale, ...pages.filter((path) => !files.has(path))];
}

function pagesOnDisk(): string[] {
  return ["docs/rules/", "docs/pt-br/rules/"].flatMap((path) => {
    const folder = new URL(path, root);
    const names = existsSync(folder) ? readdirSync(folder) : [];
    return names.filter((name) => name.endsWith(".md")).map((name) => path + name);
  });
}

/** `package.json` with the settings table in `contributes.configuration`; settings that are not of the table stay. */
export function manifestWithSettings(text: string): string {
  const manifest = JSON.parse(text);
  const known: readonly SettingGroup[] = manifest.contributes?.configuration ?? [];
  const ours = settingDefinitions.map((each) => [`groundwork.${each.key}`, manifestProperty(each)] as const);
  const names = new Set<string>(ours.map(([name]) => name));
  const others = known.flatMap(({ properties }) => Object.entries(properties)).filter(([name]) => !names.has(name));
  const configuration = settingGroups.flatMap(([group, holds]): SettingGroup[] => {
    const properties = [...ours, ...others].filter(([name]) => holds.test(name));
    return properties.length > 0 ? [{ title: `%settings.${group}%`, properties: Object.fromEntries(properties) }] : [];
  });
  return toJson({ ...manifest, contributes: { ...manifest.contributes, languageModelTools, configuration } });
}

interface SettingGroup {
  readonly title: string;
  readonly properties: Readonly<Record<string, object>>;
}

/** Beside each other in the editor's settings, in this order. Each setting is of one group. */
const settingGroups: readonly (readonly [group: string, holds: RegExp])[] = [
  ["checking", /^groundwork\.(?!stages|duplicates|environment|network|trace)/],
  ["stages", /^groundwork\.stages/],
  ["duplicates", /^groundwork\.duplicates/],
  ["environment", /^groundwork\.(?:environment|network)/],
  ["troubleshooting", /^groundwork\.trace/],
];

/** What the editor tells a language model of our tools; people read the localised names. */
const languageModelTools = modelTools.map(({ name, description, input }) => ({
  name: `groundwork_${name}`,
  displayName: `%tool.${name}%`,
  toolReferenceName: `groundwork_${name}`,
  canBeReferencedInPrompt: true,
  icon: "media/groundwork.svg",
  modelDescription: description,
  userDescription: `%tool.${name}%`,
  inputSchema: input,
}));

function manifestProperty(definition: SettingDefinition): object {
  return {
    ...settingSchema(definition, rules),
    default: definition.default,
    scope: "resource",
    markdownDescription: `%setting.${definition.key}%`,
  };
}

function withSettingTexts(path: string, inLanguage: (english: string) => string): string {
  const known: Record<string, string> = JSON.parse(read(path));
  const others = Object.entries(known).filter(([key]) => !key.startsWith("setting.") || isForeignSetting(key));
  const ours = settingDefinitions.map((each) => [`setting.${each.key}`, inLanguage(each.description())] as const);
  return toJson(Object.fromEntries([...others, ...ours]));
}

/** A text of a setting that is only the editor's: named in package.json, and not in the table. */
function isForeignSetting(key: string): boolean {
  return (
    settingDefinitions.every((each) => `setting.${each.key}` !== key) && read("package.json").includes(`"%${key}%"`)
  );
}

function translated(text: string): string {
  const bundle: Record<string, string> = JSON.parse(read("l10n/bundle.l10n.pt-br.json"));
  return bundle[text] ?? "";
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function textOf(path: string): string | undefined {
  return existsSync(new URL(path, root)) ? read(path) : undefined;
}

function read(path: string): string {
  return readFileSync(new URL(path, root), "utf8");
}

function main(): void {
  const isCheck = process.argv[2] === "--check";
  const stale = staleFiles();
  if (isCheck) {
    for (const path of stale) console.error(`${path} is not up to date; run \`node scripts/generate.ts\``);
    process.exitCode = stale.length > 0 ? 1 : 0;
    return;
  }
  for (const path of ["docs/rules/", "docs/pt-br/rules/"]) mkdirSync(new URL(path, root), { recursive: true });
  const files = generatedFiles();
  for (const path of stale) {
    const text = files.get(path);
    if (text === undefined) rmSync(new URL(path, root));
    else writeFileSync(new URL(path, root), text);
    console.log(`${text === undefined ? "removed" : "wrote"} ${path}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
