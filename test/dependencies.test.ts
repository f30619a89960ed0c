// What the code imports, what the files declare, and the fixes that follow from both.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { applyEdits } from "../server/core/edit.ts";
import { defaultSettings } from "../server/core/settings.ts";
import { modulesIn } from "../server/environments/modules.ts";
import { Workspace } from "../server/host/workspace.ts";
import { languageOf } from "../server/languages.ts";
import { declaredInSetup, declaredInSetupConfiguration } from "../server/project/declared-in-setup.ts";
import { declaredInPyproject, declaredInScript } from "../server/project/declared-in-toml.ts";
import { DependencyIndex } from "../server/project/dependency-index.ts";
import { knownModulesOf, usualDistributionsOf } from "../server/project/distributions.ts";
import { importsIn } from "../server/project/imports.ts";
import type { PythonEnvironment } from "../server/project/project.ts";
import { grammars } from "./grammars.ts";

await grammars();

const fallbacksOf = (text: string) => importsIn(Buffer.from(text)).fallbacks;
const importsOf = (text: string) => importsIn(Buffer.from(text)).imports;

/** Everything that Python calls an import, in forms that a search for lines would miss. */
const forms = `
import a, b.c as d; import e
from f.g import (h,
    i)  # import nothing
from . import j
from .k import l
from ...m import n
x = 1; from o import p
if x: import q
else: from r import s
class C:
    import t
    def f(self): import u.v
"""
import w
"""
y = f"import {x} from z"
raise_ = lambda: (yield from x)
def g():
    yield from x
    raise A from B
import \\
    aa
try: import ab
except (ImportError, OSError): pass
with x as y, z: import ac
async def h():
    async with x: import ad
match x:
    case 1: import ae
for _ in x: import af
import ação.b
\tif = 1
`;

test("imports are found as Python's own parser finds them", (context) => {
  const text = forms.replace("\tif = 1\n", "");
  const script = `
import ast, json, sys
tree = ast.parse(sys.stdin.buffer.read())
names = []
for node in ast.walk(tree):
    if isinstance(node, ast.Import): names += [each.name for each in node.names]
    elif isinstance(node, ast.ImportFrom) and node.level == 0: names.append(node.module)
print(json.dumps(sorted(names)))
`;
  const python = spawnSync("python3", ["-c", script], { input: text, encoding: "utf8" });
  if (python.error) return context.skip("python3 is not on this machine");
  assert.equal(python.status, 0, python.stderr);
  const expected: string[] = JSON.parse(python.stdout);
  assert.ok(expected.length > 15);
  const byCodeUnits = (names: string[]) => [...names].sort();
  assert.deepEqual(byCodeUnits(importsOf(text).map((each) => each.name)), byCodeUnits(expected));
});

test("an import stands where its name stands, in UTF-16 columns behind a byte order mark", () => {
  const [first, second] = importsOf("\ufeffimport numpy\nx = '😀é'; import a.b\n");
  assert.deepEqual([first?.line, first?.column, first?.module], [0, 7, "numpy"]);
  assert.deepEqual([second?.line, second?.column, second?.module, second?.name], [1, 18, "a", "a.b"]);
});

test("what a file also works without is guarded, whatever nests in it, and nothing behind it is", () => {
  const text = `
try:
    import a
    if x:
        import b
except ImportError:
    import c
else:
    import d
finally:
    import e
import f
try:
    import g
except KeyError:
    import h
if TYPE_CHECKING: import i
if x:
    import j
elif sys.platform == "win32":
    import k
with suppress(ModuleNotFoundError):
    import l
if is_torch_available():
    import m
def load():
    try:
        import n
    except:
        raise
    import o
if os.name == "nt":
    import p
if self.name == "nt":
    import q
`;
  const guarded = importsOf(text).flatMap((each) => (each.isGuarded ? [each.module] : []));
  assert.equal(guarded.join(""), "abcdeijklmnp");
  const nested = importsOf("import a\ndef f():\n    import b\n").map((each) => each.isNested);
  assert.deepEqual(nested, [false, true]);
});

test("strings that may name a module are kept once", () => {
  const { words, touchesPath } = importsIn(
    Buffer.from(
      `x = ["rest_framework.auth", 'rest_framework.auth', b"z z", r"torch"]\ny = "postgresql+psycopg2://h"\n`,
    ),
  );
  assert.deepEqual(words, ["rest_framework.auth", "z", "torch", "psycopg2"]);
  assert.equal(touchesPath, false);
  assert.equal(importsIn(Buffer.from("import sys\nsys.path.append('x')\n")).touchesPath, true);
});

test("a file with more imports, strings and functions than are noted at once tells them all, in its order", () => {
  const numbers = Array.from({ length: 3000 }, (_, number) => number);
  const lines = numbers.map((number) => `import m${number}\ndef f${number}(): return "w${number}", "w${number % 7}"\n`);
  const { imports, words, hasVersions } = importsIn(Buffer.from(`${lines.join("")}def f1_new(): pass\n`));
  assert.deepEqual(
    imports.map(({ module, line }) => [module, line]),
    numbers.map((number) => [`m${number}`, number * 2]),
  );
  assert.deepEqual(
    words,
    numbers.map((number) => `w${number}`),
  );
  assert.equal(hasVersions, true);
});

test("what setup.py, setup.cfg, pyproject.toml and a script declare", () => {
  const names = (declarations: ReturnType<typeof declaredInSetup>) =>
    declarations?.declared.map(({ name, role }) => `${name} ${role}`);
  const setup = declaredInSetup("setup(name='p', install_requires=['a>=1', *more], extras_require={'dev': ['b']})");
  assert.deepEqual(names(setup), ["a runtime", "b development"]);
  assert.deepEqual([setup?.isOpen, setup?.saysPython, setup?.project], [true, false, "p"]);
  assert.equal(declaredInSetup("x = 1"), undefined);
  const configuration = declaredInSetupConfiguration(
    "[options]\ninstall_requires =\n  a[x]>=1\n  b ; os_name == 'nt'\n",
  );
  assert.deepEqual(names(configuration), ["a runtime", "b runtime"]);
  assert.equal(declaredInSetupConfiguration("[flake8]\nignore = E1\n"), undefined);
  assert.equal(declaredInPyproject("[tool.ruff]\nline-length = 1\n"), undefined);
  const dynamic = declaredInPyproject('[project]\nname = "p"\ndynamic = ["dependencies"]\n');
  assert.deepEqual([dynamic?.isOpen, dynamic?.saysPython], [true, false]);
  const script = declaredInScript('#!/usr/bin/env -S uv run\n# /// script\n# dependencies = ["a"]\n# ///\nimport a\n');
  assert.deepEqual(names(script), ["a runtime"]);
});

test("modules and distributions know each other by other names", () => {
  assert.equal(usualDistributionsOf("sklearn")[0], "scikit-learn");
  assert.ok(usualDistributionsOf("cv2").includes("opencv-contrib-python-headless"));
  assert.deepEqual(usualDistributionsOf("my_Module"), ["my-module"]);
  assert.deepEqual(knownModulesOf("beautifulsoup4"), ["bs4"]);
  assert.equal(knownModulesOf("nobody-knows"), undefined);
});

test("an environment tells which distribution holds a module", () => {
  const site = folderWith({
    "pillow-10.4.0.dist-info/RECORD":
      "PIL/__init__.py,sha256=x,1\nPIL/a.py,,\n../../bin/x,,\npillow-10.4.0.dist-info/RECORD,,\n",
    "Two_Names-1.dist-info/RECORD": 'one.py,,\n"two/a,b.py",,\n_c.cpython-312-x86_64-linux-gnu.so,,\ndata/x.json,,\n',
    "editable-1.dist-info/RECORD": "__editable__.editable-1.pth,,\neditable-1.dist-info/METADATA,,\n",
    "editable-1.dist-info/top_level.txt": "here\n",
  });
  assert.deepEqual(Object.fromEntries(modulesIn([site, join(site, "absent")])()), {
    PIL: ["pillow"],
    one: ["two-names"],
    two: ["two-names"],
    _c: ["two-names"],
    here: ["editable"],
  });
});

test("moved lines and other code are no new facts, another import is", () => {
  const index = new DependencyIndex(() => false);
  const set = (text: string) => index.set("a.py", { code: importsIn(Buffer.from(text)) });
  set("import numpy\n");
  const before = index.dependenciesIn(undefined);
  set("\n\nimport numpy\nx = 1\n");
  assert.equal(index.dependenciesIn(undefined), before);
  assert.equal(before.importsIn("a.py")[0]?.line, 2);
  set("import numpy, scipy\n");
  assert.notEqual(index.dependenciesIn(undefined), before);
  assert.equal(index.dependenciesIn(undefined).useOf("scipy"), "imported");
  index.remove("a.py");
  assert.equal(index.dependenciesIn(undefined).useOf("scipy"), "nowhere");
});

test("a workspace knows nothing until it was read whole, and follows its files", () => {
  const root = folderWith({
    "train.py": "import numpy\n",
    "requirements.txt": "pandas==2.2.2  # used by the notebook\n",
    ".python-version": "3.12\n",
  });
  const workspace = new Workspace(root, defaultSettings);
  const rules = () => workspace.check("train.py").map((finding) => finding.rule);
  workspace.add("train.py");
  assert.equal(workspace.dependencies, undefined);
  assert.deepEqual(rules(), []);
  for (const _ of workspace.scan());
  assert.deepEqual(rules(), ["undeclared-import"]);
  const language = languageOf("requirements.txt");
  assert.ok(language);
  workspace.open("requirements.txt", language, "numpy\n");
  assert.deepEqual(rules(), []);
  workspace.close("requirements.txt");
  assert.deepEqual(rules(), ["undeclared-import"]);
  writeFileSync(join(root, "Dockerfile"), "FROM python:3.12\nRUN pip install numpy\n");
  workspace.refresh("Dockerfile");
  assert.deepEqual(rules(), []);
});

test("a submodule that no scan finds is the project's own", () => {
  const root = folderWith({
    "train.py": "import vendor, third_party.x, gone\nimport numpy\n",
    "requirements.txt": "numpy==1.26.4\n",
    "third_party/x/__init__.py": "",
    "vendor/__init__.py": "",
    ".python-version": "3.12\n",
  });
  assert.deepEqual(fixesIn(root, "train.py", "undeclared-import").messages, [
    "`gone` is imported, but no file declares it",
  ]);
});

const environment: PythonEnvironment = {
  prefix: "/e",
  python: "/e/bin/python",
  kind: "venv",
  name: "e",
  version: "3.12.1",
  distributions: new Map(
    Object.entries({ "opencv-python-headless": "4.10.0.84", numpy: "1.26.4", flask: "3.0.3" }).map(
      ([name, version]) => [name, { name, version, requested: true, installer: "pip", directUrl: undefined }],
    ),
  ),
  modules: () => new Map([["cv2", ["opencv-python-headless"]]]),
};

test("an import is added to the requirements, pinned to what is installed and in its place", () => {
  const root = folderWith({
    "train.py": "import cv2\n",
    "requirements.txt":
      "numpy==1.26.4  # used by the notebook\npandas==2.2.2  # used by the notebook\nrequests==2.32.3  # used\n",
    "requirements-dev.txt": "pytest==8.2.2\n",
    ".python-version": "3.12\n",
  });
  const { titles, after } = fixesIn(root, "train.py", "undeclared-import");
  assert.deepEqual(titles, ["Add `opencv-python-headless==4.10.0.84` to requirements.txt"]);
  assert.match(after.get("requirements.txt") ?? "", /^numpy.*\nopencv-python-headless==4\.10\.0\.84\npandas/);
});

test("what is not installed is proposed as pip knows it", () => {
  const root = folderWith({
    "a.py": "import sklearn\nimport torch\nimport faiss\n",
    "requirements.txt": "numpy\npandas\n",
  });
  assert.deepEqual(fixesIn(root, "a.py", "undeclared-import").titles, [
    "Add `scikit-learn` to requirements.txt",
    "Add `scikit-learn-intelex` to requirements.txt",
  ]);
});

test("in a project of pyproject.toml alone, an import is added to its dependencies", () => {
  const root = folderWith({
    "src/train.py": "import cv2\n",
    "pyproject.toml": '[project]\nname = "x"\nrequires-python = ">=3.12"\ndependencies = [\n    "zarr>=2",\n]\n',
  });
  const { titles, after } = fixesIn(root, "src/train.py", "undeclared-import");
  assert.deepEqual(titles, ["Add `opencv-python-headless>=4.10.0.84` to pyproject.toml"]);
  assert.match(
    after.get("pyproject.toml") ?? "",
    /= \[\n {4}"opencv-python-headless>=4\.10\.0\.84",\n {4}"zarr>=2",\n\]/,
  );
});

test("what is imported nowhere is removed with its line", () => {
  const root = folderWith({
    "train.py": "import numpy\n",
    "requirements.txt": "numpy==1.26.4\nseaborn==0.13.2  # plots\n",
  });
  const { titles, after } = fixesIn(root, "requirements.txt", "unused-requirement");
  assert.deepEqual(titles, ["Remove `seaborn`"]);
  assert.equal(after.get("requirements.txt"), "numpy==1.26.4\n");
});

test("a frozen file keeps what is imported or started, and the rest becomes constraints", () => {
  const frozen =
    "certifi==2024.7.4\nFlask==3.0.3\ngunicorn==22.0.0\nidna==3.7\nJinja2==3.1.4\nnumpy==1.26.4\nsix==1.16.0\nurllib3==2.2.2\n";
  const root = folderWith({ "app.py": "import flask\nimport numpy\n", "requirements.txt": frozen });
  const { titles, after } = fixesIn(root, "requirements.txt", "frozen-requirements");
  assert.deepEqual(titles, ["Keep what is imported, lock the rest"]);
  assert.equal(after.get("requirements.txt"), "-c requirements.lock\nFlask==3.0.3\ngunicorn==22.0.0\nnumpy==1.26.4\n");
  assert.equal(
    after.get("requirements.lock"),
    "certifi==2024.7.4\nidna==3.7\nJinja2==3.1.4\nsix==1.16.0\nurllib3==2.2.2\n",
  );
});

test("a development tool moves to a file of its own, which is made or added to", () => {
  const files = { "serve.py": "import flask\n", "requirements.txt": "flask==3.0.3\npytest==8.2.2\n" };
  const made = fixesIn(folderWith(files), "requirements.txt", "dev-tool-requirement");
  assert.equal(made.after.get("requirements.txt"), "flask==3.0.3\n");
  assert.equal(made.after.get("requirements-dev.txt"), "-r requirements.txt\n\npytest==8.2.2\n");
  const root = folderWith({ ...files, "requirements-dev.txt": "black==24.8.0\nruff==0.6.0\n" });
  const added = fixesIn(root, "requirements.txt", "dev-tool-requirement");
  assert.equal(added.after.get("requirements-dev.txt"), "black==24.8.0\npytest==8.2.2\nruff==0.6.0\n");
});

test("an environment that is not declared is created, a Python that is not said is written down", () => {
  const nothing = fixesIn(folderWith({ "a.py": "import numpy\n" }), "a.py", "undeclared-environment");
  assert.deepEqual(nothing.titles, ["Create requirements.txt from imports"]);
  const root = folderWith({ "a.py": "import numpy\n", "requirements.txt": "numpy==1.26.4\n" });
  const python = fixesIn(root, "a.py", "undeclared-environment");
  assert.equal(python.after.get(".python-version"), "3.12\n");
});

test("entries of a conda file are pinned with conda's sign, and pip's with pip's", () => {
  const text = "dependencies:\n  - python\n  - pip\n  - pip:\n      - numpy\n";
  const { titles, after } = fixesIn(
    folderWith({ "environment.yml": text }),
    "environment.yml",
    "unportable-conda-file",
  );
  assert.deepEqual(titles, ["Pin to `python=3.12`", "Pin all installed packages"]);
  assert.equal(after.get("environment.yml"), "dependencies:\n  - python=3.12\n  - pip\n  - pip:\n      - numpy\n");
});

/** What a rule says of a file, the titles of its first finding's fixes, and the files that the first one changes. */
function fixesIn(root: string, path: string, rule: string) {
  const workspace = new Workspace(root, { ...defaultSettings, stagesProduction: ["**"] });
  workspace.environment = environment;
  for (const _ of workspace.scan());
  const findings = workspace.check(path).filter((finding) => finding.rule === rule);
  const [first] = findings;
  const fixes = first ? workspace.fixes(path, [first]).flat() : [];
  const after = new Map<string, string>();
  for (const { path: changed, edits, creates } of fixes[0]?.edits ?? []) {
    const text = creates ? "" : (workspace.textOf(changed) ?? workspace.project.requirementsAt(changed)?.text ?? "");
    after.set(changed, applyEdits(text, edits));
  }
  assert.deepEqual([...workspace.errors.values()], []);
  return { messages: findings.map((each) => each.message), titles: fixes.map((fix) => fix.title), after };
}

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "groundwork-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

test("what a file imports where it can is known by the names that it has there", () => {
  const text = `try:
    from .rows import (OrderedRows,
        Row as OneRow)
    from fast import quick
except ImportError:
    quick = None
try:
    from .rows import Table
finally:
    pass
from .rows import Cell
`;
  assert.deepEqual(fallbacksOf(text), ["OrderedRows", "OneRow", "quick"]);
  assert.equal(fallbacksOf("from .rows import Cell\n"), undefined);
});
