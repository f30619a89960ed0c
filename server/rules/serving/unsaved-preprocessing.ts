import * as l10n from "@vscode/l10n";
import { isTestPath } from "../../clones/test-path.ts";
import type { Fix, Rule } from "../../core/rule.ts";
import { transformers } from "../../project/learning-names.ts";
import type { PythonModule } from "../../python/module.ts";
import { textOf } from "../../python/syntax.ts";
import { argumentsOf, type Call, flowsInto, sourcesOf, type Value } from "../../python/value.ts";
import { type ValueFlow, valueFlowOf } from "../../python/value-flow.ts";
import { areModels, calledName, dataOf, inOrder, isCallOf } from "../baseline/estimators.ts";
import { importEdits, importRefusal } from "../baseline/insertion.ts";
import { isDump } from "./loaders.ts";

/** Those that list categories count here: without the list nobody can make the columns again. */
const needed: ReadonlySet<string> = new Set([
  ...transformers,
  "OneHotEncoder",
  "OrdinalEncoder",
  "Normalizer",
  "PolynomialFeatures",
  "LabelBinarizer",
  "MultiLabelBinarizer",
]);

export const unsavedPreprocessing: Rule<PythonModule> = {
  name: "unsaved-preprocessing",
  topic: "serving",
  // Too seldom seen in published code to say how often it is right (docs/precision.md).
  severity: {},
  summary: () => l10n.t("A model is saved without what prepares its data"),
  why: () =>
    l10n.t(
      "A model that was fitted on scaled, encoded or vectorised data predicts nothing of use from data as it comes. Without the fitted transformer nobody can prepare the data again: whoever serves the model has to guess.\n\nThe model of the example is right in 96% of the cases on scaled data. Loaded alone and given the raw measurements it is right in 37% of them: it calls every one of them malignant, and says no word about it. A `Pipeline` keeps both together: one file, one `predict`, and no way to forget a step. The tutorial *Padrões de disponibilização de modelos* asks what a failure of the model costs; this one is silent.",
    ),
  example: {
    path: "train.py",
    bad: `import joblib
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

X, y = load_breast_cancer(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
scaler = StandardScaler()
model = LogisticRegression().fit(scaler.fit_transform(X_train), y_train)
print(round(model.score(scaler.transform(X_test), y_test), 2))  # prints 0.96
joblib.dump(model, "model.joblib")
print(round(joblib.load("model.joblib").score(X_test, y_test), 2))  # prints 0.37
`,
    good: `import joblib
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

X, y = load_breast_cancer(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = make_pipeline(StandardScaler(), LogisticRegression()).fit(X_train, y_train)
print(round(model.score(X_test, y_test), 2))  # prints 0.96
joblib.dump(model, "model.joblib")
print(round(joblib.load("model.joblib").score(X_test, y_test), 2))  # prints 0.96
`,
  },
  concerns: (path, project) => {
    const terms = project.learningIn(path)?.terms;
    return (
      terms !== undefined &&
      !isTestPath(path) &&
      (terms.has("dump") || terms.has("save_model") || terms.has("log_model"))
    );
  },
  *check(module) {
    const flow = valueFlowOf(module);
    for (const dump of inOrder(flow)) {
      const lost = isDump(dump) ? lostTransformer(dump, flow) : undefined;
      if (!lost) continue;
      const name = textOf(flow.syntax, lost.name);
      const range = module.lines.rangeOf(lost.name);
      const related = [{ path: module.path, range, message: l10n.t("Prepares the data that the model is fitted on") }];
      yield {
        at: calledName(dump),
        message: l10n.t("The model is saved without `{0}`, which prepares its data", name),
        related,
      };
    }
  },
  *fixes(module, problem) {
    const flow = valueFlowOf(module);
    const dump = flow.calls.find((each) => calledName(each).start === problem.at.start);
    const fix = dump && pipelineFix(module, flow, dump);
    if (fix) yield fix;
  },
};

interface Lost {
  readonly transformer: Value;
  /** The call that transforms what the model is fitted on. */
  readonly transform: Call;
  readonly fit: Call;
  readonly name: { readonly start: number; readonly end: number };
}

/** The transformer behind which the saved model was fitted, if nothing keeps it. */
function lostTransformer(dump: Call, { calls }: ValueFlow): Lost | undefined {
  const saved = dump.callee === undefined ? dump.receiver : (dump.positional[0]?.values ?? []);
  const [model] = saved;
  if (saved.length !== 1 || !model || !areModels(saved) || isCallOf(model.call, new Set(["make_pipeline", "Pipeline"])))
    return undefined;
  const fit = calls.find((call) => call.method === "fit" && call.receiver.includes(model));
  const data = fit && dataOf(fit, 0);
  if (!fit || !data) return undefined;
  const sources = sourcesOf(data.values);
  for (const transform of calls) {
    const [transformer] = transform.receiver;
    if (!transformer || !/^(?:fit_)?transform$/.test(transform.method ?? "") || !isCallOf(transformer.call, needed))
      continue;
    if (!sources.has(transform.value) || isKept(transformer, calls, transform)) continue;
    const object = transform.node.child("function")?.child("object") ?? transform.node;
    return { transformer, transform, fit, name: object };
  }
  return undefined;
}

/** Whether something else may keep it: another dump, a function that it is handed to, an object that holds it. */
function isKept(transformer: Value, calls: readonly Call[], transform: Call): boolean {
  const isHanded = (call: Call) =>
    argumentsOf(call).some(({ values }) =>
      values.some((value) => value === transformer || value.elements?.flat(2).includes(transformer)),
    );
  if (calls.some((call) => call.node !== transform.node && isHanded(call))) return true;
  // A transformer that stays in the function's object, or goes out of it, has its keeper elsewhere.
  const object = transform.node.child("function")?.child("object");
  if (object?.type === "attribute") return true;
  return calls.some(
    (call) =>
      isDump(call) &&
      flowsInto(transformer, call.positional[0]?.values.flatMap((value) => [...(value.elements?.flat() ?? [])]) ?? []),
  );
}

/** `dump(model, path)` becomes `dump(make_pipeline(scaler, model), path)`, where one transformer stands right before the model. */
function pipelineFix(module: PythonModule, flow: ValueFlow, dump: Call): Fix | undefined {
  const lost = lostTransformer(dump, flow);
  const saved = dump.positional[0]?.node;
  if (!lost || !saved) return undefined;
  const common = { title: l10n.t("Save both as a `Pipeline`"), kind: "quickfix", safe: false } as const;
  const isNext = dataOf(lost.fit, 0)?.values.every((value) => value === lost.transform.value) === true;
  const name = textOf(flow.syntax, lost.name);
  if (!isNext || !/^\w+$/.test(name) || dump.callee === undefined) {
    return {
      ...common,
      edits: [],
      refused: l10n.t("what happens between the transformer and the model is not plain here"),
    };
  }
  const taken = importRefusal(flow, "sklearn.pipeline", ["make_pipeline"], saved);
  if (taken) return { ...common, edits: [], ...taken };
  const edits = [
    ...importEdits(module, flow, "sklearn.pipeline", ["make_pipeline"]),
    { at: saved, text: `make_pipeline(${name}, ${textOf(flow.syntax, saved)})` },
  ];
  return { ...common, edits: [{ path: module.path, edits }] };
}
