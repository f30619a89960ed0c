// Tries refactorings at random places of real code: `node test/refactorings/random.ts FOLDER [--count N] [--seed S]
// [--refactoring NAME] [--write]`. One JSON object a line tells file, place and outcome; edited texts are compiled and
// their symbol tables compared with those before. With `--write` each edit stays in its file, the next one upon it, so
// that the tests of a package can be run on the result. The exit code is 1 when an edit is wrong.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { applyEdits } from "../../server/core/edit.ts";
import { defaultSettings } from "../../server/core/settings.ts";
import type { Span } from "../../server/core/text.ts";
import { Workspace } from "../../server/host/workspace.ts";
import { refactorings } from "../../server/languages.ts";
import { PythonModule } from "../../server/python/module.ts";
import { readSyntax } from "../../server/python/syntax.ts";
import { grammars } from "../grammars.ts";
import { python } from "../refactorings.ts";
import { type Chance, chanceOf, randomPlace } from "./random-places.ts";

interface Trial {
  readonly file: string;
  readonly refactoring: string;
  readonly at: Span;
  readonly outcome: string;
  readonly hosts: readonly string[];
  readonly before: string;
  readonly after: string | undefined;
  readonly name: string | undefined;
}

const extractions = ["extract-function", "extract-variable", "extract-constant"];

/** One refactoring at one random place of a file; with `all` one time in three where it is known. */
export function trial(file: string, text: string, refactoring: string, chance: Chance): Trial | undefined {
  using module = new PythonModule("module.py", text);
  const place = randomPlace(module, refactoring, chance);
  const at = place && { start: place.start, end: place.end };
  const chosen = refactorings.find(({ name }) => name === refactoring);
  if (!at || !chosen) return undefined;
  const options = chosen.knowsAll && chance() < 0.33 ? { all: true } : {};
  const result = chosen.apply([{ file: module, at }], options, new Workspace("/project", defaultSettings).project);
  const around = readSyntax(module)
    .ofType("function_definition")
    .filter((node) => node.holds(at));
  const hosts = around
    .map((node) => node.child("name"))
    .flatMap((name) => (name ? text.slice(name.start, name.end) : []));
  return {
    file,
    refactoring,
    at,
    outcome: result.applied ? "applied" : result.code,
    hosts,
    before: text,
    after: result.applied ? applyEdits(text, result.edits[0]?.edits ?? []) : undefined,
    name: result.applied ? result.name : undefined,
  };
}

if (import.meta.main) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      count: { type: "string", default: "100" },
      seed: { type: "string", default: "1" },
      refactoring: { type: "string" },
      write: { type: "boolean", default: false },
    },
  });
  await grammars();
  const [folder = "."] = positionals;
  const names = values.refactoring === undefined ? extractions : [values.refactoring];
  const chance = chanceOf(Number(values.seed));
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".py"));
  const trials: Trial[] = [];
  for (let index = 0; index < Number(values.count); index++) {
    const file = join(folder, files.sort()[Math.floor(chance() * files.length)] ?? "");
    const name = names[index % names.length] ?? "";
    const tried = trial(file, readFileSync(file, "utf8"), name, chance);
    if (!tried) continue;
    trials.push(tried);
    if (values.write && tried.after !== undefined) writeFileSync(file, tried.after);
  }
  const applied = trials.filter((each) => each.after !== undefined);
  const kind = (each: Trial) => each.refactoring.replace("extract-", "");
  const faults = python<string[][]>(
    "judge",
    applied.map((each) => ({ ...each, kind: kind(each) })),
  );
  for (const each of trials) {
    const { file, refactoring, at, outcome, name } = each;
    const wrong = faults[applied.indexOf(each)] ?? [];
    console.log(JSON.stringify({ file, refactoring, at, outcome, name, ...(wrong.length > 0 && { wrong }) }));
  }
  process.exitCode = faults.some((list) => list.length > 0) ? 1 : 0;
}
