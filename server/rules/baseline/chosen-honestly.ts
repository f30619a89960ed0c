import * as l10n from "@vscode/l10n";
import type { Edit } from "../../core/edit.ts";
import type { Fix, Problem } from "../../core/rule.ts";
import type { PythonModule } from "../../python/module.ts";
import { type SyntaxNode, textOf } from "../../python/syntax.ts";
import type { Call } from "../../python/value.ts";
import type { ValueFlow } from "../../python/value-flow.ts";
import { freeName, variablesIn } from "../../refactorings/function-name.ts";
import { calledName, dataOf, isTestName, statementOf } from "./estimators.ts";
import { partBeside } from "./honest-score.ts";
import { importEdits, importRefusal } from "./insertion.ts";

type Edits = readonly Edit[] | { readonly refused: string };

const from = "sklearn.model_selection";

/** Chooses by other data than the test's: the training data for a search, a part of it for early stopping, its folds for a loop. */
export function chosenHonestly(
  module: PythonModule,
  flow: ValueFlow,
  problem: Problem,
  chosenBy: Call | undefined,
): Fix {
  const found = flow.calls.find((each) => calledName(each).start === problem.at.start);
  const edits = found ? forFit(module, flow, found) : chosenBy ? forLoop(module, flow, chosenBy) : undefined;
  const title = found?.keywords.size
    ? l10n.t("Choose by a validation split")
    : found
      ? l10n.t("Search on the training data")
      : l10n.t("Choose by cross-validation");
  const common = { title, kind: "quickfix", safe: false } as const;
  if (!edits) return { ...common, edits: [], refused: notPlain() };
  if ("refused" in edits) return { ...common, edits: [], refused: edits.refused };
  return { ...common, edits: [{ path: module.path, edits }] };
}

const notPlain = () => l10n.t("the data to learn from and to judge with does not come from one plain split here");

function forFit(module: PythonModule, flow: ValueFlow, fit: Call): Edits {
  const [data, labels] = [dataOf(fit, 0), dataOf(fit, 1)];
  if (fit.method !== "fit" || !data || !labels) return { refused: notPlain() };
  const text = (node: SyntaxNode) => textOf(flow.syntax, node);
  if (isTestName(text(data.node))) {
    const [trainData, trainLabels] = [partBeside(data, -1, flow), partBeside(labels, -1, flow)];
    if (trainData === undefined || trainLabels === undefined) return { refused: notPlain() };
    return [
      { at: data.node, text: trainData },
      { at: labels.node, text: trainLabels },
    ];
  }
  const pairs = watchedPairs(fit, flow);
  if (data.node.type !== "identifier" || labels.node.type !== "identifier" || pairs.length === 0)
    return { refused: notPlain() };
  const variables = new Set(variablesIn(flow.scopes.module));
  const [X, X_val, y, y_val] = ["X_fit", "X_val", "y_fit", "y_val"].map((name) => freeName(name, variables));
  const statement = statementOf(fit.node);
  const division = `${X}, ${X_val}, ${y}, ${y_val} = train_test_split(${text(data.node)}, ${text(labels.node)}, random_state=0)`;
  const { column } = module.lines.positionAt(statement.start);
  const indentation = module.lines.lineText(module.lines.lineAt(statement.start)).slice(0, column);
  if (/\S/.test(indentation)) return { refused: notPlain() };
  const taken = importRefusal(flow, from, ["train_test_split"], statement);
  if (taken) return taken;
  return [
    ...importEdits(module, flow, from, ["train_test_split"], statement),
    { at: { start: statement.start, end: statement.start }, text: `${division}\n${indentation}` },
    { at: data.node, text: X ?? "" },
    { at: labels.node, text: y ?? "" },
    ...pairs.flatMap(([rows, answers]) => [
      { at: rows, text: X_val ?? "" },
      { at: answers, text: y_val ?? "" },
    ]),
  ];
}

/** `(X_test, y_test)` in what is watched while the model learns. */
function watchedPairs(fit: Call, { syntax }: ValueFlow): readonly (readonly [SyntaxNode, SyntaxNode])[] {
  return [...fit.keywords.values()].flatMap(({ node }) =>
    [node, ...node.descendants()].flatMap((each) => {
      const [rows, answers, ...more] = each.type === "tuple" || each.type === "list" ? each.named : [];
      const isPair = rows?.type === "identifier" && answers?.type === "identifier" && more.length === 0;
      return isPair && isTestName(textOf(syntax, rows)) ? [[rows, answers] as const] : [];
    }),
  );
}

/** `model.score(X_test, y_test)` in a loop becomes the mean of cross-validated scores on what the model is fitted on. */
function forLoop(module: PythonModule, flow: ValueFlow, judged: Call): Edits {
  const object = judged.node.child("function")?.child("object");
  const fit = flow.calls.findLast(
    (each) =>
      each.method === "fit" &&
      each.owner === judged.owner &&
      each.node.start <= judged.node.start &&
      each.receiver.length === 1 &&
      each.receiver.every((value) => judged.receiver.includes(value)),
  );
  const [data, labels] = [fit && dataOf(fit, 0), fit && dataOf(fit, 1)];
  const made = fit?.node.child("function")?.child("object");
  if (judged.method !== "score" || !object || !fit || !data || !labels || !made) {
    return { refused: l10n.t("only a plain `model.score(…)` of a model that is fitted in the loop can be replaced") };
  }
  const model = object.type === "identifier" ? object : fit.node === object ? made : undefined;
  if (!model || flow.syntax.comments.some((each) => judged.node.holds(each)))
    return { refused: l10n.t("only a plain `model.score(…)` of a model that is fitted in the loop can be replaced") };
  const taken = importRefusal(flow, from, ["cross_val_score"], judged.node);
  if (taken) return taken;
  const given = [model, data.node, labels.node].map((each) => textOf(flow.syntax, each)).join(", ");
  return [
    ...importEdits(module, flow, from, ["cross_val_score"], statementOf(judged.node)),
    { at: judged.node, text: `cross_val_score(${given}).mean()` },
  ];
}
