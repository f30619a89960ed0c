// What is read of training code, and what is written around it: texts only; test/scaffolds/ installs and runs them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import * as l10n from "@vscode/l10n";
import { useLanguage } from "../server/host/language.ts";
import { configurationOf } from "../server/host/project-root.ts";
import {
  type ScaffoldRequest,
  scaffoldFor,
  trainingAt,
  trainingFiles,
  writeScaffold,
} from "../server/host/scaffold.ts";
import { Workspace } from "../server/host/workspace.ts";
import { scaffoldKinds } from "../server/scaffolds/kinds.ts";
import type { Scaffold } from "../server/scaffolds/scaffold.ts";
import { grammars } from "./grammars.ts";

await grammars();
l10n.config({ contents: {} });
const churn = fileURLToPath(new URL("../examples/churn", import.meta.url));

type Files = Readonly<Record<string, string>>;

/** A project of these files, gone when it is disposed. */
function project(files: Files, setUp = (_: string) => {}) {
  const root = mkdtempSync(join(tmpdir(), "groundwork-"));
  setUp(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const workspace = new Workspace(root, configurationOf(root).settings);
  for (const _ of workspace.scan());
  return { root, workspace, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

function copyOfChurn(files: Files = {}) {
  return project(files, (root) => cpSync(churn, root, { recursive: true }));
}

function made(workspace: Workspace, request: ScaffoldRequest): Scaffold {
  const scaffold = scaffoldFor(workspace, request);
  if ("refused" in scaffold) assert.fail(scaffold.refused);
  return scaffold;
}

const data = "id,age,fee,plan,left\n1,30,9.5,basic,no\n2,41,,plus,yes\n3,55,12,family,no\n";
const imports = `import joblib
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestRegressor
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
`;

/** `age:integer fee:number? plan:text`, or why not. */
function readOf(code: string, files: Files = { "data.csv": data }): string {
  using made = project({ ...files, "train.py": `${imports}${code}` });
  const placed = trainingAt(made.workspace, "train.py");
  if ("refused" in placed) return placed.refused;
  const { features, isSeries, model, task, label } = placed.training;
  const columns = features?.map(
    ({ column, kind, isOptional, computedAt, isAssumed }) =>
      `${column}:${isAssumed ? "assumed" : kind}${isOptional ? "?" : ""}${computedAt === undefined ? "" : "*"}`,
  );
  return `${columns?.join(" ") ?? "unknown"} -> ${task}${isSeries ? " of a series" : ""} ${label ?? "?"} in ${model ?? "?"}`;
}

test("the columns that a model is fitted on are read from the code and from the head of its data", () => {
  const fit = 'model = LogisticRegression().fit(X, y)\njoblib.dump(model, "model.joblib")\n';
  const read = 'df = pd.read_csv("data.csv")\n';
  const cases: Files = {
    'X = df.drop(columns=["id", "left"])\ny = df["left"]\n': "age:integer fee:number? plan:text",
    'y = df.pop("left")\nX = df.drop("id", axis=1)\n': "age:integer fee:number? plan:text",
    'X, y = df[["age", "plan"]], df["left"]\n': "age:integer plan:text",
    'FEATURES = ["age"] + ["fee"]\nX = df[FEATURES].copy()\ny = df.left\n': "age:integer fee:number?",
    'df["fee"] = df["fee"].fillna(0)\nX = df[["age", "fee"]]\ny = df["left"]\n': "age:integer fee:number*",
    'for c in ["fee", "age"]:\n    df[c] = df[c].clip(0)\nX = df[["age", "fee"]]\ny = df["left"]\n':
      "age:number* fee:number*",
    'df["is_old"] = (df["age"] > 50).astype(int)\nX = df[["is_old"]]\ny = df["left"]\n': "is_old:integer*",
    'X = pd.get_dummies(df.drop(columns=["left"]))\ny = df["left"]\n': "unknown",
    'del df["id"]\ny = df["left"]\nX = df.loc[:, ["age"]]\n': "age:integer",
    'df.drop(columns=["id"], inplace=True)\ny = df["left"]\nX = df.drop(columns="left")\n':
      "age:integer fee:number? plan:text",
    'X, y = df["plan"], df["left"]\n': "plan:text",
    'X, _, y, _ = train_test_split(df[["age"]], df["left"])\n': "age:integer",
  };
  for (const [code, expected] of Object.entries(cases)) {
    const answer = readOf(`${read}${code}${fit}`);
    assert.equal(answer.split(" -> ")[0], expected, code);
  }
  assert.match(readOf(`${read}X, y = df[["age"]], df["left"]\n${fit}`), / -> classes text in model\.joblib$/);
  assert.match(readOf(`${read}X, y = df["plan"], df["left"]\n${fit}`), / of a series text /);
  assert.equal(readOf(`import other\nX, y = other.data()\n${fit}`), "unknown -> classes ? in model.joblib");
});

test("functions of the file, searches, pipelines and other ways to save are followed", () => {
  const inFunctions = `def load(path):
    frame = pd.read_csv("data.csv", usecols=["age", "fee", "left"])
    return frame.dropna()


def fitted(frame):
    X = frame.drop(columns=["left"])
    search = GridSearchCV(make_pipeline(StandardScaler(), LogisticRegression()), {}, cv=3)
    search.fit(X, frame["left"])
    return search.best_estimator_


def main():
    model = fitted(load("x"))
    with open("models/model.pkl", "wb") as file:
        pickle.dump(model, file)
`;
  assert.equal(readOf(`import pickle\n${inFunctions}`), "age:integer fee:number? -> classes text in models/model.pkl");
  const regression = `OUT = "forest.joblib"
df = pd.read_csv("rows.csv", sep=";", names=["a", "b", "target"])
model = make_pipeline(RandomForestRegressor())
model.fit(df[["b", "a"]], df["target"])
joblib.dump(model, OUT)
`;
  assert.equal(
    readOf(regression, { "rows.csv": "1;2.5;3\n4;5;6.5\n" }),
    "b:number a:integer -> numbers number in forest.joblib",
  );
  assert.equal(readOf(regression, {}), "b:assumed a:assumed -> numbers ? in forest.joblib");
});

test("what cannot be served is refused with the reason", () => {
  const read = 'df = pd.read_csv("data.csv")\nX, y = df[["age"]], df["left"]\n';
  const cases: Files = {
    'scaler = StandardScaler()\nmodel = LogisticRegression().fit(scaler.fit_transform(X), y)\njoblib.dump(model, "m")\n':
      "train.py: the model is saved without `scaler`, which prepares its data; save both as one `Pipeline` first",
    'model = LogisticRegression().fit(X, y)\njoblib.dump({"model": model}, "m")\n':
      "train.py: a collection is saved and no model; save one `Pipeline` that holds all that is needed",
    'model = LogisticRegression().fit(X, y)\nmodel.save_model("m.json")\n':
      "train.py: the model is saved in its library's own format; save it with `joblib.dump` as well",
    "model = LogisticRegression().fit(X, y)\n": "train.py does not fit a model and save it with joblib or pickle",
  };
  for (const [code, expected] of Object.entries(cases)) assert.equal(readOf(`${read}${code}`), expected);
});

test("the example is read as it is: with the columns that it computes outside of its model", () => {
  using copy = copyOfChurn();
  assert.deepEqual(trainingFiles(copy.workspace), ["train.py"]);
  const placed = trainingAt(copy.workspace, "train.py");
  if ("refused" in placed) assert.fail(placed.refused);
  const columns = placed.training.features?.map(({ column, computedAt }) => `${column}:${computedAt ?? ""}`);
  assert.deepEqual(columns, [
    "age:",
    "tenure_months:",
    "monthly_fee:19",
    "support_calls:20",
    "fee_per_month:21",
    "is_new:22",
    "days_away:23",
    "plan_level:24",
  ]);
  const { notes } = made(copy.workspace, { kind: "service", training: "train.py" });
  assert.equal(notes.length, 1);
  assert.match(notes[0] ?? "", /outside of the model.*`fee_per_month` \(line 21\)/);
});

test("versions are those of the project, and what it does not fix is told", () => {
  using copy = copyOfChurn({ "requirements.txt": "scikit-learn==1.4.0\npandas\nfastapi==0.160.0\n" });
  const { files, notes } = made(copy.workspace, { kind: "service", training: "train.py" });
  const requirements = files.find(({ path }) => path === "service/requirements.txt")?.text ?? "";
  assert.match(requirements, /^fastapi==0\.160\.0$/m);
  assert.match(requirements, /^scikit-learn==1\.4\.0$/m);
  assert.doesNotMatch(requirements, /^[\w-]+$/m, "every one is fixed");
  assert.match(notes.join("\n"), /fixes no version of `joblib`, `pandas`/);
});

test("what is said of the columns counts, under names that Python can have", () => {
  using copy = copyOfChurn();
  const features = "monthly fee:number?, class:text, model_size:integer, é:boolean";
  const { files } = made(copy.workspace, { kind: "service", training: "train.py", features, folder: "api" });
  const schema = files.find(({ path }) => path === "api/schema.py")?.text ?? "";
  assert.match(schema, /^ {4}monthly_fee: float \| None = Field\(default=None, alias="monthly fee"/m);
  assert.match(schema, /^ {4}class_: str = Field\(alias="class"/m);
  assert.match(schema, /^ {4}model_size_: int = Field\(alias="model_size"/m);
  const wrong = scaffoldFor(copy.workspace, { kind: "service", training: "train.py", features: "a:colour" });
  assert.ok("refused" in wrong && wrong.refused.includes("`a:colour` is no column"));
  const folder = scaffoldFor(copy.workspace, { kind: "service", training: "train.py", folder: "../up" });
  assert.ok("refused" in folder);
});

test("every scaffold compiles, in both languages, and no rule finds anything in it where all of them speak", () => {
  const found: string[] = [];
  const sources: Scaffold["files"][number][] = [];
  // Those that are found together in a project; BentoML takes the place of FastAPI.
  for (const kinds of [scaffoldKinds.filter((kind) => kind !== "bentoml"), ["bentoml"] as const]) {
    using copy = copyOfChurn({
      "pyproject.toml": '[tool.groundwork.stages]\nproduction = ["**"]\n',
      "requirements.txt": "joblib==1.4.2\nnumpy==2.1.0\npandas==2.2.3\nscikit-learn==1.5.2\n",
    });
    const files = ["en", "pt-br"].flatMap((language) => {
      useLanguage(language);
      return kinds.flatMap((kind) => made(copy.workspace, { kind, training: "train.py" }).files);
    });
    useLanguage(undefined);
    sources.push(...files.filter(({ path }) => path.endsWith(".py")));
    write(copy.root, files);
    const workspace = new Workspace(copy.root, configurationOf(copy.root).settings);
    for (const _ of workspace.scan());
    for (const path of new Set(files.map((file) => file.path))) {
      found.push(...workspace.check(path).map(({ rule, message }) => `${path}: ${rule}: ${message}`));
    }
  }
  assert.deepEqual(found, []);
  const compile = "import json, sys\nfor each in json.load(sys.stdin): compile(each['text'], each['path'], 'exec')";
  const python = spawnSync("python3", ["-c", compile], { input: JSON.stringify(sources), encoding: "utf8" });
  assert.equal(python.stderr, "");
  assert.equal(python.status, 0);
});

function write(root: string, files: Scaffold["files"]): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

test("files are written all or none, and what exists stays", async () => {
  using copy = copyOfChurn({ "service/app.py": "mine\n" });
  const scaffold = made(copy.workspace, { kind: "service", training: "train.py" });
  const before = readdirSync(copy.root, { recursive: true });
  const refused = await writeScaffold(copy.root, scaffold);
  assert.equal(refused?.refused, "there is something already, and everything was left as it was: service/app.py");
  assert.deepEqual(readdirSync(copy.root, { recursive: true }), before);
  assert.equal(readFileSync(join(copy.root, "service/app.py"), "utf8"), "mine\n");
  rmSync(join(copy.root, "service"), { recursive: true });
  // A file where a folder must be: what was written before it is taken back.
  const [first] = scaffold.files;
  const broken = { ...scaffold, files: [...scaffold.files, { path: `${first?.path}/below`, text: "" }] };
  assert.match((await writeScaffold(copy.root, broken))?.refused ?? "", /^nothing was written: /);
  assert.equal(existsSync(join(copy.root, "service")), false);
  assert.equal(await writeScaffold(copy.root, scaffold), undefined);
  for (const { path, text } of scaffold.files) assert.equal(readFileSync(join(copy.root, path), "utf8"), text);
});
