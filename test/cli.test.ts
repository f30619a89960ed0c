import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { rules as knownRules } from "../server/languages.ts";
import { duplicateBlock } from "../server/rules/production/duplicate-block.ts";
import { groundwork, inFolder, program } from "./command-line.ts";

const copied = duplicateBlock.example.bad;
const first = copied.slice(0, copied.indexOf("def mean_sale"));

interface Place {
  readonly line: number;
  readonly column: number;
}
interface CheckOutput {
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly file: string;
    readonly start: Place;
    readonly end: Place;
    readonly message: string;
    readonly related: readonly {
      readonly file: string;
      readonly start: Place;
      readonly end: Place;
      readonly message: string;
    }[];
    readonly fixes: readonly { readonly title: string; readonly safe: boolean }[];
  }[];
  readonly files: number;
  readonly errors: readonly { readonly file: string; readonly message: string }[];
  readonly skipped: readonly string[];
}

function check(root: string, ...args: readonly string[]): CheckOutput & { readonly status: number | null } {
  const { status, stdout, stderr } = groundwork(root, "check", "--format", "json", ...args);
  assert.equal(stderr, "");
  return { ...(JSON.parse(stdout) as CheckOutput), status };
}

describe("stages", () => {
  test("marking writes the configuration, and `stages` shows it with suggestions", () => {
    const files = { "src/a.py": "x = 1\n", "lab/b.ipynb": "{}", "pyproject.toml": "# mine\n[tool.groundwork]\n" };
    inFolder(files, (root) => {
      assert.equal(groundwork(root, "mark", "production", "src").status, 0);
      const written = '# mine\n[tool.groundwork]\n\n[tool.groundwork.stages]\nproduction = ["src/**"]\n';
      assert.equal(readFileSync(join(root, "pyproject.toml"), "utf8"), written);
      const { folders, suggestions } = JSON.parse(groundwork(root, "stages", "--format", "json").stdout);
      assert.deepEqual(folders, [
        { folder: "lab", stage: "undecided" },
        { folder: "src", stage: "production" },
      ]);
      assert.deepEqual(suggestions, [{ folder: "lab", stage: "experimental", reason: "notebooks" }]);
      assert.match(groundwork(root, "stages").stdout, /^src: production\nlab could be marked as experimental/m);
    });
  });

  test("what is not there is 2, what cannot be written so is 1, and nothing changes", () => {
    const before = "[tool.groundwork.stages]\nproduction = ['src']\n";
    inFolder({ "src/a/b.py": "x = 1\n", "pyproject.toml": before }, (root) => {
      assert.equal(groundwork(root, "mark", "production", "nothing").status, 2);
      assert.equal(groundwork(root, "mark", "loud", "src").status, 2);
      assert.equal(groundwork(root, "mark", "undecided", "src/a").status, 1);
      assert.equal(readFileSync(join(root, "pyproject.toml"), "utf8"), before);
    });
  });
});

describe("check", () => {
  test("the findings as one object, places from 1, exit code 1", () => {
    inFolder({ "src/a.py": copied, "requirements.txt": "pandas==2.2.2\nnumpy==2.0.0  # for pandas\n" }, (root) => {
      const { findings: all, files, errors, status } = check(root);
      const findings = all.filter(({ rule }) => rule !== "undeclared-environment");
      assert.equal(status, 1);
      assert.deepEqual([files, errors], [2, []]);
      assert.deepEqual(
        findings.map(({ rule, file, start }) => [rule, file, start.line]),
        [
          ["unsorted-requirements", "requirements.txt", 2],
          ["duplicate-block", "src/a.py", 5],
          ["duplicate-block", "src/a.py", 14],
        ],
      );
      const [, copy] = findings;
      assert.deepEqual(copy?.start, { line: 5, column: 5 });
      assert.equal(copy?.related[0]?.file, "src/a.py");
      assert.equal(copy?.related[0]?.start.line, 14);
      assert.deepEqual(copy?.fixes, [{ title: "Extract into a function", safe: false }]);
    });
  });

  describe("a part of a project is judged by what the whole declares and imports", () => {
    const project = {
      ".git/HEAD": "",
      "requirements.txt": "numpy==1.26.4\npandas==2.2.2\n",
      ".python-version": "3.12\n",
      "src/shop/__init__.py": "",
      "src/shop/a.py": "import numpy\nimport yaml\nimport shop.b\nimport local_helper\n",
      "src/shop/b.py": "import sys\nimport yaml\n\nsys.path.insert(0, 'x')\n",
      "other/local_helper.py": "import pandas\n",
      "other/broken.py": Buffer.from("name = 'caf\xe9'\n", "latin1"),
      "part/requirements.txt": "seaborn==0.13.2\npandas==2.2.2\n",
    };
    const told = (root: string, ...paths: string[]) => {
      const { findings, errors } = check(root, ...paths);
      assert.deepEqual(errors, []);
      const environment = findings.filter(({ rule }) => rule !== "path-hack");
      return environment.map(({ rule, file, start }) => `${file}:${start.line} ${rule}`);
    };

    test("one file and a folder", () => {
      inFolder(project, (root) => {
        assert.deepEqual(told(root, "src/shop/a.py"), ["src/shop/a.py:2 undeclared-import"]);
        assert.deepEqual(told(root, "src"), ["src/shop/a.py:2 undeclared-import"]);
        assert.deepEqual(told(root, "requirements.txt"), []);
        assert.deepEqual(told(root, "part"), [
          "part/requirements.txt:1 unused-requirement",
          "part/requirements.txt:2 unsorted-requirements",
        ]);
      });
    });

    test("from a folder below the project's, in a repository only", () => {
      inFolder(project, (root) => {
        assert.deepEqual(told(join(root, "src")), ["shop/a.py:2 undeclared-import"]);
        rmSync(join(root, ".git"), { recursive: true });
        assert.deepEqual(told(join(root, "src"), "shop/a.py"), []);
      });
    });
  });

  test("clean is 0; what is not there is 2 and is named", () => {
    inFolder({ "a.py": "x = 1\n" }, (root) => {
      assert.equal(check(root).status, 0);
      const missing = check(root, "nothing.py", "a.py");
      assert.deepEqual(
        [missing.status, missing.files, missing.errors.map((error) => error.file)],
        [2, 1, ["nothing.py"]],
      );
    });
  });

  test("wrong usage is 2, help and version are 0", () => {
    inFolder({}, (root) => {
      assert.equal(groundwork(root, "check", "--format", "loud").status, 2);
      assert.equal(groundwork(root, "dance").status, 2);
      assert.equal(groundwork(root, "--version").status, 0);
      assert.equal(groundwork(root, "check", "--help").status, 0);
    });
  });

  test("files that cannot be decoded are named, and everything else is still checked", () => {
    const files = {
      "latin.py": Buffer.from("name = 'caf\xe9'\n", "latin1"),
      "declared.py": Buffer.from("# -*- coding: latin-1 -*-\nname = 'caf\xe9'\n", "latin1"),
      "bom.py": Buffer.from("\ufeffx = 1\n"),
      "unknown.py": "# coding: klingon\n",
      "a.py": copied,
      "requirements.txt": Buffer.from("\ufeffzeta==1\r\nalpha==1\r\n", "utf16le"),
    };
    inFolder(files, (root) => {
      const { findings, errors, status } = check(root);
      assert.equal(status, 2);
      assert.deepEqual(errors.map((error) => error.file).sort(), ["latin.py", "unknown.py"]);
      assert.deepEqual([...new Set(findings.map((finding) => finding.file))], ["a.py", "requirements.txt"]);
    });
  });

  test("columns count code points, also where the copy is not the first file", () => {
    const wide = first.replaceAll("price", "pre😀ço").replace("groupby", "😀");
    inFolder({ "a.py": wide, "b.py": `x = "😀"; y = 1\n${wide}` }, (root) => {
      const findings = check(root).findings.filter(({ rule }) => rule === "duplicate-function");
      assert.equal(findings.length, 2);
      for (const { start, end, file } of findings) {
        const lines = readFileSync(join(root, file), "utf8").split("\n");
        const last = [...(lines[end.line - 1] ?? "")];
        assert.equal(end.column, last.length + 1, `${file}:${end.line}`);
        assert.equal(start.column, 1);
      }
    });
  });

  test(".gitignore, excluded folders, environments and symbolic link loops are left alone", () => {
    const files = {
      ".gitignore": "generated/\n!generated/kept.py\n*_gen.py\n",
      ".git/HEAD": "",
      "generated/a.py": copied,
      "a_gen.py": copied,
      "env/pyvenv.cfg": "",
      "env/lib/b.py": copied,
      "node_modules/c.py": copied,
      "sub/.gitignore": "!d_gen.py\n",
      "sub/d_gen.py": copied,
      "pyproject.toml": '[tool.groundwork]\nexclude = ["old"]\n',
      "old/e.py": copied,
    };
    inFolder(files, (root) => {
      symlinkSync(root, join(root, "sub", "loop"));
      assert.equal(check(root, "generated").files, 1, "what is asked for by name is looked at");
      const { findings, files: count } = check(root);
      assert.deepEqual([...new Set(findings.map((finding) => finding.file))], ["sub/d_gen.py"]);
      assert.equal(count, 1);
    });
  });

  test("a file above the size limit is skipped and named once", () => {
    inFolder({ "big.py": "x = 1\n".repeat(2 * 1024 * 1024), "a.py": "x = 1\n" }, (root) => {
      const { skipped, status, files } = check(root);
      assert.deepEqual([skipped, status, files], [["big.py"], 0, 1]);
    });
  });

  test("two runs say the same, whatever the order of the paths", () => {
    inFolder({ "a.py": copied, "b.py": copied, "c/d.py": copied }, (root) => {
      const { stdout } = groundwork(root, "check", "--format", "json", "a.py", "b.py", "c");
      assert.equal(groundwork(root, "check", "--format", "json", "c", "b.py", "a.py").stdout, stdout);
    });
  });

  test("text for people: place, underlined lines, reason and fix", () => {
    inFolder({ "requirements.txt": "zeta==1\nalpha==1\n" }, (root) => {
      const { stdout, status } = groundwork(root, "check");
      assert.equal(status, 1);
      assert.match(stdout, /^requirements\.txt:2:1: hint\[unsorted-requirements\] /m);
      assert.match(stdout, /^2 \| alpha==1\n {2}\| \^{5}$/m);
      assert.match(stdout, /fix: Sort/);
      assert.match(stdout, /Findings: 1, in 1 of 1 files\.\n$/);
    });
  });

  test("text for people: how many lines are not shown, and that nothing was found, also of one", () => {
    const lines = [
      "data = table.dropna().reset_index(drop=True)",
      "data['area'] = data['width'] * data['height'] + data['margin']",
      "data = data[data['area'] > 10.5]",
      "means = data.groupby('city')['area'].mean()",
      "total = means.sum() / len(data) - means.max() * data['area'].mean()",
    ];
    const twice = (more: readonly string[]) => {
      const block = [...lines, ...more].map((line) => `    ${line}\n`).join("");
      return `def first(table):\n${block}    return 1\n\n\ndef second(table):\n${block}    return table\n`;
    };
    const files = {
      "five.py": twice([]),
      "six.py": twice(["print(total, means.max())"]),
      "none.py": "",
    };
    inFolder(files, (root) => {
      assert.match(groundwork(root, "check", "five.py").stdout, /… and 1 more line$/m);
      assert.match(groundwork(root, "check", "six.py").stdout, /… and 2 more lines$/m);
      assert.equal(groundwork(root, "check", "none.py").stdout, "Nothing found in 1 file.\n");
    });
  });

  test("SARIF 2.1.0 with rule, level and region", () => {
    inFolder({ "a b.py": copied }, (root) => {
      const log = JSON.parse(groundwork(root, "check", "--format", "sarif").stdout);
      const [run] = log.runs;
      assert.deepEqual([log.version, run.tool.driver.name], ["2.1.0", "Groundwork"]);
      const result = run.results.find((each: { ruleId: string }) => each.ruleId === "duplicate-block");
      assert.deepEqual([result.ruleId, result.level], ["duplicate-block", "warning"]);
      assert.equal(result.locations[0].physicalLocation.artifactLocation.uri, "a%20b.py");
      assert.equal(result.locations[0].physicalLocation.region.startLine, 5);
      assert.equal(result.relatedLocations.length, 1);
    });
  });

  test("--fix applies what is safe, keeps the encoding unless that is the smell, and reports what is left", () => {
    const kept = Buffer.from(
      "# coding: latin-1\r\n\r\nscipy==1.13.0  # for p\xe3es\r\nnumpy  # for caf\xe9\r\n",
      "latin1",
    );
    const wide = Buffer.from("\ufeffscipy==1.13.0  # for pandas\r\npandas\r\n", "utf16le");
    inFolder({ "requirements.txt": wide, "requirements-more.txt": kept, "a.py": copied }, (root) => {
      const left = new Set(check(root, "--fix").findings.map(({ rule }) => rule));
      assert.deepEqual([left.has("unpinned-requirement"), left.has("duplicate-block")], [true, true]);
      assert.deepEqual([left.has("unsorted-requirements"), left.has("requirements-encoding")], [false, false]);
      assert.equal(readFileSync(join(root, "requirements.txt"), "utf8"), "pandas\r\nscipy==1.13.0  # for pandas\r\n");
      const more = readFileSync(join(root, "requirements-more.txt"), "latin1");
      assert.equal(more, "# coding: latin-1\r\n\r\nnumpy  # for caf\xe9\r\nscipy==1.13.0  # for p\xe3es\r\n");
      assert.equal(readFileSync(join(root, "a.py"), "utf8"), copied);
    });
  });

  test("speaks Portuguese where the terminal does", () => {
    inFolder({ "requirements.txt": "numpy\n" }, (root) => {
      const env = { ...process.env, LC_ALL: "pt_BR.UTF-8", NO_COLOR: "1" };
      const { stdout } = spawnSync(process.execPath, [program, "check"], { cwd: root, env, encoding: "utf8" });
      assert.match(stdout, /versão|versões/);
    });
  });
});

describe("sort and pin", () => {
  test("sort prints the new text, or replaces the file", () => {
    inFolder({ "requirements.txt": "b==1\r\na==1\r\n" }, (root) => {
      assert.equal(groundwork(root, "sort", "requirements.txt").stdout, "a==1\r\nb==1\r\n");
      assert.equal(readFileSync(join(root, "requirements.txt"), "utf8"), "b==1\r\na==1\r\n");
      assert.equal(groundwork(root, "sort", "requirements.txt", "--write").status, 0);
      assert.equal(readFileSync(join(root, "requirements.txt"), "utf8"), "a==1\r\nb==1\r\n");
    });
  });

  test("pin takes the versions of the project's environment and says what it left", () => {
    const files = {
      "requirements.txt": "zeta\nalpha>=1  # why\nmissing\n",
      ".venv/pyvenv.cfg": "home = /usr/bin\nversion = 3.12.1\n",
      ".venv/bin/python": "",
      ".venv/lib/python3.12/site-packages/alpha-1.5.dist-info/METADATA":
        "Metadata-Version: 2.1\nName: alpha\nVersion: 1.5\n",
      ".venv/lib/python3.12/site-packages/zeta-2.0.dist-info/METADATA":
        "Metadata-Version: 2.1\nName: zeta\nVersion: 2.0\n",
    };
    inFolder(files, (root) => {
      const { stdout, stderr, status } = groundwork(root, "pin", "requirements.txt");
      assert.equal(stdout, "alpha==1.5  # why\nmissing\nzeta==2.0\n");
      assert.match(stderr, /missing/);
      assert.equal(status, 1);
      groundwork(root, "pin", "requirements.txt", "--write");
      assert.equal(readFileSync(join(root, "requirements.txt"), "utf8"), stdout);
    });
  });

  test("what cannot be read is left alone, with exit code 2", () => {
    inFolder({}, (root) => {
      assert.equal(groundwork(root, "sort", "requirements.txt", "--write").status, 2);
      assert.equal(groundwork(root, "pin", "requirements.txt").status, 2);
      assert.equal(groundwork(root, "requirements", "requirements.txt").status, 2);
    });
  });
});

describe("the other commands", () => {
  test("requirements: the file as pip reads it", () => {
    inFolder({ "requirements.txt": "A[x] >= 1.0 , <2 ; python_version>'3'  # c\n-r base.txt\nb=1\n" }, (root) => {
      const { encoding, entries } = JSON.parse(
        groundwork(root, "requirements", "requirements.txt", "--format", "json").stdout,
      );
      assert.equal(encoding, "utf-8");
      assert.deepEqual(
        entries.map((entry: { kind: string; line: number }) => [entry.kind, entry.line]),
        [
          ["requirement", 1],
          ["include", 2],
          ["error", 3],
        ],
      );
      const [first, , broken] = entries;
      assert.deepEqual([first.name, first.extras, first.specifier], ["A", ["x"], "<2,>=1.0"]);
      assert.equal(first.marker, 'python_version > "3"');
      assert.equal(typeof broken.error, "string");
    });
  });

  test("rules: metadata for other tools", () => {
    const { rules } = JSON.parse(groundwork(".", "rules", "--format", "json").stdout);
    const names = rules.map((rule: { name: string }) => rule.name);
    assert.deepEqual(
      names,
      knownRules.map((rule) => rule.name),
    );
  });

  test("a setting that is not understood is said on stderr and the default holds", () => {
    inFolder({ "a.py": copied, "pyproject.toml": "[tool.groundwork]\nmax-file-size = -1\n" }, (root) => {
      const { stderr, status } = groundwork(root, "check");
      assert.match(stderr, /max-file-size/);
      assert.equal(status, 1);
    });
  });

  test("a notebook's findings say the cell and the line in it", () => {
    const cell = (source: string) => ({
      cell_type: "code",
      metadata: {},
      outputs: [],
      source: source.split(/(?<=\n)/),
    });
    const cells = [
      { cell_type: "markdown", metadata: {}, source: ["# Sales"] },
      cell("!ls\n%time x = 1"),
      cell(copied),
    ];
    const notebook = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }, undefined, 1);
    inFolder({ "sales.ipynb": notebook, "broken.ipynb": "{" }, (root) => {
      const { findings, errors } = check(root, "sales.ipynb");
      assert.deepEqual(errors, []);
      assert.deepEqual(
        findings.filter(({ rule }) => rule === "duplicate-block").map(({ start, end }) => ({ start, end })),
        [5, 14].map((line) => ({ start: { cell: 3, line, column: 5 }, end: { cell: 3, line: line + 4, column: 38 } })),
      );
      const text = groundwork(root, "check", "sales.ipynb").stdout;
      assert.match(text, /^sales\.ipynb:cell 3:5:5: warning\[duplicate-block\]/m);
      assert.match(text, /= sales\.ipynb:cell 3:14:5: Another copy/);
      const sarif = JSON.parse(groundwork(root, "check", "--format", "sarif", "sales.ipynb").stdout);
      assert.equal(sarif.runs[0].results[0].locations[0].logicalLocations[0].fullyQualifiedName, "cell 3:5:5");
      const broken = groundwork(root, "check", "broken.ipynb");
      assert.match(broken.stdout, /broken\.ipynb: it is no notebook/);
      assert.equal(broken.status, 2);
    });
  });
});

describe("refactor", () => {
  const ranges = ["--range", "src/a.py:5:5-9:44", "--range", "src/a.py:14:5-18:44"];

  test("prints the edits, places from 1; writes only when asked to", () => {
    inFolder({ "src/a.py": copied }, (root) => {
      const { status, stdout } = groundwork(root, "refactor", "extract-duplicates", ...ranges);
      const answer = JSON.parse(stdout);
      assert.deepEqual([status, answer.applied, answer.name], [0, true, "_read_csv"]);
      assert.deepEqual(
        answer.edits.map(({ file, start }: { file: string; start: Place }) => [file, start.line, start.column]),
        [
          ["src/a.py", 4, 1],
          ["src/a.py", 5, 5],
          ["src/a.py", 14, 5],
        ],
      );
      assert.equal(readFileSync(join(root, "src/a.py"), "utf8"), copied);
      const written = groundwork(root, "refactor", "extract-duplicates", ...ranges, "--name", "_sales", "--write");
      const said = JSON.parse(written.stdout);
      assert.equal(said.name, "_sales");
      const placesOf = ({ edits }: { edits: { start: Place; end: Place }[] }) =>
        edits.map(({ start, end }) => [start, end]);
      assert.deepEqual(placesOf(said), placesOf(answer), "places are those of the text before");
      assert.match(readFileSync(join(root, "src/a.py"), "utf8"), /def _sales\(path\):/);
    });
  });

  test("copies of several files are written together, or none of them is", () => {
    const other = copied.slice(0, copied.indexOf("\n\ndef mean_sale"));
    const files = { "a.py": other, "b.py": other.replace("monthly_sales", "sales") };
    const across = ["--range", "a.py:5:5-9:44", "--range", "b.py:5:5-9:44", "--write"];
    inFolder(files, (root) => {
      const { status, stdout } = groundwork(root, "refactor", "extract-duplicates", ...across);
      const answer = JSON.parse(stdout);
      const last = answer.edits.at(-1);
      assert.deepEqual([status, answer.applied, last.file, last.creates], [0, true, "_shared.py", true]);
      assert.match(readFileSync(join(root, "_shared.py"), "utf8"), /^import pandas as pd\n\n\ndef _read_csv\(path\):/);
      assert.match(readFileSync(join(root, "b.py"), "utf8"), /\nfrom _shared import _read_csv\n/);
    });
    inFolder(files, (root) => {
      // A folder is no file of the project, and yet stands in the way.
      mkdirSync(join(root, "_shared.py"));
      const { status, stderr } = groundwork(root, "refactor", "extract-duplicates", ...across);
      assert.deepEqual([status, stderr.length > 10], [2, true]);
      assert.equal(readFileSync(join(root, "a.py"), "utf8"), other);
      assert.equal(readFileSync(join(root, "b.py"), "utf8"), files["b.py"]);
    });
  });

  test("a refusal is an answer, too", () => {
    inFolder({ "a.py": "x = 1\n" }, (root) => {
      const { status, stdout } = groundwork(root, "refactor", "extract-duplicates", "a.py", "--range", "1:1-1:6");
      assert.equal(status, 0);
      assert.deepEqual(JSON.parse(stdout).applied, false);
      assert.match(JSON.parse(stdout).reason, /only one/);
    });
  });

  test("wrong arguments are 2, and say what is wrong", () => {
    inFolder({ "a.py": "x = 1\n", "b.txt": "", "n.ipynb": '{"cells": [], "nbformat": 4}' }, (root) => {
      const wrong = [
        ["dance", "a.py", "--range", "1:1-1:2"],
        ["extract-duplicates", "a.py"],
        ["extract-duplicates", "a.py", "--range", "1-2"],
        ["extract-duplicates", "a.py", "--range", "9:1-9:2"],
        ["extract-duplicates", "a.py", "--range", "1:3-1:2"],
        ["extract-duplicates", "gone.py", "--range", "1:1-1:2"],
        ["extract-duplicates", "b.txt", "--range", "1:1-1:2"],
        ["extract-constant", "n.ipynb", "--range", "1:1-1:2"],
      ];
      for (const args of wrong) {
        const { status, stdout, stderr } = groundwork(root, "refactor", ...args);
        assert.deepEqual([status, stdout], [2, ""], args.join(" "));
        assert.match(stderr, /^groundwork: .{10}/);
      }
      const list = groundwork(root, "refactor", "--list");
      assert.deepEqual([list.status, list.stdout.split("\n").includes("extract-duplicates")], [0, true]);
    });
  });
});

test("grammars are loaded when the first text must be parsed: in a folder, in one file, and before fixes", () => {
  const files = {
    "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["numpy>=1"]\n',
    "plain.py": "answer = 42\n",
    "requirements.txt": "numpy==1.0\nnumpy==2.0\n",
    "train.py": 'import numpy\n\nrows = numpy.loadtxt("/home/ana/rows.csv")\n',
  };
  for (const args of [[], ["plain.py"], ["train.py"], ["requirements.txt"], ["--fix"]]) {
    inFolder(files, (root) => {
      const command = ["check", "--format", "json", ...args];
      const env = { ...process.env, LC_ALL: "C", VIRTUAL_ENV: "", CONDA_PREFIX: "", NO_COLOR: "1" };
      const { stdout, stderr } = spawnSync(process.execPath, [program, ...command], {
        cwd: root,
        env,
        encoding: "utf8",
      });
      assert.equal(stderr, "");
      // Of the thread that runs the others they are loaded before.
      inFolder(files, (other) => assert.equal(stdout, groundwork(other, ...command).stdout, args.join(" ")));
    });
  }
});
