import * as l10n from "@vscode/l10n";
import { isTestPath } from "../../clones/test-path.ts";
import type { Fix, Rule } from "../../core/rule.ts";
import type { PythonModule } from "../../python/module.ts";
import { type SyntaxNode, textOf } from "../../python/syntax.ts";
import type { Call } from "../../python/value.ts";
import { type ValueFlow, valueFlowOf } from "../../python/value-flow.ts";
import { inOrder, isRun } from "../baseline/estimators.ts";
import { linesBelow } from "../baseline/insertion.ts";
import { isLoad } from "./loaders.ts";

const reading = /^(?:pandas|polars|dask\.dataframe)\.read_(?:csv|parquet|excel|table|json|feather|pickle)$/;
const writing = /^(?:to_(?:csv|parquet|excel|json|feather|pickle)|write_(?:csv|parquet))$/;
/** Whatever lets somebody else say the path. */
const arguing =
  /\b(?:argparse|ArgumentParser|sys\.argv|click|typer|fire|hydra|environ|getenv|papermill|docopt|absl)\b|\binput\(/;

export const hardcodedBatchIo: Rule<PythonModule> = {
  name: "hardcoded-batch-io",
  topic: "serving",
  severity: { production: "hint" },
  summary: () => l10n.t("A scoring script reads and writes always the same files"),
  why: () =>
    l10n.t(
      "In the batch pattern a script is started by an event, again and again, each time for other data. With its paths written into it, every run needs an edit of the script, or overwrites the run before: of the five customers of the example's two days, three lose their score.\n\nTake the paths as arguments, with today's as their defaults: the script does what it did, and a scheduler, a test, and each of several machines that share the data can name their own part. The section on the batch pattern in the tutorial *Padrões de disponibilização de modelos* divides the data in just this way.",
    ),
  example: {
    path: "score.py",
    bad: `import joblib
import pandas as pd

model = joblib.load("model.joblib")
customers = pd.read_csv("data/customers.csv")
customers["risk"] = model.predict(customers)
customers.to_csv("data/scored.csv")
`,
    good: `import argparse

import joblib
import pandas as pd

parser = argparse.ArgumentParser()
parser.add_argument("--input", default="data/customers.csv")
parser.add_argument("--output", default="data/scored.csv")
arguments = parser.parse_args()

model = joblib.load("model.joblib")
customers = pd.read_csv(arguments.input)
customers["risk"] = model.predict(customers)
customers.to_csv(arguments.output)
`,
    trial: {
      text: `import subprocess
import sys
from pathlib import Path

import joblib
import pandas as pd
from sklearn.dummy import DummyClassifier

data = Path("data")
data.mkdir()
days = {"monday": [31, 45, 52], "tuesday": [28, 67]}
joblib.dump(DummyClassifier().fit(pd.DataFrame({"age": [30, 60]}), [0, 1]), "model.joblib")
for day, ages in days.items():
    for path in [data / "customers.csv", data / f"{day}.csv"]:
        pd.DataFrame({"age": ages}).to_csv(path, index=False)
    files = ["--input", data / f"{day}.csv", "--output", data / f"scored-{day}.csv"]
    subprocess.run([sys.executable, "score.py", *files], check=True)

scored = {path.name: len(pd.read_csv(path)) for path in sorted(data.glob("scored*"))}
print(scored)
print(sum(scored.values()), "of 5 customers have a score")
`,
      bad: "{'scored.csv': 2}\n2 of 5 customers have a score\n",
      good: "{'scored-monday.csv': 3, 'scored-tuesday.csv': 2}\n5 of 5 customers have a score\n",
    },
  },
  concerns: (path, project) => {
    const terms = project.learningIn(path)?.terms;
    if (!terms || !path.endsWith(".py") || isTestPath(path)) return false;
    const reads = ["read_csv", "read_parquet", "read_excel", "read_table", "read_json"].some((word) => terms.has(word));
    return reads && (terms.has("predict") || terms.has("predict_proba"));
  },
  *check(module) {
    const paths = fixedPaths(valueFlowOf(module), module);
    if (!paths) return;
    const { start, end } = paths.input;
    const range = module.lines.rangeOf(paths.output);
    const related = [{ path: module.path, range, message: l10n.t("Written here, always to the same file") }];
    yield {
      at: { start, end },
      message: l10n.t("Another batch needs an edit of this script: its paths are fixed"),
      related,
    };
  },
  *fixes(module) {
    const flow = valueFlowOf(module);
    const paths = fixedPaths(flow, module);
    const last = flow.syntax.root.named.findLast((each) => /^(?:future_)?import(?:_from)?_statement$/.test(each.type));
    if (!paths || !last) return;
    const common = { title: l10n.t("Take the paths as arguments"), kind: "quickfix", safe: false } as const;
    const known = flow.scopes.module.bindings;
    if (paths.call.owner !== flow.syntax.root || known.has("arguments") || known.has("parser")) {
      yield { ...common, edits: [], refused: l10n.t("only paths outside of functions can become arguments") };
      return;
    }
    const lines = [
      "import argparse",
      "",
      "parser = argparse.ArgumentParser()",
      `parser.add_argument("--input", default=${textOf(flow.syntax, paths.input)})`,
      `parser.add_argument("--output", default=${textOf(flow.syntax, paths.output)})`,
      "arguments = parser.parse_args()",
    ];
    const edits = [
      linesBelow(module, last, lines),
      { at: paths.input, text: "arguments.input" },
      { at: paths.output, text: "arguments.output" },
    ];
    const fix: Fix = { ...common, edits: [{ path: module.path, edits }] };
    yield fix;
  },
};

/** Where a script that scores with a stored model reads and writes. */
function fixedPaths(
  flow: ValueFlow,
  module: PythonModule,
): { input: SyntaxNode; output: SyntaxNode; call: Call } | undefined {
  if (arguing.test(module.text)) return undefined;
  const calls = inOrder(flow);
  const read = calls.find((call) => call.callee !== undefined && reading.test(call.callee) && literalOf(call));
  const written = calls.find((call) => writing.test(call.method ?? "") && literalOf(call));
  const scores = calls.some(isLoad) && calls.some(({ method }) => method === "predict" || method === "predict_proba");
  const trains = calls.some(({ method }) => method === "fit");
  const [input, output] = [read && literalOf(read), written && literalOf(written)];
  if (!read || !input || !output || !scores || trains || !isRun(read, flow, module)) return undefined;
  return { input, output, call: read };
}

function literalOf({ positional }: Call): SyntaxNode | undefined {
  const node = positional[0]?.node;
  return node?.type === "string" && !node.children.some((each) => each.type === "interpolation") ? node : undefined;
}
