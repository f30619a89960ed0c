import { classMetrics, judgingValidations, numberMetrics } from "../../project/learning-names.ts";
import { type Syntax, textOf } from "../../python/syntax.ts";
import type { Call, Value } from "../../python/value.ts";
import type { ValueFlow } from "../../python/value-flow.ts";
import { areModels, areRegressors, inOrder, isCallOf, libraryWord, statementOf } from "./estimators.ts";

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
    const isEvaluated = call.method === "evaluate" && kerasModelsOf(call.receiver, flow).length > 0;
    if ((!isMetric && !isScore && !isCrossed && !isEvaluated) || isOfParameters(call, flow.syntax)) return [];
    const model = isScore ? call.receiver : predict?.receiver;
    const fit =
      model && calls.find((each) => each.method === "fit" && each.receiver.some((value) => model.includes(value)));
    const isRegression = isMetric ? numberMetrics.has(word) : areRegressors(model ?? call.positional[0]?.values ?? []);
    return [{ call, fit, predict: isMetric ? predict : undefined, isRegression }];
  });
}

/** Networks of Keras among these values, also those that a function of the file makes. */
export function kerasModelsOf(values: readonly Value[], flow: ValueFlow): readonly Value[] {
  const made = values.flatMap(({ call }) => madeBy(call, flow));
  return [...values, ...made].filter(({ call }) =>
    /(?:^|\.)keras\.(?:\w+\.)*(?:Sequential|Model)$/.test(call?.callee ?? ""),
  );
}

/** What a function of the file gives back, where this calls one: `build_model()`. */
function madeBy(call: Call | undefined, { scopes, returned }: ValueFlow): readonly Value[] {
  const bindings = call?.callee === undefined ? undefined : scopes.module.bindings.get(call.callee);
  const [definition, ...others] = bindings ?? [];
  return definition && others.length === 0 ? (returned.get(definition) ?? []) : [];
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
