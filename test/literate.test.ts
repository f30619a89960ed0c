// Runs every literate test of test/rules/, the examples of the rules, and checks that no rule goes without.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { applyEdits } from "../server/core/edit.ts";
import { parse } from "../server/core/grammar.ts";
import type { Finding, Fix, Rule, Stage } from "../server/core/rule.ts";
import { defaultSettings, type Settings } from "../server/core/settings.ts";
import { Lines } from "../server/core/text.ts";
import { Workspace } from "../server/host/workspace.ts";
import { languageOf, rules } from "../server/languages.ts";
import { cellsOf } from "../server/notebook/cells.ts";
import { readConfiguration } from "../server/project/configuration.ts";
import { normalizedName, type PythonEnvironment } from "../server/project/project.ts";
import { encodeRequirements } from "../server/requirements/decode.ts";
import { grammars } from "./grammars.ts";
import { differencesOf, type Found, type Section, sectionsOf } from "./literate.ts";
import { offRulesOn } from "./off-rules.ts";

await grammars();

type Files = ReadonlyMap<string, string>;
/** By path, of those files that are not stored as UTF-8. */
type Encodings = ReadonlyMap<string, string>;

const folder = new URL("./rules/", import.meta.url);
const smells = readdirSync(folder)
  .filter((name) => name.endsWith(".md"))
  .map((name) => ({ rule: name.slice(0, -3), sections: sectionsOf(readFileSync(new URL(name, folder), "utf8")) }));
/** Python sources before and after fixing, compiled in one process at the end. */
const repaired: { name: string; before: string; after: string }[] = [];

for (const { rule, sections } of smells) {
  for (const section of sections) {
    const name = `${rule}.md:${section.line} ${section.heading}`;
    test(name, () => {
      const before: Files = new Map(section.files.map((file) => [file.path, file.text]));
      // What is of no language of ours is only found on a disk.
      const isWhole = isWholeProject(rule) || section.files.some(({ language }) => language === "file");
      const located = findingsIn(before, optionsOf(before, section, isWhole));
      assert.deepEqual(differencesOf(section, foundIn(before, located)), { missing: [], unexpected: [] });
      const after = withoutFixable(before, located, section, isWhole);
      expectFixed(section, after);
      assert.ok(sections.some(showsFix) || isDeepStrictEqual(before, after), `${rule}.md shows no \`fixed\` block`);
      for (const [path, text] of after) {
        const original = before.get(path) ?? "";
        if (text === original) continue;
        assert.ok(errorsIn(path, text) <= errorsIn(path, original), `fixing breaks ${path}`);
        if (path.endsWith(".py")) repaired.push({ name: `${name}, ${path}`, before: original, after: text });
      }
    });
  }
}

test("Python compiles what the safe fixes wrote", (context) => {
  const broken = { name: "planted", before: "x = 1\n", after: "x =\n" };
  const input = JSON.stringify([broken, ...repaired]);
  const python = spawnSync("python3", ["-c", compiler], { input, encoding: "utf8" });
  if (python.error) return context.skip("python3 is not on this machine");
  assert.equal(python.status, 0, python.stderr);
  assert.deepEqual(JSON.parse(python.stdout), ["planted"]);
});

const compiler = `
import json, sys, warnings
warnings.simplefilter("ignore")
def compiles(text):
    try:
        compile(text, "module.py", "exec")
        return True
    except (SyntaxError, ValueError):
        return False
pairs = json.load(sys.stdin)
print(json.dumps([each["name"] for each in pairs if compiles(each["before"]) and not compiles(each["after"])]))
`;

for (const rule of rules) {
  test(`the example of ${rule.name}`, () => {
    const { path, bad, good, encoding, beside = {}, environment } = rule.example;
    const settings = "pyproject.toml" in beside ? settingsOf(new Map(Object.entries(beside))) : settingsFor(rule);
    const isWhole = isWholeProject(rule.name);
    const filesOf = (text: string): Files => new Map([...Object.entries(beside), [path, text]]);
    const names = (text: string, encodings: Encodings = new Map()) =>
      new Set(findingsIn(filesOf(text), { settings, encodings, isWhole, environment }).map((one) => one.finding.rule));
    const stored = new Map(encoding === undefined ? [] : [[path, encoding]]);
    assert.deepEqual([...names(bad, stored)], [rule.name], "the bad example shows its smell and no other");
    assert.deepEqual([...names(good)], [], "the good example is clean");
  });
}

test("every rule has a literate test with a finding and with a section that stays silent", () => {
  assert.deepEqual(smells.map((smell) => smell.rule).sort(), rules.map((rule) => rule.name).sort());
  for (const { rule, sections } of smells) {
    const marked = sections.map((section) => section.files.flatMap((file) => file.marks.map((mark) => mark.rule)));
    assert.ok(
      marked.some((marks) => marks.includes(rule)),
      `${rule}.md marks no finding`,
    );
    assert.ok(
      marked.some((marks) => marks.length === 0),
      `${rule}.md has no section without findings`,
    );
  }
});

test("rule names are kebab-case words of their own", () => {
  for (const { name } of rules) assert.match(name, /^[a-z]+(-[a-z]+)*$/);
  assert.equal(new Set(rules.map((rule) => rule.name)).size, rules.length);
});

test("the reader of literate tests strips markers and keeps everything else", () => {
  const [section, ...others] = sectionsOf(
    [
      "# Title",
      "prose",
      "## One",
      "```python",
      "x = 1  # keep  # smell: a-rule `x`  # smell: another",
      "y = '# smell'",
      "```",
      "```requirements path=dev/requirements.txt encoding=utf-16-le",
      "numpy",
      "```",
      "```python fixed",
      "x = 2",
      "```",
      "```environment",
      "[distributions]",
      'numpy = "1.26.4"',
      "```",
      "## No project",
      "```text",
      "just words",
      "```",
    ].join("\n"),
  );
  assert.deepEqual(others, []);
  assert.equal(section?.heading, "One");
  assert.deepEqual(section.files, [
    {
      path: "module.py",
      language: "python",
      text: "x = 1  # keep\ny = '# smell'\n",
      encoding: undefined,
      fixed: "x = 2\n",
      marks: [
        { line: 0, rule: "a-rule", source: "x" },
        { line: 0, rule: "another", source: undefined },
      ],
    },
    {
      path: "dev/requirements.txt",
      language: "requirements",
      text: "numpy\n",
      encoding: "utf-16-le",
      fixed: undefined,
      marks: [],
    },
  ]);
  assert.deepEqual(section.environment, { kind: "venv", distributions: { numpy: "1.26.4" }, packages: {} });
});

test("a literate test which does not hold is told so", () => {
  const [section] = sectionsOf("# S\n```python\nx = 1  # smell: one `x`\ny = 2\n```\n");
  assert.ok(section);
  const found = (line: number, rule: string, source: string): Found => ({ path: "module.py", line, rule, source });
  assert.deepEqual(differencesOf(section, [found(0, "one", "x")]), { missing: [], unexpected: [] });
  assert.deepEqual(differencesOf(section, []), { missing: ["module.py:1 one `x`"], unexpected: [] });
  assert.deepEqual(differencesOf(section, [found(1, "one", "x")]), {
    missing: ["module.py:1 one `x`"],
    unexpected: ["module.py:2 one `x`"],
  });
  assert.equal(differencesOf(section, [found(0, "one", "y")]).missing.length, 1);
  assert.equal(differencesOf(section, [found(0, "two", "x")]).missing.length, 1);
  assert.equal(differencesOf(section, [found(0, "one", "x"), found(0, "one", "x")]).unexpected.length, 1);
  for (const broken of ["```pyton\n```", "```python\nx", "```python\nx  # smell: `x`\n```", "```python fixed\n```"]) {
    assert.throws(() => sectionsOf(broken), /^Error: line \d+: /);
  }
});

function settingsOf(files: Files): Settings {
  const text = files.get("pyproject.toml");
  const { settings, problems } = readConfiguration(text === undefined ? undefined : { name: "pyproject.toml", text });
  assert.deepEqual(problems, []);
  return { ...settings, rules: { ...offRulesOn, ...settings.rules } };
}

/** Settings that put everything into a stage in which the rule speaks. */
function settingsFor(rule: Pick<Rule, "severity">): Settings {
  const stages: readonly Stage[] = ["production", "undecided", "experimental"];
  const stage = stages.find((each) => rule.severity[each] !== undefined);
  return {
    ...defaultSettings,
    rules: offRulesOn,
    stagesProduction: stage === "production" ? ["**"] : [],
    stagesExperimental: stage === "experimental" ? ["**"] : [],
  };
}

interface Located {
  readonly path: string;
  readonly finding: Finding;
  fixes(): readonly Fix[];
}

interface ProjectOptions {
  readonly settings: Settings;
  readonly environment?: Rule["example"]["environment"] | undefined;
  readonly encodings?: Encodings;
  /** Whether the files are all that there is, as after a scan of the folder. */
  readonly isWhole?: boolean;
}

const wholeProjects = new Set([
  "complex-first",
  "missing-baseline",
  "missing-error-analysis",
  "unpinned-artifact-library",
  "untested-module",
  "unused-ignore",
]);

/** Whether a rule asks what the whole project imports, declares or tests: then its tests are whole projects. */
function isWholeProject(name: string): boolean {
  return wholeProjects.has(name) || rules.some((rule) => rule.name === name && rule.topic === "environment");
}

function findingsIn(files: Files, options: ProjectOptions): Located[] {
  const { settings, environment, encodings = new Map(), isWhole = false } = options;
  const stored: Files = isWhole ? files : new Map([...files].filter(([path]) => encodings.has(path)));
  const workspace = new Workspace(stored.size > 0 ? storedFiles(stored, encodings) : "/project", settings);
  workspace.environment = environment && environmentWith(environment);
  for (const [path, text] of files) {
    const language = languageOf(path);
    if (language) workspace.open(path, language, text);
  }
  if (isWhole) for (const _ of workspace.scan());
  const found = workspace.paths.flatMap((path) =>
    workspace.check(path).map((finding) => ({ path, finding, fixes: () => workspace.fixes(path, [finding]).flat() })),
  );
  assert.deepEqual([...workspace.errors.values()], []);
  return found;
}

/** A folder with files that have to be on a disk. */
function storedFiles(files: Files, encodings: Encodings): string {
  const folder = mkdtempSync(join(tmpdir(), "groundwork-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of files) {
    const encoding = encodings.get(path) ?? "utf-8";
    const written = path.endsWith(".ipynb") ? notebookOf(text) : text;
    const bytes = encodeRequirements(written, encoding, /^utf-?(?:16|32)/.test(encoding));
    assert.ok(bytes, `${path} is not to be had as ${encoding}`);
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}

/** The file of a notebook that is written as joined cells. */
function notebookOf(text: string): string {
  const cells = cellsOf(text).map(({ language, start, end, executionCount = null }) => {
    const isCode = language !== "markdown";
    const code = isCode ? { execution_count: executionCount, outputs: [] } : {};
    const metadata = isCode && language !== "python" ? { vscode: { languageId: language } } : {};
    return { cell_type: isCode ? "code" : "markdown", metadata, source: [text.slice(start, end)], ...code };
  });
  return JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
}

function environmentWith({ kind, ...versions }: NonNullable<Rule["example"]["environment"]>): PythonEnvironment {
  const distributions = new Map(
    Object.entries(versions.distributions).map(([name, version]) => {
      const installed = { name, version, requested: true, installer: "pip", directUrl: undefined };
      return [normalizedName(name), installed];
    }),
  );
  const prefix = "/project/.venv";
  const packages = new Map(Object.entries(versions.packages ?? {}));
  const environment = { prefix, python: `${prefix}/bin/python`, kind, name: ".venv", version: "3.12.1", distributions };
  return kind === "conda" ? { ...environment, packages: () => packages } : environment;
}

function foundIn(files: Files, located: readonly Located[]): Found[] {
  return located.map(({ path, finding }) => {
    const text = files.get(path) ?? "";
    const [source = ""] = text.slice(finding.at.start, finding.at.end).split("\n", 1);
    return { path, line: new Lines(text).lineAt(finding.at.start), rule: finding.rule, source };
  });
}

/** The files, in which `located` was found, after one safe fix after the other, until no finding has one. */
function withoutFixable(files: Files, located: readonly Located[], section: Section, isWhole: boolean): Files {
  let current = new Map(files);
  let found = located;
  for (let round = 0; round < 100; round++) {
    const fix = safeFixIn(found);
    if (!fix) return current;
    const next = new Map(current);
    for (const { path, edits, creates } of fix.edits) {
      assert.equal(creates === true, !next.has(path), `\`${fix.title}\` and the existence of ${path}`);
      next.set(path, applyEdits(next.get(path) ?? "", edits));
    }
    assert.notDeepEqual(next, current, `\`${fix.title}\` changes nothing`);
    current = next;
    found = findingsIn(current, optionsOf(current, section, isWhole));
  }
  assert.fail("after 100 safe fixes there is still something to fix");
}

function safeFixIn(located: readonly Located[]): Fix | undefined {
  for (const { fixes } of located) {
    const fix = fixes().find((one) => one.safe && one.refused === undefined && one.edits.length > 0);
    if (fix) return fix;
  }
  return undefined;
}

function optionsOf(files: Files, section: Section, isWhole: boolean): ProjectOptions {
  const { environment } = section;
  // Who declares something has a project that was read as a whole.
  const declares = /^\[project\]/m.test(files.get("pyproject.toml") ?? "");
  return { settings: settingsOf(files), environment, encodings: encodingsOf(section), isWhole: isWhole || declares };
}

function encodingsOf(section: Section): Encodings {
  return new Map(section.files.flatMap(({ path, encoding }) => (encoding === undefined ? [] : [[path, encoding]])));
}

function showsFix(section: Section): boolean {
  return section.files.some((file) => file.fixed !== undefined);
}

/** With one `fixed` block in a section, every file must end as the section says: its block, or untouched. */
function expectFixed(section: Section, after: Files): void {
  if (!showsFix(section)) return;
  const expected = new Map(section.files.map((file) => [file.path, file.fixed ?? file.text]));
  assert.deepEqual(Object.fromEntries(after), Object.fromEntries(expected));
}

function errorsIn(path: string, text: string): number {
  const language = languageOf(path);
  if (!language?.grammar) return 0;
  const tree = parse(language.grammar, language.codeOf(text));
  const count = tree.rootNode.descendantsOfType("ERROR").length;
  tree.delete();
  return count;
}
