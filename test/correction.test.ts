// What a refused line was meant to be: pip itself accepts every correction.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { correctionOf } from "../server/requirements/correction.ts";
import { readRequirements } from "../server/requirements/reader.ts";
import { grammars } from "./grammars.ts";
import { askPip, pipFolder } from "./requirements/pip.ts";
import { tries } from "./tries.ts";

await grammars();

function corrected(line: string): string | undefined {
  using file = readRequirements("requirements.txt", `${line}\n`);
  const [entry] = file.entries;
  return entry?.error && correctionOf(entry, file);
}

const certain: readonly (readonly [string, string])[] = [
  ["a=1", "a==1"],
  ["a=1=py38_0", "a==1"],
  ["conda-forge::a=1.0", "a==1.0"],
  ["pip install a", "a"],
  ["%pip install -q 'a>=1' b", "a>=1\nb"],
  ["pip install a -f https://example.org", "a\n-f https://example.org"],
  ["uv pip install a", "a"],
  ["\ufeffa==1", "a==1"],
  ["a\u200b==1", "a==1"],
  ['"a==1",', "a==1"],
  ["‘a’", "a"],
  ["* a==1", "a==1"],
  ["2. a==1", "a==1"],
  ["a=>1", "a>=1"],
  ["a≥1", "a>=1"],
  ["a = = 1", "a == 1"],
  ["a>=1.*", "a>=1"],
  ["a<2.*", "a<2"],
  ["a==1.*.*", "a==1.*"],
  ["a~=1", "a~=1.0"],
  ["a>=1 <2", "a>=1,<2"],
  ["a 1.2.3", "a==1.2.3"],
  ["a: 1.2.3", "a==1.2.3"],
  ["a[x", "a[x]"],
  ["a==1#why", "a==1  #why"],
  ["a==1.", "a==1"],
  ["a; python_version < 3.9", 'a; python_version < "3.9"'],
  ["a; python_version < '3", "a; python_version < '3'"],
  ["a; os_name = 'nt'", "a; os_name == 'nt'"],
  ["a, b", "a\nb"],
  ["a==1 b==2", "a==1\nb==2"],
  ["—pre", "--pre"],
  ["--extra_index_url https://example.org", "--extra-index-url https://example.org"],
  ["git+https://example.org/a#egg=a[x]", "a[x] @ git+https://example.org/a"],
  ["-e git+https://example.org/a#egg=a[x]", '-e "a[x] @ git+https://example.org/a"'],
];

const uncertain = [
  ...["a==latest", "a>1.0+cpu", "a<=2.*", "some prose", "import a", "conda install a", "pip install --target d a"],
  ...["pip install a && rm -r b", "a==1,2,3", "a==1.x", "a==1 or b==2", "<<<<<<< HEAD", "name: env", "a==", "a b c"],
  ...["a --hash=md5:abc", "-r", "--no-such-option", "https://example.org/a.whl", "{{ a }}", "a; x", "a[x]b", "a>>1"],
];

test("what was obviously meant", () => {
  for (const [line, meant] of certain) assert.equal(corrected(line), meant, line);
});

test("what only its author can tell is left", () => {
  for (const line of uncertain) {
    using file = readRequirements("requirements.txt", `${line}\n`);
    assert.ok(file.entries[0]?.error, `${line} is refused`);
    assert.equal(corrected(line), undefined, line);
  }
});

const piece = fc.constantFrom(
  ...[
    "a",
    "b-c",
    "d[e",
    "]",
    "=",
    "==",
    ">=",
    "=>",
    "~=",
    "1",
    "1.2",
    ".*",
    ",",
    ";",
    " ",
    " ",
    "#x",
    "//",
    "'",
    "“",
    "—",
  ],
  ...[
    "pip install ",
    "x::",
    "--pre",
    "-r ",
    "python_version",
    "'3'",
    "3.8",
    "<",
    "@",
    "git+https://h/x",
    "#egg=a[b]",
    "* ",
  ],
);
const line = fc.array(piece, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(""));

test("pip accepts every correction", (context) => {
  const folder = pipFolder();
  if (!folder) return context.skip("pip 26 is neither in .cache/pip nor to be had");
  const generated = fc.sample(line, { numRuns: tries(20_000), seed: 26 }).flatMap((each) => corrected(each) ?? []);
  const texts = [...new Set([...generated, ...certain.map(([, meant]) => meant)])];
  assert.ok(texts.length > tries(300), `only ${texts.length} corrections`);
  const answers = askPip(folder, texts);
  const refused = texts.filter((_, index) => {
    const answer = answers[index];
    return !answer || "error" in answer || answer.some((entry) => entry.error !== undefined && entry.path !== true);
  });
  assert.deepEqual(refused, []);
});
