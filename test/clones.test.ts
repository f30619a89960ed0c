import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import type { Node } from "web-tree-sitter";
import type { CloneClass, Copy } from "../server/clones/clone-class.ts";
import { CloneIndex } from "../server/clones/clone-index.ts";
import { PythonModule } from "../server/python/module.ts";
import { grammars } from "./grammars.ts";

await grammars();

type Files = ReadonlyMap<string, string>;

/** An index of these files, added in their order. */
function indexOf(files: Files): CloneIndex {
  const index = new CloneIndex();
  for (const [path, text] of files) index.set(path, Buffer.from(text));
  return index;
}

function classesOf(files: Record<string, string>): CloneClass[] {
  return indexOf(new Map(Object.entries(files))).all();
}

/** `path:first-last` of each copy, lines from 1. */
function placesOf(found: CloneClass): string[] {
  return found.copies.map(({ path, range }) => `${path}:${range.start.line + 1}-${range.end.line + 1}`);
}

const block = `table = read_csv(path, sep=";")
table = table.dropna(subset=columns)
table["total"] = table["price"] * table["amount"]
for name in columns:
    if table[name].isna().any():
        table[name] = table[name].fillna(table[name].median())
result = table.groupby("month")["total"].sum()
`;

function indented(text: string, by = "    "): string {
  return text.replace(/^(?=.)/gm, by);
}

function functionOf(name: string, body: string, last = `return ${name}_done(result)\n`): string {
  return `def ${name}(path, columns):\n${indented(body)}${indented(last)}\n\n`;
}

test("an exact copy in another place of another file, with columns", () => {
  const [found, ...others] = classesOf({
    "a.py": functionOf("first", block),
    "b.py": `import os\n\n${block}\nprint(result)\n`,
  });
  assert.deepEqual(others, []);
  assert.equal(found?.kind, "exact");
  assert.deepEqual(found.copies, [
    { path: "a.py", range: { start: { line: 1, column: 4 }, end: { line: 7, column: 50 } } },
    { path: "b.py", range: { start: { line: 2, column: 0 }, end: { line: 8, column: 46 } } },
  ] satisfies Copy[]);
});

test("a copy inside the same file, comments and layout aside", () => {
  const changed = block.replace("\nfor", "\n\n# why\nfor").replace("(path, sep", "(\n    path,  # here\n    sep");
  const [found] = classesOf({ "a.py": functionOf("first", block) + functionOf("second", changed) });
  assert.equal(found?.kind, "exact");
  assert.deepEqual(placesOf(found), ["a.py:2-8", "a.py:13-23"]);
});

/** `first-last` of each difference, lines from 1; `line+` of an empty one. */
function differencesOf(copy: Copy | undefined): string[] {
  return (copy?.differences ?? []).map(({ start, end }) =>
    start.line === end.line && start.column === end.column ? `${start.line + 1}+` : `${start.line + 1}-${end.line + 1}`,
  );
}

test("a copy with other names is renamed only when the names agree one to one; else those statements differ", () => {
  const renamed = block.replaceAll("table", "frame").replaceAll("columns", "fields");
  const [found] = classesOf({ "a.py": functionOf("first", block), "b.py": functionOf("second", renamed) });
  assert.equal(found?.kind, "renamed");
  assert.deepEqual(placesOf(found), ["a.py:2-8", "b.py:2-8"]);
  assert.deepEqual(found.copies.map(differencesOf), [["2-8"], ["2-8"]]);
  const mixed = functionOf("second", renamed.replace("for name in fields", "for name in frame"));
  const [gapped] = classesOf({ "a.py": functionOf("first", block), "b.py": mixed.replace("columns", "fields") });
  assert.equal(gapped?.kind, "gapped");
  assert.deepEqual(gapped.copies.map(differencesOf), [
    ["5-5", "9-9"],
    ["5-5", "9-9"],
  ]);
});

test("a name inside an f-string is renamed with the others", () => {
  const text = `${block}message = f"{path.name!r}: {len(table):>{width}} {table}"\n`;
  const renamed = text.replaceAll("table", "frame");
  const kindsOf = (other: string) =>
    classesOf({ "a.py": functionOf("first", text), "b.py": functionOf("second", other) }).map(
      ({ kind, copies }) => `${kind} ${copies.length} ${(copies[0]?.range.end.line ?? 0) + 1}`,
    );
  assert.deepEqual(kindsOf(renamed), ["renamed 2 9"]);
  assert.deepEqual(kindsOf(renamed.replace("{frame}", "{path}")), ["renamed 2 8"]);
  assert.deepEqual(kindsOf(renamed.replace("{len(", "{max(")), ["renamed 2 8"]);
});

test("a renamed copy tells which of its statements are spelt otherwise", () => {
  const renamed = block.replace('"total"].sum', '"price"].sum').replace('sep=";"', 'sep=","');
  const [found] = classesOf({ "a.py": functionOf("first", block), "b.py": functionOf("second", renamed) });
  assert.equal(found?.kind, "renamed");
  assert.deepEqual(found.copies.map(differencesOf), [
    ["2-2", "8-8"],
    ["2-2", "8-8"],
  ]);
});

const longer = `${block}result = result.sort_values(ascending=False).head(limit)
for month, total in result.items():
    print(month, round(total, digits), file=report)
`;

test("copies with inserted, deleted and changed statements are one gapped class with aligned differences", () => {
  const inserted = longer.replace("for name", 'table = table[table["total"] > least]\nfor name');
  const changed = longer.replace('"] = table["price"] * table["amount"]', '"] = price_of(table, currency)');
  const [found, ...others] = classesOf({
    "a.py": `first()\n${longer}`,
    "b.py": `second()\n${inserted}`,
    "c.py": `third()\n${changed}`,
  });
  assert.deepEqual(others, []);
  assert.equal(found?.kind, "gapped");
  assert.deepEqual(placesOf(found), ["a.py:2-11", "b.py:2-12", "c.py:2-11"]);
  assert.deepEqual(found.copies.map(differencesOf), [["4-4"], ["4-5"], ["4-4"]]);
  assert.ok((found.similarity ?? 0) > 0.6 && (found.similarity ?? 0) < 1);
  const [pair] = classesOf({ "a.py": `first()\n${longer}`, "b.py": `second()\n${inserted}` });
  assert.deepEqual(pair?.copies.map(differencesOf), [["4+"], ["5-5"]]);
});

test("what has less than 70 % in common, or is long only through its gap, is silent", () => {
  const lines = longer.split("\n");
  const other = lines.flatMap((line, at) =>
    at % 2 === 0 ? [line] : [`${line.match(/^ */)}other_${at}(path, ${at}, at)`],
  );
  assert.deepEqual(classesOf({ "a.py": longer, "b.py": other.join("\n") }), []);
  const short = lines.slice(0, 3).join("\n");
  const tail = "\nfirst = compute(1)\nsecond = compute(2, 3)\nprint(first)\n";
  assert.deepEqual(classesOf({ "a.py": short + tail, "b.py": short }), []);
});

test("a chain never goes on into another function", () => {
  const half = block.split("\n").slice(0, 3).join("\n");
  const files = {
    "a.py": `def a(path, columns):\n${indented(half)}\n    return table\n\ndef b(table):\n${indented(half)}\n`,
    "b.py": `def c(path, columns):\n${indented(half)}\n    yield 1\n\ndef d(path):\n${indented(half)}\n`,
  };
  for (const { copies } of classesOf(files)) {
    for (const { range } of copies) assert.ok(range.end.line - range.start.line < 6);
  }
});

test("classes of copies that are renamed in different ways are told apart", () => {
  const twisted = block.replace("result = table", "result = path").replaceAll("table", "frame");
  const found = classesOf({
    "a.py": functionOf("first", block),
    "b.py": functionOf("second", block.replaceAll("table", "rows")),
    "c.py": functionOf("third", twisted),
    "d.py": functionOf("fourth", twisted.replaceAll("frame", "data")),
  });
  assert.deepEqual(found.filter(({ kind }) => kind === "renamed").map(placesOf), [
    ["a.py:2-8", "b.py:2-8"],
    ["c.py:2-8", "d.py:2-8"],
  ]);
});

test("a block with hundreds of copies is one class", () => {
  const files = Array.from({ length: 300 }, (_, at) => [`m${at}.py`, functionOf(`f${at}`, block)]);
  const [found, ...others] = classesOf(Object.fromEntries(files));
  assert.deepEqual(others, []);
  assert.equal(found?.copies.length, 300);
});

test("a block never ends in front of its else, nor without its decorator or its body's rest", () => {
  const branch = `if ready(path):\n${indented(block)}`;
  const files = {
    "a.py": functionOf("first", branch, "else:\n    stop(path, 1)\nreturn path\n"),
    "b.py": functionOf("second", branch, "else:\n    wait(path, columns)\nreturn 2\n"),
  };
  assert.deepEqual(classesOf(files).map(placesOf), [["a.py:3-9", "b.py:3-9"]]);
  const decorated = `@cached\ndef prepare(path, columns):\n${indented(block)}`;
  const [found] = classesOf({ "a.py": decorated, "b.py": `x = 1\n\n${decorated}` });
  assert.deepEqual(found && placesOf(found), ["a.py:1-9", "b.py:3-11"]);
  const others = { "a.py": decorated, "b.py": `x = 1\n\n${decorated.replace("@cached", "@lazy(1, 2)")}` };
  assert.deepEqual(classesOf(others).map(placesOf), [["a.py:3-9", "b.py:5-11"]]);
});

test("a run over several suites is cut into whole statements of one suite", () => {
  const tail = `while waiting(path):\n    path = path.parent\n`;
  const files = {
    "a.py": functionOf("first", `if path:\n    log(path)\n${indented(block)}${tail}`),
    "b.py": functionOf("second", `if columns:\n    warn(columns, 1)\n${indented(block)}${tail}`),
  };
  assert.deepEqual(classesOf(files).map(placesOf), [["a.py:4-10", "b.py:4-10"]]);
});

test("copies of a periodic text do not overlap", () => {
  for (const { copies } of classesOf({ "a.py": functionOf("first", block.repeat(5)) })) {
    for (const [at, copy] of copies.entries()) {
      const before = copies[at - 1];
      assert.ok(!before || before.range.end.line < copy.range.start.line);
    }
  }
  assert.ok(classesOf({ "a.py": functionOf("first", block.repeat(5)) }).length > 0);
});

test("a slightly longer class gives way to one with more copies, a contained one to the whole", () => {
  const longer = `${block}done = check(result)\n`;
  const found = classesOf({
    "a.py": functionOf("first", longer),
    "b.py": functionOf("second", longer),
    "c.py": functionOf("third", block),
  });
  assert.deepEqual(found.map(placesOf), [["a.py:2-8", "b.py:2-8", "c.py:2-8"]]);
});

test("test files need more lines", () => {
  const files = { "tests/test_a.py": functionOf("test_a", block), "tests/test_b.py": functionOf("test_b", block) };
  assert.deepEqual(classesOf(files), []);
  assert.equal(classesOf({ "a.py": functionOf("test_a", block), "b.py": functionOf("test_b", block) }).length, 1);
  const index = new CloneIndex({ minLinesInTests: 7 });
  for (const [path, text] of Object.entries(files)) index.set(path, Buffer.from(text));
  assert.equal(index.all().length, 1);
});

test("what is removed leaves no trace and its room is used again", () => {
  const text = Array.from({ length: 20 }, (_, at) => functionOf(`f${at}`, block)).join("");
  const index = indexOf(new Map([["a.py", text]]));
  for (let round = 0; round < 200; round++) {
    index.set(`b${round}.py`, Buffer.from(text + functionOf(`last${round}`, block)));
    index.set("c.py", Buffer.from(text.slice(0, (round % 20) * 400)));
    index.remove(`b${round}.py`);
  }
  index.remove("c.py");
  assert.equal(index.files, 1);
  assert.ok(index.size < 20 * indexOf(new Map([["a.py", text]])).size, `${index.size} bytes`);
  assert.deepEqual(index.all(), indexOf(new Map([["a.py", text]])).all());
});

const statement = fc.constantFrom(
  "a = load(b, c)\n",
  "b = a.merge(c, on=a)\n",
  "c = load(a, b)\n",
  "for x in a.rows(b):\n    b = x.scale(c, a)\n    c.append(x.scale(b, a))\n",
  "if a.ready(b, c):\n    c = a.merge(b, on=b)\nelse:\n    a = b.other(c, 1)\n",
  "with open(a, b) as c:\n    a = c.read(b) + b.read(c)\n",
  "print(a, b)\n",
  "b['total'] = a['price'] * c['amount']\n",
  'c.write(f"{a.name} {b}", a.render(b, c))\n',
);
const moduleText = fc
  .array(fc.tuple(fc.boolean(), fc.array(statement, { minLength: 3, maxLength: 18 })), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.map(([inside, body], at) => (inside ? functionOf(`f${at}`, body.join("")) : body.join(""))));
const change = fc.record({
  path: fc.constantFrom("a.py", "b.py", "pkg/c.py", "tests/test_d.py", "e.py"),
  text: fc.option(
    moduleText.map((parts) => parts.join("")),
    { freq: 4, nil: undefined },
  ),
});

test("after any history the index answers as a fresh one does, in any order of files", () => {
  let classes = 0;
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 25 }), (history) => {
      const files = new Map<string, string>();
      const index = new CloneIndex();
      for (const { path, text } of history) {
        if (text === undefined) {
          files.delete(path);
          index.remove(path);
        } else {
          files.set(path, text);
          index.set(path, Buffer.from(text));
        }
        index.clonesOf(path);
      }
      const fresh = indexOf(new Map([...files].sort(([a], [b]) => (a < b ? 1 : -1))));
      classes += index.all().length;
      assert.deepEqual(index.all(), fresh.all());
      for (const path of files.keys()) assert.deepEqual(index.clonesOf(path), fresh.clonesOf(path));
      assert.equal(index.lines, fresh.lines);
    }),
    { seed: 7, numRuns: 120 },
  );
  assert.ok(classes > 150, `only ${classes} classes were compared`);
});

test("over Python's own library every copy is whole statements of one suite", () => {
  const library = process.env.GROUNDWORK_CLONES ?? join(stdlib(), "email");
  const files = new Map(
    readdirSync(library, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".py"))
      .map((name) => [name, readFileSync(join(library, name), "utf8")]),
  );
  const classes = indexOf(files).all();
  assert.ok(classes.length > 0);
  const modules = new Map<string, PythonModule>();
  for (const { copies } of classes) {
    for (const { path, range } of copies) {
      const module = modules.get(path) ?? new PythonModule(path, files.get(path) ?? "");
      modules.set(path, module);
      const { start, end } = module.lines.spanOf(range);
      assert.ok(
        isStatements(module.tree.rootNode, start, end),
        `${path}:${range.start.line + 1}-${range.end.line + 1}`,
      );
    }
  }
  for (const module of modules.values()) module[Symbol.dispose]();
});

function stdlib(): string {
  return execFileSync("python3", ["-c", "import sysconfig; print(sysconfig.get_path('stdlib'))"]).toString().trim();
}

/** Whether a span begins at one statement and ends with another of the same suite. */
function isStatements(root: Node, start: number, end: number): boolean {
  for (let node: Node | null = root.descendantForIndex(start, end); node; node = node.parent) {
    const children = node.children.filter((child) => child !== null);
    const first = children.find((child) => child.startIndex === start);
    const last = children.find((child) => child.endIndex === end);
    if (first && last && (node.type === "block" || node.type === "module")) return true;
    if (node.startIndex === start && node.endIndex === end && /block|module/.test(node.parent?.type ?? "")) return true;
  }
  return false;
}
