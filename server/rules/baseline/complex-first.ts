import * as l10n from "@vscode/l10n";
import type { Rule } from "../../core/rule.ts";
import { complexModels } from "../../project/learning-names.ts";
import type { PythonModule } from "../../python/module.ts";
import { textOf } from "../../python/syntax.ts";
import type { Call } from "../../python/value.ts";
import { valueFlowOf } from "../../python/value-flow.ts";
import { baselineFix } from "./baseline-fix.ts";
import { calledName, inOrder, isCallOf } from "./estimators.ts";

const networks = new Set(["Sequential", "Model"]);

export const complexFirst: Rule<PythonModule> = {
  name: "complex-first",
  topic: "baseline",
  severity: { production: "information", undecided: "information", experimental: "information" },
  summary: () => l10n.t("Only boosted or deep models are tried, and no simple one"),
  why: () =>
    l10n.t(
      "Complex models are hard to debug and to explain, and often they are not needed for the problem at hand. Only a simple model on the same data tells what the additional complexity brings.\n\nOn scikit-learn's diabetes data the gradient-boosted trees of the example explain 41% of the variance; a plain linear regression, which is fitted in no time and can be read, explains 48%. Start with a simple model and find its limits: that makes you familiar with the data, uncovers mistakes, and sets a strong level that whatever comes next has to beat. Complexity then grows by one component at a time. These are steps three to five of the tutorial *Modelos baseline*.",
    ),
  example: {
    path: "train.py",
    bad: `from sklearn.datasets import load_diabetes
from sklearn.dummy import DummyRegressor
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.model_selection import cross_val_predict, cross_val_score

X, y = load_diabetes(return_X_y=True)
boosted = GradientBoostingRegressor(random_state=0)
for model in [DummyRegressor(), boosted]:
    print(round(cross_val_score(model, X, y).mean(), 2))  # prints -0.03, then 0.41
errors = abs(y - cross_val_predict(boosted, X, y))
print(X[errors.argsort()[-3:]])
`,
    good: `from sklearn.datasets import load_diabetes
from sklearn.dummy import DummyRegressor
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import cross_val_predict, cross_val_score

X, y = load_diabetes(return_X_y=True)
for model in [DummyRegressor(), LinearRegression(), GradientBoostingRegressor(random_state=0)]:
    print(round(cross_val_score(model, X, y).mean(), 2))  # prints -0.03, then 0.48, then 0.41
errors = abs(y - cross_val_predict(LinearRegression(), X, y))
print(X[errors.argsort()[-3:]])
`,
    beside: { "requirements.txt": "scikit-learn==1.9.0\n", ".python-version": "3.12\n" },
  },
  concerns: (path, project) => project.learning?.complexFirst === path,
  *check(module) {
    const flow = valueFlowOf(module);
    const first = inOrder(flow).find(isComplex);
    if (!first) return;
    const name = textOf(flow.syntax, calledName(first));
    yield { at: calledName(first), message: l10n.t("No simple model in the project says what `{0}` adds", name) };
  },
  *fixes(module, _problem, project) {
    yield baselineFix(module, project);
  },
};

function isComplex(call: Call): boolean {
  return isCallOf(call, complexModels) || (isCallOf(call, networks) && /keras/.test(call.callee ?? ""));
}
