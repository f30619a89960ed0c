// `npm run test:examples`: runs the rules' examples with Python and compares what they print with what they say.
// Needs an interpreter with scikit-learn and joblib (`PYTHON`, or python3); `# prints …` ends the lines that are compared.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rules } from "../server/languages.ts";

const python = process.env.PYTHON ?? "python3";
let compared = 0;
let wrong = 0;

for (const { name, example } of rules) {
  for (const kind of ["bad", "good"] as const) {
    const text = example[kind];
    const said = [...text.matchAll(/# prints (.*)$/gm)].flatMap(([, words = ""]) => words.split(", then "));
    if (said.length === 0) continue;
    const folder = mkdtempSync(join(tmpdir(), "groundwork-example-"));
    const { stdout, stderr, status } = spawnSync(python, ["-W", "ignore", "-c", text], {
      cwd: folder,
      encoding: "utf8",
    });
    rmSync(folder, { recursive: true, force: true });
    const printed = stdout.trim().split(/\r?\n/);
    compared += said.length;
    const missing = said.filter((line) => !printed.includes(line));
    if (status === 0 && missing.length === 0) continue;
    wrong++;
    console.error(
      `${name}, ${kind}: says ${said.join("; ")}, prints ${printed.join("; ")}${status === 0 ? "" : `\n${stderr}`}`,
    );
  }
}
console.log(`${compared} numbers compared, ${wrong} examples wrong`);
process.exitCode = wrong === 0 ? 0 : 1;
