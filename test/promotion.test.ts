import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { groundwork, inFolder } from "./command-line.ts";
import { folderWith, LspClient } from "./lsp-client.ts";

const files = {
  "requirements.txt": "pandas\n",
  ".python-version": "3.12\n",
  "lab/report.py": `import sys

import pandas as pd

sys.path.append("..")


def read(path, sep, a, b):
    table = pd.read_csv(path, sep=sep)
    table = table.iloc[a:]
    table.columns = b
    return table


def save(table):
    table.to_csv("/home/maria/report.csv")


print(read("a.csv", ";", 0, []))
print(1)
print(2)
print(3)
save(4)
`,
  "other/b.py": "import sys\n\nsys.path.append('y')\n",
  "other/requirements.txt": "numpy\n",
};

interface Answer {
  readonly path: string;
  readonly stage: string;
  readonly page: string;
  readonly rows: readonly {
    readonly title: string;
    readonly obstacles: readonly {
      readonly rule: string;
      readonly uri: string;
      readonly path: string;
      readonly range: { readonly start: object };
      readonly cell?: number;
      readonly fix?: string;
    }[];
  }[];
}

describe("what stands between code and production", () => {
  test("is judged as production code, whatever its stage, and sorted into rows", async () => {
    const folder = folderWith({ ...files, "groundwork.toml": "[stages]\nexperimental = ['lab']\n" });
    try {
      await using client = await LspClient.start(folder.root);
      const uri = client.uri("lab");
      const answer = await client.connection.sendRequest<Answer>("groundwork/promotion", { uri });
      assert.deepEqual([answer.path, answer.stage], ["lab", "experimental"]);
      const open = answer.rows.filter((row) => row.obstacles.length > 0);
      assert.deepEqual(
        open.map((row) => [row.title, row.obstacles.map((each) => `${each.path} ${each.rule}`)]),
        [
          ["The environment is declared and pinned", ["requirements.txt unpinned-requirement"]],
          ["The program has an entry point", ["lab/report.py script-body"]],
          ["What changes from place to place is a parameter", ["lab/report.py path-hack", "lab/report.py user-path"]],
          ["Tests try the functions", ["lab/report.py untested-module"]],
          ["Public functions are documented", ["lab/report.py undocumented-function"]],
        ],
      );
      assert.equal(answer.rows.length, 9);
      assert.match(answer.page, /^# lab: from experiment to production\n\nDone: 4 of 9\.\n/);
      assert.match(answer.page, /☐ \*\*Tests try the functions\*\*\n {2}- lab\/report\.py:1: No test/);
      assert.equal(await client.connection.sendRequest("groundwork/promotion", { uri: "file:///elsewhere" }), null);
    } finally {
      folder.dispose();
    }
  });

  test("an obstacle's fix is applied from the list, though its folder is experimental", async () => {
    const folder = folderWith({ ...files, "groundwork.toml": "[stages]\nexperimental = ['lab']\n" });
    try {
      await using client = await LspClient.start(folder.root);
      const uri = client.uri("lab");
      const answer = await client.connection.sendRequest<Answer>("groundwork/promotion", { uri });
      const obstacles = answer.rows.flatMap((row) => row.obstacles);
      assert.match(answer.page, /\(`undocumented-function`\); fix: /);
      const fix = (rule: string) => {
        const found = obstacles.find((each) => each.rule === rule);
        assert.ok(found?.fix, `${rule} has no fix`);
        const values = [found.uri, rule, found.range.start, found.cell];
        const params = { command: "groundwork.server.fixObstacle", arguments: values };
        return client.connection.sendRequest<object | null>("workspace/executeCommand", params);
      };
      assert.deepEqual(await fix("undocumented-function"), {});
      assert.match(JSON.stringify(client.edits.at(-1)), /report\.py.*\\"\\"\\"/);
      assert.deepEqual(await fix("untested-module"), { created: client.uri("tests/test_report.py") });
      await client.open("lab/report.py", "x = 1\n");
      assert.equal(await fix("undocumented-function"), null);
      assert.match(client.messages.at(-1) ?? "", /judge again/);
    } finally {
      folder.dispose();
    }
  });

  test("on the command line: a notebook and its module, both or none", () => {
    const source = (text: string) => ({ cell_type: "code", metadata: {}, outputs: [], source: text });
    const notebook = (...texts: readonly string[]) =>
      JSON.stringify({ cells: texts.map(source), metadata: {}, nbformat: 4, nbformat_minor: 5 });
    const before = notebook("import json", 'rows = json.loads("[2]")\nrows');
    inFolder({ "lab/prices.ipynb": before, "lab/star.ipynb": notebook("from math import *") }, (root) => {
      const promote = (...rest: readonly string[]) => groundwork(root, "promote", ...rest, "--to-module");
      const read = (path: string) => readFileSync(join(root, path), "utf8");
      const printed = promote("lab/prices.ipynb");
      assert.equal(printed.status, 0, printed.stderr);
      assert.match(printed.stdout, /def loads_rows|def compute_rows/);
      assert.equal(read("lab/prices.ipynb"), before);
      assert.equal(promote("lab/prices.ipynb", "--write").status, 0);
      assert.equal(read("lab/prices.py"), printed.stdout);
      assert.match(read("lab/prices.ipynb"), /from prices import \w+"/);
      // The module is there now: nothing is written over it.
      const again = promote("lab/prices.ipynb", "--write");
      assert.equal(again.status, 1);
      assert.match(again.stderr, /lab\/prices\.py is there already/);
      const star = promote("lab/star.ipynb", "--write");
      assert.deepEqual([star.status, existsSync(join(root, "lab/star.py"))], [1, false]);
      assert.match(star.stderr, /`import \*`/);
    });
  });

  test("on the command line: a checklist, and whether it is empty", () => {
    inFolder(files, (root) => {
      const { status, stdout } = groundwork(root, "promote", "lab/report.py");
      assert.equal(status, 1);
      assert.match(
        stdout,
        /- \[ \] \*\*Tests try the functions\*\*\n {2}- \[lab\/report\.py:1\]\(lab\/report\.py#L1\): No test is in the project/,
      );
      assert.match(stdout, /- \[x\] \*\*Nothing is copied\*\*/);
      assert.doesNotMatch(stdout, /other\//);
      assert.equal(groundwork(root, "promote", "nothing").status, 2);
    });
    inFolder({ "shop/prices.py": "TAX = 3\n" }, (root) => {
      const { status, stdout } = groundwork(root, "promote", "shop");
      assert.equal(status, 0, stdout);
      assert.match(stdout, /Nothing that Groundwork knows of stands in the way/);
    });
  });
});
