// Part of `npm run test:examples`: adds a baseline to each script of test/baselines/cases.ts and libraries.ts, runs the result with Python, and
// compares the rows that it computes with the expressions that stand beside the script. Then the fixes of test/baselines/fixes.ts.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyEdits } from "../server/core/edit.ts";
import { defaultSettings } from "../server/core/settings.ts";
import { Workspace } from "../server/host/workspace.ts";
import { PythonModule } from "../server/python/module.ts";
import { addBaseline } from "../server/rules/baseline/add-baseline.ts";
import { type BaselineCase, baselineCases } from "../test/baselines/cases.ts";
import { type FixCase, fixCases } from "../test/baselines/fixes.ts";
import { libraryCases } from "../test/baselines/libraries.ts";
import { grammars } from "../test/grammars.ts";
import { offRulesOn } from "../test/off-rules.ts";

const python = process.env.PYTHON ?? "python3";
const only = process.argv.slice(2).filter((each) => !each.startsWith("--"));

/** The script with its comparison, and behind it what compares the rows; prints how many. */
function checked({ rule, rows, tolerance = {} }: BaselineCase, after: string): string {
  const ladder = /^\s*(ladder\w*) = \{/m.exec(after)?.[1] ?? "";
  const filled = rule === undefined ? after : after.replace("by_rule = None", `by_rule = ${rule}`);
  const lines = Object.entries(rows).map(
    ([label, expression]) =>
      `_compare(${JSON.stringify(label)}, ${ladder}[${JSON.stringify(label)}], ${expression}, ${tolerance[label] ?? 1e-9})`,
  );
  return `${filled}
def _compare(label, found, wanted, tolerance):
    assert abs(found - wanted) <= tolerance, f"{label}: {found} and not {wanted}"


${lines.join("\n")}
`;
}

await grammars();
let compared = 0;
let wrong = 0;
const missing = new Set<string>();
for (const each of [...baselineCases, ...libraryCases]) {
  if (!isWanted(each.name, each.needs?.[0])) continue;
  const absent = each.needs?.filter((library) => !isInstalled(library)) ?? [];
  for (const library of absent) missing.add(library);
  if (absent.length > 0) continue;
  const folder = mkdtempSync(join(tmpdir(), "groundwork-baseline-"));
  writeFileSync(join(folder, "requirements.txt"), "matplotlib\n");
  writeFileSync(join(folder, "train.py"), each.script);
  const workspace = new Workspace(folder, defaultSettings);
  for (const _ of workspace.scan());
  using module = new PythonModule("train.py", each.script);
  const added = addBaseline(module, workspace.project);
  const failure = "edits" in added ? run(folder, checked(each, applyEdits(each.script, added.edits))) : "refused";
  rmSync(folder, { recursive: true, force: true });
  compared += Object.keys(each.rows).length;
  if (failure === undefined) continue;
  wrong++;
  console.error(`${each.name}: ${failure}`);
}
for (const each of fixCases) {
  if (!isWanted(each.name, each.rule)) continue;
  const failure = differenceOf(each);
  compared++;
  if (failure === undefined) continue;
  wrong++;
  console.error(`${each.rule}, ${each.name}: ${failure}`);
}
console.log(`${compared} numbers and fixes compared, ${wrong} wrong`);
if (missing.size > 0) console.log(`Left out, since they are not installed: ${[...missing].join(", ")}`);
process.exitCode = wrong === 0 ? 0 : 1;

/** With words behind the command, only what has one of them in its name, or needs a library of that name. */
function isWanted(name: string, of: string | undefined): boolean {
  return only.length === 0 || only.some((word) => name.includes(word) || word === of);
}

function isInstalled(library: string): boolean {
  return (
    spawnSync(python, ["-c", `import importlib.util, sys; sys.exit(not importlib.util.find_spec("${library}"))`])
      .status === 0
  );
}

/** What a script prints otherwise after its fix, beyond what it is said to print further. */
function differenceOf({ rule, script, prints }: FixCase): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "groundwork-fix-"));
  try {
    writeFileSync(join(folder, "train.py"), script);
    const workspace = new Workspace(folder, { ...defaultSettings, rules: offRulesOn, stagesProduction: ["**"] });
    for (const _ of workspace.scan());
    const found = workspace.check("train.py").filter((each) => each.rule === rule);
    const fix = workspace.fixes("train.py", found)[0]?.[0];
    if (!fix || fix.refused !== undefined) return fix?.refused ?? "no fix";
    const after = applyEdits(script, fix.edits[0]?.edits ?? []);
    const [before, now] = [prints ? `${script}print(${prints})\n` : script, after].map((text) => {
      const { stdout, stderr, status } = spawnSync(python, ["-W", "ignore", "-"], { input: text, encoding: "utf8" });
      return status === 0 ? stdout : stderr;
    });
    return before === now ? undefined : `${before}\nand then\n${now}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What went wrong; a comparison prints its table and writes its picture. */
function run(folder: string, text: string): string | undefined {
  writeFileSync(join(folder, "train.py"), text);
  const script = `import runpy; runpy.run_path("train.py", run_name="__main__")
with open("baselines.png", "rb") as picture: print("picture", len(picture.read()) > 5000)`;
  const { stdout, stderr, status } = spawnSync(python, ["-W", "ignore", "-c", script], {
    cwd: folder,
    encoding: "utf8",
    env: { KERAS_BACKEND: "jax", ...process.env, MPLBACKEND: "agg" },
  });
  if (status !== 0) return stderr;
  if (process.argv.includes("--show")) console.log(stdout);
  return /(?:higher|lower) is better\)[\s\S]* {2}#+[\s\S]*picture True/.test(stdout) ? undefined : stdout;
}
