// `npm run test:examples`: runs the rules' examples with Python and compares what they print with what they say.
// Needs an interpreter with scikit-learn, pandas, joblib, FastAPI, httpx, Keras with JAX, skl2onnx and ONNX Runtime (`PYTHON`, or python3),
// and PyPI for two of them; `# prints …` ends the lines that are compared. A name of a rule behind it runs that rule's example alone.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Rule } from "../server/core/rule.ts";
import { rules } from "../server/languages.ts";

type Example = Rule["example"];
type Kind = "bad" | "good";

const python = process.env.PYTHON ?? "python3";
const only = process.argv.slice(2);
let compared = 0;
let wrong = 0;

for (const { name, example } of rules) {
  if (only.length > 0 && !only.includes(name)) continue;
  for (const kind of ["bad", "good"] as const) {
    const said = linesSaid(example, kind);
    if (said.length === 0) continue;
    const { stdout, stderr, status } = run(example, kind);
    const printed = stdout.trim().split(/\r?\n/);
    compared += said.length;
    const isRight = example.trial
      ? said.join("\n") === printed.join("\n")
      : said.every((line) => printed.includes(line));
    if (status === 0 && isRight) continue;
    wrong++;
    console.error(
      `${name}, ${kind}: says ${said.join("; ")}, prints ${printed.join("; ")}${status === 0 ? "" : `\n${stderr}`}`,
    );
  }
}
console.log(`${compared} numbers compared, ${wrong} examples wrong`);
process.exitCode = wrong === 0 ? 0 : 1;

function linesSaid({ trial, ...example }: Example, kind: Kind): string[] {
  if (trial) return trial[kind].trim().split("\n");
  return [...example[kind].matchAll(/# prints (.*)$/gm)].flatMap(([, words = ""]) => words.split(", then "));
}

/** Runs the example in a folder of its own, or the script that tries it. */
function run(example: Example, kind: Kind) {
  const folder = mkdtempSync(join(tmpdir(), "groundwork-example-"));
  try {
    for (const [path, text] of Object.entries({ ...example.beside, [example.path]: example[kind] })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), path.endsWith(".ipynb") ? notebookOf(text) : text);
    }
    writeFileSync(join(folder, "trial.py"), example.trial?.text ?? example[kind]);
    return spawnSync(python, ["-W", "ignore", "trial.py"], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, KERAS_BACKEND: "jax" },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A notebook as Jupyter stores it, from the cells of an example: each begins with its language and count. */
function notebookOf(text: string): string {
  const cells = [...text.matchAll(/\f(\w+)(?: (\d+))?\n([^\f]*)/g)].map(([, , count, source = ""]) => ({
    cell_type: "code",
    execution_count: count === undefined ? null : Number(count),
    metadata: {},
    outputs: [],
    source: source.trimEnd(),
  }));
  return JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
}
