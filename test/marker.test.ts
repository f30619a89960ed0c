// Environment markers against pip's own `packaging` 26, in one Python process.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { markerHolds } from "../server/requirements/marker.ts";
import { askPackaging } from "./packaging.ts";
import { pipFolder } from "./requirements/pip.ts";
import { tries } from "./tries.ts";

const environments = [
  {
    implementation_name: "cpython",
    implementation_version: "3.12.1",
    os_name: "posix",
    platform_machine: "x86_64",
    platform_release: "6.5.0-14-generic",
    platform_system: "Linux",
    platform_version: "#14 SMP",
    python_full_version: "3.12.1",
    platform_python_implementation: "CPython",
    python_version: "3.12",
    sys_platform: "linux",
    extra: "",
  },
  {
    implementation_name: "pypy",
    implementation_version: "7.3.13",
    os_name: "nt",
    platform_machine: "AMD64",
    platform_release: "10",
    platform_system: "Windows",
    platform_version: "10.0.19045",
    python_full_version: "3.8.0rc1+",
    platform_python_implementation: "PyPy",
    python_version: "3.8",
    sys_platform: "win32",
    extra: "Foo_Bar",
  },
];

const variable = fc.constantFrom(
  ...Object.keys(environments[0] ?? {}),
  "os.name",
  "sys.platform",
  "platform.version",
  "platform.machine",
  "platform.python_implementation",
  "python_implementation",
  "extras",
  "dependency_groups",
  "python_versions",
);
const value = fc.constantFrom(
  ...["3.8", "3.12", "3.12.1", "3.*", "3.8.*", "10", "linux", "win32", "linux2 linux", "nt posix", "CPython", "x86_64"],
  ...["foo-bar", "foo_bar", "Foo.Bar", "", "3.8, 3.12", "\\x6et", "6.5.0-14-generic", "v3.8.0rc1", "3.8 ", "a;b"],
);
const quoted = fc.tuple(value, fc.constantFrom('"', "'")).map(([text, quote]) => quote + text + quote);
const blank = fc.constantFrom(" ", "", "  ", "\t");
const operator = fc.constantFrom(
  "==",
  "!=",
  "<=",
  ">=",
  "<",
  ">",
  "~=",
  "===",
  "in",
  "not in",
  "not  in",
  "notin",
  "=",
);
const usual = fc.tuple(variable, operator, quoted);
const comparison = fc
  .tuple(
    fc.oneof(
      { weight: 6, arbitrary: usual },
      { weight: 2, arbitrary: usual.map(([left, middle, right]) => [right, middle, left] as const) },
      { weight: 1, arbitrary: fc.tuple(variable, operator, variable) },
      { weight: 1, arbitrary: fc.tuple(quoted, operator, quoted) },
    ),
    blank,
    blank,
  )
  .map(([[left, middle, right], before, behind]) => left + before + middle + behind + right);
const { marker } = fc.letrec<{ marker: string }>((tie) => ({
  marker: fc.oneof(
    { maxDepth: 3 },
    { weight: 3, arbitrary: comparison },
    {
      weight: 2,
      arbitrary: fc
        .tuple(tie("marker"), fc.constantFrom(" and ", " or ", " and", "or "), tie("marker"))
        .map((parts) => parts.join("")),
    },
    { weight: 1, arbitrary: fc.tuple(blank, tie("marker"), blank).map(([a, text, b]) => `${a}(${b}${text}${a})${b}`) },
  ),
}));

test("packaging 26 agrees on markers", (context) => {
  const folder = pipFolder();
  if (!folder) return context.skip("pip 26 is neither in .cache/pip nor to be had");
  const texts = fc.sample(marker, { numRuns: tries(12_000), seed: 508 });
  const { holds = [] } = askPackaging(folder, program, { texts, environments });
  const counts = [true, false, null].map((answer) => holds.filter((each) => each === answer).length);
  assert.ok(
    counts.every((count) => count > tries(1600)),
    `every answer is asked for often: ${counts}`,
  );
  const pairs = texts.flatMap((text) => environments.map((environment) => [text, environment] as const));
  const wrong = pairs.filter(([text, environment], index) => (markerHolds(text, environment) ?? null) !== holds[index]);
  assert.deepEqual(wrong, []);
});

const program = `
import warnings
warnings.simplefilter("ignore")
def made(text):
    try: return Marker(text)
    except InvalidMarker: return None
def holds(marker, environment):
    try: return marker and marker.evaluate(environment, context="requirement")
    except (UndefinedComparison, UndefinedEnvironmentName): return None
answer = {"holds": [holds(marker, each) for marker in map(made, asked["texts"]) for each in asked["environments"]]}
`;

test("a marker over something unknown is neither true nor false", () => {
  assert.equal(markerHolds('sys_platform == "win32"', { python_version: "3.12" }), undefined);
  assert.equal(markerHolds('python_version < "3.8"', { python_version: "3.12" }), false);
  assert.equal(markerHolds("python_version", { python_version: "3.12" }), undefined);
});
