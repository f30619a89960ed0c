// `npm run quality -- refactorings [--cache DIR] [--only PACKAGE] [--trials N] [--seed S]`: refactors PyPI source packages at
// random places and runs their own tests before and after. Downloads with pip; everything happens in the cache folder.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { defaultSettings } from "../server/core/settings.ts";
import { Workspace } from "../server/host/workspace.ts";
import { refactorings } from "../server/languages.ts";
import { PythonModule } from "../server/python/module.ts";
import { grammars } from "../test/grammars.ts";
import { chanceOf } from "../test/refactorings/random-places.ts";
import { python as ask, casesOf } from "../test/refactorings.ts";
import { type Tried, tryAt } from "./quality-trial.ts";

/** A source distribution: where its modules and its tests are. */
interface Package {
  readonly name: string;
  readonly sources: string;
  readonly tests: string;
}

const packages: readonly Package[] = [
  { name: "attrs-24.2.0", sources: "src", tests: "tests" },
  { name: "boltons-24.1.0", sources: ".", tests: "tests" },
  { name: "cachetools-5.5.0", sources: "src", tests: "tests" },
  { name: "click-8.1.7", sources: "src", tests: "tests" },
  { name: "idna-3.10", sources: ".", tests: "tests" },
  { name: "itsdangerous-2.2.0", sources: "src", tests: "tests" },
  { name: "jinja2-3.1.4", sources: "src", tests: "tests" },
  { name: "marshmallow-3.23.1", sources: "src", tests: "tests" },
  { name: "mistune-3.0.2", sources: "src", tests: "tests" },
  { name: "more-itertools-10.5.0", sources: ".", tests: "tests" },
  { name: "packaging-24.2", sources: "src", tests: "tests" },
  { name: "pathspec-0.12.1", sources: ".", tests: "tests" },
  { name: "sqlparse-0.5.2", sources: ".", tests: "tests" },
  { name: "tabulate-0.9.0", sources: ".", tests: "test" },
  { name: "tenacity-9.0.0", sources: ".", tests: "tests" },
  { name: "tomlkit-0.13.2", sources: ".", tests: "tests" },
  { name: "toolz-1.0.0", sources: ".", tests: "toolz" },
  { name: "xmltodict-0.14.2", sources: ".", tests: "tests" },
];
const testTools = [
  "pytest==8.3.4",
  "hypothesis",
  "pretend",
  "freezegun",
  "markupsafe",
  "python-dateutil",
  "pyyaml",
  "simplejson",
  "tornado",
  "typeguard",
];

/** After so many trials the tests run: fewer than would hide which one was wrong. */
const perRound = 120;

export async function refactoringsQuality(given: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...given],
    options: {
      cache: { type: "string", default: join(fileURLToPath(new URL("..", import.meta.url)), ".cache", "quality") },
      only: { type: "string" },
      trials: { type: "string", default: "480" },
      seed: { type: "string", default: "1" },
    },
  });
  await grammars();
  if (values.only === undefined) seedFaults();
  const cache = resolve(values.cache);
  const python = prepared(cache);
  const chosen = packages.filter(({ name }) => values.only === undefined || name.startsWith(values.only));
  const all: Tried[] = [];
  for (const each of chosen) all.push(...measured(each, cache, python, Number(values.trials), Number(values.seed)));
  console.log(`\nTogether\n${tableOf(all)}`);
  return all.every(({ outcome }) => outcome !== "wrong");
}

/** Sows faults in what the literate tests expect, and tells how many the comparison with the code before catches. */
function seedFaults(): void {
  const cases = refactorings.flatMap((refactoring) =>
    casesOf(refactoring.name).flatMap(({ text, places, options, after, run: lines, title }) => {
      using file = new PythonModule("case.py", text);
      const at = places.map((place) => ({ file, at: place }));
      const result = refactoring.apply(at, options, new Workspace("/project", defaultSettings).project);
      const isFunction = refactoring.kind === "refactor.extract.function" && result.applied && after !== undefined;
      return isFunction ? [{ before: text, after, lines, title, name: result.name ?? "" }] : [];
    }),
  );
  const { sown, missed } = ask<{ sown: number; missed: [string, string][] }>("seeded", cases);
  console.log(`${cases.length} cases, ${sown} faults sown, ${sown - missed.length} caught; not caught:`);
  for (const [title, fault] of missed) console.log(`  ${title}: ${fault}`);
}

/** Makes the environment of the tests and unpacks the packages; returns its interpreter. */
function prepared(cache: string): string {
  const sources = join(cache, "sources");
  mkdirSync(sources, { recursive: true });
  const python = join(cache, "env", "bin", "python");
  if (!existsSync(python)) {
    run("python3", ["-m", "venv", join(cache, "env")], cache);
    run(python, ["-m", "pip", "install", "-q", ...testTools], cache);
  }
  for (const { name } of packages) {
    if (existsSync(join(sources, name))) continue;
    const [, distribution = "", version = ""] = /^(.*)-([\d.]+)$/.exec(name) ?? [];
    const pip = ["-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", sources];
    run(python, [...pip, `${distribution}==${version}`], cache);
    const archive = readdirSync(sources).find(
      (file) => file.toLowerCase().startsWith(distribution.replace("-", "")) || file.startsWith(name),
    );
    if (archive) run("tar", ["xzf", archive], sources);
    rmSync(join(sources, name, "conftest.py"), { force: true });
  }
  return python;
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
}

/** The trials at one package; those after which a test says something else are wrong. */
function measured(each: Package, cache: string, python: string, count: number, seed: number): Tried[] {
  const origin = join(cache, "sources", each.name);
  const expected = outcomesIn(origin, each, python);
  const again = outcomesIn(origin, each, python);
  // Tests that hang on the time, some by their very names, say nothing of an edit.
  for (const [test, outcome] of expected) if (again.get(test) !== outcome) expected.delete(test);
  const passed = [...expected.values()].filter((outcome) => outcome === "passed").length;
  if (passed === 0) throw new Error(`${each.name}: no test passes even before`);
  const tried: Tried[] = [];
  for (let round = 0; round * perRound < count; round++) {
    const work = join(cache, "work", each.name);
    const attempt = (trials: number) => attempted(origin, work, each, chanceOf(seed * 1000 + round), trials);
    const size = Math.min(perRound, count - round * perRound);
    const all = attempt(size);
    const differs = () => [
      ...differencesOf(expected, outcomesIn(work, each, python)),
      ...unimportable(work, each, python),
    ];
    let found = differs();
    if (found.length > 0) {
      let [good, bad] = [0, size];
      while (bad - good > 1) {
        const middle = (good + bad) >> 1;
        attempt(middle);
        const now = differs();
        if (now.length > 0) [bad, found] = [middle, now];
        else good = middle;
      }
      const wrong = all[bad - 1];
      if (wrong) all[bad - 1] = { ...wrong, outcome: "wrong" };
      console.log(
        `WRONG ${JSON.stringify({ ...wrong, before: undefined, after: undefined })}\n  ${found.slice(0, 3).join("\n  ")}`,
      );
      writeFileSync(join(cache, `wrong-${each.name}-${round}.txt`), `${wrong?.before}\n<<<<>>>>\n${wrong?.after}`);
      all.length = bad;
    }
    tried.push(...all.map((one) => ({ ...one, before: "", after: "" })));
  }
  console.log(`\n${each.name}, ${passed} tests\n${tableOf(tried)}`);
  return tried;
}

/** Copies the package and refactors it at random places, each upon the ones before. */
function attempted(
  origin: string,
  work: string,
  { sources, tests }: Package,
  chance: () => number,
  trials: number,
): Tried[] {
  rmSync(work, { recursive: true, force: true });
  cpSync(origin, work, { recursive: true });
  const isOurs = (path: string) =>
    path.endsWith(".py") &&
    !/(^|\/)(tests?|docs?|examples?|build|dist)\/|(^|\/)(setup|conf|conftest|noxfile)\.py$/.test(path);
  const files = readdirSync(join(work, sources), { recursive: true, encoding: "utf8" })
    .filter((path) => isOurs(path) && !path.startsWith(tests === "tests" ? "tests/" : "test/"))
    .sort();
  const weights = files.map((file) => readFileSync(join(work, sources, file), "utf8").length);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Array.from({ length: trials }).flatMap(() => {
    const place = chance() * total;
    let passed = 0;
    const index = weights.findIndex((weight) => {
      passed += weight;
      return place < passed;
    });
    const file = join(work, sources, files[index] ?? "");
    const tried = tryAt(work, file, readFileSync(file, "utf8"), chance);
    if (tried?.after !== undefined) writeFileSync(file, tried.after);
    for (const [path, text] of tried?.others ?? []) writeFileSync(path, text);
    return tried ?? { file, refactoring: "none", outcome: "NO_PLACE", before: "", after: undefined };
  });
}

/** What each test says: `passed`, `failure`, `error` or `skipped`. */
function outcomesIn(folder: string, { sources, tests }: Package, python: string): Map<string, string> {
  const report = join(folder, "report.xml");
  rmSync(report, { force: true });
  const options = ["-q", "-p", "no:cacheprovider", "-W", "ignore", `--junitxml=${report}`, tests];
  spawnSync("nice", ["-n", "10", python, "-m", "pytest", ...options], {
    cwd: folder,
    timeout: 400_000,
    env: { ...process.env, PYTHONPATH: resolve(folder, sources), PYTHONHASHSEED: "0", PYTHONDONTWRITEBYTECODE: "1" },
  });
  const found = new Map<string, string>();
  if (!existsSync(report)) return found;
  for (const [, head = "", body = ""] of readFileSync(report, "utf8").matchAll(
    /<testcase ([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g,
  )) {
    const name = `${/classname="([^"]*)"/.exec(head)?.[1]}::${/ name="([^"]*)"/.exec(head)?.[1]}`;
    found.set(name, /<(failure|error|skipped)\b/.exec(body)?.[1] ?? "passed");
  }
  return found;
}

/** The modules that were made and cannot be imported. */
function unimportable(folder: string, { sources }: Package, python: string): string[] {
  const root = resolve(folder, sources);
  const made = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) =>
    /_twin\d+\.py$|_shared(_\d+)?\.py$/.test(path),
  );
  const names = made.map((path) => path.replace(/\.py$/, "").replaceAll("/", "."));
  const script =
    "import importlib,sys\nfor n in sys.argv[1:]:\n try: importlib.import_module(n)\n except (ImportError, NameError, SyntaxError) as e: print(n, repr(e))\n except Exception: pass";
  const { stdout } = spawnSync(python, ["-c", script, ...names], { cwd: root, encoding: "utf8", timeout: 100_000 });
  return stdout.split("\n").filter((line) => line !== "");
}

function differencesOf(expected: ReadonlyMap<string, string>, said: ReadonlyMap<string, string>): string[] {
  return [...expected].flatMap(([test, outcome]) => {
    const now = said.get(test);
    return now === outcome ? [] : [`${test}: ${outcome} before, ${now ?? "not run"} now`];
  });
}

/** Offered, refused by reason, and wrong, for each refactoring. */
function tableOf(tried: readonly Tried[]): string {
  const names = [...new Set(tried.map(({ refactoring }) => refactoring))].filter((name) => name !== "none").sort();
  const rows = names.map((name) => {
    const own = tried.filter(({ refactoring }) => refactoring === name);
    const counts = new Map<string, number>();
    for (const { outcome } of own) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    const wrong = counts.get("wrong") ?? 0;
    const refused = [...counts].filter(([outcome]) => !/^(applied|wrong)$/.test(outcome)).sort((a, b) => b[1] - a[1]);
    const reasons = refused.map(([code, count]) => `${code} ${count}`).join(", ");
    return `| ${name} | ${own.length} | ${(counts.get("applied") ?? 0) + wrong} | ${wrong} | ${reasons} |`;
  });
  return ["| refactoring | tried | applied | wrong | refused |", "|---|--:|--:|--:|---|", ...rows].join("\n");
}
