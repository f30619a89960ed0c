import * as l10n from "@vscode/l10n";
import { isTestPath } from "../../clones/test-path.ts";
import type { Rule } from "../../core/rule.ts";
import type { PythonModule } from "../../python/module.ts";
import { argumentsOf, type Call, sourcesOf } from "../../python/value.ts";
import { valueFlowOf } from "../../python/value-flow.ts";
import { calledName } from "../baseline/estimators.ts";
import { handlersIn, isGuarded } from "./handlers.ts";
import { loadOnceFix } from "./load-once.ts";
import { isLoad, loadName } from "./loaders.ts";

export const modelLoadedPerRequest: Rule<PythonModule> = {
  name: "model-loaded-per-request",
  topic: "serving",
  severity: { production: "warning", undecided: "warning", experimental: "warning" },
  summary: () => l10n.t("A model is loaded from disk for every request"),
  why: () =>
    l10n.t(
      "In the online pattern what matters most is latency: the answer has to come within moments. A handler that loads the model makes every request wait for the disk, and every request in parallel takes the memory of one more model.\n\nA forest of 100 trees takes nearly three times as long to load as to predict a row, 48 against 17 milliseconds, so that each answer takes almost four times as long as it need. Load it once, when the service starts: at the top of the module, in FastAPI's `lifespan`, or in a function with `lru_cache`. Only the first request, or none, then waits. The section on the online pattern in the tutorial *Padrões de disponibilização de modelos* says why these instants count.",
    ),
  example: {
    path: "service.py",
    bad: `import joblib
from fastapi import FastAPI

app = FastAPI()


@app.post("/predict")
def predict(age: float, income: float):
    model = joblib.load("model.joblib")
    return {"risk": float(model.predict([[age, income]])[0])}
`,
    good: `import joblib
from fastapi import FastAPI

app = FastAPI()
model = joblib.load("model.joblib")


@app.post("/predict")
def predict(age: float, income: float):
    return {"risk": float(model.predict([[age, income]])[0])}
`,
    trial: {
      text: `from unittest.mock import patch

import joblib
from fastapi.testclient import TestClient
from sklearn.datasets import make_classification
from sklearn.ensemble import RandomForestClassifier

X, y = make_classification(2000, 2, n_informative=2, n_redundant=0, random_state=0)
joblib.dump(RandomForestClassifier(random_state=0).fit(X, y), "model.joblib")

with patch("joblib.load", wraps=joblib.load) as load:
    from service import app

    client = TestClient(app)
    for _ in range(20):
        client.post("/predict", params={"age": 0.3, "income": 1.2})
print(f"Loads for 20 requests: {load.call_count}")
`,
      bad: "Loads for 20 requests: 20\n",
      good: "Loads for 20 requests: 1\n",
    },
  },
  concerns: (path, project) => project.learningIn(path)?.serves === true && !isTestPath(path),
  *check(module) {
    const flow = valueFlowOf(module);
    const told = new Set<Call>();
    for (const { definition, calls } of handlersIn(flow)) {
      for (const call of calls) {
        if (told.has(call) || !isLoad(call) || isGuarded(call.node, flow.syntax) || isChosenByRequest(call)) continue;
        told.add(call);
        const name = definition.child("name");
        const range = module.lines.rangeOf(name ?? definition);
        const related = [{ path: module.path, range, message: l10n.t("Runs for every request") }];
        yield {
          at: calledName(call),
          message: l10n.t("`{0}` reads the model anew for every request", loadName(call)),
          related,
        };
      }
    }
  },
  *fixes(module, problem) {
    const flow = valueFlowOf(module);
    const call = flow.calls.find((each) => calledName(each).start === problem.at.start);
    if (call) yield loadOnceFix(module, flow, call);
  },
};

/** A model that the request names, or brings along, cannot be loaded before. */
function isChosenByRequest(call: Call): boolean {
  const given = argumentsOf(call).flatMap(({ values }) => values);
  return [...sourcesOf(given)].some(({ node }) => /parameter$/.test(node.type) || node.parent?.type === "parameters");
}
