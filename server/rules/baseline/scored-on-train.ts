import * as l10n from "@vscode/l10n";
import { isTestPath } from "../../clones/test-path.ts";
import type { Rule } from "../../core/rule.ts";
import type { PythonModule } from "../../python/module.ts";
import { type SyntaxNode, textOf } from "../../python/syntax.ts";
import { type Argument, argumentsOf, type Call, flowsInto, type Value } from "../../python/value.ts";
import { type ValueFlow, valueFlowOf } from "../../python/value-flow.ts";
import { areModels, areSame, calledName, dataOf, inOrder, libraryWord } from "./estimators.ts";
import { metrics } from "./evaluation.ts";
import { honestScore } from "./honest-score.ts";

const predicting = new Set(["predict", "predict_proba", "predict_log_proba", "decision_function", "staged_predict"]);
/** What may be done with a model that says nothing of its quality. */
const neutral = new Set([
  "print",
  "dump",
  "repr",
  "str",
  "type",
  "isinstance",
  "display",
  "plot_tree",
  "export_text",
  "export_graphviz",
  "summary",
  "get_params",
  "len",
]);
/** Scores that the model took from data which it was not fitted on. */
const ownScores =
  /\.(?:best_score_|cv_results_|oob_score_|oob_decision_function_|scores_|validation_scores?_|best_score)\b/;

export const scoredOnTrain: Rule<PythonModule> = {
  name: "scored-on-train",
  topic: "baseline",
  severity: { production: "warning", undecided: "warning", experimental: "warning" },
  summary: () => l10n.t("A model is judged only by the data that it was fitted on"),
  why: () =>
    l10n.t(
      "On the data that it was fitted on a model can be right by heart. Only data that it has never seen tells what it has learnt.\n\nThe labels of the example are wrong for one case in ten, so that nobody can be right more often than 90% of the time. On its training data the tree is right always, on the test data in 81% of the cases. Such a number is worse than none: it ends the search for a better model, and hides that a simple baseline may be as good. Divide the data first, or use cross-validation, and keep the score on the training data only beside the other one, to see how much is learnt by heart. The tutorial *Modelos baseline* compares all models by their honest score.",
    ),
  example: {
    path: "tree.py",
    bad: `from sklearn.datasets import make_classification
from sklearn.tree import DecisionTreeClassifier

X, y = make_classification(1000, 20, flip_y=0.2, random_state=0)
model = DecisionTreeClassifier(random_state=0).fit(X, y)
print(model.score(X, y))  # prints 1.0
`,
    good: `from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier

X, y = make_classification(1000, 20, flip_y=0.2, random_state=0)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = DecisionTreeClassifier(random_state=0).fit(X_train, y_train)
print(round(model.score(X_test, y_test), 2))  # prints 0.81
`,
  },
  concerns: (path, project) => {
    const terms = project.learningIn(path)?.terms;
    if (!terms?.has("fit") || isTestPath(path)) return false;
    return terms.has("score") || [...metrics].some((word) => terms.has(word));
  },
  *check(module) {
    for (const { fit, judged } of judgedOnTrain(module)) {
      const range = module.lines.rangeOf(calledName(fit));
      const related = [{ path: module.path, range, message: l10n.t("Fitted on the same data here") }];
      yield {
        at: calledName(judged),
        message: l10n.t("The model is judged only by the data that it was fitted on"),
        related,
      };
    }
  },
  *fixes(module, problem) {
    const found = judgedOnTrain(module).find(({ judged }) => calledName(judged).start === problem.at.start);
    if (found) yield honestScore(module, valueFlowOf(module), found.judged, found.fit);
  },
};

/** Models that are judged by nothing but what they were fitted on: the first fit of each, and the first score. */
function judgedOnTrain(module: PythonModule): readonly { readonly fit: Call; readonly judged: Call }[] {
  const flow = valueFlowOf(module);
  if (ownScores.test(module.text)) return [];
  const calls = inOrder(flow);
  const told = new Set<Value>();
  return calls.flatMap((fit) => {
    const [model] = fit.receiver;
    if (fit.method !== "fit" || fit.receiver.length !== 1 || !model || told.has(model) || !areModels(fit.receiver))
      return [];
    told.add(model);
    const judged = judgedOnlyOnTrain(model, calls, flow);
    return judged ? [{ fit, judged }] : [];
  });
}

/** The first call that judges a model, if all that do so see what it was fitted on and nothing else is done with it. */
function judgedOnlyOnTrain(model: Value, calls: readonly Call[], flow: ValueFlow): Call | undefined {
  const own = calls.filter((call) => call.receiver.includes(model));
  const fits = own.filter((call) => call.method === "fit");
  if (fits.some((fit) => !dataOf(fit, 1)) || escapes(model, fits, calls, flow)) return undefined;
  const asked = own.filter((call) => call.method === "score" || predicting.has(call.method ?? ""));
  const isTrain = (data: Argument | undefined) => fits.some((fit) => areSame(data, dataOf(fit, 0)));
  if (!asked.every((call) => call.receiver.length === 1 && isTrain(dataOf(call, 0)))) return undefined;
  return asked.flatMap((call) => judgesOf(call, calls))[0];
}

/** What turns a call into a number about the model: `score` itself, or a metric that is handed the prediction. */
function judgesOf(call: Call, calls: readonly Call[]): readonly Call[] {
  if (call.method === "score") return [call];
  return calls.filter((each) => {
    const word = libraryWord(each);
    return (
      word !== undefined && metrics.has(word) && each.positional.some(({ values }) => flowsInto(call.value, values))
    );
  });
}

/** Whether others may judge the model: it is handed to a function, kept in an object, returned, or used elsewhere. */
function escapes(model: Value, fits: readonly Call[], calls: readonly Call[], flow: ValueFlow): boolean {
  const isHanded = (call: Call) =>
    !neutral.has(lastWord(call)) &&
    argumentsOf(call).some(({ values }) =>
      values.some((value) => value === model || value.elements?.flat().includes(model)),
    );
  if (calls.some(isHanded)) return true;
  const owner = fits[0]?.owner;
  const names = new Set(fits.flatMap((fit) => nameOfReceiver(fit) ?? []));
  if (fits.length === 0 || names.size === 0) return fits.some((fit) => !isInline(fit));
  return flow.syntax.ofType("identifier").some((each) => {
    if (!names.has(textOf(flow.syntax, each))) return false;
    return !owner?.holds(each) || isKept(each) || isInInnerFunction(each, owner);
  });

  function nameOfReceiver(fit: Call): string | undefined {
    const object = fit.node.child("function")?.child("object");
    if (object?.type === "identifier") return textOf(flow.syntax, object);
    const left = fit.node.parent?.type === "assignment" ? fit.node.parent.child("left") : undefined;
    return left?.type === "identifier" ? textOf(flow.syntax, left) : undefined;
  }
}

/** `LogisticRegression().fit(X, y).score(X, y)` has no name by which it could go anywhere. */
function isInline(fit: Call): boolean {
  return fit.node.parent?.type === "attribute";
}

function lastWord({ callee, method }: Call): string {
  return method ?? callee?.slice(callee.lastIndexOf(".") + 1) ?? "";
}

function isKept(identifier: SyntaxNode): boolean {
  for (const ancestor of identifier.ancestors()) {
    if (
      /^(?:return_statement|yield|list|tuple|dictionary|set|expression_list|list_comprehension)$/.test(ancestor.type)
    ) {
      return identifier.parent?.type !== "attribute";
    }
    if (ancestor.type === "attribute" || ancestor.type === "call") return false;
    if (ancestor.type === "assignment")
      return ancestor.child("left")?.type !== "identifier" && ancestor.child("right") === identifier;
  }
  return false;
}

function isInInnerFunction(identifier: SyntaxNode, owner: SyntaxNode): boolean {
  for (const ancestor of identifier.ancestors()) {
    if (ancestor === owner) return false;
    if (ancestor.type === "function_definition" || ancestor.type === "lambda") return true;
  }
  return false;
}
