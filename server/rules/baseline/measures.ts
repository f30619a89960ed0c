import { classMetrics, numberMetrics } from "../../project/learning-names.ts";

/**
 * What a measure is told of a model: the class it answers, the probability of the second class, those of all classes,
 * or the number it answers.
 */
export type Told = "labels" | "probability" | "probabilities" | "numbers";

/** A measure of scikit-learn. */
export interface Measure {
  /** The function of `sklearn.metrics`: `f1_score`. */
  readonly name: string;
  /** Further arguments that it takes, as they stand in a call: `average="macro"`. */
  readonly options: string;
  readonly predictsClasses: boolean;
  readonly isError: boolean;
}

/** Measures whose answer is more than one number. */
const manifold = new Set(["precision_recall_fscore_support"]);
const classErrors = new Set(["log_loss", "brier_score_loss", "hamming_loss", "zero_one_loss"]);
const relative = new Set(["r2_score", "explained_variance_score"]);
const ofProbability = new Set(["roc_auc_score", "average_precision_score", "brier_score_loss"]);
const ofProbabilities = new Set(["log_loss", "top_k_accuracy_score"]);

/** The measure of this name; undefined for what is none, or has no single number. */
export function measureNamed(name: string, options = ""): Measure | undefined {
  if (manifold.has(name)) return undefined;
  const predictsClasses = classMetrics.has(name);
  if (!predictsClasses && !numberMetrics.has(name)) return undefined;
  const isError = predictsClasses ? classErrors.has(name) : !relative.has(name);
  return { name, options, predictsClasses, isError };
}

/** The measure that scikit-learn's `scoring="…"` names: `neg_mean_absolute_error`, `f1_macro`, `roc_auc`. */
export function measureOfScoring(scoring: string): Measure | undefined {
  const [, base = "", average] = /^(?:neg_)?(.*?)(?:_(macro|micro|weighted))?$/.exec(scoring) ?? [];
  const options = average ? `average="${average}"` : "";
  return [`${base}_score`, base, `${base}_loss`]
    .map((name) => measureNamed(name === "brier_score" ? "brier_score_loss" : name, options))
    .find((each) => each !== undefined);
}

/** What a measure wants to be told where nobody hands it anything yet. */
export function toldTo({ name, predictsClasses }: Measure): Told {
  if (!predictsClasses) return "numbers";
  if (ofProbability.has(name)) return "probability";
  return ofProbabilities.has(name) ? "probabilities" : "labels";
}

/** The word by which `scoring="…"` knows a measure; undefined where it has none. */
export function scoringOf({ name, isError }: Measure): string | undefined {
  if (/^(?:hamming_loss|zero_one_loss|max_error|mean_pinball_loss|jaccard_score|top_k_accuracy_score)$/.test(name))
    return undefined;
  if (/^(?:cohen_kappa_score|fbeta_score)$/.test(name)) return undefined;
  if (name === "brier_score_loss") return "neg_brier_score";
  return isError ? `neg_${name}` : name.replace(/_score$/, "");
}
