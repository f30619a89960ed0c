import * as l10n from "@vscode/l10n";
import { isTestPath } from "../../clones/test-path.ts";
import type { Rule } from "../../core/rule.ts";
import { classMetrics, dummyModels, errorAnalyses } from "../../project/learning-names.ts";
import type { PythonModule } from "../../python/module.ts";
import { textOf } from "../../python/syntax.ts";
import type { Call } from "../../python/value.ts";
import { type ValueFlow, valueFlowOf } from "../../python/value-flow.ts";
import { calledName, inOrder, isRun, libraryWord, statementOf } from "./estimators.ts";
import { isReturned } from "./evaluation.ts";
import { importEdits, linesBelow } from "./insertion.ts";

/** Data sets whose classes are known to be about as frequent as each other. */
const balanced =
  /(?:^|[._])(?:iris|digits|wine|mnist|cifar100?|blobs|moons|circles|olivetti_faces|20newsgroups(?:_vectorized)?)$/i;

export const accuracyOnly: Rule<PythonModule> = {
  name: "accuracy-only",
  topic: "baseline",
  severity: { production: "hint", undecided: "hint", experimental: "hint" },
  summary: () => l10n.t("A classifier is judged by its accuracy alone"),
  why: () =>
    l10n.t(
      "When one class is rare, whoever always answers with the other one has a high accuracy. An accuracy of 80 to 90% is then no more than chance, and no other number tells.\n\nThe model of the example is right in 94.2% of the cases. Its balanced accuracy, which gives each class the same weight, is 0.52, where tossing a coin has 0.50: it has learnt nearly nothing. Print it, and the confusion matrix, beside the accuracy, and compare each with what chance reaches: one divided by the number of classes for the balanced accuracy, the share of the most frequent class for the other. The tutorial *Modelos baseline* begins with this sum.",
    ),
  example: {
    path: "train.py",
    bad: `from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split

X, y = make_classification(2000, 20, weights=[0.95], flip_y=0.02, class_sep=0.2, random_state=1)
X_train, X_test, y_train, y_test = train_test_split(X, y, stratify=y, random_state=0)
predicted = LogisticRegression().fit(X_train, y_train).predict(X_test)
print(accuracy_score(y_test, predicted))  # prints 0.942
`,
    good: `from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, balanced_accuracy_score, confusion_matrix
from sklearn.model_selection import train_test_split

X, y = make_classification(2000, 20, weights=[0.95], flip_y=0.02, class_sep=0.2, random_state=1)
X_train, X_test, y_train, y_test = train_test_split(X, y, stratify=y, random_state=0)
predicted = LogisticRegression().fit(X_train, y_train).predict(X_test)
print(accuracy_score(y_test, predicted))  # prints 0.942
print(round(balanced_accuracy_score(y_test, predicted), 2))  # prints 0.52
print(confusion_matrix(y_test, predicted).tolist())  # prints [[470, 0], [29, 1]]
`,
  },
  concerns: (path, project) => {
    const terms = project.learningIn(path)?.terms;
    if (!terms?.has("accuracy_score") || isTestPath(path)) return false;
    return [...terms].every(
      (term) =>
        term === "accuracy_score" || !(classMetrics.has(term) || errorAnalyses.has(term) || dummyModels.has(term)),
    );
  },
  *check(module) {
    if (!module.text.includes("accuracy_score")) return;
    const flow = valueFlowOf(module);
    const calls = inOrder(flow);
    if (calls.some(({ callee }) => callee !== undefined && balanced.test(callee))) return;
    const first = calls.find((call) => libraryWord(call) === "accuracy_score" && isReport(call, flow, module));
    if (!first) return;
    yield { at: calledName(first), message: l10n.t("Accuracy alone is high by chance where one class is rare") };
  },
  *fixes(module, problem) {
    const flow = valueFlowOf(module);
    const call = flow.calls.find((each) => calledName(each).start === problem.at.start);
    if (call?.positional.length !== 2) return;
    const given = call.positional.map(({ node }) => textOf(flow.syntax, node).replace(/\s*\n\s*/g, " ")).join(", ");
    const edits = [
      ...importEdits(module, flow, "sklearn.metrics", ["balanced_accuracy_score", "confusion_matrix"]),
      linesBelow(module, statementOf(call.node), [
        `print("balanced accuracy:", balanced_accuracy_score(${given}))  # chance: 1 / number of classes`,
        `print(confusion_matrix(${given}))`,
      ]),
    ];
    const title = l10n.t("Add balanced accuracy and confusion matrix");
    const common = { title, kind: "quickfix", safe: false } as const;
    if (isReturned(call)) yield { ...common, edits: [], refused: l10n.t("what stands behind `return` is not run") };
    else yield { ...common, edits: [{ path: module.path, edits }] };
  },
};

/** What a script or a notebook finds out, and neither a number that a library needs nor what a function answers with. */
function isReport(call: Call, flow: ValueFlow, module: PythonModule): boolean {
  const around = [...call.node.ancestors()].map(({ type }) => type);
  return isRun(call, flow, module) && !around.includes("class_definition") && !around.includes("assert_statement");
}
