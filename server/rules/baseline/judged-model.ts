import * as l10n from "@vscode/l10n";
import { judgingValidations, searches } from "../../project/learning-names.ts";
import { isComprehension } from "../../python/scopes.ts";
import { type SyntaxNode, textOf } from "../../python/syntax.ts";
import { type Argument, type Call, sourcesOf, type Value } from "../../python/value.ts";
import type { ValueFlow } from "../../python/value-flow.ts";
import { areModels, areRegressors, areSame, dataOf, inOrder, isCallOf, libraryWord, modelWords } from "./estimators.ts";
import { isReturned } from "./evaluation.ts";
import { evaluatedNetwork, ofNetwork } from "./judged-network.ts";
import { type Measure, measureNamed, measureOfScoring, type Told, toldTo } from "./measures.ts";
import { isPlain, isSettled, lineOf, unnamed, unplainReason } from "./plain-data.ts";
import { formulaOf, isStatistics, learntData } from "./statistics.ts";

/** A place that judges a model, with what it takes to judge another one in the same way on the same data. */
export interface JudgedModel {
  readonly call: Call;
  readonly measure: Measure;
  readonly told: Told;
  readonly models: readonly Value[];
  /** What the model is made of: `RandomForestClassifier`, in a pipeline its parts. */
  readonly makers: readonly Call[];
  /** The model's name where it is a pipeline, whose first steps others can share. */
  readonly pipeline: string | undefined;
  /** What is handed to `fit`: `X_train` and `y_train`. */
  readonly training: readonly [rows: string, labels: string];
  /** The rows that are judged, and the right answers for them: `X_test`, `y_test`. */
  readonly rows: string;
  readonly truth: string;
  /** The whole of the data, which cross-validation divides by itself; else it was divided before. */
  readonly isCrossed: boolean;
  /** The call of the measure as the file spells it, where it is one; with other answers in place of the model's. */
  scoreOf(answers: string): string;
  /** The score of the person's own model, as an expression. */
  readonly own: string;
  /** What the comparison imports to judge like this. */
  readonly imports: readonly (readonly [module: string, name: string])[];
  /** What the simple model's first step is made of, where columns may hold words. */
  readonly isTable?: boolean;
  /** Makes arrays that models of scikit-learn take, where the model takes other things; `free` makes new names. */
  prepared?(free: (name: string) => string): PreparedData;
}

/** What of a judged model is told in words of the arrays that were made, and the lines that make them. */
export type PreparedData = Pick<JudgedModel, "training" | "rows" | "truth" | "scoreOf" | "own" | "imports"> & {
  readonly lines: readonly string[];
};

export type Found = JudgedModel | { readonly refused: string };

/** What one evaluation tells; refused, with the reason, where something is not plain. */
export function judgedModel(call: Call, flow: ValueFlow): Found {
  const around = [...call.node.ancestors()];
  if (isReturned(call)) return { refused: l10n.t("what stands behind `return` is not run") };
  if (around.some((each) => isComprehension(each) || each.type === "lambda" || each.type === "assert_statement"))
    return { refused: l10n.t("the score is computed inside of another expression: give it a line of its own") };
  if (flow.syntax.comments.some((comment) => call.node.holds(comment)))
    return { refused: l10n.t("a comment stands inside of the call that computes the score") };
  if (isCallOf(call, judgingValidations)) return crossed(call, flow);
  if (call.method === "evaluate") return evaluatedNetwork(call, flow);
  const found = divided(call, flow);
  return "refused" in found ? found : ofNetwork(found, flow);
}

/** A model that is fitted on one part of the data and judged on another. */
function divided(call: Call, flow: ValueFlow): Found {
  const isScore = call.method === "score";
  const measure = isScore ? measureOfModels(call.receiver) : measureNamed(libraryWord(call) ?? "");
  if (!measure) return { refused: l10n.t("what the score measures, of classes or of numbers, is not known here") };
  const predict = isScore ? undefined : predictionIn(call);
  const answers = isScore ? undefined : all(call).find(([, { values }]) => comesFrom(values, predict));
  const truth = isScore ? dataOf(call, 1) : all(call).find((each) => each !== answers)?.[1];
  const rows = isScore ? dataOf(call, 0) : predict && dataOf(predict, 0);
  const models = isScore ? call.receiver : (predict?.receiver ?? []);
  const fit = fitBefore(call, models, flow);
  const formula = formulaOf(models, flow);
  if (formula && "refused" in formula) return formula;
  const [data, labels] = learntData(models) ?? [fit && dataOf(fit, 0), fit && dataOf(fit, 1)];
  if (!rows || !truth) return { refused: l10n.t("the predictions that are judged do not come from a `predict` here") };
  if (!fit || !data || !labels)
    return { refused: l10n.t("the model is not fitted here, so the data that it learnt from is not known") };
  if (areSame(data, rows))
    return { refused: l10n.t("the model is judged on the data that it learnt from: split the data first") };
  const since = predict ?? call;
  const refused =
    unplainReason([data.node, labels.node], [truth.node], fit, call, flow) ??
    unplainReason([rows.node], [], since, call, flow);
  if (refused !== undefined) return { refused };
  const areStatistics = models.some((each) => isStatistics(each.call));
  const text = (node: SyntaxNode) => lineOf(flow.syntax, node);
  const callee = isScore ? measure.name : text(call.node.child("function") ?? call.node);
  const order = isScore ? [] : all(call);
  const scoreOf = (given: string) =>
    isScore
      ? `${callee}(${text(truth.node)}, ${given})`
      : `${callee}(${order.map(([name, each]) => name + (each === answers?.[1] ? given : text(each.node))).join(", ")})`;
  const model = text((predict ?? call).node.child("function")?.child("object") ?? call.node);
  return {
    call,
    measure,
    told: isScore || areStatistics ? toldTo(measure) : toldBy(measure, predict, answers?.[1]),
    models,
    makers: makersIn(models),
    pipeline: pipelineOf(models, model),
    training: formula
      ? [formula.columnsOf(text(data.node)), formula.targetOf(text(data.node))]
      : [text(data.node), text(labels.node)],
    rows: formula ? formula.columnsOf(text(rows.node)) : text(rows.node),
    truth: text(truth.node),
    isCrossed: false,
    imports: isScore ? [["sklearn.metrics", measure.name]] : [],
    isTable: formula !== undefined,
    scoreOf,
    own: isScore ? scoreOf(`${model}.predict(${text(rows.node)})`) : text(call.node),
  };
}

/** A model that `cross_val_score` or `cross_validate` fits and judges. */
function crossed(call: Call, flow: ValueFlow): Found {
  const argument = (index: number, name: string) => call.positional[index] ?? call.keywords.get(name);
  const [model, data, labels] = [argument(0, "estimator"), argument(1, "X"), argument(2, "y")];
  if (!model || !data || !labels) return { refused: l10n.t("the data that is divided is not told here") };
  const scoring = call.keywords.get("scoring")?.node;
  const word = scoring?.type === "string" ? textOf(flow.syntax, scoring).slice(1, -1) : undefined;
  const measure = scoring ? measureOfScoring(word ?? "") : measureOfModels(model.values);
  if (!measure) return { refused: l10n.t("what the score measures, of classes or of numbers, is not known here") };
  if (![data, labels].every(({ node }) => isPlain(node, flow.syntax))) return { refused: unnamed() };
  const used = [data.node, labels.node];
  if (!isSettled(used, call.node, call, flow)) return { refused: l10n.t("the data changes with each turn of a loop") };
  const text = (node: SyntaxNode) => lineOf(flow.syntax, node);
  const options = ["cv", "scoring", "groups", "n_jobs"].flatMap((name) => {
    const given = call.keywords.get(name);
    return given ? [`${name}=${text(given.node)}`] : [];
  });
  const isNegative = word?.startsWith("neg_") === true;
  const scoreOf = (made: string) => {
    const given = [made, text(data.node), text(labels.node), ...options].join(", ");
    return `${isNegative ? "-" : ""}cross_val_score(${given}).mean()`;
  };
  return {
    call,
    measure,
    told: toldTo(measure),
    models: model.values,
    makers: makersIn(model.values),
    pipeline: pipelineOf(model.values, text(model.node)),
    training: [text(data.node), text(labels.node)],
    rows: text(data.node),
    truth: text(labels.node),
    isCrossed: true,
    imports: [
      ["sklearn.model_selection", "cross_val_score"],
      ["sklearn.metrics", measure.name],
    ],
    scoreOf,
    own: scoreOf(text(model.node)),
  };
}

/** The measure of a model's own `score`. */
function measureOfModels(models: readonly Value[]): Measure | undefined {
  if (!areModels(models)) return undefined;
  return measureNamed(areRegressors(models) ? "r2_score" : "accuracy_score");
}

function all(call: Call): readonly (readonly [string, Argument])[] {
  const named = [...call.keywords].map(([name, each]) => [`${name}=`, each] as const);
  return [...call.positional.map((each) => ["", each] as const), ...named];
}

const predicting = new Set(["predict", "predict_proba", "decision_function"]);

/** The one prediction that what a measure is handed comes from, by whatever steps. */
function predictionIn(call: Call): Call | undefined {
  const found = all(call).flatMap(([, { values }]) =>
    [...sourcesOf(values)].flatMap((value) => (predicting.has(value.call?.method ?? "") ? (value.call ?? []) : [])),
  );
  const [only, ...others] = new Set(found);
  return others.length === 0 ? only : undefined;
}

function comesFrom(values: readonly Value[], predict: Call | undefined): boolean {
  return predict !== undefined && sourcesOf(values).has(predict.value);
}

/** The last fit of these models before a call, in the same function. */
function fitBefore(call: Call, models: readonly Value[], flow: ValueFlow): Call | undefined {
  return inOrder(flow).findLast(
    (each) =>
      each.method === "fit" &&
      each.owner === call.owner &&
      each.node.start < call.node.end &&
      each.receiver.some((value) => models.includes(value)),
  );
}

/** What a model is told to answer with, by how it was asked: `predict_proba(X)[:, 1]`. */
function toldBy(measure: Measure, predict: Call | undefined, answers: Argument | undefined): Told {
  if (!measure.predictsClasses) return "numbers";
  if (predict?.method === "predict_proba") {
    if (answers?.values.includes(predict.value) === true) return "probabilities";
    return toldTo(measure) === "labels" ? "labels" : "probability";
  }
  if (predict?.method === "decision_function") return toldTo(measure);
  return "labels";
}

function makersIn(models: readonly Value[]): readonly Call[] {
  const statistics = models.flatMap(({ call }) => (call && isStatistics(call) ? [call] : []));
  if (statistics.length > 0) return statistics;
  return [...sourcesOf(models)].flatMap(({ call }) => (call && modelWords.has(libraryWord(call) ?? "") ? [call] : []));
}

const pipelines = new Set(["Pipeline", "make_pipeline"]);

/** The expression of a model that is a pipeline: its own name, or the best that a search found. */
function pipelineOf(models: readonly Value[], name: string): string | undefined {
  const [made, ...others] = models;
  if (!made?.call || others.length > 0) return undefined;
  if (isCallOf(made.call, pipelines)) return name;
  const searched = isCallOf(made.call, searches) ? made.call.positional[0]?.values : undefined;
  return searched && pipelineOf(searched, name) ? `${name}.best_estimator_` : undefined;
}
