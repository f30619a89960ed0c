import * as l10n from "@vscode/l10n";
import type { Fix } from "../../core/rule.ts";
import type { PythonModule } from "../../python/module.ts";
import { textOf } from "../../python/syntax.ts";
import type { Argument, Call } from "../../python/value.ts";
import type { ValueFlow } from "../../python/value-flow.ts";
import { dataOf, isCallOf, libraryWord, statementOf } from "./estimators.ts";
import { isReturned } from "./evaluation.ts";
import { importEdits, importRefusal, linesBelow } from "./insertion.ts";
import { measureNamed, scoringOf } from "./measures.ts";
import { isPlain, lineOf } from "./plain-data.ts";

const split = new Set(["train_test_split"]);

/** Below a score on the training data, the same on the test data; where nothing was held back, by cross-validation. */
export function honestScore(module: PythonModule, flow: ValueFlow, judged: Call, fit: Call): Fix {
  const common = { kind: "quickfix", safe: false } as const;
  const refuse = (refused: string): Fix => ({ ...common, title: l10n.t("Add an honest score"), edits: [], refused });
  const [data, labels] = [dataOf(fit, 0), dataOf(fit, 1)];
  const model = modelName(fit, flow);
  if (isReturned(judged)) return refuse(l10n.t("what stands behind `return` is not run"));
  if (!data || !labels || model === undefined || judged.owner !== fit.owner)
    return refuse(l10n.t("the model has no name by which it could be judged again"));
  if (![data, labels].every(({ node }) => isPlain(node, flow.syntax)))
    return refuse(l10n.t("the data is not plain names here: name it before the model is fitted"));
  const [testData, testLabels] = [partBeside(data, 1, flow), partBeside(labels, 1, flow)];
  if (testData !== undefined && testLabels !== undefined) {
    const score = scoreOn(judged, model, testData, testLabels, flow);
    if (score === undefined) return refuse(l10n.t("the predictions that are judged do not come from a `predict` here"));
    const edits = [linesBelow(module, statementOf(judged.node), [`print("test:", ${score})`])];
    return { ...common, title: l10n.t("Add the score of the test data"), edits: [{ path: module.path, edits }] };
  }
  const scoring = judged.method === "score" ? "" : scoringWords(judged);
  if (scoring === undefined)
    return refuse(l10n.t("cross-validation has no name for this measure: split the data first"));
  const text = (each: Argument) => lineOf(flow.syntax, each.node);
  const sign = scoring.includes('"neg_') ? "-" : "";
  const call = `${sign}cross_val_score(${[model, text(data), text(labels)].join(", ")}${scoring}).mean()`;
  const statement = statementOf(judged.node);
  const taken = importRefusal(flow, "sklearn.model_selection", ["cross_val_score"], statement);
  if (taken) return refuse(taken.refused);
  const edits = [
    ...importEdits(module, flow, "sklearn.model_selection", ["cross_val_score"], statement),
    linesBelow(module, statement, [`print("cross-validated:", ${call})`]),
  ];
  return { ...common, title: l10n.t("Add the cross-validated score"), edits: [{ path: module.path, edits }] };
}

/**
 * The name of the part that a split gives beside the one that is at hand: 1 for the test part of training data, -1 for the
 * other way round.
 */
export function partBeside({ values }: Argument, step: 1 | -1, { syntax }: ValueFlow): string | undefined {
  const [value, ...others] = values;
  const { piece } = value ?? {};
  const call = piece?.of.call;
  if (!piece || !call || others.length > 0 || !isCallOf(call, split)) return undefined;
  if ((piece.index % 2 === 0) !== (step === 1)) return undefined;
  const assignment = call.node.parent;
  const targets = assignment?.type === "assignment" ? (assignment.child("left")?.named ?? []) : [];
  const target = targets[piece.index + step];
  return target?.type === "identifier" ? textOf(syntax, target) : undefined;
}

/** The name that the fitted model has: of its own, or that the fit's result is given. */
function modelName(fit: Call, { syntax }: ValueFlow): string | undefined {
  const object = fit.node.child("function")?.child("object");
  if (object?.type === "identifier") return textOf(syntax, object);
  const left = fit.node.parent?.type === "assignment" ? fit.node.parent.child("left") : undefined;
  return left?.type === "identifier" ? textOf(syntax, left) : undefined;
}

/** The measure's own call, with other data. */
function scoreOn(judged: Call, model: string, data: string, labels: string, { syntax }: ValueFlow): string | undefined {
  if (judged.method === "score") return `${model}.score(${data}, ${labels})`;
  const callee = judged.node.child("function");
  const given = judged.positional.map((each) => {
    const predict = each.values.find(({ call }) => call?.method === "predict")?.call;
    return predict && each.values.length === 1 ? `${model}.predict(${data})` : undefined;
  });
  if (!callee || given.filter((each) => each !== undefined).length !== 1 || given.length !== 2) return undefined;
  const options = [...judged.keywords].map(([name, each]) => `${name}=${lineOf(syntax, each.node)}`);
  return `${textOf(syntax, callee)}(${[...given.map((each) => each ?? labels), ...options].join(", ")})`;
}

function scoringWords(judged: Call): string | undefined {
  if (judged.keywords.size > 0 || judged.positional.length !== 2) return undefined;
  const measure = measureNamed(libraryWord(judged) ?? "");
  const word = measure && scoringOf(measure);
  return word === undefined ? undefined : `, scoring="${word}"`;
}
