import * as l10n from "@vscode/l10n";
import { isTestPath } from "../../clones/test-path.ts";
import type { Rule } from "../../core/rule.ts";
import type { PythonModule } from "../../python/module.ts";
import { type Syntax, type SyntaxNode, textOf } from "../../python/syntax.ts";
import type { Call } from "../../python/value.ts";
import { valueFlowOf } from "../../python/value-flow.ts";
import { calledName, dataOf, inOrder } from "../baseline/estimators.ts";
import { batchPrediction } from "./batch-prediction.ts";

const predicting = new Set(["predict", "predict_proba", "decision_function"]);
/** Iterables that are the rows of a table; the table follows in brackets where it is needed to know it. */
const rows =
  /\.(?:iterrows|itertuples|to_numpy)\(|\.values\s*\)?$|\.to_dict\(\s*(?:orient\s*=\s*)?["']records["']|^range\(\s*(?:0\s*,\s*)?(?:len\(|\w+\.shape\[0\])/;

export const rowByRowPrediction: Rule<PythonModule> = {
  name: "row-by-row-prediction",
  topic: "serving",
  // Too seldom seen in published code to say how often it is right (docs/precision.md).
  severity: {},
  summary: () => l10n.t("A model predicts the rows of a table one by one"),
  why: () =>
    l10n.t(
      "A model predicts a whole table in one call, and most of the time of a call does not depend on how many rows it has. One call per row pays for that time again with each of them.\n\nA logistic regression of 20 features predicts 1,000 rows in a tenth of a millisecond when it is called once, and in a quarter of a second when it is called for each row: more than a thousand times longer. In the batch pattern what counts is the throughput, and the loop decides whether a night is enough. Where the table does not fit into memory, read it in parts and predict each with one call; the predictions do not depend on each other, so that several machines can share the parts. The tutorial *Padrões de disponibilização de modelos* describes this pattern.",
    ),
  example: {
    path: "score.py",
    bad: `import sys

import joblib
import pandas as pd

model = joblib.load("model.joblib")
table = pd.read_csv(sys.argv[1])
for index, row in table.iterrows():
    table.loc[index, "risk"] = model.predict([row])[0]
table.to_csv(sys.argv[2])
`,
    good: `import sys

import joblib
import pandas as pd

model = joblib.load("model.joblib")
table = pd.read_csv(sys.argv[1])
table["risk"] = model.predict(table)
table.to_csv(sys.argv[2])
`,
    trial: {
      text: `import runpy
import sys
from time import perf_counter

import joblib
import pandas as pd
from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression

X, y = make_classification(1000, random_state=0)
joblib.dump(LogisticRegression().fit(X, y), "model.joblib")
pd.DataFrame(X).to_csv("customers.csv", index=False)

seconds = []
predict = LogisticRegression.predict


def timed(model, table):
    start = perf_counter()
    answer = predict(model, table)
    seconds.append(perf_counter() - start)
    return answer


timed(joblib.load("model.joblib"), X)
once = seconds.pop()
LogisticRegression.predict = timed
sys.argv = ["score.py", "customers.csv", "scored.csv"]
runpy.run_path("score.py")
print("Calls of predict for 1000 rows:", len(seconds))
print("More than 100 times as long as one call:", sum(seconds) > 100 * once)
`,
      bad: "Calls of predict for 1000 rows: 1000\nMore than 100 times as long as one call: True\n",
      good: "Calls of predict for 1000 rows: 1\nMore than 100 times as long as one call: False\n",
    },
  },
  concerns: (path, project) => {
    const terms = project.learningIn(path)?.terms;
    return terms !== undefined && [...predicting].some((word) => terms.has(word)) && !isTestPath(path);
  },
  *check(module) {
    const { syntax, ...flow } = valueFlowOf(module);
    for (const call of inOrder({ syntax, ...flow })) {
      const table = predicting.has(call.method ?? "") && call.receiver.length > 0 ? tableOf(call, syntax) : undefined;
      if (table)
        yield { at: calledName(call), message: l10n.t("One call per row of `{0}`, where one would do for all", table) };
    }
  },
  *fixes(module, problem) {
    const { syntax, calls } = valueFlowOf(module);
    const call = calls.find((each) => calledName(each).start === problem.at.start);
    if (call) yield batchPrediction(module, syntax, call);
  },
};

/** The rows that a call predicts one by one, as they are written. */
function tableOf(call: Call, syntax: Syntax): string | undefined {
  const data = dataOf(call, 0)?.node;
  const receiver = call.node.child("function")?.child("object");
  // A part of an estimator's own implementation predicts in its own way.
  if (!data || !receiver || /^self\b/.test(textOf(syntax, receiver))) return undefined;
  for (const ancestor of call.node.ancestors()) {
    if (ancestor.type === "function_definition") return undefined;
    if (ancestor.type === "lambda") return appliedTo(ancestor, data, syntax);
    for (const { left, right } of loopsAt(ancestor)) {
      const iterable = textOf(syntax, right);
      // Somebody who waits for an answer, or acts on one, has no table.
      if (/\.step\(|\.sleep\(|input\(|yield\b|\.recv\(/.test(textOf(syntax, ancestor))) return undefined;
      if (rows.test(iterable) && usesOneRow(data, left, iterable, syntax)) return iterable;
    }
  }
  return undefined;
}

function loopsAt(node: SyntaxNode): readonly { left: SyntaxNode; right: SyntaxNode }[] {
  const clauses = node.type === "for_statement" ? [node] : node.named.filter((each) => each.type === "for_in_clause");
  return clauses.flatMap((clause) => {
    const [left, right] = [clause.child("left"), clause.child("right")];
    return left && right ? [{ left, right }] : [];
  });
}

/** Is the data the row that the loop is at, and no larger part of the table? */
function usesOneRow(data: SyntaxNode, left: SyntaxNode, iterable: string, syntax: Syntax): boolean {
  const names = [...left.descendants()]
    .filter((each) => each.type === "identifier")
    .map((each) => textOf(syntax, each));
  const used = [...data.descendants()].some(
    (each) => each.type === "identifier" && names.includes(textOf(syntax, each)),
  );
  if (!used) return false;
  if (!iterable.startsWith("range(")) return true;
  // `X[i:i + n]` is a batch, and `X[:i]` all that came before.
  return !/:/.test(
    textOf(syntax, data)
      .replace(/:\s*(?=[,\]])|(?<=[[,]\s*):(?=\s*[,\]])/g, "")
      .replace(/(\w+)\s*:\s*\1\s*\+\s*1\b/g, "$1"),
  );
}

/** `table.apply(lambda row: model.predict([row]), axis=1)` */
function appliedTo(lambda: SyntaxNode, data: SyntaxNode, syntax: Syntax): string | undefined {
  const call = lambda.parent?.parent;
  const callee = call?.type === "call" ? call.child("function") : undefined;
  if (!callee || !/\.(?:apply|map)$/.test(textOf(syntax, callee))) return undefined;
  const names = (lambda.child("parameters")?.named ?? []).map((each) => textOf(syntax, each));
  const used = [...data.descendants()].some(
    (each) => each.type === "identifier" && names.includes(textOf(syntax, each)),
  );
  const object = callee.child("object");
  return used && object ? textOf(syntax, object) : undefined;
}
