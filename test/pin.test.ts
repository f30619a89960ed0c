import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { applyEdits } from "../server/core/edit.ts";
import { defaultSettings } from "../server/core/settings.ts";
import type { PythonEnvironment } from "../server/project/project.ts";
import { type Pinnable, type PinOptions, pinRequirements } from "../server/requirements/pin.ts";
import { readRequirements } from "../server/requirements/reader.ts";
import { pinnedVersion } from "../server/requirements/specifier.ts";
import { unpinnedRequirement } from "../server/rules/environment/unpinned-requirement.ts";
import { grammars } from "./grammars.ts";
import { tries } from "./tries.ts";

await grammars();

const remote = { url: "https://user:secret@example.org/o/tool.git", vcs: "git", commit: "0a1b2c3", editable: false };
const installed: Readonly<Record<string, Pinnable>> = {
  numpy: { version: "1.26.4" },
  "scikit-learn": { version: "1.5.0" },
  torch: { version: "2.3.0+cpu" },
  beta: { version: "2.0rc1" },
  odd: { version: "1.0-snapshot-of-may" },
  tool: { version: "0.1", directUrl: remote },
  ours: { version: "0.2", directUrl: { url: "file:///home/ana/ours", editable: true } },
  wheel: { version: "0.3", directUrl: { url: "file:///home/ana/wheel-0.3.whl", editable: false } },
  pandas: {
    version: "2.2.2",
    installer: "conda",
    directUrl: { url: "file:///home/conda/feedstock_root/build_artifacts/pandas/work", editable: false },
  },
};
const markers = { python_version: "3.12", python_full_version: "3.12.1", sys_platform: "linux", extra: "" };

function pins(text: string, options: Partial<PinOptions> = {}) {
  using file = readRequirements("requirements.txt", text);
  const result = pinRequirements(file, { versionOf: (name) => installed[name], markers, ...options });
  if ("refused" in result) return { refused: result.refused };
  const left = result.left.map(({ entry, code, reason }) => `${entry.line + 1} ${code}: ${reason}`);
  return { text: applyEdits(text, result.edits), left, pinned: result.pinned.map(({ pin }) => pin) };
}

const cases: readonly (readonly [title: string, before: string, after: string, ...left: string[]])[] = [
  ["a name alone", "numpy\n", "numpy==1.26.4\n"],
  ["a range", "numpy>=1.20,<2\n", "numpy==1.26.4\n"],
  ["a wildcard", "numpy==1.26.*\n", "numpy==1.26.4\n"],
  [
    "spelling, extras, marker and comment stay",
    "Scikit_Learn[plots] >= 1.4 ; python_version > '3.8'  # why\n",
    "Scikit_Learn[plots] ==1.5.0 ; python_version > '3.8'  # why\n",
  ],
  ["parentheses go with the range", "numpy (>=1.20)\n", "numpy ==1.26.4\n"],
  ["options of a line stay", "numpy --config-settings=a=b\n", "numpy==1.26.4 --config-settings=a=b\n"],
  ["a continued line", "numpy >=1.20, \\\n  <2 # why\n", "numpy ==1.26.4 # why\n"],
  ["pre-releases count in", "beta>=1\n", "beta==2.0rc1\n"],
  [
    "a pinned line is left alone",
    "numpy==1.26.4\nnumpy == 1.26.4 # fine\nnumpy===1.26.4\n",
    "numpy==1.26.4\nnumpy == 1.26.4 # fine\nnumpy===1.26.4\n",
  ],
  ["a local label goes", "torch\n", "torch==2.3.0\n"],
  [
    "a local label stays where the file names its index",
    "--extra-index-url https://download.pytorch.org/whl/cpu\ntorch\n",
    "--extra-index-url https://download.pytorch.org/whl/cpu\ntorch==2.3.0+cpu\n",
  ],
  [
    "a repository is pinned to its commit, without the password",
    "tool\ntool>=0; python_version > '3'\n",
    "tool @ git+https://example.org/o/tool.git@0a1b2c3\ntool @ git+https://example.org/o/tool.git@0a1b2c3 ; python_version > '3'\n",
  ],
  ["what conda built has its version", "pandas\n", "pandas==2.2.2\n"],
  ["line ends stay", "numpy\r\npandas", "numpy==1.26.4\r\npandas==2.2.2"],
  ["an absent one is left", "nothing\n", "nothing\n", "1 absent: `nothing` is not installed"],
  [
    "a contradiction is left",
    "numpy>=2\n",
    "numpy>=2\n",
    "1 contradiction: 1.26.4 is installed, and `>=2` excludes it",
  ],
  [
    "a pin that contradicts is told",
    "numpy==1.25\n",
    "numpy==1.25\n",
    "1 contradiction: 1.26.4 is installed, and `==1.25` excludes it",
  ],
  [
    "a false marker is left",
    "numpy ; python_version < '3.8'\nnumpy==1.0 ; python_version < '3.8'\n",
    "numpy ; python_version < '3.8'\nnumpy==1.0 ; python_version < '3.8'\n",
    "1 marker: Its marker `python_version < '3.8'` is false in this environment",
  ],
  [
    "an unknown marker does not stop a pin",
    "numpy ; platform_machine == 'arm64'\n",
    "numpy==1.26.4 ; platform_machine == 'arm64'\n",
  ],
  [
    "other files are left",
    "-r base.txt\n-c c.txt\n",
    "-r base.txt\n-c c.txt\n",
    "1 include: `base.txt` is a file of its own: pin it there",
    "2 include: `c.txt` is a file of its own: pin it there",
  ],
  [
    "editables are left",
    "-e .\nours\n",
    "-e .\nours\n",
    "1 editable: An editable installation follows its folder and has no version to fix",
    "2 editable: It is installed in editable mode from a folder, which no version names",
  ],
  [
    "a local wheel is left",
    "wheel\n",
    "wheel\n",
    "1 url: It is installed from file:///home/ana/wheel-0.3.whl, which an index need not have",
  ],
  [
    "a URL that moves is left",
    "tool @ git+https://example.org/o/tool.git\n",
    "tool @ git+https://example.org/o/tool.git\n",
    "1 url: It comes from a URL: name a commit or a release there",
  ],
  [
    "a version that is none is left",
    "odd\n",
    "odd\n",
    "1 invalid: Its installed version `1.0-snapshot-of-may` is none that `==` can name",
  ],
  ["a refused line is left", "numpy=1\n", "numpy=1\n"],
];

for (const [title, before, after, ...left] of cases) {
  test(title, () => {
    const result = pins(before);
    assert.equal(result.text, after);
    if (title === "a refused line is left")
      assert.match(result.left?.join() ?? "", /^1 invalid: pip refuses this line: /);
    else assert.deepEqual(result.left, left);
    assert.equal(pins(after).text, after);
  });
}

test("one line alone is pinned when it is asked for", () => {
  assert.equal(pins("numpy\npandas \\\n  >=2\ntorch\n", { line: 2 }).text, "numpy\npandas \\\n  ==2.2.2\ntorch\n");
});

test("the reason for an absent one comes from whoever looked", () => {
  assert.deepEqual(pins("nothing\n", { reasonFor: (name) => `no ${name}` }).left, ["1 absent: no nothing"]);
});

test("files that a tool wrote and hashed ones are refused", () => {
  assert.match(pins("numpy==1.26.4 --hash=sha256:00\n").refused ?? "", /^Every requirement in this file has hashes/);
  assert.match(pins("numpy\n    # via -r requirements.in\n").refused ?? "", /^A tool wrote this file/);
});

test("pip reads the pinned file as the same requirements with one version each", () => {
  const name = fc.constantFrom("numpy", "Scikit_Learn", "torch", "beta[x, y]", "pandas");
  const specifier = fc.constantFrom("", ">=0", " >= 0 , <99", "(>=0)", " (>0)", "==0.*", "~=0.1,>=0", ">=0, \\\n <99");
  const tail = fc.constantFrom(
    "",
    " # why",
    ";sys_platform=='linux'",
    " ; sys_platform == 'linux' # why",
    " \\\n  --config-settings=a=b",
  );
  const text = fc
    .array(
      fc.tuple(name, specifier, tail).map((parts) => parts.join("")),
      { minLength: 1, maxLength: 6 },
    )
    .map((lines) => `${lines.join("\n")}\n`);
  fc.assert(
    fc.property(text, (before) => {
      const { text: after = "", left = [] } = pins(before);
      using one = readRequirements("a.txt", before);
      using other = readRequirements("a.txt", after);
      const told = (file: typeof one) =>
        file.entries.map(({ kind, name: each, extras, marker, options }) => ({ kind, each, extras, marker, options }));
      assert.deepEqual(told(other), told(one));
      const open = other.entries.filter((entry) => pinnedVersion(entry.specifier) === undefined);
      assert.equal(open.length, left.length);
    }),
    { numRuns: tries(500), seed: 440 },
  );
});

function fixesOf(text: string, environment: PythonEnvironment | undefined) {
  using file = readRequirements("requirements.txt", text);
  const project = {
    root: "/",
    settings: defaultSettings,
    environment,
    variables: undefined,
    missingIsTold: false,
    clonesOf: () => [],
    dependencies: undefined,
    learningIn: () => undefined,
    hasVersions: () => false,
    isSynchronousTwin: () => false,
    isClaimed: () => false,
    isArticle: () => false,
    hasFallbackFor: () => false,
    textOf: () => undefined,
    isExported: () => false,
    learning: undefined,
    requirementsAt: () => undefined,
    mentions: () => false,
    isFile: () => false,
    sourceOf: () => undefined,
    silencedCopiesIn: () => [],
    tests: () => undefined,
  };
  return [...unpinnedRequirement.check(file, project)].map((problem) =>
    [...(unpinnedRequirement.fixes?.(file, problem, project) ?? [])].map(({ title, edits, command, safe }) => {
      assert.equal(safe, false);
      return command ? [title, command.name, ...command.arguments] : [title, applyEdits(text, edits[0]?.edits ?? [])];
    }),
  );
}

const environment: PythonEnvironment = {
  prefix: "/e",
  python: "/e/bin/python",
  kind: "venv",
  name: "iafluente",
  version: "3.12.1",
  distributions: new Map(
    Object.entries(installed).map(([name, { version }]) => [
      name,
      { name, version, requested: true, installer: "pip", directUrl: undefined },
    ]),
  ),
};

test("the rule pins by what is installed, and asks for what is not", () => {
  const all = ["Pin all requirements…", "groundwork.pinRequirements", "requirements.txt"];
  assert.deepEqual(fixesOf("numpy>=1\n", environment), [[["Pin to `==1.26.4`", "numpy==1.26.4\n"]]]);
  assert.deepEqual(fixesOf("numpy>=2\nnothing\n", environment), [
    [["Pin this requirement…", "groundwork.pinRequirement", "requirements.txt", 0], all],
    [["Pin this requirement…", "groundwork.pinRequirement", "requirements.txt", 1], all],
  ]);
  const installedOnes = ["Pin all installed requirements", "numpy==1.26.4\npandas==2.2.2\n"];
  assert.deepEqual(fixesOf("numpy\npandas\n", environment)[1], [
    ["Pin to `==2.2.2`", "numpy\npandas==2.2.2\n"],
    installedOnes,
    all,
  ]);
  assert.deepEqual(fixesOf("numpy ; python_version < '3'\n", environment), [
    [["Pin this requirement…", "groundwork.pinRequirement", "requirements.txt", 0]],
  ]);
  assert.deepEqual(fixesOf("numpy\n", undefined), [
    [["Pin this requirement…", "groundwork.pinRequirement", "requirements.txt", 0]],
  ]);
});

test("one finding for many requirements is fixed for the whole file", () => {
  const text = "a\nb\nc\nd\nnumpy\npandas\n";
  const [fixes, ...others] = fixesOf(text, environment);
  assert.deepEqual(others, []);
  assert.deepEqual(
    fixes?.map(([title]) => title),
    ["Pin all installed requirements", "Pin all requirements…"],
  );
});
