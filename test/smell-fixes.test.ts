// The fixes of smells that are matters of shape: what they write, and that Python does the same afterwards.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import { applyEdits } from "../server/core/edit.ts";
import type { Fix } from "../server/core/rule.ts";
import { defaultSettings } from "../server/core/settings.ts";
import { Workspace } from "../server/host/workspace.ts";
import { languageOf } from "../server/languages.ts";
import { grammars } from "./grammars.ts";
import { withoutPython } from "./refactorings.ts";

await grammars();

function found(rule: string, files: Readonly<Record<string, string>>, settings = {}) {
  const workspace = new Workspace("/project", { ...defaultSettings, stagesProduction: ["**"], ...settings });
  const [path = ""] = Object.keys(files);
  for (const [each, text] of Object.entries(files)) {
    const language = languageOf(each);
    if (language) workspace.open(each, language, text);
  }
  const finding = workspace.check(path).find((each) => each.rule === rule);
  assert.ok(finding, `no ${rule}`);
  return { workspace, path, finding };
}

function fixOf(rule: string, files: Readonly<Record<string, string>>, settings = {}): Fix | undefined {
  const { workspace, path, finding } = found(rule, files, settings);
  return workspace.fixes(path, [finding])[0]?.[0];
}

function fixed(rule: string, text: string): string {
  const fix = fixOf(rule, { "shop.py": text });
  assert.equal(fix?.refused, undefined);
  return applyEdits(text, fix?.edits[0]?.edits ?? []);
}

/** What two programs print. */
function printed(...programs: readonly string[]): string[] {
  return programs.map((program) => {
    const { stdout, stderr, status } = spawnSync("python3", ["-c", program], { encoding: "utf8" });
    assert.equal(status, 0, stderr);
    return stdout;
  });
}

const counting = Array.from(
  { length: 22 },
  (_, index) => `    log.append(${index})\n    print(rows[${index % 3}])\n`,
).join("");
const long = `def report(rows, log):
    title = "Report"
    print(title)

    # Count what is sold.
    counts = {}
    for row in rows:
        if row in counts:
            counts[row] += 1
        else:
            counts[row] = 1
    best = max(counts, key=counts.get)

${counting}    return title, best
`;

describe("a long function", () => {
  test("gives away the block that takes and gives least", { skip: withoutPython }, () => {
    const after = fixed("long-function", long);
    assert.match(after, /^def _\w+\(rows\):\n/);
    const call = "\nprint(report(['a', 'b', 'a'], []))\n";
    const [before, now] = printed(long + call, after + call);
    assert.equal(now, before);
  });

  test("keeps what cannot move", () => {
    const steps = Array.from(
      { length: 30 },
      (_, index) => `        rows.read(${index})\n        if rows[${index}]:\n            break\n`,
    ).join("");
    const fix = fixOf("long-function", { "shop.py": `def run(rows):\n    while rows:\n${steps}` });
    assert.match(fix?.refused ?? "", /no block/);
    assert.equal(fix?.edits.length, 0);
  });
});

describe("a dense expression", () => {
  test("of choices becomes statements", { skip: withoutPython }, () => {
    const text = `def grade(mark, bonus=0):
    sign = "+" if mark > 9 else ("o" if mark > 8 else "-" if mark > 6 else "--")
    return sign
`;
    const after = fixed("dense-expression", text);
    assert.equal(
      after,
      `def grade(mark, bonus=0):
    if mark > 9:
        sign = "+"
    elif mark > 8:
        sign = "o"
    elif mark > 6:
        sign = "-"
    else:
        sign = "--"
    return sign
`,
    );
    const call = "\nprint([grade(each) for each in (10, 9, 7, 1)])\n";
    const [before, now] = printed(text + call, after + call);
    assert.equal(now, before);
  });

  test("of comprehensions and conditions gets a name inside", { skip: withoutPython }, () => {
    const rows = `def pairs(rows):
    return [[[cell * 2 for cell in line if cell] for line in table] for table in rows]
`;
    const nested = fixed("dense-expression", rows);
    const call = "\nprint(pairs([[[1, 0], [2]], []]))\n";
    const [before, now] = printed(rows + call, nested + call);
    assert.equal(now, before);
    assert.doesNotMatch(nested, /for cell.*for line.*for table/);
    const condition = `def isNew(a, b):
    return a and b or a > 3 and b > 4 or (a == 7 and b != 8 and a < 9) or not a and b == 2
`;
    const split = fixed("dense-expression", condition);
    const tried = "\nprint([isNew(a, b) for a in range(9) for b in range(9)])\n";
    assert.notEqual(split, condition);
    const [first, second] = printed(condition + tried, split + tried);
    assert.equal(second, first);
  });
});

test("of a lambda that chooses for `reduce`, the answer gets a name", { skip: withoutPython }, () => {
  const text = `from functools import reduce


def kept(rows):
    return reduce(lambda most, row: most + [row] if row else most, rows, [])
`;
  const after = fixed("dense-expression", text);
  assert.match(after, /reduce\(lambda most, row: _\w+\(row, most\), rows, \[\]\)/);
  const call = "\nprint(kept([1, 0, 3]), kept([]))\n";
  const [before, now] = printed(text + call, after + call);
  assert.equal(now, before);
});

test("a placeholder is renamed after its value, at every place of it; a function by the person", () => {
  const text = `def total(table):
    tmp2 = table.sum_prices()
    again = [tmp2 for _ in range(2)]
    return tmp2, again, dict(tmp2=tmp2)
`;
  assert.equal(
    fixed("placeholder-name", text),
    `def total(table):
    sum_prices = table.sum_prices()
    again = [sum_prices for _ in range(2)]
    return sum_prices, again, dict(tmp2=sum_prices)
`,
  );
  const named = fixOf("placeholder-name", { "shop.py": "def func2(x):\n    return x\n" });
  assert.deepEqual(named?.command, { name: "groundwork.renameInPlace", arguments: ["shop.py", 0, 4] });
  const looked = text.replace("range(2)", "range(len(locals()))");
  assert.ok(fixOf("placeholder-name", { "shop.py": looked })?.command);
});

test("versions are compared", () => {
  const version = (name: string, last: string) => `def ${name}(path):
    rows = read_rows(path)
    rows = [row for row in rows if row.total]
    log.info("read %d rows", len(rows))
    return ${last}
`;
  const text = `${version("load", "rows")}\n\n${version("load_new", "sorted(rows)")}`;
  const fix = fixOf("versioned-copy", { "shop.py": text });
  assert.deepEqual(fix?.command?.arguments, ["shop.py", 7, 11, 0, 4]);
});

test("versions are the same only where their names and values are", () => {
  const version = (name: string, rows: string) => `def ${name}(path):
    ${rows} = read_rows(path)
    ${rows} = [row for row in ${rows} if row.total]
    log.info("read %d rows", len(${rows}))
    return ${rows}
`;
  const says = (rows: string, last = "") =>
    found("versioned-copy", { "shop.py": `${version("load", "rows")}${last}\n\n${version("load_new", rows)}` }).finding
      .message;
  assert.equal(says("rows"), "`load_new` is 100 % the same as `load`");
  assert.match(says("rows", "    print(path)\n"), /^`load_new` is [89]\d % the same as `load`$/);
  assert.equal(says("orders"), "`load_new` is 100 % the same as `load` but for names and values");
});

test("a version of a file is compared with the file, and not with lines of its own", () => {
  const lines = Array.from({ length: 24 }, (_, index) => `total_${index} = read(${index}) + tax(${index})\n`).join("");
  const fix = fixOf("versioned-copy", { "lab/train_old.py": lines, "lab/train.py": `${lines}print(total_1)\n` });
  const command = { name: "groundwork.compareFiles", arguments: ["lab/train_old.py", "train.py"] };
  assert.deepEqual([fix?.title, fix?.command], ["Compare with `train.py`", command]);
});

test("a change of `sys.path` goes; what makes the project installable comes where nothing does", () => {
  const text = 'import sys\n\nsys.path.append("..")  # for shop\nimport shop\n';
  const fix = fixOf("path-hack", { "lab/run.py": text });
  assert.equal(applyEdits(text, fix?.edits[0]?.edits ?? []), "import sys\n\nimport shop\n");
  const [, made] = fix?.edits ?? [];
  assert.equal(made?.path, "pyproject.toml");
  assert.match(applyEdits("", made.edits), /name = "lab"[\s\S]*include = \["lab\*"\]/);
  const only = "import sys\n\nif True:\n    sys.path.insert(0, 'x')\n";
  const inside = fixOf("path-hack", { "lab/run.py": only });
  assert.equal(applyEdits(only, inside?.edits[0]?.edits ?? []), "import sys\n\nif True:\n    pass\n");
});

test("an experiment that production uses is marked, if that is what it is", () => {
  const settings = { stagesProduction: ["src/**"], stagesExperimental: ["lab/**"] };
  const files = { "src/serve.py": "from lab.model import predict\n\nprint(predict([1]))\n", "lab/model.py": "" };
  const fix = fixOf("experiment-dependency", files, settings);
  assert.deepEqual(fix?.command, { name: "groundwork.server.markStage", arguments: ["lab/model.py", "production"] });
  const read = { "src/serve.py": 'print(open("lab/model.json").read())\n' };
  assert.deepEqual(fixOf("experiment-dependency", read, settings)?.command?.arguments, ["lab", "production"]);
});
