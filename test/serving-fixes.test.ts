// The fixes of the serving rules, none of which is safe: what they write is shown here.
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../server/core/edit.ts";
import type { Fix } from "../server/core/rule.ts";
import { defaultSettings } from "../server/core/settings.ts";
import { Workspace } from "../server/host/workspace.ts";
import { languageOf } from "../server/languages.ts";
import { grammars } from "./grammars.ts";

await grammars();

function fixOf(rule: string, text: string): Fix | undefined {
  const workspace = new Workspace("/project", { ...defaultSettings, stagesProduction: ["**"] });
  const language = languageOf("module.py");
  assert.ok(language);
  workspace.open("module.py", language, text);
  const finding = workspace.check("module.py").find((each) => each.rule === rule);
  assert.ok(finding, `no ${rule}`);
  return workspace.fixes("module.py", [finding])[0]?.[0];
}

function fixed(rule: string, text: string): string {
  const fix = fixOf(rule, text);
  assert.equal(fix?.safe, false);
  assert.equal(fix.refused, undefined);
  return applyEdits(text, fix.edits[0]?.edits ?? []);
}

const service = `import joblib
from fastapi import FastAPI

app = FastAPI()


@app.post("/predict")
def predict(age: float):
    model = joblib.load("model.joblib")
    return model.predict([[age]]).tolist()
`;

test("a model is loaded above the handler, if its name is free and its path fixed", () => {
  assert.equal(
    fixed("model-loaded-per-request", service),
    service
      .replace('    model = joblib.load("model.joblib")\n', "")
      .replace("@app", 'model = joblib.load("model.joblib")\n\n\n@app'),
  );
  const taken = service.replace("app = FastAPI()", "app = FastAPI()\nmodel = None");
  assert.match(fixOf("model-loaded-per-request", taken)?.refused ?? "", /can be moved/);
  const inline = service.replace("    model = ", "    other = (").replace('model.joblib")', 'model.joblib"))');
  assert.match(fixOf("model-loaded-per-request", inline)?.refused ?? "", /can be moved/);
});

const training = `import joblib
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

scaler = StandardScaler()
model = LogisticRegression().fit(scaler.fit_transform(X), y)
joblib.dump(model, "model.joblib")
`;

test("transformer and model are saved as one, where nothing stands between them", () => {
  assert.equal(
    fixed("unsaved-preprocessing", training),
    training
      .replace("StandardScaler\n\n", "StandardScaler\nfrom sklearn.pipeline import make_pipeline\n\n")
      .replace("dump(model", "dump(make_pipeline(scaler, model)"),
  );
  const between = training.replace("scaler.fit_transform(X)", "more(scaler.fit_transform(X))");
  assert.match(fixOf("unsaved-preprocessing", between)?.refused ?? "", /not plain/);
});

test("fixed paths become arguments with the same defaults", () => {
  const text = `import joblib
import pandas as pd

model = joblib.load("model.joblib")
table = pd.read_csv("a.csv")
table["risk"] = model.predict(table)
table.to_csv("b.csv")
`;
  assert.equal(
    fixed("hardcoded-batch-io", text),
    `import joblib
import pandas as pd
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--input", default="a.csv")
parser.add_argument("--output", default="b.csv")
arguments = parser.parse_args()

model = joblib.load("model.joblib")
table = pd.read_csv(arguments.input)
table["risk"] = model.predict(table)
table.to_csv(arguments.output)
`,
  );
});
