// The fixes of the serving rules, none of which is safe: what they write is shown here.
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../server/core/edit.ts";
import type { Fix } from "../server/core/rule.ts";
import { defaultSettings } from "../server/core/settings.ts";
import { Workspace } from "../server/host/workspace.ts";
import { languageOf } from "../server/languages.ts";
import { joinCells } from "../server/notebook/cells.ts";
import { grammars } from "./grammars.ts";
import { offRulesOn } from "./off-rules.ts";

await grammars();

function fixOf(rule: string, text: string, path = "module.py"): Fix | undefined {
  const { workspace, finding } = findingOf(rule, text, path);
  return workspace.fixes(path, [finding])[0]?.[0];
}

function findingOf(rule: string, text: string, path: string) {
  const workspace = new Workspace("/project", { ...defaultSettings, rules: offRulesOn, stagesProduction: ["**"] });
  const language = languageOf(path);
  assert.ok(language);
  workspace.open(path, language, text);
  const finding = workspace.check(path).find((each) => each.rule === rule);
  assert.ok(finding, `no ${rule}`);
  return { workspace, finding };
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
  const theirs = training.replace("scaler =", "make_pipeline = None\nscaler =");
  assert.match(fixOf("unsaved-preprocessing", theirs)?.refused ?? "", /`make_pipeline` is not that of sklearn/);
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

test("a cell of functions becomes a module beside the notebook, with the imports that it needs", () => {
  const body = Array.from({ length: 31 }, (_, index) => `    table = step(table, ${index})\n`).join("");
  const cell = `def clean(table: pd.DataFrame):\n${body}    return np.log(table)`;
  const joined = (code: string) =>
    joinCells([
      { language: "python", source: "import numpy as np\nimport pandas as pd\nimport os" },
      { language: "python", source: code },
    ]);
  const fix = fixOf("overlong-cell", joined(cell), "notebooks/01 explore.ipynb");
  const [created, edited] = fix?.edits ?? [];
  assert.equal(created?.path, "notebooks/notebook_01_explore_functions.py");
  assert.equal(applyEdits("", created.edits), `import numpy as np\nimport pandas as pd\n\n\n${cell}\n`);
  const after = applyEdits(joined(cell), edited?.edits ?? []);
  assert.equal(after, joined("from notebook_01_explore_functions import clean"));
  const messageOf = (code: string) => findingOf("overlong-cell", joined(code), "a.ipynb").finding.message;
  assert.equal(messageOf(cell), "Cell of 33 lines that only define functions: ready to be a module");
  assert.equal(messageOf(`${cell}\nclean(a)`), "Cell of 34 lines of code: ready to be a function in a module");
  const acting = fixOf("overlong-cell", joined(`${cell}\nclean(a)`), "a.ipynb");
  assert.match(acting?.refused ?? "", /only a cell of functions/);
  const other = joinCells([
    { language: "python", source: "limit = 3" },
    { language: "python", source: cell.replace("return", "return limit +") },
  ]);
  assert.match(fixOf("overlong-cell", other, "a.ipynb")?.refused ?? "", /uses `limit`/);
});

test("the keys that a handler takes are declared, and read as attributes", () => {
  const text = `import joblib
from fastapi import FastAPI

app = FastAPI()
model = joblib.load("model.joblib")


@app.post("/predict")
def predict(new_customer: dict):
    row = [new_customer["age"], new_customer["income"], new_customer["age"]]
    return model.predict([row]).tolist()
`;
  assert.equal(
    fixed("unvalidated-input", text),
    text
      .replace("FastAPI\n\napp", "FastAPI\nfrom pydantic import BaseModel\n\napp")
      .replace("@app.post", "class NewCustomer(BaseModel):\n    age: float\n    income: float\n\n\n@app.post")
      .replace(": dict", ": NewCustomer")
      .replaceAll(/\["(\w+)"\]/g, ".$1"),
  );
  const whole = text.replace("    row =", "    print(new_customer)\n    row =");
  assert.match(fixOf("unvalidated-input", whole)?.refused ?? "", /can be declared/);
  const theirs = text.replace("@app.post", "class BaseModel: ...\n\n\n@app.post");
  assert.match(fixOf("unvalidated-input", theirs)?.refused ?? "", /`BaseModel` is not that of pydantic/);
});
