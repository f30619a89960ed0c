import * as l10n from "@vscode/l10n";
import type { Rule } from "../../core/rule.ts";
import type { PythonModule } from "../../python/module.ts";
import { textOf } from "../../python/syntax.ts";
import { argumentsOf, flowsInto } from "../../python/value.ts";
import { type ValueFlow, valueFlowOf } from "../../python/value-flow.ts";
import { countedIn } from "./counted-loops.ts";
import { calledName, statementOf } from "./estimators.ts";
import { evaluationsIn, isReturned } from "./evaluation.ts";
import { importEdits, linesBelow } from "./insertion.ts";

export const missingErrorAnalysis: Rule<PythonModule> = {
  name: "missing-error-analysis",
  topic: "baseline",
  severity: { production: "information", undecided: "information", experimental: "information" },
  summary: () => l10n.t("A model is judged by its score alone: nobody looks at its errors"),
  why: () =>
    l10n.t(
      "A score says how often a model is wrong, and not where. To improve it you have to know which cases it gets wrong, and what they have in common.\n\nThe model of the example is right in 94% of the cases. Its confusion matrix shows that it hardly ever finds the rare class: it misses 29 of 30. That is another problem than the score told of, and it is solved by other means: better data for these cases rather than a larger model. Whoever looks at the errors after each step knows what was gained and what was given up for it. *Error analysis* belongs to the fifth step of the tutorial *Modelos baseline*, and to the data-centric view that closes it.",
    ),
  example: {
    path: "train.py",
    bad: `from sklearn.datasets import make_classification
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

X, y = make_classification(2000, 20, weights=[0.95], flip_y=0.02, class_sep=0.2, random_state=1)
X_train, X_test, y_train, y_test = train_test_split(X, y, stratify=y, random_state=0)

for model in [DummyClassifier(), LogisticRegression()]:
    model.fit(X_train, y_train)
    print(model.score(X_test, y_test))  # prints 0.94, then 0.942
`,
    good: `from sklearn.datasets import make_classification
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import confusion_matrix
from sklearn.model_selection import train_test_split

X, y = make_classification(2000, 20, weights=[0.95], flip_y=0.02, class_sep=0.2, random_state=1)
X_train, X_test, y_train, y_test = train_test_split(X, y, stratify=y, random_state=0)

for model in [DummyClassifier(), LogisticRegression()]:
    model.fit(X_train, y_train)
    print(model.score(X_test, y_test))  # prints 0.94, then 0.942
print(confusion_matrix(y_test, model.predict(X_test)).tolist())  # prints [[470, 0], [29, 1]]
`,
    beside: { "requirements.txt": "scikit-learn==1.9.0\n", ".python-version": "3.12\n" },
  },
  concerns: (path, project) => project.learning?.missingErrorAnalysis === path,
  *check(module) {
    const flow = valueFlowOf(module);
    const last = evaluationsIn(flow).at(-1);
    const at = last ? calledName(last.call) : showsErrors.test(module.text) ? undefined : countedIn(module).at(-1);
    if (!at || showsPredictions(flow)) return;
    yield { at, message: l10n.t("Nothing in the project shows which cases the model gets wrong") };
  },
  *fixes(module, problem) {
    const flow = valueFlowOf(module);
    const found = evaluationsIn(flow).find(({ call }) => calledName(call).start === problem.at.start);
    const [truth, predicted] = found?.predict ? found.call.positional : [];
    if (!found || !truth || !predicted || isReturned(found.call)) return;
    const [y, guess] = [truth, predicted].map(({ node }) => textOf(flow.syntax, node).replace(/\s*\n\s*/g, " "));
    const lines = found.isRegression
      ? [
          `errors = [(abs(true - guess), true, guess) for true, guess in zip(${y}, ${guess})]`,
          "print(sorted(errors, reverse=True)[:10])",
        ]
      : [`print(confusion_matrix(${y}, ${guess}))`];
    const edits = [
      ...(found.isRegression ? [] : importEdits(module, flow, "sklearn.metrics", ["confusion_matrix"])),
      linesBelow(module, statementOf(found.call.node), lines),
    ];
    const title = found.isRegression ? l10n.t("Show the largest errors") : l10n.t("Show the confusion matrix");
    yield { title, kind: "quickfix", safe: false, edits: [{ path: module.path, edits }] };
  },
};

/** Words of those who look at errors of a network, in their own ways: class by class, or picture by picture. */
const showsErrors =
  /confus|class_correct|correct_pred|per_class|each class|imshow|wrong|mis-?(?:class|pred|take)|worst|(?:pred\w*|labels?|targets?)\s*!=/i;

const pictures =
  /^(?:plot|scatter|contourf?|imshow|pcolormesh|bar|hist|fill_between|stem|errorbar|step|heatmap|regplot|scatterplot|lineplot)$/;

/** Does a picture show predictions, with which the errors can be seen? */
function showsPredictions({ calls }: ValueFlow): boolean {
  const predicted = calls.filter(({ method }) => /^(?:predict|decision_function)/.test(method ?? ""));
  return calls.some((call) => {
    const word = call.method ?? call.callee?.slice(call.callee.lastIndexOf(".") + 1) ?? "";
    if (!pictures.test(word)) return false;
    const given = argumentsOf(call).flatMap(({ values }) => values);
    return predicted.some(({ value }) => flowsInto(value, given));
  });
}
