import * as l10n from "@vscode/l10n";
import { isTestPath } from "../../clones/test-path.ts";
import type { Rule } from "../../core/rule.ts";
import { transformers } from "../../project/learning-names.ts";
import type { PythonModule } from "../../python/module.ts";
import { type Call, sourcesOf } from "../../python/value.ts";
import { valueFlowOf } from "../../python/value-flow.ts";
import { areMadeBy, areModels, calledName, dataOf } from "../baseline/estimators.ts";
import { handlersIn, isGuarded } from "./handlers.ts";
import { liftedFix } from "./load-once.ts";
import { trainingScript } from "./training-script.ts";

const reading = /^pandas\.read_(?:csv|parquet|excel|table|json|pickle|feather)$/;

export const trainingInHandler: Rule<PythonModule> = {
  name: "training-in-handler",
  topic: "serving",
  // Too seldom seen in published code to say how often it is right (docs/precision.md).
  severity: {},
  summary: () => l10n.t("A model is trained, or its data read, while a request waits"),
  why: () =>
    l10n.t(
      "Models are trained first, deployed then, and only then served. A handler that trains makes every request wait for all of it, and answers with a model that nobody has judged.\n\nWith 100,000 rows each answer of the example takes nearly a second, 50 times longer than with a stored model. Two requests train two models, which need not be the same, and the service cannot be started where the training data is not. Train in a script that judges the model and stores it; let the service load what was stored. The tutorial *Padrões de disponibilização de modelos* begins with this order.",
    ),
  example: {
    path: "service.py",
    bad: `import pandas as pd
from fastapi import FastAPI
from sklearn.linear_model import LogisticRegression

app = FastAPI()


@app.get("/predict")
def predict(age: float):
    history = pd.read_csv("history.csv")
    model = LogisticRegression().fit(history[["age"]], history["risk"])
    return {"risk": float(model.predict_proba([[age]])[0, 1])}
`,
    good: `import joblib
from fastapi import FastAPI

app = FastAPI()
model = joblib.load("model.joblib")


@app.get("/predict")
def predict(age: float):
    return {"risk": float(model.predict_proba([[age]])[0, 1])}
`,
    trial: {
      text: `from unittest.mock import patch

import joblib
import pandas as pd
from fastapi.testclient import TestClient
from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression

X, y = make_classification(1000, 1, n_informative=1, n_redundant=0, n_clusters_per_class=1, random_state=0)
history = pd.DataFrame({"age": 40 + 10 * X[:, 0], "risk": y})
history.to_csv("history.csv", index=False)
joblib.dump(LogisticRegression().fit(history[["age"]], history["risk"]), "model.joblib")

fit = LogisticRegression.fit
with patch.object(LogisticRegression, "fit", autospec=True, side_effect=fit) as trained:
    from service import app

    client = TestClient(app)
    first = client.get("/predict", params={"age": 45}).json()
    # While the service is up, rows come in that nobody has looked at: every tenth is called a risk.
    history.assign(risk=history["risk"] | (history.index % 10 == 0)).to_csv("history.csv", index=False)
    second = client.get("/predict", params={"age": 45}).json()
print(trained.call_count, "models trained by 2 requests")
print(f"The risk at 45 is {first['risk']:.2f}, and then {second['risk']:.2f}")
`,
      bad: "2 models trained by 2 requests\nThe risk at 45 is 0.87, and then 0.84\n",
      good: "0 models trained by 2 requests\nThe risk at 45 is 0.87, and then 0.87\n",
    },
  },
  concerns: (path, project) => project.learningIn(path)?.serves === true && !isTestPath(path),
  *check(module) {
    const flow = valueFlowOf(module);
    const told = new Set<Call>();
    for (const { calls } of handlersIn(flow)) {
      for (const call of calls) {
        if (told.has(call) || isGuarded(call.node, flow.syntax)) continue;
        if (!isTraining(call) && !isReadingOfAFile(call)) continue;
        told.add(call);
        const message = isTraining(call)
          ? l10n.t("Every request trains the model again")
          : l10n.t("Every request reads this file again");
        yield { at: calledName(call), message };
      }
    }
  },
  *fixes(module, problem, project) {
    const flow = valueFlowOf(module);
    const call = flow.calls.find((each) => calledName(each).start === problem.at.start);
    if (!call) return;
    yield isTraining(call)
      ? trainingScript(module, flow, call, project)
      : liftedFix(module, flow, call, l10n.t("Read once, above the handler"));
  },
};

/** A fit on data that the request does not bring along. */
function isTraining(call: Call): boolean {
  if (call.method !== "fit" && call.method !== "fit_transform") return false;
  if (!areModels(call.receiver) && !areMadeBy(call.receiver, transformers)) return false;
  return ![...sourcesOf(dataOf(call, 0)?.values ?? [])].some(({ node }) => isOfRequest(node.type, node.parent?.type));
}

function isOfRequest(type: string, parent: string | undefined): boolean {
  return /parameter$/.test(type) || parent === "parameters";
}

function isReadingOfAFile(call: Call): boolean {
  const [path] = call.positional;
  return (
    call.callee !== undefined &&
    reading.test(call.callee) &&
    path?.node.type === "string" &&
    !path.node.children.some((each) => each.type === "interpolation")
  );
}
