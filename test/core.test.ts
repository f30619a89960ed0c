import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { applyEdits, minimalEdit } from "../server/core/edit.ts";
import { defaultSettings } from "../server/core/settings.ts";
import { ignoredRules, isExcluded, stageOf } from "../server/core/stages.ts";
import { Suppressions, suppressionEdit } from "../server/core/suppressions.ts";
import { Lines } from "../server/core/text.ts";
import { readConfiguration } from "../server/project/configuration.ts";
import { ignoreInFolder } from "../server/project/ignore-folder.ts";

const texts = fc.string({ unit: fc.constantFrom("a", "b", " ", "\n", "\r\n", "\r", "é", "😀"), maxLength: 40 });

describe("lines", () => {
  test("offset → position → offset is the identity, except inside a line end", () => {
    fc.assert(
      fc.property(texts, fc.nat(60), (text, offset) => {
        const lines = new Lines(text);
        const clamped = Math.min(offset, text.length);
        const position = lines.positionAt(clamped);
        const insideLineEnd = clamped > lines.endOf(position.line);
        assert.equal(lines.offsetAt(position), insideLineEnd ? lines.endOf(position.line) : clamped);
      }),
      { seed: 1 },
    );
  });

  test("lines and their ends make up the text", () => {
    const lines = new Lines("a\r\nb\rc\n\nd");
    assert.deepEqual(
      Array.from({ length: lines.count }, (_, line) => lines.lineText(line)),
      ["a", "b", "c", "", "d"],
    );
  });
});

describe("edits", () => {
  test("the minimal edit makes the one text out of the other and never splits a surrogate pair", () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const edit = minimalEdit(before, after);
        if (!edit) return assert.equal(before, after);
        assert.equal(applyEdits(before, [edit]), after);
        assert.doesNotMatch(before.slice(edit.at.start, edit.at.end), /\p{Surrogate}/u);
        assert.doesNotMatch(edit.text, /\p{Surrogate}/u);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  test("overlapping edits are refused", () => {
    const edits = [
      { at: { start: 0, end: 3 }, text: "" },
      { at: { start: 2, end: 4 }, text: "" },
    ];
    assert.throws(() => applyEdits("abcdef", edits), RangeError);
  });
});

describe("suppressions", () => {
  const suppressions = (text: string) => new Suppressions(new Lines(text));

  test("a marker counts for its own line, alone on a line for the next that is no comment", () => {
    const found = suppressions("a()  # groundwork: ignore[one, two]\n# groundwork: ignore[three]\n# more\nb()\n");
    assert.ok(found.covers("one", 0) && found.covers("two", 0) && !found.covers("three", 0));
    assert.ok(found.covers("three", 3) && !found.covers("three", 1) && !found.covers("one", 3));
  });

  test("`ignore-class` is `ignore`, and says that the copies of the block are meant, too", () => {
    const found = suppressions("a()  # groundwork: ignore-class[one]\nb()  # groundwork: ignore[one]\n");
    assert.deepEqual(
      [found.covers("one", 0), found.coversClass("one", 0), found.coversClass("two", 0)],
      [true, true, false],
    );
    assert.deepEqual([found.covers("one", 1), found.coversClass("one", 1)], [true, false]);
    const changed = applyEdits("a()  # groundwork: ignore-class[one]\n", [
      suppressionEdit(new Lines("a()  # groundwork: ignore-class[one]\n"), 0, "two", "ignore-class"),
    ]);
    assert.equal(changed, "a()  # groundwork: ignore-class[one, two]\n");
  });

  test("without brackets it is every rule; `ignore-file` is the whole file; other words are none", () => {
    assert.ok(suppressions("a()  # groundwork: ignore").covers("any", 0));
    assert.ok(suppressions("# groundwork: ignore-file[one]\n\na()").covers("one", 2));
    assert.ok(!suppressions("a()  # groundwork: ignore-fil[one]").covers("one", 0));
    assert.ok(!suppressions("a()  # groundwork: ignored").covers("one", 0));
  });

  test("the edit that ignores is read back as such, wherever the line ends", () => {
    for (const text of ["a()", "a()  # note", 'a = """x\n"""', "a = 1 + \\\n  2", "a()  # groundwork: ignore[other]"]) {
      const lines = new Lines(text);
      const changed = new Lines(applyEdits(text, [suppressionEdit(lines, 0, "rule")]));
      const line = changed.lineText(0).startsWith("#") ? 1 : 0;
      assert.ok(new Suppressions(changed).covers("rule", line), changed.text);
      assert.ok(changed.text.includes(text.split(/ {2}#|\n/)[0] ?? ""), changed.text);
    }
  });
});

describe("stages and globs", () => {
  const settings = {
    ...defaultSettings,
    stagesExperimental: ["**", "notebooks"],
    stagesProduction: ["src/**"],
    exclude: ["data"],
    perFileIgnores: { "legacy/**": ["duplicate-block"] },
  };

  test("the most specific glob wins", () => {
    assert.equal(stageOf("src/a.py", settings), "production");
    assert.equal(stageOf("notebooks/a.py", settings), "experimental");
    assert.equal(stageOf("a.py", defaultSettings), "undecided");
    const nested = {
      ...defaultSettings,
      stagesProduction: ["src/**", "src/lab/final.py"],
      stagesExperimental: ["src/lab/**", "src/**/draft_*.py", "**/*.ipynb"],
    };
    const stages = ["src/a.py", "src/lab/a.py", "src/lab/final.py", "src/draft_a.py", "a.ipynb", "src/a.ipynb", "a.py"];
    assert.deepEqual(
      stages.map((path) => stageOf(path, nested)),
      ["production", "experimental", "production", "experimental", "experimental", "production", "undecided"],
    );
  });

  test("a glob that ends with backslashes ends", () => {
    const tail = "\\".repeat(5);
    assert.equal(stageOf("src/a.py", { ...settings, stagesProduction: [`src/[ab${tail}`] }), "experimental");
    assert.ok(isExcluded("data/x", { ...settings, exclude: [`data${tail}`] }));
  });

  test("a plain name is a file or a whole folder", () => {
    assert.ok(
      isExcluded("data", settings) && isExcluded("data/x/y.py", settings) && !isExcluded("database.py", settings),
    );
    assert.deepEqual([...ignoredRules("legacy/x/a.py", settings)], ["duplicate-block"]);
    assert.deepEqual([...ignoredRules("a.py", settings)], []);
  });
});

describe("configuration", () => {
  const read = (text: string, overrides = {}) => readConfiguration({ name: "pyproject.toml", text }, overrides);

  test("the table of pyproject.toml, overridden by the editor", () => {
    const text =
      '[tool.groundwork]\nexclude = ["x"]\nmax-file-size = 10\n[tool.groundwork.duplicates]\nmin-lines = 7\n';
    const { settings, problems } = read(text, { maxFileSize: 20 });
    assert.deepEqual(problems, []);
    assert.deepEqual([settings.exclude, settings.maxFileSize, settings.duplicatesMinLines], [["x"], 20, 7]);
  });

  test("what is not understood is said, and the default holds", () => {
    const text = '[tool.groundwork]\nexclude = "x"\nexclud = []\n[tool.groundwork.rules]\nduplicate-block = "loud"\n';
    const { settings, problems } = read(text);
    assert.deepEqual(settings, defaultSettings);
    assert.equal(problems.length, 3);
  });

  test("a file that does not parse is said with its line", () => {
    const { settings, problems } = read("[tool.groundwork\n");
    assert.deepEqual(settings, defaultSettings);
    assert.match(problems[0] ?? "", /pyproject\.toml, line 1/);
  });
});

describe("ignore in this folder", () => {
  const ignored = (toml: string) => {
    const result = ignoreInFolder({ name: "pyproject.toml", text: toml }, "src/**", "duplicate-block");
    return "edits" in result ? applyEdits(toml, result.edits) : `refused: ${result.refused}`;
  };

  test("adds to what is there and leaves the rest alone", () => {
    for (const toml of [
      "",
      "[project]\nname = 'x' # keep",
      "[tool.groundwork.per-file-ignores]\n# why\n'tests/**' = ['*'] # here\n\n[tool.other]\na = 1\n",
      '[tool.groundwork.per-file-ignores]\n"src/**" = ["unpinned-requirement"]\n',
      "[tool.groundwork.per-file-ignores]\n\n[tool.other]\n",
    ]) {
      const after = ignored(toml);
      const { settings, problems } = readConfiguration({ name: "pyproject.toml", text: after });
      assert.deepEqual(problems, [], after);
      assert.ok(settings.perFileIgnores["src/**"]?.includes("duplicate-block"), after);
      for (const line of toml.split("\n")) if (!line.includes("src")) assert.ok(after.includes(line));
    }
  });

  test("inline tables stay inline", () => {
    const before = "[tool.groundwork]\nper-file-ignores = { 'a' = ['*'] } # mine\n";
    const after = before.replace("'] }", '\'], "src/**" = ["duplicate-block"] }');
    assert.equal(ignored(before), after);
  });

  test("refuses what it cannot edit", () => {
    assert.match(ignored("[tool"), /refused: .*line 1/);
    assert.match(ignored("[tool.groundwork]\nper-file-ignores = 3\n"), /refused/);
    assert.match(ignored("[tool.groundwork.per-file-ignores]\n'src/**' = 3\n"), /refused/);
  });
});
