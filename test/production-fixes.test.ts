// What the fixes of production smells write, where a person has to finish it: docstrings, tests, constants.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { applyEdits } from "../server/core/edit.ts";
import type { Fix } from "../server/core/rule.ts";
import { defaultSettings } from "../server/core/settings.ts";
import { Workspace } from "../server/host/workspace.ts";
import { languageOf } from "../server/languages.ts";
import { docstringStyle } from "../server/refactorings/docstring.ts";
import { testStub } from "../server/refactorings/test-stub.ts";
import { grammars } from "./grammars.ts";

await grammars();

function checked(rule: string, text: string) {
  const workspace = new Workspace("/project", { ...defaultSettings, stagesProduction: ["**"] });
  const language = languageOf("shop.py");
  assert.ok(language);
  workspace.open("shop.py", language, text);
  return { workspace, findings: workspace.check("shop.py").filter((each) => each.rule === rule) };
}

function messagesOf(rule: string, text: string): readonly string[] {
  return checked(rule, text).findings.map(({ message }) => message);
}

function fixesOf(rule: string, text: string): readonly Fix[] {
  const { workspace, findings } = checked(rule, text);
  return workspace.fixes("shop.py", findings).flat();
}

function fixed(rule: string, text: string): string {
  const [fix] = fixesOf(rule, text);
  assert.ok(fix, "no fix");
  assert.equal(fix.safe, false);
  return applyEdits(text, fix.edits[0]?.edits ?? []);
}

const signature = "def total(prices: list[int], taxes, *discounts, shipping=0) -> int:\n";
const body = `    a = 1
    for b in prices:
        if b > 3:
            a += b
        else:
            print(b)
    while a > 9:
        a -= shipping
    if taxes:
        a += taxes
    for c in discounts:
        if c:
            a -= c
        a = max(a, 0)
    print(a)
    return a
`;

describe("commented-out code", () => {
  const divided = "# first(1)\n# second(2)\n# third(3)\n\n# fourth(4)\n# fifth(5)\n# sixth(6)\nx = 1\n";

  test("across a blank line is counted, and deleted, as a whole", () => {
    assert.deepEqual(messagesOf("commented-out-code", divided), ["6 lines of code are commented out"]);
    assert.equal(fixed("commented-out-code", divided), "x = 1\n");
  });

  test("across two blank lines is told once, by its first lines", () => {
    const apart = divided.replace("\n\n", "\n\n\n");
    assert.deepEqual(messagesOf("commented-out-code", apart), ["3 lines of code are commented out"]);
    assert.equal(fixed("commented-out-code", apart), "\n\n# fourth(4)\n# fifth(5)\n# sixth(6)\nx = 1\n");
  });
});

describe("docstrings", () => {
  test("are missed of several functions at once, the largest first", () => {
    const small = "def few(ps, ts, ds, sp):\n    a = ps(1)\n    ts(a)\n    ds(a)\n    return sp(a)\n\n\n";
    assert.deepEqual(messagesOf("undocumented-function", small + signature + body), [
      "`total` and one other function here have no docstring",
    ]);
    const three = small + small.replace("few", "less") + signature + body;
    assert.deepEqual(messagesOf("undocumented-function", three), [
      "`total` and 2 other functions here have no docstring",
    ]);
  });

  test("with everything that the signature tells, in Google's style where the module shows none", () => {
    const docstring =
      '    """Total.\n\n    Args:\n        prices (list[int]): ...\n        taxes: ...\n        *discounts: ...\n' +
      '        shipping: ...\n\n    Returns:\n        int: ...\n    """\n';
    assert.equal(fixed("undocumented-function", signature + body), signature + docstring + body);
  });

  test("in the style that the module uses", () => {
    const numpy = 'def f(a):\n    """F.\n\n    Parameters\n    ----------\n    a : int\n        What.\n    """\n\n\n';
    assert.match(
      fixed("undocumented-function", numpy + signature + body),
      /"""Total\.\n\n {4}Parameters\n {4}-{10}\n {4}prices : list\[int\]\n {8}\.\.\.\n {4}taxes\n/,
    );
    const rest = 'def f(a):\n    """F.\n\n    :param a: what\n    """\n\n\n';
    assert.match(
      fixed("undocumented-function", rest + signature + body),
      /"""Total\.\n\n {4}:param prices: \.\.\.\n {4}:type prices: list\[int\]\n[\s\S]*:returns: \.\.\.\n {4}:rtype: int\n/,
    );
    assert.equal(docstringStyle("nothing"), "google");
  });

  test("keep tabs and carriage returns, and leave `self` and functions that return nothing alone", () => {
    const text =
      "class Shop:\r\n\tdef total(self, a, b, c, d):\r\n\t\tprint(a)\r\n\t\tif b:\r\n\t\t\tprint(c)\r\n\t\tself.d = d\r\n";
    const docstring =
      '\t\t"""Total.\r\n\r\n\t\tArgs:\r\n\t\t\ta: ...\r\n\t\t\tb: ...\r\n\t\t\tc: ...\r\n\t\t\td: ...\r\n\t\t"""\r\n';
    assert.equal(fixed("undocumented-function", text), text.replace("\t\tprint(a)", `${docstring}\t\tprint(a)`));
  });
});

describe("constants", () => {
  test("a path gets a name behind the imports", () => {
    const before =
      '"""Doc."""\nimport os  # here\n\n\ndef read():\n    return open("/home/maria/My Data/train-set.csv")\n';
    assert.equal(
      fixed("user-path", before),
      '"""Doc."""\nimport os  # here\n\nTRAIN_SET_PATH = "/home/maria/My Data/train-set.csv"\n\n\ndef read():\n    return open(TRAIN_SET_PATH)\n',
    );
  });

  test("a name that is taken gets a number; what has a name already, and f-strings, get none", () => {
    const before = 'import os\nX_PATH = 1\n\n\ndef read():\n    return open("/home/maria/x.csv")\n';
    assert.match(fixed("user-path", before), /^import os\n\nX_PATH_2 = /);
    assert.deepEqual(fixesOf("user-path", 'import os\nDATA = "/home/maria/x.csv"\n'), []);
    assert.deepEqual(fixesOf("user-path", 'import os\nprint(f"/home/maria/{os}")\n'), []);
    assert.deepEqual(fixesOf("user-path", 'print("/home/maria/x" "y")\nimport os\n'), []);
  });
});

describe("parameters", () => {
  const lifted = (text: string) => {
    const fix = fixesOf("user-path", text).find(({ title }) => title.startsWith("Lift to the parameter"));
    return fix && applyEdits(text, fix.edits[0]?.edits ?? []);
  };

  test("a path becomes the default of a parameter, and the function does what it did", () => {
    assert.equal(
      lifted('def read():\n    return open("/home/maria/x.csv")\n'),
      'def read(x_path="/home/maria/x.csv"):\n    return open(x_path)\n',
    );
    assert.equal(
      lifted(
        'class Shop:\n    def read(\n        self,\n        x_path=1,  # what\n    ):\n        return "/home/maria/x.csv"\n',
      ),
      'class Shop:\n    def read(\n        self,\n        x_path=1, x_path_2="/home/maria/x.csv",  # what\n    ):\n        return x_path_2\n',
    );
  });

  test("none where a decorator, what is left over or a scope inside could notice, and none outside of functions", () => {
    const body = '\n    return open("/home/maria/x.csv")\n';
    for (const text of [
      `@app.get("/")\ndef read():${body}`,
      `def read(*paths):${body}`,
      `def read(a, *, b):${body}`,
      `def read(**options):${body}`,
      `class Shop:\n    def __enter__(self):\n        return open("/home/maria/x.csv")\n`,
      'def read():\n    return lambda: open("/home/maria/x.csv")\n',
      'def read():\n    class Paths:\n        x = "/home/maria/x.csv"\n    return Paths\n',
      'def read(path="/home/maria/x.csv"):\n    return path\n',
      'print(open("/home/maria/x.csv"))\n',
    ])
      assert.equal(lifted(text), undefined, text);
  });
});

describe("tests", () => {
  test("import the module as its project does", () => {
    const isFile = (path: string) => path === "src/shop/__init__.py" || path === "src/shop/core/__init__.py";
    assert.match(
      testStub("src/shop/core/prices.py", ["mean"], isFile),
      /^import pytest\n\nfrom shop\.core import prices\n/,
    );
    assert.match(
      testStub("prices.py", ["mean"], () => false),
      /^import pytest\n\nimport prices\n/,
    );
    assert.match(
      testStub("src/prices.py", ["mean"], () => false),
      /^import pytest\n\nimport prices\n/,
    );
  });

  test("name each public function, and can be run", (context) => {
    const stub = testStub("prices.py", ["mean", "total"], () => false);
    assert.match(stub, /def test_mean\(\):\n {4}assert prices\.mean\(\.\.\.\) == \.\.\.\n/);
    assert.match(stub, /def test_total\(\):/);
    const folder = mkdtempSync(join(tmpdir(), "groundwork-"));
    try {
      writeFileSync(join(folder, "prices.py"), "def mean(x):\n    return x\n\n\ndef total(x):\n    return x\n");
      writeFileSync(join(folder, "test_prices.py"), stub.replace("import pytest\n", "").replaceAll(/@pytest.*\n/g, ""));
      const run = "import test_prices as t; t.test_mean(); t.test_total()";
      const { status, error, stderr } = spawnSync("python3", ["-c", run], { cwd: folder, encoding: "utf8" });
      if (error) return context.skip("python3 is not on this machine");
      assert.equal(status, 0, stderr);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
