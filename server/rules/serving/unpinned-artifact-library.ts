import * as l10n from "@vscode/l10n";
import { isTestPath } from "../../clones/test-path.ts";
import type { Rule } from "../../core/rule.ts";
import { normalizedName, type Project } from "../../project/project.ts";
import type { PythonModule } from "../../python/module.ts";
import { type Call, flowsInto } from "../../python/value.ts";
import { type ValueFlow, valueFlowOf } from "../../python/value-flow.ts";
import { isFixed } from "../../requirements/fixed.ts";
import { installedPins } from "../../requirements/installed-pins.ts";
import { readRequirements } from "../../requirements/reader.ts";
import { calledName, inOrder } from "../baseline/estimators.ts";
import { isUnpickling, loadName } from "./loaders.ts";

/** Libraries whose objects are pickled as models, where the file that loads them need not import them. */
const pickled = ["scikit-learn", "xgboost", "lightgbm", "catboost", "imbalanced-learn"];

export const unpinnedArtifactLibrary: Rule<PythonModule> = {
  name: "unpinned-artifact-library",
  topic: "serving",
  severity: { production: "warning" },
  summary: () => l10n.t("A pickled model is loaded by whatever version of its library is there"),
  why: () =>
    l10n.t(
      "A pickle holds the inside of a library's objects, and that inside changes from version to version. Loaded by another version than the one that wrote it, a model fails, warns, or predicts something else.\n\nOf three models that scikit-learn 1.2.2 stored, version 1.9.0 cannot load one, and cannot predict with another. scikit-learn promises nothing across versions, and says so in its documentation on model persistence. Fix the version with `==` where the service declares what it needs, and change it together with a new training. Formats that do not depend on the library, such as ONNX and safetensors, are not concerned. The tutorial *Ambientes virtuais* tells why versions are indispensable for what is to be reproduced; for a model that is served, *Padrões de disponibilização de modelos* adds the place where it hurts.",
    ),
  example: {
    path: "service.py",
    bad: "import joblib\nimport sklearn\n\nmodel = joblib.load('model.joblib')\nprint(sklearn.__version__, model.predict([[1.0]]))\n",
    good: "import numpy as np\nimport sklearn\nfrom onnxruntime import InferenceSession\n\nmodel = InferenceSession('model.onnx')\nprint(sklearn.__version__, model.run(None, {'X': np.float32([[1.0]])}))\n",
    beside: {
      "requirements.in": "scikit-learn>=1.5\n",
      "serving/requirements.in": "joblib==1.4.2\nnumpy==2.1.0\nonnxruntime==1.20.0\n",
      "serving/check.py": "import joblib, numpy, onnxruntime\n",
      ".python-version": "3.12\n",
    },
    trial: {
      text: `import os
import re
import subprocess
import sys

training = """
import joblib
import numpy as np
from skl2onnx import to_onnx
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.tree import DecisionTreeClassifier

models = [LogisticRegression(), make_pipeline(SimpleImputer(), LogisticRegression()), DecisionTreeClassifier()]
X = np.float32([[0], [1], [2], [3]])
for model in models:
    model.fit(X, [0, 0, 1, 1])
    joblib.dump(model, f"{type(model).__name__}.joblib")
    with open(f"{type(model).__name__}.onnx", "wb") as file:
        file.write(to_onnx(model, X).SerializeToString())
"""
# Trained with one release, and served with the one that is installed, which is a later one.
old = ["scikit-learn==1.2.2", "numpy==1.26.4", "scipy==1.11.4"]
subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--target", "old", *old], stderr=subprocess.DEVNULL)
subprocess.run([sys.executable, "-c", training], env={**os.environ, "PYTHONPATH": "old"}, check=True)
for name in ["LogisticRegression", "Pipeline", "DecisionTreeClassifier"]:
    for ending in ["joblib", "onnx"]:
        os.replace(f"{name}.{ending}", f"model.{ending}")
    served = subprocess.run([sys.executable, "-W", "ignore", "service.py"], capture_output=True, text=True)
    error = re.search(r"^\\w+Error", served.stderr, re.MULTILINE)
    print(f"{name}:", error[0] if error else "predicts")
`,
      bad: "LogisticRegression: predicts\nPipeline: AttributeError\nDecisionTreeClassifier: ValueError\n",
      good: "LogisticRegression: predicts\nPipeline: predicts\nDecisionTreeClassifier: predicts\n",
    },
  },
  concerns: (path, project) => {
    const terms = project.learningIn(path)?.terms;
    const loads = terms?.has("load") === true && (terms.has("predict") || terms.has("predict_proba"));
    return loads && project.dependencies !== undefined && !isTestPath(path);
  },
  *check(module, project) {
    const flow = valueFlowOf(module);
    const load = inOrder(flow).find((call) => isUnpickling(call) && isModel(call, flow));
    const found = load && unpinnedIn(project, pickled);
    if (!found) return;
    const message = l10n.t(
      "`{0}` needs the version that wrote the model, and {1} leaves `{2}` open",
      loadName(load),
      found.path,
      found.name,
    );
    yield { at: calledName(load), message };
  },
  *fixes(_module, _problem, project) {
    const found = unpinnedIn(project, pickled);
    if (!found) return;
    using file = readRequirements(found.path, project.requirementsAt(found.path)?.text ?? "");
    const pins = installedPins(file, project, found.line);
    const [only] = pins?.pinned ?? [];
    const common = { kind: "quickfix", safe: false } as const;
    if (pins && only) {
      const title = l10n.t("Pin `{0}` to `{1}`", found.name, only.pin);
      yield { ...common, title, edits: [{ path: found.path, edits: pins.edits }] };
      return;
    }
    const title = l10n.t("Pin `{0}`", found.name);
    yield { ...common, title, edits: [], refused: l10n.t("the project's environment has no version of it to pin to") };
  },
};

/** Is what a call reads a model: does the file predict with it? Results and settings are pickled as well. */
function isModel(load: Call, { calls }: ValueFlow): boolean {
  return calls.some(({ method, receiver }) => /^predict/.test(method ?? "") && flowsInto(load.value, receiver));
}

/** The first of these distributions that requirements files name and none of them fixes. */
function unpinnedIn(
  project: Project,
  wanted: readonly string[],
): { readonly path: string; readonly name: string; readonly line: number } | undefined {
  const paths = project.dependencies?.declaring.flatMap(({ path }) => (/\.(?:txt|in)$/.test(path) ? [path] : [])) ?? [];
  const entries = paths.flatMap((path) => {
    using file = readRequirements(path, project.requirementsAt(path)?.text ?? "");
    return file.entries.flatMap((entry) =>
      entry.name === undefined
        ? []
        : [{ path, line: entry.line, name: normalizedName(entry.name), fixed: isFixed(entry) }],
    );
  });
  for (const name of wanted) {
    const own = entries.filter((entry) => entry.name === name);
    const [first] = own;
    if (first && own.every((entry) => !entry.fixed)) return first;
  }
  return undefined;
}
