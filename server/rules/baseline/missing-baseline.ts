import * as l10n from "@vscode/l10n";
import type { Rule } from "../../core/rule.ts";
import type { PythonModule } from "../../python/module.ts";
import { valueFlowOf } from "../../python/value-flow.ts";
import { baselineFix } from "./baseline-fix.ts";
import { countedIn } from "./counted-loops.ts";
import { calledName } from "./estimators.ts";
import { evaluationsIn, isRelative } from "./evaluation.ts";

export const missingBaseline: Rule<PythonModule> = {
  name: "missing-baseline",
  topic: "baseline",
  severity: { production: "information", undecided: "information", experimental: "information" },
  summary: () => l10n.t("A model is judged, and no baseline says what its score is worth"),
  why: () =>
    l10n.t(
      "A score means nothing by itself: what counts is how much better it is than what chance, always the same answer, or a rule would reach. Data is often unbalanced, and then a prediction that has learnt nothing is right in 80 to 90% of the cases, or more.\n\nIn the example the model is right in 94.2% of the cases, which sounds like a success; to always answer with the more frequent class is right in 94.0%. A few minutes for this first line of reference save weeks of work on a model that is no better. `DummyClassifier` and `DummyRegressor` compute it with the same split and the same metric. It is the first step of the tutorial *Modelos baseline*: every model from now on has to beat it.",
    ),
  example: {
    path: "train.py",
    bad: `from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, confusion_matrix
from sklearn.model_selection import train_test_split

X, y = make_classification(2000, 20, weights=[0.95], flip_y=0.02, class_sep=0.2, random_state=1)
X_train, X_test, y_train, y_test = train_test_split(X, y, stratify=y, random_state=0)

model = LogisticRegression().fit(X_train, y_train)
predicted = model.predict(X_test)
print(accuracy_score(y_test, predicted))  # prints 0.942
print(confusion_matrix(y_test, predicted))
`,
    good: `from sklearn.datasets import make_classification
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, confusion_matrix
from sklearn.model_selection import train_test_split

X, y = make_classification(2000, 20, weights=[0.95], flip_y=0.02, class_sep=0.2, random_state=1)
X_train, X_test, y_train, y_test = train_test_split(X, y, stratify=y, random_state=0)

majority = DummyClassifier(strategy="most_frequent").fit(X_train, y_train)
print(accuracy_score(y_test, majority.predict(X_test)))  # prints 0.94
model = LogisticRegression().fit(X_train, y_train)
predicted = model.predict(X_test)
print(accuracy_score(y_test, predicted))  # prints 0.942
print(confusion_matrix(y_test, predicted))
`,
    beside: { "requirements.txt": "scikit-learn==1.9.0\n", ".python-version": "3.12\n" },
  },
  concerns: (path, project) => project.learning?.missingBaseline === path,
  *check(module) {
    const flow = valueFlowOf(module);
    const all = evaluationsIn(flow);
    // Beside R², which compares with the mean, an error of numbers has its baseline.
    const first = all.find((each) => !isRelative(each) && !(each.isRegression && all.some(isRelative)));
    const at = first ? calledName(first.call) : all.length === 0 ? countedIn(module)[0] : undefined;
    if (at) yield { at, message: l10n.t("No baseline in the project says what this score is worth") };
  },
  *fixes(module, _problem, project) {
    yield baselineFix(module, project);
  },
};
