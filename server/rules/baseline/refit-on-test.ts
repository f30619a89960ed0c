import * as l10n from "@vscode/l10n";
import { isTestPath } from "../../clones/test-path.ts";
import type { Rule } from "../../core/rule.ts";
import { transformers } from "../../project/learning-names.ts";
import type { PythonModule } from "../../python/module.ts";
import { textOf } from "../../python/syntax.ts";
import type { Call } from "../../python/value.ts";
import { type ValueFlow, valueFlowOf } from "../../python/value-flow.ts";
import { areMadeBy, calledName, dataName, dataOf, inOrder, isTestName, isValidationName } from "./estimators.ts";

const fitting = new Set(["fit", "fit_transform"]);

export const refitOnTest: Rule<PythonModule> = {
  name: "refit-on-test",
  topic: "baseline",
  severity: { production: "warning", undecided: "warning", experimental: "warning" },
  summary: () => l10n.t("A transformer is fitted again on the data of the test"),
  why: () =>
    l10n.t(
      "A model understands numbers only in the scale that it was trained with. A scaler that is fitted again on the test data measures in another scale, and a vectoriser fitted again even gives the columns another meaning.\n\nIn the example a model finds 94% of the malignant tumours of the test. Scaled by themselves, as the patients of one hospital ward would be, the very same measurements look average: it finds 45%. In production a single row comes at a time, and there is nothing to fit on at all: only `transform` will do, and a `Pipeline` never does anything else. The tutorial *Modelos baseline* asks for results that stay reasonable outside of the notebook.",
    ),
  example: {
    path: "tumours.py",
    bad: `from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

X, y = load_breast_cancer(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
scaler = StandardScaler()
model = LogisticRegression().fit(scaler.fit_transform(X_train), y_train)

X_test_ill = X_test[y_test == 0]
predicted = model.predict(scaler.fit_transform(X_test_ill))
print(round((predicted == 0).mean(), 2))  # prints 0.45
`,
    good: `from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

X, y = load_breast_cancer(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
scaler = StandardScaler()
model = LogisticRegression().fit(scaler.fit_transform(X_train), y_train)

X_test_ill = X_test[y_test == 0]
predicted = model.predict(scaler.transform(X_test_ill))
print(round((predicted == 0).mean(), 2))  # prints 0.94
`,
  },
  concerns: (path, project) => {
    const terms = project.learningIn(path)?.terms;
    const isFitted = terms && [...fitting].some((word) => terms.has(word));
    return isFitted === true && !isTestPath(path) && [...transformers].some((word) => terms?.has(word));
  },
  *check(module) {
    const flow = valueFlowOf(module);
    for (const call of inOrder(flow)) {
      const name = refittedData(call, flow);
      if (name === undefined) continue;
      const method = textOf(flow.syntax, calledName(call));
      yield { at: calledName(call), message: l10n.t("`{0}` learns a scale of its own from `{1}`", method, name) };
    }
  },
  *fixes(module, problem) {
    const flow = valueFlowOf(module);
    const call = flow.calls.find((each) => calledName(each).start === problem.at.start);
    if (call?.method !== "fit_transform") return;
    const common = { title: l10n.t("Use `transform`"), kind: "quickfix", safe: false } as const;
    const isFitted = flow.calls.some(
      (each) => each !== call && isFitOf(each, call) && each.node.start < call.node.start,
    );
    if (!isFitted) {
      yield { ...common, edits: [], refused: l10n.t("the transformer is not fitted on the training data before") };
      return;
    }
    // `transform` takes no labels.
    const [first, ...rest] = call.positional;
    const last = rest.at(-1)?.node;
    const labels = first && last ? [{ at: { start: first.node.end, end: last.end }, text: "" }] : [];
    const edits = [{ at: problem.at, text: "transform" }, ...labels];
    yield { ...common, edits: [{ path: module.path, edits }] };
  },
};

function isFitOf(each: Call, call: Call): boolean {
  return (
    each.method !== undefined &&
    fitting.has(each.method) &&
    each.receiver.some((value) => call.receiver.includes(value))
  );
}

/** The name of the data to judge with that a transformer is fitted on. */
function refittedData(call: Call, flow: ValueFlow): string | undefined {
  if (call.method === undefined || !fitting.has(call.method) || !areMadeBy(call.receiver, transformers))
    return undefined;
  const data = dataOf(call, 0);
  const name = data && dataName(data.node, flow.syntax);
  return name && (isTestName(name) || isValidationName(name)) ? name : undefined;
}
