import * as l10n from "@vscode/l10n";
import type { Rule } from "../../core/rule.ts";
import { splitters } from "../../project/learning-names.ts";
import type { PythonModule } from "../../python/module.ts";
import { textOf } from "../../python/syntax.ts";
import type { Call } from "../../python/value.ts";
import { valueFlowOf } from "../../python/value-flow.ts";
import { calledName, inOrder, libraryWord, seedsNumpy } from "./estimators.ts";
import { keywordEdit } from "./insertion.ts";

/** Those that shuffle whatever they are told, and those that shuffle when they are told to. */
const always = new Set(
  "train_test_split ShuffleSplit StratifiedShuffleSplit GroupShuffleSplit RepeatedKFold RepeatedStratifiedKFold".split(
    " ",
  ),
);
const onRequest = new Set(["KFold", "StratifiedKFold", "StratifiedGroupKFold"]);

export const unseededSplit: Rule<PythonModule> = {
  name: "unseeded-split",
  topic: "baseline",
  severity: { production: "warning", undecided: "warning", experimental: "warning" },
  summary: () => l10n.t("Data is divided differently in every run"),
  why: () =>
    l10n.t(
      "A split without `random_state` divides the data anew in every run, so that the same model gets another score each time. Progress in machine learning comes in small steps, and such a step cannot be told from a lucky split.\n\nOn scikit-learn's iris data the accuracy of the same nearest-neighbours model goes from 0.89 to 1.00 over a hundred splits: more than most ideas bring. A fixed seed lets one iteration be compared with the one before, and lets others get your numbers. How much they depend on the split is told by cross-validation, not by running the script again. The tutorial *Modelos baseline* says why measuring progress needs a steady reference.",
    ),
  example: {
    path: "iris.py",
    bad: `from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier

X, y = load_iris(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y)
print(KNeighborsClassifier().fit(X_train, y_train).score(X_test, y_test))
`,
    good: `from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier

X, y = load_iris(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=42)
print(KNeighborsClassifier().fit(X_train, y_train).score(X_test, y_test))  # prints 1.0
`,
  },
  concerns: (path, project) => {
    const terms = project.learningIn(path)?.terms;
    return terms !== undefined && (terms.has("train_test_split") || [...splitters].some((word) => terms.has(word)));
  },
  *check(module) {
    const flow = valueFlowOf(module);
    if (flow.calls.some((call) => seedsNumpy(call, flow.syntax))) return;
    for (const call of inOrder(flow)) {
      if (!isUnseeded(call, (node) => textOf(flow.syntax, node))) continue;
      const name = textOf(flow.syntax, calledName(call));
      const message = l10n.t("`{0}` without `random_state` divides the data anew in every run", name);
      yield { at: calledName(call), message };
    }
  },
  *fixes(module, problem) {
    const call = valueFlowOf(module).calls.find((each) => calledName(each).start === problem.at.start);
    const edit = call && keywordEdit(call, "random_state=42", module.text);
    if (!edit) return;
    const title = l10n.t("Add `random_state=42`");
    yield { title, kind: "quickfix", safe: false, edits: [{ path: module.path, edits: [edit] }] };
  },
};

function isUnseeded(call: Call, textAt: (node: { start: number; end: number }) => string): boolean {
  const word = libraryWord(call);
  if (word === undefined || !call.callee?.startsWith("sklearn.")) return false;
  if (call.hasSplat || call.keywords.has("random_state")) return false;
  const shuffle = call.keywords.get("shuffle")?.node;
  if (always.has(word)) return shuffle === undefined || textAt(shuffle) !== "False";
  // Until version 0.22 the seed could come third, by its place.
  return onRequest.has(word) && shuffle !== undefined && textAt(shuffle) === "True" && call.positional.length < 3;
}
