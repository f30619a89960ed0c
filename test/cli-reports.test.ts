import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { columnsOf, pageWidth, visible } from "../server/cli/terminal.ts";
import { groundwork, inFolder } from "./command-line.ts";

const require = createRequire(import.meta.url);
// Both are CommonJS whose default export Node and TypeScript see in different places.
const Ajv: typeof import("ajv-draft-04").default = require("ajv-draft-04").default;
const formats: typeof import("ajv-formats").default = require("ajv-formats").default;

/** The schema that OASIS published, as a package of Microsoft's brings it. */
const schema: object = require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");

const copied = `import pandas as pd

def report(path):
    data = pd.read_csv(path)
    data = data.dropna(subset=["price", "rooms"])
    data["ratio"] = data["price"] / data["rooms"]
    data = data[data["ratio"] < 10]
    summary = data.groupby("city")["ratio"].mean()
    print("ratio", summary.head(), len(data))
    return summary
`;
const cell = (source: string | string[]) => ({ cell_type: "code", metadata: {}, outputs: [], source });
const notebook = (cells: readonly object[]) =>
  JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }, undefined, 1);

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: { readonly startLine: number; readonly endLine: number };
        };
      }[];
    }[];
  }[];
}

function sarifOf(root: string): Log {
  return JSON.parse(groundwork(root, "check", "--format", "sarif").stdout) as Log;
}

describe("SARIF", () => {
  const lines = copied.split(/(?<=\n)/);
  const files = {
    "a b.py": copied,
    "explore.ipynb": notebook([cell("x = 1"), cell(lines)]),
    "broken.py": Buffer.from("name = 'caf\xe9'\n", "latin1"),
    "requirements.txt": "pandas\n",
  };

  test("is valid by the published schema, and every result has what GitHub asks for", () => {
    inFolder(files, (root) => {
      const log = sarifOf(root);
      // The schema names formats of draft 4 only in part.
      const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
      formats(ajv);
      const isValid = ajv.validate(schema, log);
      assert.ok(isValid, ajv.errorsText());
      const [run] = log.runs;
      assert.ok(run && run.results.length >= 3);
      const marks = new Set<string>();
      for (const result of run.results) {
        assert.equal(run.tool.driver.rules[result.ruleIndex]?.id, result.ruleId);
        const place = result.locations[0]?.physicalLocation;
        assert.ok(place && place.region.startLine >= 1 && place.region.endLine >= place.region.startLine);
        marks.add(`${place.artifactLocation.uri} ${result.partialFingerprints["groundwork/v1"]}`);
      }
      assert.equal(marks.size, run.results.length, "fingerprints tell the results of a file apart");
      assert.ok(run.results.some((each) => each.locations[0]?.physicalLocation.artifactLocation.uri === "a%20b.py"));
    });
  });

  test("a place in a notebook is told by the lines of its JSON", () => {
    inFolder(files, (root) => {
      const text = files["explore.ipynb"].split("\n");
      const result = sarifOf(root).runs[0]?.results.find(
        ({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri === "explore.ipynb",
      );
      const region = result?.locations[0]?.physicalLocation.region;
      assert.match(text[(region?.startLine ?? 0) - 1] ?? "", /def report/);
      assert.match(text[(region?.endLine ?? 0) - 1] ?? "", /return summary/);
    });
  });

  test("a fingerprint outlives lines that move", () => {
    const marksOf = (root: string) =>
      sarifOf(root).runs[0]?.results.map(({ partialFingerprints }) => partialFingerprints["groundwork/v1"]);
    let before: unknown;
    inFolder({ "requirements.txt": "pandas\nnumpy\n" }, (root) => {
      before = marksOf(root);
    });
    inFolder({ "requirements.txt": "# What the report needs.\n\npandas\nnumpy\n" }, (root) => {
      assert.deepEqual(marksOf(root), before);
    });
  });
});

describe("JUnit", () => {
  test("a suite for each file, a failure for each finding, an error for what could not be read", () => {
    const files = {
      "requirements.txt": 'pandas>2 # <&"\nnumpy\n',
      "b.py": Buffer.from("name = 'caf\xe9'\n", "latin1"),
    };
    inFolder(files, (root) => {
      const { stdout, status } = groundwork(root, "check", "--format", "junit", "requirements.txt", "b.py");
      assert.equal(status, 2);
      assert.match(
        stdout,
        /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="groundwork" tests="\d+" failures="\d+" errors="1">/,
      );
      assert.match(
        stdout,
        /<testcase classname="requirements\.txt" name="unpinned-requirement requirements\.txt:1:1">/,
      );
      assert.match(stdout, /<failure type="warning" message="`pandas&#62;2`/);
      assert.match(stdout, /<error message="[^"]+">/);
    });
  });

  test("one passed case where nothing was found", () => {
    inFolder({ "a.py": "x = 1\n" }, (root) => {
      const { stdout, status } = groundwork(root, "check", "--format", "junit");
      assert.equal(status, 0);
      assert.match(stdout, /tests="1" failures="0" errors="0"/);
    });
  });
});

describe("a terminal", () => {
  test("that does not know its width gets what a pipe gets, and a narrow one 40 columns", () => {
    const widths = [
      { columns: 0, isTTY: true },
      { columns: 80, isTTY: false },
      { columns: 12, isTTY: true },
      { columns: 120, isTTY: true },
    ].map((stream) => [columnsOf(stream), pageWidth(stream)]);
    assert.deepEqual(widths, [
      [undefined, 100],
      [undefined, 100],
      [40, 40],
      [120, 100],
    ]);
  });

  test("is told nothing by what stands in a file, or by its name", { skip: process.platform === "win32" }, () => {
    const name = "a\u001b[2J\n::error::b/requirements.txt";
    inFolder({ [name]: "numpy # \u001b]0;title\u0007 \u202e\n", "a.py": "import numpy\n" }, (root) => {
      for (const words of [["check"], ["clones"], ["check", "no\u001b[2Jthere"], ["sort", "no\u001b[2Jthere"]]) {
        const { stdout, stderr } = groundwork(root, ...words);
        assert.doesNotMatch(
          stdout + stderr,
          /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]|^::error/m,
          words.join(" "),
        );
      }
    });
    assert.equal(visible("a\tb\u001b\n"), "a\tb\u241b\u240a");
  });
});
