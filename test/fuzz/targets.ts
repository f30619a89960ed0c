// Every reader of ours, with texts to begin from. None may throw, whatever it is given.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import ignore from "ignore";
import { analyze, fixesOf } from "../../server/analyze.ts";
import { Tokenizer } from "../../server/clones/tokenizer.ts";
import { parse } from "../../server/core/grammar.ts";
import { defaultSettings } from "../../server/core/settings.ts";
import { isExcluded, stageOf } from "../../server/core/stages.ts";
import { Suppressions } from "../../server/core/suppressions.ts";
import { Lines } from "../../server/core/text.ts";
import { condaAnswer } from "../../server/environments/conda-answer.ts";
import { condaPackagesIn } from "../../server/environments/conda-packages.ts";
import { readInstalled } from "../../server/environments/installed.ts";
import { readMetadata } from "../../server/environments/metadata.ts";
import { pythonVersionFor } from "../../server/environments/python-version.ts";
import { progressReader } from "../../server/environments/tools.ts";
import { declaredInPython, factsInSource } from "../../server/host/dependency-facts.ts";
import { indexCacheOf, readIndexCache, writeIndexCache } from "../../server/host/index-cache.ts";
import { PythonReader } from "../../server/host/python-reader.ts";
import { changedFiles } from "../../server/host/revision.ts";
import { decodeNotebook, decodePython } from "../../server/host/source.ts";
import { Workspace } from "../../server/host/workspace.ts";
import { languageNamed, languageOf } from "../../server/languages.ts";
import { Frames } from "../../server/lsp/frames.ts";
import { withCell, withSources } from "../../server/notebook/write.ts";
import { filesInHtml, filesInJson } from "../../server/pins/index-page.ts";
import { loginIn } from "../../server/pins/netrc.ts";
import { versionsIn } from "../../server/pins/pip-report.ts";
import { readBaseline } from "../../server/project/baseline.ts";
import { readConfiguration } from "../../server/project/configuration.ts";
import { markedStage } from "../../server/project/mark-stage.ts";
import { addedDependency } from "../../server/project/pyproject-dependency.ts";
import { withRuffRules } from "../../server/project/ruff-rules.ts";
import { PythonModule } from "../../server/python/module.ts";
import { readScopes } from "../../server/python/scopes.ts";
import { readSyntax } from "../../server/python/syntax.ts";
import { completingAt } from "../../server/requirements/completion.ts";
import { decodeRequirements } from "../../server/requirements/decode.ts";
import { markerHolds } from "../../server/requirements/marker.ts";
import { explainMarker } from "../../server/requirements/marker-refusal.ts";
import { readRequirements } from "../../server/requirements/reader.ts";
import { sortRequirements } from "../../server/requirements/sort.ts";
import { parseSpecifiers, satisfies } from "../../server/requirements/specifier.ts";
import { compareVersions, parseVersion, versionText } from "../../server/requirements/version.ts";
import { sectionsOf } from "../literate.ts";
import { framed } from "./wire.ts";

export interface Target {
  readonly name: string;
  readonly seeds: readonly string[];
  /** Of a million inputs so many parts are this reader's: the slow ones get few. */
  readonly weight: number;
  /** Read from bytes, which need not be a text. */
  readonly takes: "text" | "bytes";
  /** The settings a reader is called with are the same for the same input. */
  run(input: string, bytes: Uint8Array): unknown;
}

export interface Targets extends Disposable {
  readonly all: readonly Target[];
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const markdown = readdirSync(here("../rules"))
  .filter((name) => name.endsWith(".md"))
  .map((name) => readFileSync(here(`../rules/${name}`), "utf8"));
const files = markdown.flatMap((text) => sectionsOf(text).flatMap((section) => section.files));
const seedsOf = (end: string) => files.filter(({ path }) => path.endsWith(end)).map((file) => file.text.slice(0, 4000));
const recorded = readFileSync(here("../stand-ins/recorded.json"), "utf8");
const notebook = JSON.stringify({
  cells: [
    { cell_type: "markdown", metadata: {}, source: ["# A\n", "text"] },
    { cell_type: "code", execution_count: 2, metadata: {}, outputs: [], source: "%pip install a\nx = 1\n" },
    { cell_type: "raw", metadata: {}, source: "" },
  ],
  metadata: { kernelspec: { language: "python" } },
  nbformat: 4,
  nbformat_minor: 5,
});
const messages = ['{"jsonrpc":"2.0","id":1,"method":"shutdown"}', "{}", '{"a":"é😀"}'].map(framed);
const versions = ["1.0", "2!1.2.3rc1.post4.dev5+local.7", "v1.0-beta", "1.*", ">=1,<2,!=1.5.*", "~=2.2", "=== foobar"];
const markers = [
  'python_version >= "3.8" and (sys_platform == "win32" or extra == \'a\')',
  '"linux" in sys_platform and not_a_name == "x"',
  'python_full_version not in "3.8.1, 3.9"',
];
const tomls = [
  ...seedsOf(".toml"),
  '[project]\ndependencies = [\n  "a", # why\n  "b>=1",\n]\nrequires-python = ">=3.9"\n[tool.poetry.dependencies]\npython = "^3.9"\n[[x.y]]\na = 1\n',
  '[packages]\nrequests = "*"\n[tool.ruff.lint]\nselect = ["E"]\n[tool.groundwork.stages]\nproduction = ["src/**"]\n',
];

/** The readers, with a folder of their own for those that read files. */
export function targets(): Targets {
  const folder = mkdtempSync(join(tmpdir(), "groundwork-fuzz-"));
  const settings = { ...defaultSettings, stagesProduction: ["**"] };
  const workspace = new Workspace(join(folder, "project"), settings, "open documents");
  const reader = new PythonReader();
  const text = (name: string, weight: number, seeds: readonly string[], run: (input: string) => unknown): Target => ({
    name,
    weight,
    seeds,
    takes: "text",
    run,
  });
  const bytes = (
    name: string,
    weight: number,
    seeds: readonly string[],
    run: (input: Uint8Array) => unknown,
  ): Target => ({
    name,
    weight,
    seeds,
    takes: "bytes",
    run: (_, input) => run(input),
  });
  const python = seedsOf(".py");
  const requirements = seedsOf(".txt");
  const checked = (path: string) => (input: string) => {
    const language = languageOf(path) ?? languageNamed("python");
    // Opened, since a rule is not asked about a file that does not mention what it is about.
    workspace.open(path, language, input);
    const file = { path, text: input };
    const { findings, failures } = analyze(file, workspace.project, { language, offering: true });
    fixesOf(file, findings, workspace.project, { language });
    const [failure] = failures;
    if (failure) throw new Error(`the rule ${failure.rule} failed`, { cause: failure.error });
  };
  const all: Target[] = [
    bytes("tokens of Python", 120, python, (input) => {
      const tokens = new Tokenizer();
      tokens.open(input);
      for (let count = 0; tokens.next() !== 0; count++) {
        if (count > 10 * input.length + 10) throw new Error("more tokens than bytes");
      }
    }),
    bytes("facts of Python", 60, python, (input) => reader.read(input, ["sklearn"])),
    bytes("what Python declares", 40, [...python, "# /// script\n# dependencies = ['a']\n# ///\n"], (input) =>
      declaredInPython("setup.py", input),
    ),
    bytes("encodings of Python", 60, ["# -*- coding: latin-1 -*-\n", "\ufeff# coding=utf-16\n", ...python], (input) => {
      const decoded = decodePython(input);
      if ("text" in decoded) decoded.text.length.toString();
    }),
    text("syntax of Python", 20, python, (input) => {
      using module = new PythonModule("module.py", input);
      readScopes(readSyntax(module));
    }),
    text("rules about Python", 20, python, checked("src/module.py")),
    text(
      "rules about notebooks",
      10,
      python.map((each) => `\fpython 1\n${each}`),
      checked("a.ipynb"),
    ),
    text("rules about requirements", 10, requirements, checked("requirements.txt")),
    text("requirements", 80, requirements, (input) => {
      using file = readRequirements("requirements.txt", input);
      sortRequirements(file);
      for (const { start, end } of file.physicalLines) {
        if (start < 0 || end > input.length || start > end) throw new Error("a span outside of the text");
      }
    }),
    text("grammar of requirements", 40, requirements, (input) => parse("requirements", input).delete()),
    text("completion of requirements", 40, requirements, (input) => {
      using file = readRequirements("requirements.txt", input);
      completingAt(file, input.length >> 1);
    }),
    bytes("encodings of requirements", 60, requirements, (input) => decodeRequirements(input)),
    text("versions", 60, versions, (input) => {
      const version = parseVersion(input);
      if (version && compareVersions(version, parseVersion(versionText(version)) ?? version) !== 0)
        throw new Error("a version is another one when it is written");
    }),
    text("specifiers", 60, versions, (input) => [parseSpecifiers(input), satisfies("1.0", input)]),
    text("markers", 60, markers, (input) => [markerHolds(input, { python_version: "3.12" }), explainMarker(input)]),
    text("environment.yml", 20, seedsOf(".yml"), checked("environment.yml")),
    text("settings in TOML", 40, tomls, (input) => readConfiguration({ name: "pyproject.toml", text: input })),
    text("declarations in TOML", 40, tomls, (input) => factsInSource("pyproject.toml", input)),
    text("Pipfile", 20, tomls, (input) => factsInSource("Pipfile", input)),
    text("edits of TOML", 30, tomls, (input) => {
      const file = { name: "pyproject.toml", text: input } as const;
      markedStage(file, { path: "src", isFolder: true }, "production");
      withRuffRules(file, { ...defaultSettings, stagesProduction: ["src/**"] });
      addedDependency(input, "numpy", "1.0");
    }),
    text("setup.cfg", 20, ["[options]\ninstall_requires =\n  a\n  b>=1\npython_requires = >=3\n"], (input) =>
      factsInSource("setup.cfg", input),
    ),
    text("Dockerfile and scripts", 20, ["FROM python:3.11\nRUN pip install a==1 && b\n"], (input) => [
      factsInSource("Dockerfile", input),
      factsInSource("tox.ini", input),
    ]),
    text("versions of Python", 20, ["python-3.11.4\n", "3.11\n", ">=3.8,<3.12\n", "- python=3.9\n"], (input) =>
      pythonVersionFor(async () => input),
    ),
    bytes("notebooks", 60, [notebook], (input) => decodeNotebook(input)),
    text("edits of notebooks", 30, [notebook], (input) => [
      withSources(input, "\fpython\nx = 2\n"),
      withCell(input, { below: 0, source: "x = 1" }),
    ]),
    text("ignore comments", 60, python, (input) => new Suppressions(new Lines(input))),
    bytes("messages of an editor", 60, messages, (input) => {
      const whole = [...new Frames().push(input)];
      const frames = new Frames();
      const pieces = [...input].flatMap((_, index) => [...frames.push(input.subarray(index, index + 1))]);
      const isMessage = (message: unknown) => message !== undefined;
      if (!isDeepStrictEqual(whole.filter(isMessage), pieces.filter(isMessage)))
        throw new Error("it matters how the bytes come");
    }),
    text(".gitignore", 60, ["*.py\n!a.py\n/build\n**/x/\n[a-c]?\n\\#\n"], (input) =>
      ignore().add(input).test("src/build/a.py"),
    ),
    text("globs", 60, ["src/**", "!(a|b)/*.py", "{a,b}[0-9]?", "@(x|y)+(z)"], (input) => {
      const settings = { ...defaultSettings, stagesProduction: [input], exclude: [input] };
      return [stageOf("src/pkg/module.py", settings), isExcluded("src/pkg/module.py", settings)];
    }),
    text("baseline", 60, ['{"version":1,"files":{"a.py":["0123456789abcdef x"]}}'], (input) => readBaseline(input)),
    text("pages of an index", 60, ['<a href="x" data-requires-python="&gt;=3">a-1.0-py3-none-any.whl</a>\n'], (input) =>
      filesInHtml(input, "a"),
    ),
    text("answers of an index", 40, ['{"files":[{"filename":"a-1.tar.gz","yanked":false}]}'], (input) =>
      whereJson(input, (page) => filesInJson(page, "a")),
    ),
    text("reports of pip", 40, ['{"install":[{"metadata":{"name":"a","version":"1"}}]}'], (input) => versionsIn(input)),
    text("answers of conda", 40, [recorded.slice(0, 3000), '{"success":false,"exception_name":"X"}'], (input) =>
      condaAnswer({ exitCode: input.length % 3, stdout: input, stderr: input.slice(0, 50) }),
    ),
    text("progress of conda", 40, ['{"fetch":"a | 1 MB","finished":false,"progress":0.5}\0'], (input) =>
      progressReader({ progress: () => undefined } as never)(input, "stdout"),
    ),
    text("netrc", 40, ["machine a login b password c\ndefault login d\nmacdef x\ny\n\n"], (input) =>
      loginIn(input, "a"),
    ),
    text("git's diff", 40, [":100644 100644 a b M\0x.py\0\0diff --git a/x b/x\n@@ -1 +1,2 @@\n-a\n+b\n"], changedFiles),
    bytes("metadata of distributions", 3, ["Metadata-Version: 2.1\nName: a\nVersion: 1\n\ntext"], (input) => {
      const place = join(folder, "venv/lib/python3.12/site-packages/a-1.dist-info");
      mkdirSync(place, { recursive: true });
      for (const name of ["METADATA", "INSTALLER", "direct_url.json"]) writeFileSync(join(place, name), input);
      mkdirSync(join(folder, "venv/conda-meta"), { recursive: true });
      writeFileSync(join(folder, "venv/conda-meta/history"), input);
      const prefix = join(folder, "venv");
      condaPackagesIn(prefix);
      return Promise.all([readInstalled(prefix, "3.12", {}), readMetadata({ prefix, version: "3.12" }, "a", {})]);
    }),
    bytes("the index's cache", 2, ["x"], async (input) => {
      const cache = indexCacheOf(folder, folder);
      await writeIndexCache(cache, folder, []);
      const whole = readFileSync(cache);
      writeFileSync(cache, Buffer.concat([whole.subarray(0, whole.length - (input.length % 30)), input]));
      const records = await readIndexCache(cache, folder);
      if (records.size > 0) throw new Error("what nobody wrote is believed");
    }),
  ];
  return { all, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

function whereJson(text: string, read: (value: unknown) => unknown): unknown {
  try {
    return read(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
