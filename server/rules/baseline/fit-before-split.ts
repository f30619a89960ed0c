import * as l10n from "@vscode/l10n";
import { isTestPath } from "../../clones/test-path.ts";
import type { Fix, Problem, Rule } from "../../core/rule.ts";
import { crossValidations, resamplers, searches, splitters, transformers } from "../../project/learning-names.ts";
import type { PythonModule } from "../../python/module.ts";
import { textOf } from "../../python/syntax.ts";
import { type Call, flowsInto, sourcesOf, type Value } from "../../python/value.ts";
import { type ValueFlow, valueFlowOf } from "../../python/value-flow.ts";
import { areMadeBy, calledName, dataOf, inOrder, isCallOf, makersOf } from "./estimators.ts";
import { moveBehindSplit } from "./move-behind-split.ts";

const fitting = new Set(["fit", "fit_transform", "fit_resample", "fit_sample"]);
const learners = new Set([...transformers, ...resamplers]);
const split = new Set(["train_test_split"]);

/** What is fitted, where, and the split that comes too late. */
export interface EarlyFit {
  readonly fit: Call;
  readonly split: Call;
}

export const fitBeforeSplit: Rule<PythonModule> = {
  name: "fit-before-split",
  topic: "baseline",
  severity: { production: "warning", undecided: "warning", experimental: "warning" },
  summary: () => l10n.t("A transformer learns from data that is held back for the test"),
  why: () =>
    l10n.t(
      "What a scaler, an imputer, a selector or a vectoriser learns before the split, it learns from the test data too. The score then measures data that the model has already seen something of, and promises more than new data will keep.\n\nThe example makes labels by tossing a coin, so that nothing can be learnt. Selecting the 20 best of 5,000 features before the split gives an accuracy of 0.80; the same selection fitted on the training data alone gives 0.56, which is chance. A baseline is only a lower bound if it is measured honestly: split first and fit on the training data, or put transformer and model into a `Pipeline`, which does it right inside of cross-validation as well. The tutorial *Modelos baseline* builds on numbers that can be trusted.",
    ),
  example: {
    path: "features.py",
    bad: `import numpy as np
from sklearn.feature_selection import SelectKBest
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

# The labels have nothing to do with the features: no model can do better than chance, 0.5.
random = np.random.default_rng(0)
X, y = random.normal(size=(200, 5000)), random.integers(2, size=200)

X_best = SelectKBest(k=20).fit_transform(X, y)
X_train, X_test, y_train, y_test = train_test_split(X_best, y, random_state=0)
model = LogisticRegression().fit(X_train, y_train)
print(model.score(X_test, y_test))  # prints 0.8
`,
    good: `import numpy as np
from sklearn.feature_selection import SelectKBest
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline

random = np.random.default_rng(0)
X, y = random.normal(size=(200, 5000)), random.integers(2, size=200)

X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = make_pipeline(SelectKBest(k=20), LogisticRegression()).fit(X_train, y_train)
print(model.score(X_test, y_test))  # prints 0.56
`,
  },
  concerns: (path, project) => {
    const terms = project.learningIn(path)?.terms;
    if (!terms || isTestPath(path) || ![...fitting].some((word) => terms.has(word))) return false;
    const isDivided = [split, splitters, crossValidations, searches].some((words) =>
      [...words].some((word) => terms.has(word)),
    );
    return isDivided && [...learners].some((word) => terms.has(word));
  },
  *check(module) {
    const flow = valueFlowOf(module);
    for (const early of earlyFits(flow)) yield problemAt(early, flow, module);
  },
  *fixes(module, problem) {
    const flow = valueFlowOf(module);
    const early = earlyFits(flow).find(({ fit }) => calledName(fit).start === problem.at.start);
    const edits = early && moveBehindSplit(module, flow, early);
    if (!edits) return;
    const common = { title: l10n.t("Fit behind the split"), kind: "quickfix", safe: false } as const;
    const fix: Fix =
      "refused" in edits
        ? { ...common, edits: [], refused: edits.refused }
        : { ...common, edits: [{ path: module.path, edits }] };
    yield fix;
  },
};

function problemAt({ fit, split: late }: EarlyFit, flow: ValueFlow, module: PythonModule): Problem {
  const name = textOf(flow.syntax, calledName(late));
  const range = module.lines.rangeOf(calledName(late));
  const message = l10n.t(
    "`{0}` learns from the test data too: the split comes only afterwards",
    whatIsFitted(fit, flow),
  );
  return {
    at: calledName(fit),
    message,
    related: [{ path: module.path, range, message: l10n.t("`{0}` divides the data here", name) }],
  };
}

function whatIsFitted(fit: Call, flow: ValueFlow): string {
  const maker = makersOf(fit.receiver)[0];
  return maker ? textOf(flow.syntax, calledName(maker)) : textOf(flow.syntax, calledName(fit));
}

/** Fits whose result, or whose fitted transformer, reaches a split that comes later, each with the first such split. */
function earlyFits(flow: ValueFlow): EarlyFit[] {
  const calls = inOrder(flow);
  const splits = calls.filter((call) => dividedBy(call).length > 0);
  if (splits.length === 0) return [];
  const parts = new Set(splits.map((call) => call.value));
  return calls.flatMap((fit) => {
    if (fit.method === undefined || !fitting.has(fit.method) || !areMadeBy(fit.receiver, learners)) return [];
    const data = dataOf(fit, 0);
    // Data that a split has already given is training data, as a rule: what the test needs was held back.
    if (!data || [...sourcesOf(data.values)].some((value) => parts.has(value) || isHeldData(value, flow))) return [];
    const late = splits.find(
      (each) => each.owner === fit.owner && each.node.start > fit.node.start && reaches(fit, each, calls),
    );
    return late ? [{ fit, split: late }] : [];
  });
}

/** What a call divides into parts to learn from and to judge with; nothing if it does not. */
function dividedBy(call: Call): readonly Value[] {
  const data = dataOf(call, isCallOf(call, crossValidations) ? 1 : 0);
  if (isCallOf(call, split)) return call.positional.flatMap((each) => each.values);
  if (isCallOf(call, crossValidations)) return (call.keywords.get("X") ?? call.positional[1] ?? data)?.values ?? [];
  const isSearch = call.method === "fit" && areMadeBy(call.receiver, searches);
  const isFold = call.method === "split" && areMadeBy(call.receiver, splitters);
  return isSearch || isFold ? (data?.values ?? []) : [];
}

/** Whether what was fitted reaches the data that is divided, or transforms its parts afterwards. */
function reaches(fit: Call, late: Call, calls: readonly Call[]): boolean {
  const divided = dividedBy(late);
  const isTransform = (call: Call) =>
    call.method === "transform" && call.receiver.some((value) => fit.receiver.includes(value));
  const results = [...(fit.method === "fit" ? [] : [fit]), ...calls.filter(isTransform)];
  if (results.some((call) => call.node.start < late.node.start && flowsInto(call.value, divided))) return true;
  const data = dataOf(fit, 0)?.values ?? [];
  const isDivided = data.some((value) => divided.includes(value));
  return isDivided && calls.some((call) => isTransform(call) && flowsInto(late.value, dataOf(call, 0)?.values ?? []));
}

/** Data called after its part was divided somewhere else, or in a way that is not seen here. */
function isHeldData(value: Value, flow: ValueFlow): boolean {
  return value.node.type === "identifier" && /(?:^|_)(?:train|trn|tr)(?:_|\d|$)/i.test(textOf(flow.syntax, value.node));
}
