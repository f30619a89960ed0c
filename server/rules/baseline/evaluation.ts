import { classMetrics, judgingValidations, numberMetrics } from "../../project/learning-names.ts";
import { type Syntax, type SyntaxNode, textOf } from "../../python/syntax.ts";
import type { Argument, Call } from "../../python/value.ts";
import type { ValueFlow } from "../../python/value-flow.ts";
import { areModels, areRegressors, dataOf, inOrder, isCallOf, libraryWord, statementOf } from "./estimators.ts";

export const metrics: ReadonlySet<string> = new Set([...classMetrics, ...numberMetrics]);
const predicting = new Set(["predict", "predict_proba", "decision_function"]);

/** A place that judges a model: `accuracy_score(y_test, model.predict(X_test))` or `model.score(X_test, y_test)`. */
export interface Evaluation {
  /** The call of the metric or of `score`. */
  readonly call: Call;
  /** The call of `fit` and that of `predict`, where they are seen; `score` predicts by itself. */
  readonly fit: Call | undefined;
  readonly predict: Call | undefined;
  readonly isRegression: boolean;
}

/** The places that judge a model, in the order of the text. */
export function evaluationsIn(flow: ValueFlow): readonly Evaluation[] {
  const calls = inOrder(flow);
  return calls.flatMap((call): Evaluation[] => {
    const predict = predictionIn(call);
    const word = libraryWord(call);
    const isMetric = word !== undefined && metrics.has(word) && call.callee?.startsWith("sklearn.") === true;
    const isScore = call.method === "score" && areModels(call.receiver);
    const isCrossed = isCallOf(call, judgingValidations);
    if ((!isMetric && !isScore && !isCrossed) || isOfParameters(call, flow.syntax)) return [];
    const model = isScore ? call.receiver : predict?.receiver;
    const fit =
      model && calls.find((each) => each.method === "fit" && each.receiver.some((value) => model.includes(value)));
    const isRegression = isMetric ? numberMetrics.has(word) : areRegressors(model ?? call.positional[0]?.values ?? []);
    return [{ call, fit, predict: isMetric ? predict : undefined, isRegression }];
  });
}

/** A metric of what a model has learnt, and not of what it predicts. */
function isOfParameters({ positional }: Call, syntax: Syntax): boolean {
  return positional.some(({ node }) =>
    /\.(?:coef|intercept|components|feature_importances)_\b/.test(textOf(syntax, node)),
  );
}

/** Does the score compare with the mean by itself, as R² does, of which 0 is no better? */
export function isRelative({ call, isRegression }: Evaluation): boolean {
  const word = libraryWord(call);
  if (word === "r2_score" || word === "explained_variance_score") return true;
  return isRegression && (word === undefined || judgingValidations.has(word)) && !call.keywords.has("scoring");
}

/** What stands behind `return` is not run. */
export function isReturned({ node }: Call): boolean {
  return statementOf(node).type === "return_statement";
}

/** The prediction that a metric is handed as it is. */
function predictionIn(call: Call): Call | undefined {
  for (const { values } of call.positional) {
    for (const value of values) {
      if (value.call?.method !== undefined && predicting.has(value.call.method)) return value.call;
    }
  }
  return undefined;
}

/** The code that judges another model in the same way, on the same data: fit it, and print the same measure. */
export function comparisonLines(
  { call, fit, predict }: Evaluation,
  syntax: Syntax,
  other: { readonly name: string; readonly make: string },
): readonly string[] | undefined {
  const text = (node: SyntaxNode) => textOf(syntax, node).replace(/\s*\n\s*/g, " ");
  const [data, labels] = [fit && dataOf(fit, 0), fit && dataOf(fit, 1)];
  if (!data || !labels || !fit || fit.owner !== call.owner || isReturned(call)) return undefined;
  const made = `${other.name} = ${other.make}.fit(${text(data.node)}, ${text(labels.node)})`;
  const callee = call.node.child("function");
  if (!callee) return undefined;
  if (!predict) {
    if (call.method !== "score") return undefined;
    return [
      made,
      `print("${other.name}:", ${other.name}.score(${call.positional.map(({ node }) => text(node)).join(", ")}))`,
    ];
  }
  const asked = dataOf(predict, 0);
  if (!asked || predict.method !== "predict") return undefined;
  const isPrediction = ({ values }: Argument) => values.includes(predict.value);
  const all = [
    ...call.positional.map((each) => ["", each] as const),
    ...[...call.keywords].map(([name, each]) => [`${name}=`, each] as const),
  ];
  const given = all.map(
    ([name, each]) => name + (isPrediction(each) ? `${other.name}.predict(${text(asked.node)})` : text(each.node)),
  );
  return [made, `print("${other.name}:", ${text(callee)}(${given.join(", ")}))`];
}
