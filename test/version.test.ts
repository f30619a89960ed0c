// Versions, specifiers and markers against pip's own `packaging` 26, in one Python process.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isUnsatisfiable, pinnedVersion, satisfies } from "../server/requirements/specifier.ts";
import { compareVersions, parseVersion, versionText } from "../server/requirements/version.ts";
import { askPackaging } from "./packaging.ts";
import { pipFolder } from "./requirements/pip.ts";
import { tries } from "./tries.ts";

const number = fc.constantFrom("0", "1", "2", "10", "01", "20230101123456789", "20230101123456788");
const release = fc.array(number, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("."));
const part = (...spellings: string[]) =>
  fc.option(fc.constantFrom(...spellings), { nil: "", freq: 2 }) as fc.Arbitrary<string>;
const pre = part("a1", "b0", "rc2", ".alpha", "-BETA-2", "c1", "preview1", "_pre_2", "rc");
const post = part(".post0", ".post1", "-1", "post", ".rev2", "-r4", ".POST1");
const dev = part(".dev0", ".dev1", "dev", "-DEV_3");
const local = part("+cpu", "+1", "+1e5", "+0x1f", "+abc.1", "+ABC-1", "+1.abc", "+01");
const epoch = part("1!", "0!");
const plain = fc.tuple(part("v"), epoch, release, pre, post, dev).map((parts) => parts.join(""));
const version = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(plain, local).map((parts) => parts.join("")) },
  { weight: 1, arbitrary: fc.constantFrom("", "1.", "a", "1.0+", "1.0 .1", " 1.0\t", "1.0-", "1..0", "1.0+a_b", "１") },
);
const clause = fc.oneof(
  fc.tuple(fc.constantFrom("==", "!="), version),
  fc.tuple(
    fc.constantFrom("==", "!="),
    fc.tuple(epoch, release).map((parts) => `${parts.join("")}.*`),
  ),
  fc.tuple(fc.constantFrom("<=", ">=", "<", ">", "~="), plain),
  fc.tuple(fc.constantFrom("==="), version),
  fc.tuple(fc.constantFrom(">=", "<", "~=", "=", ""), fc.constantFrom("1.*", "1.0+cpu", "1", "")),
);
const specifiers = fc
  .array(clause, { minLength: 0, maxLength: 3 })
  .map((clauses) => clauses.map((each) => each.join("")).join(","));

/** The sign as Python says it; NaN where one is no version. */
function order(one: string, other: string): number | null {
  const [left, right] = [parseVersion(one), parseVersion(other)];
  return left && right ? Math.sign(compareVersions(left, right)) : null;
}

test("packaging 26 agrees on versions and specifiers", (context) => {
  const folder = pipFolder();
  if (!folder) return context.skip("pip 26 is neither in .cache/pip nor to be had");
  const versions = fc.sample(version, { numRuns: tries(3000), seed: 440 });
  const drawn = versions.length;
  const sets = fc.sample(specifiers, { numRuns: tries(8000), seed: 508 });
  const pairs = Array.from(
    { length: tries(30_000) },
    (_, index) => [spread(index, 7, drawn), spread(index, 1009, drawn)] as const,
  );
  const questions = sets.flatMap((_, set) =>
    Array.from({ length: 8 }, (_, turn) => [set, spread(set * 8 + turn, 131, drawn)] as const),
  );
  // Equal releases are where the exceptions of PEP 440 lie.
  const near = fc.sample(
    fc.tuple(fc.constantFrom("==", "!=", "<=", ">=", "<", ">"), pre, post, dev, pre, post, dev, local),
    { numRuns: tries(8000), seed: 2 },
  );
  for (const [operator, a, b, c, d, e, f, g] of near) {
    questions.push([sets.push(`${operator}1.0${a}${b}${c}`) - 1, versions.push(`1${d}${e}${f}${g}`) - 1]);
  }
  const answer = askPackaging(folder, program, { versions, sets, pairs, questions });
  const versionAt = (index: number) => versions[index] ?? "";
  const setAt = (index: number) => sets[index] ?? "";
  assert.deepEqual(
    { texts: versions.map(textOf), orders: pairs.map(([one, other]) => order(versionAt(one), versionAt(other))) },
    { texts: answer.texts, orders: answer.orders },
  );
  assert.deepEqual(
    sets.filter((set, index) => isUnsatisfiable(set) !== answer.unsatisfiable?.[index]),
    [],
  );
  const accepted = answer.contained?.filter((bits) => bits !== 0).length ?? 0;
  assert.ok(
    accepted > tries(10_000) && accepted < questions.length - tries(10_000),
    "both answers are asked for often",
  );
  const wrong = questions.filter(([set, version], index) => {
    const any = satisfies(versionAt(version), setAt(set));
    const final = satisfies(versionAt(version), setAt(set), { prereleases: false });
    return Number(any) + 2 * Number(final) !== answer.contained?.[index];
  });
  assert.deepEqual(
    wrong.map(([set, version]) => [setAt(set), versionAt(version)]),
    [],
  );
  assert.ok(pairs.length + questions.length >= tries(100_000));
});

/** A place in a list for the n-th question, so that neighbours do not meet the same partners again. */
function spread(index: number, step: number, size: number): number {
  return (index * step + Math.floor(index / size) * 17) % size;
}

function textOf(text: string): string | null {
  const parsed = parseVersion(text);
  return parsed ? versionText(parsed) : null;
}

const program = `
def made(kind, refusal, text):
    try: return kind(text)
    except refusal: return None
versions = [made(Version, InvalidVersion, each) for each in asked["versions"]]
sets = [made(SpecifierSet, InvalidSpecifier, each) for each in asked["sets"]]
def order(pair):
    one, other = versions[pair[0]], versions[pair[1]]
    return None if one is None or other is None else (one > other) - (one < other)
def contained(pair):
    found, text = sets[pair[0]], asked["versions"][pair[1]]
    if found is None: return 0
    return found.contains(text, prereleases=True) + 2 * found.contains(text, prereleases=False)
answer = {
    "texts": [None if each is None else str(each) for each in versions],
    "orders": [order(pair) for pair in asked["pairs"]],
    "unsatisfiable": [found is None or found.is_unsatisfiable() for found in sets],
    "contained": [contained(pair) for pair in asked["questions"]],
}
`;

test("what only a range of versions would answer", () => {
  assert.equal(satisfies("1.0.post1", ">1.0"), false);
  assert.equal(satisfies("1.0+cpu", "==1.0"), true);
  assert.equal(satisfies("1.0", "==1.0.0.*"), true);
  assert.equal(satisfies("2.0rc1", "<2.0"), false);
  assert.equal(satisfies("2.0rc1", ">=1", { prereleases: false }), false);
  assert.equal(isUnsatisfiable(">=2,<1"), true);
  assert.equal(isUnsatisfiable(">=1,<2"), false);
  assert.equal(isUnsatisfiable(""), false);
});

test("a set fixes a version by one equality without wildcard", () => {
  assert.equal(pinnedVersion("==1.2"), "1.2");
  assert.equal(pinnedVersion("=== weird"), "weird");
  assert.equal(pinnedVersion("==1.2,>1"), "1.2");
  assert.equal(pinnedVersion("==1.*"), undefined);
  assert.equal(pinnedVersion(">=1,<=1"), undefined);
  assert.equal(pinnedVersion("==1.2,==1.3"), undefined);
  assert.equal(pinnedVersion(""), undefined);
});
