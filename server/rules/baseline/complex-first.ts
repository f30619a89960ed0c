import * as l10n from "@vscode/l10n";
import type { Rule } from "../../core/rule.ts";
import { complexModels } from "../../project/learning-names.ts";
import type { PythonModule } from "../../python/module.ts";
import { type SyntaxNode, textOf } from "../../python/syntax.ts";
import type { Call } from "../../python/value.ts";
import { type ValueFlow, valueFlowOf } from "../../python/value-flow.ts";
import { baselineFix } from "./baseline-fix.ts";
import { countedIn, isFineTuned } from "./counted-loops.ts";
import { calledName, inOrder, isCallOf } from "./estimators.ts";
import { evaluationsIn } from "./evaluation.ts";

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
    const calls = inOrder(flow);
    const first = calls.find(isComplex) ?? networkOf(calls, flow, module);
    if (!first) return;
    const name = textOf(flow.syntax, calledName(first));
    yield { at: calledName(first), message: l10n.t("No simple model in the project says what `{0}` adds", name) };
  },
  *fixes(module, _problem, project) {
    yield baselineFix(module, project);
  },
};

/** Layers of PyTorch that learn; one of them alone is a linear model. */
const layers =
  /^torch\.nn\.(?:modules\.\w+\.)?(?:Lazy)?(?:Linear|Conv\dd|LSTM|GRU|RNN|Embedding|EmbeddingBag|MultiheadAttention|Transformer\w*)$/;

/** The call that makes the network of several layers which a loop of PyTorch trains. */
function networkOf(calls: readonly Call[], flow: ValueFlow, module: PythonModule): Call | undefined {
  if (calls.filter(({ callee }) => layers.test(callee ?? "")).length < 2) return undefined;
  const own = new Set(flow.syntax.ofType("class_definition").flatMap((each) => moduleName(each, flow) ?? []));
  if (isFineTuned(flow) || (evaluationsIn(flow).length === 0 && countedIn(module).length === 0)) return undefined;
  const isMade = (call: Call) => call.callee === "torch.nn.Sequential" || own.has(call.callee ?? "");
  return calls.find((call) => isMade(call) && !isInClass(call) && isTrained(call, calls));
}

/** The name of a class that is a `torch.nn.Module` by its own words. */
function moduleName(definition: SyntaxNode, { names, syntax }: ValueFlow): string | undefined {
  const name = definition.child("name");
  const bases = definition.child("superclasses")?.named ?? [];
  return name && bases.some((base) => /^torch\.nn\.(?:\w+\.)*Module$/.test(names.of(base) ?? ""))
    ? textOf(syntax, name)
    : undefined;
}

function isInClass({ node }: Call): boolean {
  return [...node.ancestors()].some(({ type }) => type === "class_definition");
}

/** Are its parameters handed to what steps: `Adam(model.parameters())`? */
function isTrained({ value }: Call, calls: readonly Call[]): boolean {
  return calls.some(({ method, receiver }) => method === "parameters" && receiver.includes(value));
}

function isComplex(call: Call): boolean {
  return isCallOf(call, complexModels) || (isCallOf(call, networks) && /keras/.test(call.callee ?? ""));
}
