// Every rule on one file, after the parse; and `check` of a large folder with every rule, against ruff's `--select ALL`.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadGrammars } from "../server/core/grammar.ts";
import { defaultSettings } from "../server/core/settings.ts";
import { Workspace } from "../server/host/workspace.ts";
import { languageOf } from "../server/languages.ts";
import { PythonModule } from "../server/python/module.ts";
import { type Measure, measured } from "./clones.ts";
import { ruff } from "./keystroke.ts";

const distribution = fileURLToPath(new URL("../dist/", import.meta.url));
const runs = 160;

/**
 * Milliseconds for all rules on the first lines of a real file in the production stage, its tree being there; the
 * fastest of many runs, since others use the machine, too, and V8 has compiled all of it after some hundred.
 */
export async function benchRules(
  folder: string,
  lines = 2000,
): Promise<{ readonly lines: number; readonly fastest: number }> {
  await loadGrammars(async (file) => readFileSync(join(distribution, file)));
  const path = "module.py";
  const language = languageOf(path);
  const text = longFileIn(folder).split("\n").slice(0, lines).join("\n");
  const workspace = new Workspace(folder, { ...defaultSettings, stagesProduction: ["**"] });
  if (!language) throw new Error("no language for Python");
  workspace.open(path, language, text);
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    using parsed = new PythonModule(path, text);
    parsed.tree;
    const start = performance.now();
    language.check(path, text, workspace.project, parsed);
    times.push(performance.now() - start);
  }
  return { lines: text.split("\n").length, fastest: Math.min(...times) };
}

/** CPU for `check` with every folder in production, and for `ruff check --select ALL`, without caches. */
export function benchCheckAll(folder: string): { readonly ours: Measure; readonly peer: Measure } {
  const configuration = join(folder, "groundwork.toml");
  writeFileSync(configuration, '[stages]\nproduction = ["**"]\n');
  try {
    const flags = ["--select", "ALL", "--isolated", "--no-cache", "--quiet", "--output-format", "json"];
    return {
      ours: measured([process.execPath, join(distribution, "cli.cjs"), "check", "--format", "json", folder]),
      peer: measured([ruff(), "check", ...flags, folder]),
    };
  } finally {
    rmSync(configuration);
  }
}

function longFileIn(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".py"));
  const texts = files.sort().map((path) => readFileSync(join(folder, path), "utf8"));
  const found = texts.find((text) => text.split("\n").length > 2000);
  if (found === undefined) throw new Error(`no file of 2,000 lines in ${folder}`);
  return found;
}
