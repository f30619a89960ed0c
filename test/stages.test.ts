import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parse } from "smol-toml";
import type { Stage } from "../server/core/rule.ts";
import { defaultSettings, type Settings } from "../server/core/settings.ts";
import { stageOf } from "../server/core/stages.ts";
import { readConfiguration } from "../server/project/configuration.ts";
import { markedStage, stageOfMarked } from "../server/project/mark-stage.ts";
import { withRuffRules } from "../server/project/ruff-rules.ts";
import { suggestedStages } from "../server/project/suggested-stages.ts";
import { withItem, withoutItems } from "../server/project/toml-list.ts";

function mark(text: string, path: string, stage: Stage, isFolder = true): string {
  const result = markedStage({ name: "pyproject.toml", text }, { path, isFolder }, stage);
  return "text" in result ? result.text : `refused: ${result.refused}`;
}

describe("marking a folder", () => {
  test("makes the table in an empty file, and behind what is there", () => {
    const table = '[tool.groundwork.stages]\nproduction = ["src/**"]\n';
    assert.equal(mark("", "src", "production"), table);
    const project = "[project]\nname = 'x' # keep";
    assert.equal(mark(project, "src", "production"), `${project}\n\n${table}`);
  });

  test("moves the folder from one list to the other, in whatever way it was written", () => {
    for (const written of ["src", "src/", "./src", "src/**", "src/**/*"]) {
      const before = `[tool.groundwork.stages]\nexperimental = ["a", "${written}", "b"] # why\n`;
      const after = '[tool.groundwork.stages]\nexperimental = ["a", "b"] # why\nproduction = ["src/**"]\n';
      assert.equal(mark(before, "src", "production"), after);
    }
  });

  test("keeps the layout and the comments of a list of many lines", () => {
    const before = `[tool.groundwork.stages]
experimental = [
  # sketches
  "notebooks/**", # all of them
  "old/**",  # soon gone
]
production = [
  "src/**"
]

[tool.ruff]
line-length = 100
`;
    const after = `[tool.groundwork.stages]
experimental = [
  # sketches
  "notebooks/**", # all of them
]
production = [
  "src/**",
  "old/**"
]

[tool.ruff]
line-length = 100
`;
    assert.equal(mark(before, "old", "production"), after);
    assert.equal(mark(after, "src", "undecided"), after.replace('  "src/**",\n', ""));
  });

  test("writes in the form that the file uses", () => {
    assert.equal(
      mark("[tool.groundwork]\nstages = { production = ['a'] }\n", "b", "experimental"),
      "[tool.groundwork]\nstages = { production = ['a'], experimental = [\"b/**\"] }\n",
    );
    assert.equal(
      mark("[tool.groundwork]\nstages.production = ['a']\nexclude = []\n", "b", "experimental"),
      "[tool.groundwork]\nstages.production = ['a']\nstages.experimental = [\"b/**\"]\nexclude = []\n",
    );
    assert.equal(
      mark("[tool]\ngroundwork = {}\n", "b", "experimental"),
      '[tool]\ngroundwork = { stages.experimental = ["b/**"] }\n',
    );
    const plain = markedStage(
      { name: "groundwork.toml", text: "exclude = []\n" },
      { path: "", isFolder: true },
      "production",
    );
    assert.deepEqual(plain, { text: 'exclude = []\n\n[stages]\nproduction = ["**"]\n' });
  });

  test("keeps carriage returns", () => {
    const before = '[tool.groundwork.stages]\r\nproduction = [\r\n  "a",\r\n]\r\n';
    assert.equal(
      mark(before, "b", "production"),
      '[tool.groundwork.stages]\r\nproduction = [\r\n  "a",\r\n  "b/**",\r\n]\r\n',
    );
  });

  test("refuses what it cannot say, and a file that does not parse", () => {
    assert.match(
      mark("[tool.groundwork.stages]\nproduction = ['src/**']\n", "src/a", "undecided"),
      /^refused: Another glob/,
    );
    assert.match(mark("[tool", "src", "production"), /^refused: .*line 1/);
    assert.match(mark("[tool.groundwork.stages]\nproduction = 'src'\n", "src", "production"), /^refused: .*no list/);
  });

  test("a name that would be a wildcard stands for itself", () => {
    const text = mark("", "a[1] (copy)", "experimental");
    const { settings } = readConfiguration({ name: "pyproject.toml", text });
    assert.equal(stageOf("a[1] (copy)/x.py", settings), "experimental");
    assert.equal(stageOf("a1 (copy)/x.py", settings), "undecided");
  });

  test("whatever was marked before, the last mark of a folder decides, and nothing else of the file changes", () => {
    const folders = fc.constantFrom("", "src", "src/core", "notebooks", "a b", "src/core/x");
    const stages = fc.constantFrom<Stage>("production", "experimental");
    const other = '# mine\n[tool.black]\nline-length = 100 # wide\n[[tool.x]]\na = "é"\n';
    fc.assert(
      fc.property(fc.array(fc.tuple(folders, stages), { maxLength: 6 }), folders, stages, (steps, path, stage) => {
        let text = other;
        for (const [folder, each] of steps) text = mark(text, folder, each);
        text = mark(text, path, stage);
        assert.ok(text.startsWith(other), text);
        const { settings, problems } = readConfiguration({ name: "pyproject.toml", text });
        assert.deepEqual(problems, []);
        assert.equal(stageOfMarked({ path, isFolder: true }, settings), stage, text);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});

describe("lists of a TOML text", () => {
  test("an item goes before another one, whose comments stay with it", () => {
    const lists = [
      ['["a", "c"]', '["a", "b", "c"]'],
      ['[\n  "a",\n  # about c\n  "c",  # note\n]', '[\n  "a",\n  "b",\n  # about c\n  "c",  # note\n]'],
      ['[ # why\r\n\t"a",\r\n\t"c"\r\n]', '[ # why\r\n\t"a",\r\n\t"b",\r\n\t"c"\r\n]'],
      ['["a",\n "c"]', '["a",\n "b",\n "c"]'],
    ] as const;
    for (const [before, after] of lists) {
      assert.deepEqual(withItem(`k = ${before}\n`, ["k"], "b", 1), { text: `k = ${after}\n` });
    }
  });

  test("adding and removing an item leaves the data as it was", () => {
    const items = fc.array(fc.constantFrom("a", "b,", 'c"', "d#", "e]"), { maxLength: 4 });
    const layouts = fc.constantFrom(
      (list: string[]) => `[${list.join(", ")}]`,
      (list: string[]) => `[ # why\n${list.map((each) => `  ${each}, # note\n`).join("")}]`,
      (list: string[]) => `[\n${list.join(",\n")}\n]`,
      (list: string[]) => `[${list.map((each) => `${each} , `).join("")}]`,
    );
    fc.assert(
      fc.property(items, layouts, fc.constantFrom("", "k = 1 # rest\n"), (list, layout, rest) => {
        const text = `[t]\nlist = ${layout(list.map((each) => JSON.stringify(each)))}\n${rest}`;
        const added = withItem(text, ["t", "list"], "new");
        assert.ok("text" in added);
        const expected = { t: { list: [...list, "new"], ...(rest ? { k: 1 } : {}) } };
        assert.equal(JSON.stringify(parse(added.text)), JSON.stringify(expected));
        const removed = withoutItems(added.text, ["t", "list"], ["new"]);
        assert.ok("text" in removed);
        assert.deepEqual(parse(removed.text), parse(text));
        for (const note of text.match(/# (?:why|note|rest)/g) ?? []) assert.ok(removed.text.includes(note));
      }),
      { seed: 8, numRuns: 300 },
    );
  });
});

describe("ruff's rules", () => {
  const settings = { ...defaultSettings, stagesProduction: ["src", "app/**"] };
  const written = (name: string, text: string, chosen: Settings = settings) => {
    const result = withRuffRules({ name, text }, chosen);
    return "text" in result ? result.text : `refused: ${result.refused}`;
  };

  test("are selected, and silent outside of the production folders", () => {
    const text = written("pyproject.toml", "[tool.ruff]\nline-length = 100\n");
    assert.ok(text.startsWith("[tool.ruff]\nline-length = 100\n\n[tool.ruff.lint]\nextend-select = ["), text);
    assert.match(text, /\n\[tool\.ruff\.lint\.per-file-ignores\]\n"!\{src\/\*\*,app\/\*\*\}" = \["B", "C901", "NPY",/);
    assert.doesNotMatch(text, /ignores\]\n.*"F"/);
    assert.equal(written("pyproject.toml", text), text);
  });

  test("are written where ruff looks, beside what is selected already", () => {
    const text = written("ruff.toml", 'lint.extend-select = ["F", "UP"]\n', { ...settings, stagesProduction: ["**"] });
    assert.equal(text, 'lint.extend-select = ["F", "UP", "B", "C901", "E722", "NPY", "PD", "S113", "S201", "T20"]\n');
    assert.match(written("pyproject.toml", "", defaultSettings), /^refused: No folder/);
  });
});

describe("suggested stages", () => {
  test("folders of notebooks and tested packages, outermost only", () => {
    const paths = [
      "pyproject.toml",
      "src/shop/__init__.py",
      "src/shop/core/__init__.py",
      "src/shop/demo.ipynb",
      "tests/__init__.py",
      "tests/test_shop.py",
      "notebooks/a.ipynb",
      "notebooks/old/b.ipynb",
      "top.ipynb",
    ];
    assert.deepEqual(suggestedStages(paths, defaultSettings), [
      { folder: "notebooks", stage: "experimental", reason: "notebooks" },
      { folder: "src/shop", stage: "production", reason: "package" },
    ]);
  });

  test("nothing without tests or a build, and nothing that is decided already", () => {
    assert.deepEqual(suggestedStages(["shop/__init__.py", "tests/test_a.py"], defaultSettings), []);
    assert.deepEqual(suggestedStages(["setup.py", "shop/__init__.py"], defaultSettings), []);
    const decided = { ...defaultSettings, stagesProduction: ["**"] };
    assert.deepEqual(suggestedStages(["notebooks/a.ipynb"], decided), []);
  });
});
