import * as l10n from "@vscode/l10n";
import { type SyntaxNode, textOf } from "../../python/syntax.ts";
import { type Argument, type Call, sourcesOf, type Value } from "../../python/value.ts";
import type { ValueFlow } from "../../python/value-flow.ts";
import { type DataSource, gathered } from "./arrays.ts";
import { areSame, dataOf, inOrder, libraryWord } from "./estimators.ts";
import { kerasModelsOf } from "./evaluation.ts";
import type { Found, JudgedModel } from "./judged-model.ts";
import { type Measure, measureNamed, toldTo } from "./measures.ts";
import { lineOf, unplainReason } from "./plain-data.ts";

/** What a network of Keras answers, by the loss that it follows. */
type Answers = "one of many" | "yes or no" | "number";

interface Network {
  readonly answers: Answers;
  /** Whether its labels are one column for each class. */
  readonly isOneHot: boolean;
  readonly hasLogits: boolean;
  readonly compile: Call;
  readonly loss: string;
}

/** A model of scikit-learn's measures that is a network of Keras: others need its data in two dimensions. */
export function ofNetwork(found: JudgedModel, flow: ValueFlow): Found {
  const networks = kerasModelsOf(found.models, flow);
  if (networks.length === 0) return found;
  const network = networkOf(networks, flow);
  if ("refused" in network) return network;
  const makers = networks.flatMap(({ call }) => call ?? []);
  if (network.answers === "one of many" && found.measure.name === "roc_auc_score")
    return { ...found, makers, told: "probabilities", ...preparing(found, network) };
  return { ...found, makers, told: toldTo(found.measure), ...preparing(found, network) };
}

/** Where the measure and its truth are the person's own, only what the others learn from has to be made. */
function preparing(
  { training, rows, truth, scoreOf, own, imports }: JudgedModel,
  network: Network,
): Partial<JudgedModel> {
  const [data, labels] = training;
  return {
    prepared: (free) => {
      const made = gathered(
        { rows: array(data), labels: labelsOf(labels, network), loop: "" },
        { rows: array(rows), labels: truth, loop: "" },
        free,
      );
      const lines = [...made.lines.filter((line) => !line.startsWith(`${made.truth} = `)), ...made.shapes];
      return {
        lines,
        training: made.training,
        rows: made.rows,
        truth,
        scoreOf,
        own,
        imports: [...imports, ...made.imports, asarray],
      };
    },
  };
}

const asarray = ["numpy", "asarray"] as const;

function array(text: string): string {
  return `asarray(${text})`;
}

function labelsOf(text: string, { isOneHot }: Network): string {
  return `${array(text)}${isOneHot ? ".argmax(axis=1)" : ".ravel()"}`;
}

/** `model.evaluate(X_test, y_test)`: the first measure that it was compiled with, else its loss. */
export function evaluatedNetwork(call: Call, flow: ValueFlow): Found {
  const network = networkOf(kerasModelsOf(call.receiver, flow), flow);
  if ("refused" in network) return network;
  const measure = measureOf(network, flow);
  if (!measure) return { refused: l10n.t("scikit-learn has no measure like those that the network was compiled with") };
  const fit = inOrder(flow).findLast(
    (each) =>
      each.method === "fit" &&
      each.owner === call.owner &&
      each.node.start < call.node.start &&
      each.receiver.some((value) => call.receiver.includes(value)),
  );
  const [data, rows] = [fit && dataOf(fit, 0), dataOf(call, 0)];
  if (!fit || !data)
    return { refused: l10n.t("the model is not fitted here, so the data that it learnt from is not known") };
  if (!rows) return { refused: l10n.t("the data is not plain names here: name it before the model is fitted") };
  if (areSame(data, rows))
    return { refused: l10n.t("the model is judged on the data that it learnt from: split the data first") };
  const [labels, truth] = [dataOf(fit, 1), dataOf(call, 1)];
  const several = [data, rows].some(({ values }) =>
    values.some(({ node }) => /^(?:list|tuple|dictionary)$/.test(node.type)),
  );
  if (several) return { refused: l10n.t("the network is given several inputs") };
  const nodes = (given: readonly (Argument | undefined)[]) => given.flatMap((each) => each?.node ?? []);
  const refused = unplainReason(nodes([data, labels]), nodes([rows, truth]), fit, call, flow);
  if (refused !== undefined) return { refused };
  const text = (node: SyntaxNode) => lineOf(flow.syntax, node);
  const model = text(call.node.child("function")?.child("object") ?? call.node);
  const isBatched = !labels && !truth;
  if (isBatched ? ![data, rows].every(isDataset) : !labels || !truth)
    return { refused: l10n.t("the data comes from a generator, whose rows are not known") };
  const source = (at: Argument, right: Argument | undefined, free: (name: string) => string): DataSource => {
    if (right) return { rows: array(text(at.node)), labels: labelsOf(text(right.node), network), loop: "" };
    const [batch, truths] = [free("batch"), free("truths")];
    const loop = ` for ${batch}, ${truths} in ${text(at.node)}`;
    return {
      rows: array(batch),
      labels: labelsOf(truths, network),
      answers: `${model}.predict_on_batch(${array(batch)})`,
      loop,
    };
  };
  return {
    call,
    measure,
    told: toldTo(measure),
    models: call.receiver,
    makers: kerasModelsOf(call.receiver, flow).flatMap((each) => each.call ?? []),
    pipeline: undefined,
    training: ["", ""],
    rows: text(rows.node),
    truth: "",
    isCrossed: false,
    imports: [],
    scoreOf: () => "",
    own: "",
    prepared: (free) => {
      const { answers: _, ...learnt } = source(data, labels, free);
      const made = gathered(learnt, source(rows, truth, free), free);
      const scoreOf = (given: string) => `${measure.name}(${made.truth}, ${given})`;
      const predicted = isBatched ? made.answers : `${model}.predict(${text(rows.node)}, verbose=0)`;
      return {
        ...made,
        lines: [...made.lines, ...made.shapes],
        imports: [...made.imports, asarray, ["sklearn.metrics", measure.name]],
        scoreOf,
        own: scoreOf(told(predicted, measure, network)),
      };
    },
  };
}

/** What a measure is told of a network's answers. */
function told(answers: string, measure: Measure, { answers: kind, hasLogits }: Network): string {
  if (kind === "number") return `${answers}.ravel()`;
  if (toldTo(measure) !== "labels") return kind === "yes or no" ? `${answers}.ravel()` : answers;
  return kind === "yes or no" ? `${answers}.ravel() > ${hasLogits ? 0 : 0.5}` : `${answers}.argmax(axis=1)`;
}

/** Does a value come from a data set that hands out batches of rows and labels, and comes to an end? */
function isDataset({ values }: Argument): boolean {
  const calls = [...sourcesOf(values)].flatMap(({ call }) => call ?? []);
  const isMade = calls.some(({ callee }) =>
    /^tensorflow\.data\.Dataset\.|\.image_dataset_from_directory$|^torch\.utils\.data\.(?:\w+\.)*DataLoader$/.test(
      callee ?? "",
    ),
  );
  return isMade && !calls.some(({ method }) => method === "repeat");
}

/** What a network was compiled to answer. */
function networkOf(models: readonly Value[], flow: ValueFlow): Network | { readonly refused: string } {
  const calls = inOrder(flow);
  const compile = calls.findLast(
    ({ method, receiver }) => method === "compile" && receiver.some((each) => models.includes(each)),
  );
  const loss = compile && (compile.keywords.get("loss") ?? compile.positional[1]);
  const word = loss && wordsOf(loss.values, flow)[0];
  if (!compile || !loss || word === undefined)
    return { refused: l10n.t("the loss that the network was compiled with is not known here") };
  const found = kindOf(word);
  if (!found) return { refused: l10n.t("what a network answers that follows the loss `{0}` is not known", word) };
  const hasLogits = loss.values.some(({ call }) => {
    const given = call?.keywords.get("from_logits");
    return given !== undefined && given.node.type !== "false";
  });
  if (found.answers !== "one of many" && unitsBefore(compile, calls, flow) !== "1")
    return { refused: l10n.t("the network answers with more than one number for each row") };
  return { ...found, hasLogits, compile, loss: word };
}

function kindOf(loss: string): Pick<Network, "answers" | "isOneHot"> | undefined {
  const word = normal(loss);
  if (word === "sparsecategoricalcrossentropy") return { answers: "one of many", isOneHot: false };
  if (word === "categoricalcrossentropy") return { answers: "one of many", isOneHot: true };
  if (word === "binarycrossentropy") return { answers: "yes or no", isOneHot: false };
  const isOfNumbers =
    /^(?:mse|mae|mape|msle|meansquarederror|meanabsoluteerror|huber(?:loss)?|logcosh|mean(?:absolutepercentage|squaredlogarithmic)error)$/;
  return isOfNumbers.test(word) ? { answers: "number", isOneHot: false } : undefined;
}

function normal(word: string): string {
  return word.replaceAll("_", "").toLowerCase();
}

/** How many numbers the last dense layer before a compilation answers, as the file spells it. */
function unitsBefore(compile: Call, calls: readonly Call[], { syntax }: ValueFlow): string | undefined {
  const last = calls.findLast(
    (call) => libraryWord(call) === "Dense" && call.owner === compile.owner && call.node.start < compile.node.start,
  );
  const units = last?.keywords.get("units") ?? last?.positional[0];
  return units && textOf(syntax, units.node);
}

/** The words of strings, classes and functions: `"mse"`, `keras.losses.MeanSquaredError()`, `keras.losses.mse`. */
function wordsOf(values: readonly Value[], { syntax, names }: ValueFlow): readonly string[] {
  return values.flatMap((value): readonly string[] => {
    if (value.elements) return value.elements.flatMap((each) => wordsOf(each, { syntax, names } as ValueFlow));
    const word = libraryWord(value.call);
    if (word !== undefined) return [word];
    if (value.node.type === "string") return [textOf(syntax, value.node).slice(1, -1)];
    const qualified = names.of(value.node);
    return qualified === undefined ? [] : [qualified.slice(qualified.lastIndexOf(".") + 1)];
  });
}

const measures: ReadonlyMap<string, string> = new Map([
  ["mae", "mean_absolute_error"],
  ["meanabsoluteerror", "mean_absolute_error"],
  ["mse", "mean_squared_error"],
  ["meansquarederror", "mean_squared_error"],
  ["rootmeansquarederror", "root_mean_squared_error"],
  ["r2score", "r2_score"],
]);
const measuresOfYesOrNo: ReadonlyMap<string, string> = new Map([
  ["auc", "roc_auc_score"],
  ["precision", "precision_score"],
  ["recall", "recall_score"],
]);

function measureOf({ answers, compile, loss, hasLogits }: Network, flow: ValueFlow): Measure | undefined {
  const given = compile.keywords.get("metrics");
  const words = given ? wordsOf(given.values, flow).map(normal) : [];
  const names = words.flatMap((word) => {
    if (answers === "number") return measures.get(word) ?? [];
    if (/^(?:acc|(?:binary|categorical|sparsecategorical)?accuracy)$/.test(word)) return ["accuracy_score"];
    return (answers === "yes or no" && measuresOfYesOrNo.get(word)) || [];
  });
  if (names[0] !== undefined || words.length > 0) return measureNamed(names[0] ?? "");
  if (answers === "number") return measureNamed(measures.get(normal(loss)) ?? "");
  return hasLogits ? undefined : measureNamed("log_loss");
}
