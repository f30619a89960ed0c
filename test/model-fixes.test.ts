// The fixes that change what is judged, predicted or served: what they write, and where they refuse.
// `npm run test:examples` runs the scripts of test/baselines/fixes.ts before and after.
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../server/core/edit.ts";
import type { Fix } from "../server/core/rule.ts";
import { defaultSettings } from "../server/core/settings.ts";
import { Workspace } from "../server/host/workspace.ts";
import type { PythonEnvironment } from "../server/project/project.ts";
import { fixCases } from "./baselines/fixes.ts";
import { grammars } from "./grammars.ts";
import { folderWith } from "./lsp-client.ts";
import { offRulesOn } from "./off-rules.ts";

await grammars();

const settings = { ...defaultSettings, rules: offRulesOn, stagesProduction: ["**"] };

/** The first fix of the first finding of a rule in module.py of a project. */
function fixOf(rule: string, text: string, beside = {}, environment?: PythonEnvironment): Fix {
  const folder = folderWith({ "module.py": text, ...beside });
  try {
    const workspace = new Workspace(folder.root, settings);
    workspace.environment = environment;
    for (const _ of workspace.scan());
    const finding = workspace.check("module.py").find((each) => each.rule === rule);
    const fix = finding && workspace.fixes("module.py", [finding])[0]?.[0];
    assert.ok(fix, `no fix of ${rule}`);
    assert.equal(fix.safe, false);
    return fix;
  } finally {
    folder.dispose();
  }
}

for (const { rule, name, script, old, written } of fixCases) {
  test(`${rule}: ${name}`, () => {
    const fix = fixOf(rule, script);
    assert.equal(fix.refused, undefined);
    const after = applyEdits(script, fix.edits[0]?.edits ?? []);
    const before = script.replace(old, written);
    // What is imported further stands below the imports.
    const lines = before.split("\n");
    assert.equal(
      after
        .split("\n")
        .filter((line) => lines.includes(line) || !/^from sklearn\.model_selection import/.test(line))
        .join("\n"),
      before,
    );
  });
}

const early = `from lightgbm import LGBMClassifier
from sklearn.model_selection import train_test_split

X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = LGBMClassifier(early_stopping_rounds=10)
model.fit(X_train, y_train, eval_set=[(X_train, y_train), (X_test, y_test)])
print(model.score(X_test, y_test))
`;

test("what stops the training early is a part of the training data", () => {
  const fix = fixOf("tuned-on-test", early);
  assert.equal(
    applyEdits(early, fix.edits[0]?.edits ?? []),
    early.replace(
      "model.fit(X_train, y_train, eval_set=[(X_train, y_train), (X_test, y_test)])",
      `X_fit, X_val, y_fit, y_val = train_test_split(X_train, y_train, random_state=0)
model.fit(X_fit, y_fit, eval_set=[(X_train, y_train), (X_val, y_val)])`,
    ),
  );
});

const service = `import pandas as pd
from fastapi import FastAPI
from sklearn.linear_model import LogisticRegression

app = FastAPI()


@app.get("/predict")
def predict(age: float):
    history = pd.read_csv("history.csv")
    model = LogisticRegression().fit(history[["age"]], history["risk"])
    return {"risk": float(model.predict_proba([[age]])[0, 1])}
`;

test("what a handler reads for every request is read once", () => {
  const fix = fixOf("training-in-handler", service);
  assert.match(applyEdits(service, fix.edits[0]?.edits ?? []), /^history = pd\.read_csv\("history\.csv"\)\n\n\n@app/m);
});

test("what a handler trains is trained by a script beside it, and loaded at the start", () => {
  const text = service
    .replace('pd.read_csv("history.csv")', "pd.read_csv(path)")
    .replace("age: float):\n", 'age: float):\n    path = "history.csv"\n');
  const fix = fixOf("training-in-handler", text);
  const [script, handler] = fix.edits;
  assert.equal(script?.path, "train_module.py");
  assert.equal(
    script.edits[0]?.text,
    `from sklearn.linear_model import LogisticRegression
import joblib
import pandas as pd

path = "history.csv"
history = pd.read_csv(path)
model = LogisticRegression().fit(history[["age"]], history["risk"])
joblib.dump(model, "model.joblib")
`,
  );
  const after = applyEdits(text, handler?.edits ?? []);
  assert.match(after, /import joblib\n\napp = FastAPI\(\)\n\n\nmodel = joblib\.load\("model\.joblib"\)\n\n\n@app\.get/);
  assert.match(after, /def predict\(age: float\):\n {4}return \{/);
});

const sklearn = { name: "scikit-learn", version: "1.9.0", requested: true, installer: "pip", directUrl: undefined };
const environment: PythonEnvironment = {
  prefix: "/env",
  python: "/env/bin/python",
  kind: "venv",
  name: "env",
  version: "3.12.1",
  distributions: new Map([["scikit-learn", sklearn]]),
};

test("the library of a pickle is pinned to the version that is installed", () => {
  const loading = 'import joblib\n\nmodel = joblib.load("model.joblib")\nprint(model.predict([[1.0]]))\n';
  const beside = { "requirements.txt": "joblib==1.4.2\nscikit-learn>=1.5\n" };
  const fix = fixOf("unpinned-artifact-library", loading, beside, environment);
  assert.equal(fix.title, "Pin `scikit-learn` to `==1.9.0`");
  assert.equal(
    applyEdits(beside["requirements.txt"], fix.edits[0]?.edits ?? []),
    "joblib==1.4.2\nscikit-learn==1.9.0\n",
  );
  assert.match(fixOf("unpinned-artifact-library", loading, beside).refused ?? "", /no version/);
});

const refused: readonly (readonly [string, string, RegExp])[] = [
  [
    "row-by-row-prediction",
    "import joblib\nmodel = joblib.load(path)\nfor index, row in table.iterrows():\n    print(model.predict([row])[0])\n",
    /more than to predict/,
  ],
  [
    "row-by-row-prediction",
    "import joblib\nmodel = joblib.load(path)\nfor row in X:\n    pass\nanswers = [model.predict([row])[0] + 1 for row in X.values]\n",
    /more than to predict/,
  ],
  ["scored-on-train", "from sklearn.svm import SVC\nprint(SVC().fit(X, y).score(X, y))\n", /no name/],
  [
    "training-in-handler",
    service
      .replace('    history = pd.read_csv("history.csv")\n', "")
      .replaceAll("history[", "pd.DataFrame(rows)[")
      .replace("app = FastAPI()\n", "app = FastAPI()\nrows = [{}]\n"),
    /takes `rows` from the service/,
  ],
  [
    "training-in-handler",
    service
      .replace('    history = pd.read_csv("history.csv")\n', "")
      .replaceAll("history[", "pd.DataFrame([{}])[")
      .replace("app = FastAPI()\n", "app = FastAPI()\njoblib = None\n"),
    /the name `joblib` is not that of joblib here/,
  ],
  [
    "scored-on-train",
    "from sklearn.svm import SVC\ndef cross_val_score(): ...\nmodel = SVC().fit(X, y)\nprint(model.score(X, y))\n",
    /the name `cross_val_score` is not that of sklearn\.model_selection here/,
  ],
  [
    "notebook-in-production",
    "# In[1]:\n\nrate = 2\nprint(rate)\n\n# In[2]:\n\ndef price(x):\n    return rate * x\n",
    /`rate` is made by a cell/,
  ],
  ["notebook-in-production", "# In[1]:\n\nget_ipython().run_line_magic('matplotlib', 'inline')\n", /other ways/],
  ["notebook-in-production", '# In[1]:\n\nprint("""a\nb""")\n', /several lines/],
];

for (const [rule, text, reason] of refused) {
  test(`${rule} is refused: ${reason.source}`, () => {
    assert.match(fixOf(rule, text).refused ?? "", reason);
  });
}
