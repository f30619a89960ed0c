import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Span } from "../server/core/text.ts";
import type { Entry } from "../server/requirements/model.ts";
import { readRequirements } from "../server/requirements/reader.ts";
import { requirementsReport } from "../server/requirements/report.ts";
import { grammars } from "./grammars.ts";
import { requirementsText } from "./requirements/lines.ts";
import { tries } from "./tries.ts";

await grammars();

/** Entries with each span as the text that it holds. */
function spelt(text: string): Record<string, unknown>[] {
  using file = readRequirements("requirements.txt", text);
  const slice = (span: Span | undefined) => span && text.slice(span.start, span.end);
  return file.entries.map((entry) => ({
    ...entry,
    at: slice(entry.at),
    comment: slice(entry.comment),
    nameAt: slice(entry.nameAt),
    specifierAt: slice(entry.specifierAt),
    error: entry.error && [entry.error.message, slice(entry.error.at)],
  }));
}

const cases: readonly { title: string; text: string; entries: readonly Record<string, unknown>[] }[] = [
  {
    title: "a requirement with everything",
    text: "Foo_Bar [a, B] ( >=1.0 , <2 ) ; python_version < '3' --hash=sha256:a --hash 'sha256:b' # why",
    entries: [
      {
        kind: "requirement",
        at: "Foo_Bar [a, B] ( >=1.0 , <2 ) ; python_version < '3' --hash=sha256:a --hash 'sha256:b'",
        name: "Foo_Bar",
        nameAt: "Foo_Bar",
        extras: ["a", "B"],
        specifier: ">=1.0 , <2",
        specifierAt: "( >=1.0 , <2 )",
        marker: "python_version < '3'",
        options: ["--hash=sha256:a", "--hash 'sha256:b'"],
        comment: "# why",
      },
    ],
  },
  {
    title: "continuations",
    text: "a \\\n  ==\\\n1.0 \\\n  --hash=sha256:a\\\n  # end\nb\n",
    entries: [
      {
        at: "a \\\n  ==\\\n1.0 \\\n  --hash=sha256:a",
        line: 0,
        endLine: 4,
        specifier: "==1.0",
        specifierAt: "==\\\n1.0",
      },
      { at: "b", line: 5, endLine: 5 },
    ],
  },
  {
    title: "a name in two pieces",
    text: "num\\\npy==1",
    entries: [{ name: "numpy", nameAt: "num\\\npy", specifierAt: "==1" }],
  },
  {
    title: "places without specifiers",
    text: "a\nb[x]\nc ; os_name=='nt'\nd @ https://x.org/d.zip",
    entries: [
      { specifier: "", specifierAt: "" },
      { specifier: "", specifierAt: "" },
      { specifier: "", specifierAt: "", marker: "os_name=='nt'" },
      { specifier: "", specifierAt: undefined, url: "https://x.org/d.zip", nameAt: "d" },
    ],
  },
  {
    title: "URLs and wheels",
    text: "git+https://x.org/a.git@v1#egg=a\nhttps://x.org/A_b-1.0.POST1-py3-none-any.whl\n./c-1.0.tar.gz[x] ; extra == 'y'",
    entries: [
      { name: "a", nameAt: "a", url: "git+https://x.org/a.git@v1#egg=a", specifierAt: undefined },
      { name: "A_b", nameAt: "A_b", specifier: "==1.0.post1", specifierAt: undefined },
      { name: undefined, path: "./c-1.0.tar.gz", extras: ["x"], marker: "extra == 'y'" },
    ],
  },
  {
    title: "options",
    text: "-r a.txt\n--constraint='b c.txt'\n-e .[dev]\n-e a[x] @ git+https://x.org/a ; os_name=='nt'\n--pre --no-index\n- numpy",
    entries: [
      { kind: "include", path: "a.txt", options: ["-r a.txt"] },
      { kind: "constraint", path: "b c.txt", options: ["--constraint='b c.txt'"] },
      { kind: "editable", path: ".", extras: ["dev"] },
      // Without quotation marks the value ends at the blank, and pip drops the rest.
      { kind: "editable", path: "a", extras: ["x"], options: ["-e a[x]"] },
      { kind: "option", options: ["--pre", "--no-index"] },
      { kind: "option", options: [] },
    ],
  },
  {
    title: "a quoted editable",
    text: "-e \"a[x] @ git+https://x.org/a ; os_name=='nt'\"",
    entries: [{ kind: "editable", name: "a", extras: ["x"], url: "git+https://x.org/a", marker: "os_name=='nt'" }],
  },
  {
    title: "the exact place of mistakes",
    text: "a=1\nb>=1.*,<2\nc[x y]\nd; python_version < 3\ne --hash=md5:a\nf \\\n  @\nname: x\n# fine",
    entries: [
      { kind: "error", error: ["`=` is no operator; did you mean `==`?", "="] },
      { kind: "error", error: ["`.*` goes only with `==` and `!=`", ">=1.*"] },
      { kind: "error", error: ["A comma is missing between the extras", "y"] },
      { kind: "error", error: ['A version in a marker is quoted: `"3"`', "3"] },
      { kind: "error", error: ["pip accepts the hashes sha256, sha384, sha512, not `md5`", "md5:a"] },
      { kind: "error", error: ["A URL is expected behind `@`", "@"] },
      { kind: "error", error: ["This is YAML, as in a conda environment file; pip does not read it", "name: x"] },
    ],
  },
  {
    title: "prose that pip takes for a path",
    text: "see docs/install.md for more",
    entries: [
      {
        kind: "requirement",
        path: "see docs/install.md for more",
        error: ["This is no requirement; a comment starts with `#`", "see docs/install.md for more"],
      },
    ],
  },
  {
    title: "no password in a message",
    text: "a https://me:secret@x.org",
    entries: [{ error: ["`https://****@x.org` is not expected behind `a`", "https://me:secret@x.org"] }],
  },
];

for (const { title, text, entries } of cases) {
  test(`reads ${title}`, () => {
    const found = spelt(text);
    assert.equal(found.length, entries.length);
    for (const [index, expected] of entries.entries()) {
      const actual = Object.fromEntries(Object.keys(expected).map((key) => [key, found[index]?.[key]]));
      assert.deepEqual(actual, expected);
    }
  });
}

test("no line is too long, too deep or too odd", () => {
  const repeated = (text: string) => text.repeat(20_000);
  const nested = `a; ${repeated("(")}os_name=='x'${repeated(")")}`;
  const chained = `a; ${repeated("os_name=='x' or ")}os_name=='x'`;
  const others = ["[", " ", "(", "\\", "\\\n", "'", "-", "a,", "$" + "{A}", "#", "@ ", "--hash=", "\ud800", "\0"].map(
    repeated,
  );
  for (const text of [nested, chained, ...others, ...others.map((other) => `a${other}`)]) {
    using file = readRequirements("r.txt", text);
    requirementsReport(file, "utf-8");
    assert.ok(file.entries.length <= 1);
  }
  using file = readRequirements("r.txt", nested);
  assert.equal(file.entries[0]?.error?.message, "The parentheses nest too deeply");
});

test("cuts lines as Python's splitlines", () => {
  using file = readRequirements("r.txt", "a\r\nb\rc\nd\x0be\x0cf\x1cg\x1dh\x1ei\x85j\u2028k\u2029l\x1fm\n");
  const lines = file.physicalLines.map((span) => file.text.slice(span.start, span.end));
  assert.deepEqual(lines, ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l\x1fm"]);
});

test("reports in the normal form, with null for what is missing", () => {
  using file = readRequirements(
    "r.txt",
    "B[y,X] <2,>= 1 ; (python_implementation=='x' and extra == 'A_b')\n-r c.txt\nd=1",
  );
  const nothing = { name: null, extras: [], specifier: null, marker: null, url: null };
  assert.deepEqual(requirementsReport(file, "utf-8"), {
    encoding: "utf-8",
    entries: [
      {
        line: 1,
        endLine: 1,
        kind: "requirement",
        name: "B",
        extras: ["X", "y"],
        specifier: "<2,>=1",
        marker: 'platform_python_implementation == "x" and extra == "a-b"',
        url: null,
        options: [],
        error: null,
      },
      { ...nothing, line: 2, endLine: 2, kind: "include", options: ["-r c.txt"], error: null },
      { ...nothing, line: 3, endLine: 3, kind: "error", options: [], error: "`=` is no operator; did you mean `==`?" },
    ],
  });
});

test("spans lie in the text, in order, and errors have a place", () => {
  fc.assert(
    fc.property(requirementsText, (text) => {
      using file = readRequirements("r.txt", text);
      let last = 0;
      for (const entry of file.entries) {
        assert.ok(entry.at.start >= last && entry.at.end > entry.at.start && entry.at.end <= text.length);
        for (const span of innerSpans(entry)) {
          assert.ok(span.start >= entry.at.start && span.start <= span.end && span.end <= entry.at.end);
        }
        if (entry.kind === "error") assert.ok(entry.error && entry.error.at.end > entry.error.at.start);
        if (entry.comment) assert.equal(text[entry.comment.start], "#");
        last = entry.comment?.end ?? entry.at.end;
      }
    }),
    { seed: 3, numRuns: tries(3000) },
  );
});

function innerSpans({ nameAt, specifierAt, error }: Entry): Span[] {
  return [nameAt, specifierAt, error?.at].filter((span) => span !== undefined);
}
