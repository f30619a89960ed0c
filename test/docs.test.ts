import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { generatedFiles, manifestWithSettings, staleFiles } from "../scripts/generate.ts";
import { shownText } from "../scripts/generate-pages.ts";
import { jsonSchema } from "../scripts/generate-schema.ts";
import { newRule } from "../scripts/new-rule.ts";
import { defaultSettings, settingDefinitions } from "../server/core/settings.ts";
import { rules } from "../server/languages.ts";
import { readConfiguration } from "../server/project/configuration.ts";

const root = new URL("../", import.meta.url);

test("everything generated is up to date", () => {
  assert.deepEqual(staleFiles(), []);
});

test("a file that says something else, a missing one and a page without its rule are stale", () => {
  const files = generatedFiles();
  const planted = (path: string) => (path === "docs/settings.md" ? "other" : files.get(path));
  assert.deepEqual(staleFiles(planted, []), ["docs/settings.md"]);
  const missing = (path: string) => (path === "package.json" ? undefined : files.get(path));
  assert.deepEqual(staleFiles(missing, ["docs/rules/gone.md"]), ["package.json", "docs/rules/gone.md"]);
});

test("every rule has its page, and the index names it", () => {
  const files = generatedFiles();
  const index = files.get("docs/rules/README.md") ?? "";
  assert.ok(rules.length > 0);
  for (const rule of rules) {
    const page = files.get(`docs/rules/${rule.name}.md`) ?? "";
    const shown = [rule.example.bad, rule.example.good].map((text) => shownText(rule.example.path, text));
    for (const part of [rule.summary(), rule.why().trim(), ...shown]) {
      assert.ok(page.includes(part), `docs/rules/${rule.name}.md lacks: ${part}`);
    }
    assert.ok(index.includes(`(${rule.name}.md)`));
  }
});

test("the reason that a hover shows of a rule on models is two sentences, and its example tells numbers that were computed", () => {
  for (const { name, topic, why, example } of rules) {
    if (topic !== "baseline" && topic !== "serving") continue;
    const [reason = ""] = why().split("\n\n", 1);
    assert.equal(reason.split(/(?<=[.!?])\s+(?=[A-Z`])/).length, 2, `${name}: ${reason}`);
    assert.ok(example.trial ?? /# prints/.test(example.bad + example.good), name);
  }
});

test("the settings table holds every setting once, with the default that rules get", () => {
  const defaults = Object.fromEntries(settingDefinitions.map((each) => [each.key, each.default]));
  assert.deepEqual(defaults, defaultSettings);
  assert.equal(new Set(settingDefinitions.map((each) => each.toml.join("."))).size, settingDefinitions.length);
});

test("every example in the settings page configures what it is an example of", () => {
  const page = generatedFiles().get("docs/settings.md") ?? "";
  const examples = [...page.matchAll(/```toml\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
  assert.equal(examples.length, settingDefinitions.length);
  for (const [index, text] of examples.entries()) {
    const definition = settingDefinitions[index];
    assert.ok(definition);
    const { settings, problems } = readConfiguration({ name: "pyproject.toml", text });
    assert.deepEqual(problems, []);
    const isDefault = JSON.stringify(settings[definition.key]) === JSON.stringify(definition.default);
    assert.equal(isDefault, definition.type === "integer", definition.key);
  }
});

test("the schema of [tool.groundwork] nests the settings and knows the rules", () => {
  const schema = JSON.parse(JSON.stringify(jsonSchema(settingDefinitions, [{ name: "some-smell" }])));
  for (const { toml, default: value } of settingDefinitions) {
    const found = toml.reduce((table, key) => table.properties[key], schema);
    assert.deepEqual(found.default, value);
  }
  assert.equal(schema.additionalProperties, false);
  assert.deepEqual(Object.keys(schema.properties.rules.properties), ["some-smell"]);
});

test("settings of the manifest that are not in the table are kept", () => {
  const foreign = { type: "string", scope: "machine-overridable" };
  const stale = { type: "boolean" };
  const properties = { "groundwork.trace.server": foreign, "groundwork.exclude": stale };
  const before = { name: "x", contributes: { commands: [], configuration: [{ title: "T", properties }] } };
  const manifest = JSON.parse(manifestWithSettings(JSON.stringify(before)));
  const groups: { title: string; properties: Record<string, { type: string }> }[] = manifest.contributes.configuration;
  const all = groups.flatMap((group) => Object.entries(group.properties));
  const found = new Map(all);
  assert.deepEqual(found.get("groundwork.trace.server"), foreign);
  assert.equal(found.get("groundwork.exclude")?.type, "array");
  assert.equal(found.size, all.length, "each setting is of one group");
  assert.deepEqual(new Set(found.keys()).size, settingDefinitions.length + 1);
  assert.deepEqual(manifest.contributes.commands, []);
});

test("every relative link of the documentation leads somewhere", () => {
  const pages = ["README.md", "README.pt-BR.md", "CHANGELOG.md", ...markdownIn("docs/"), ...markdownIn("examples/")];
  const broken = pages
    .filter((page) => existsSync(new URL(page, root)))
    .flatMap((page) => {
      const text = readFileSync(new URL(page, root), "utf8");
      const links = [...text.matchAll(/\]\((?![a-z+]+:|#)([^)#\s]+)[^)]*\)/g)].map((match) => match[1] ?? "");
      return links.filter((link) => !existsSync(new URL(link, new URL(page, root)))).map((link) => `${page}: ${link}`);
    });
  assert.deepEqual(broken, []);
});

function markdownIn(folder: string): string[] {
  return readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => folder + name.replaceAll("\\", "/"));
}

test("the tree in docs/architecture.md is the tree on disk", () => {
  const text = readFileSync(new URL("docs/architecture.md", root), "utf8");
  const tree = /## Tree\n[\s\S]*?```\n([\s\S]*?)```/.exec(text)?.[1] ?? "";
  const named = pathsIn(tree);
  assert.ok(named.length > 20);
  const optional = /^(dist|\.cache|node_modules)\//;
  assert.deepEqual(
    named.filter((path) => !optional.test(path) && !existsSync(new URL(path, root))),
    [],
    "named there, but absent",
  );
  const parts = readdirSync(new URL("server/", root), { withFileTypes: true })
    .filter((part) => part.isFile() || readdirSync(new URL(`server/${part.name}/`, root)).length > 0)
    .map((part) => `server/${part.name}`);
  assert.deepEqual(
    parts.filter((part) => !named.includes(part) && !named.includes(`${part}/`)),
    [],
    "parts of the server that it leaves out",
  );
});

/** The paths that an indented tree names: the words before two blanks, below the folder they are indented under. */
function pathsIn(tree: string): string[] {
  const folders: string[] = [];
  return tree.split("\n").flatMap((line) => {
    const [, indentation = "", words = ""] = /^( *)(.*?)(?: {2,}.*)?$/.exec(line) ?? [];
    const depth = indentation.length / 2;
    if (words === "" || !Number.isInteger(depth) || depth > folders.length) return [];
    folders.length = depth;
    const paths = words.split(/ +/).map((word) => folders.join("") + word);
    const [folder] = words.split(/ +/);
    if (folder?.endsWith("/")) folders.push(folder);
    return paths.filter((path) => !/[<*]/.test(path));
  });
}

test("a new rule comes with its test, and stands in the list in its order", () => {
  const languages = readFileSync(new URL("server/languages.ts", root), "utf8");
  const files = newRule("stray-breakpoint", "production", languages);
  assert.deepEqual(
    [...files.keys()],
    ["server/languages.ts", "server/rules/production/stray-breakpoint.ts", "test/rules/stray-breakpoint.md"],
  );
  const lines = (files.get("server/languages.ts") ?? "").split("\n");
  const at = lines.indexOf('import { strayBreakpoint } from "./rules/production/stray-breakpoint.ts";');
  assert.match(lines[at - 1] ?? "", /rules\/production\/script-body/);
  assert.match(lines[at + 1] ?? "", /rules\/production\/undocumented-function/);
  assert.ok(lines.includes("  strayBreakpoint,"));
});
