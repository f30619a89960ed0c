import * as l10n from "@vscode/l10n";
import type { PythonModule } from "../python/module.ts";
import { type SyntaxNode, textOf } from "../python/syntax.ts";
import { type Argument, type Call, sourcesOf, type Value } from "../python/value.ts";
import { type ValueFlow, valueFlowOf } from "../python/value-flow.ts";
import { areModels, areRegressors, dataOf, inOrder, libraryWord } from "../rules/baseline/estimators.ts";
import { isDump } from "../rules/serving/loaders.ts";
import { type Column, ColumnFlow } from "./columns.ts";
import { type Feature, featuresOf } from "./features.ts";
import type { Kind, TableColumn, TableFormat } from "./table.ts";

/** What a training script or notebook fits and saves. */
export interface Training {
  /** POSIX path relative to the project's root. */
  readonly path: string;
  /** The file of the saved model as the code spells it; undefined where no literal says. */
  readonly model: string | undefined;
  /** The data as the code spells it. */
  readonly data: string | undefined;
  /** What the saved model is asked with; undefined where the code does not say. */
  readonly features: readonly Feature[] | undefined;
  /** The model was fitted on one series (texts to be counted, say), not on a table. */
  readonly isSeries: boolean;
  readonly task: "classes" | "numbers";
  /** What a class is called by: a number, or a word; undefined where that is not known. */
  readonly label: Kind | undefined;
  /** Top-level modules without which the saved model cannot be read: `sklearn`, `xgboost`. */
  readonly modules: readonly string[];
}

/** The beginning of a file with data by the path that the code spells; undefined where there is no such file. */
export type TableAt = (path: string, format: TableFormat) => readonly TableColumn[] | undefined;

/**
 * Reads a file that fits a model and saves it; undefined where it does not, and a sentence where what it saves cannot
 * be served.
 */
export function trainingIn(
  module: PythonModule,
  tableAt: TableAt,
): Training | { readonly refused: string } | undefined {
  const flow = valueFlowOf(module);
  const dumps = inOrder(flow).filter(isDump);
  const saved = dumps.findLast((dump) => fitOf(savedBy(dump), flow) !== undefined);
  const dump = saved ?? dumps.at(-1);
  if (!dump) return undefined;
  const values = savedBy(dump);
  const refused = refusalOf(dump, values);
  if (refused !== undefined) return { refused };
  const fit = fitOf(values, flow) ?? onlyFit(flow);
  if (!fit) return undefined;
  const tables = new Map<Call, readonly TableColumn[]>();
  const columns: ColumnFlow = new ColumnFlow(flow, (call) => {
    const table = tableRead(call, flow, columns, tableAt);
    if (table) tables.set(call, table);
    return table?.map(({ name }) => name);
  });
  const given = dataOf(fit, 0);
  const used = given && columns.columnsOf(given.values);
  const lost = given && lostTransformer(given, used, columns);
  if (lost !== undefined) {
    const name = textOf(flow.syntax, lost);
    return {
      refused: l10n.t(
        "the model is saved without `{0}`, which prepares its data; save both as one `Pipeline` first",
        name,
      ),
    };
  }
  const known = [...tables.values()].flat();
  const target = targetOf(fit, columns);
  const label = known.find(({ name }) => name === target);
  return {
    path: module.path,
    model: pathIn(dump, flow, columns),
    data: [...tables.keys()].flatMap((call) => literalPath(call.positional[0]?.node, flow, columns) ?? [])[0],
    features: used && used.length > 0 ? featuresOf(used, known, module) : undefined,
    isSeries: used?.length === 1 && used[0]?.isSeries === true,
    task: isRegression(values, fit, label) ? "numbers" : "classes",
    label: label?.kind,
    modules: modulesOf(values, fit, dump),
  };
}

function savedBy(dump: Call): readonly Value[] {
  return dump.callee === undefined ? dump.receiver : (dump.positional[0]?.values ?? []);
}

function refusalOf(dump: Call, values: readonly Value[]): string | undefined {
  if (dump.callee === undefined) {
    return l10n.t("the model is saved in its library's own format; save it with `joblib.dump` as well");
  }
  const isCollection = values.some(({ node }) => /^(?:dictionary|tuple|list)$/.test(node.type));
  return isCollection
    ? l10n.t("a collection is saved and no model; save one `Pipeline` that holds all that is needed")
    : undefined;
}

/** The call that fits what is saved: the last one of the very value, else of what it was made from (a search). */
function fitOf(values: readonly Value[], flow: ValueFlow): Call | undefined {
  const fits = inOrder(flow).filter(({ method }) => method === "fit");
  const sources = sourcesOf(values);
  const own = fits.findLast(({ receiver }) => receiver.some((value) => values.includes(value)));
  return own ?? fits.findLast(({ receiver }) => receiver.some((value) => sources.has(value)) && areModels(receiver));
}

/** A model that comes out of a function is fitted there: by the only call that fits one. */
function onlyFit(flow: ValueFlow): Call | undefined {
  const fits = flow.calls.filter(({ method, receiver }) => method === "fit" && areModels(receiver));
  return fits.length === 1 ? fits[0] : undefined;
}

/** The transformer that made what the model is fitted on, where it is no part of the model. */
function lostTransformer(
  given: Argument,
  used: readonly Column[] | undefined,
  columns: ColumnFlow,
): SyntaxNode | undefined {
  for (const { call } of sourcesOf(given.values)) {
    const isTransform = /^(?:fit_)?transform$/.test(call?.method ?? "");
    if (!call || !isTransform || !call.receiver.some((value) => libraryWord(value.call) !== undefined)) continue;
    const target = [...call.node.ancestors()].find(({ type }) => type === "assignment")?.child("left");
    const words = target?.type === "subscript" ? columns.wordsOf(target.named.at(-1)) : undefined;
    if (words && used && !used.some(({ name }) => words.includes(name))) continue;
    return call.node.child("function")?.child("object") ?? call.node;
  }
  return undefined;
}

function targetOf(fit: Call, columns: ColumnFlow): string | undefined {
  const given = dataOf(fit, 1);
  const found = given && columns.columnsOf(given.values);
  return found?.length === 1 ? found[0]?.name : undefined;
}

function isRegression(values: readonly Value[], fit: Call, label: TableColumn | undefined): boolean {
  if (areRegressors(values) || areRegressors(fit.receiver)) return true;
  return !areModels(values) && !areModels(fit.receiver) && label?.kind === "number";
}

/** The libraries of the model and of the steps before it, and what else wrote the file. */
function modulesOf(values: readonly Value[], fit: Call, dump: Call): readonly string[] {
  const made = [...sourcesOf([...values, ...fit.receiver])].flatMap(({ call }) => call?.callee ?? []);
  const top = [...made, dump.callee ?? ""].map((name) => name.split(".", 1)[0] ?? "");
  return [
    ...new Set(top.filter((name) => /^(?:sklearn|imblearn|xgboost|lightgbm|catboost|cloudpickle|dill)$/.test(name))),
  ];
}

/** `joblib.dump(model, path)`, `pickle.dump(model, open(path, "wb"))`. */
function pathIn(dump: Call, flow: ValueFlow, columns: ColumnFlow): string | undefined {
  const target = dump.positional[1] ?? dump.keywords.get("filename") ?? dump.keywords.get("file");
  const opened = target?.values.find(({ call }) => call?.callee === "open" || call?.callee === "gzip.open")?.call;
  return literalPath(opened ? opened.positional[0]?.node : target?.node, flow, columns);
}

/** A relative path that stands in the code: a string, `Path("…")`, or a name for either. */
function literalPath(node: SyntaxNode | undefined, flow: ValueFlow, columns: ColumnFlow): string | undefined {
  const callee = node?.type === "call" ? node.child("function") : undefined;
  const inner = callee && flow.names.of(callee) === "pathlib.Path" ? node?.child("arguments")?.named[0] : node;
  const words = inner?.type === "call" ? undefined : columns.wordsOf(inner);
  const path = words?.length === 1 ? words[0]?.replace(/^\.\//, "") : undefined;
  return path === undefined || /^(?:\/|\.\.|[a-z]+:|~)/i.test(path) || path === "" ? undefined : path;
}

function tableRead(
  call: Call,
  flow: ValueFlow,
  columns: ColumnFlow,
  tableAt: TableAt,
): readonly TableColumn[] | undefined {
  if (!/^(?:pandas|polars)\.read_(?:csv|table)$/.test(call.callee ?? "") || call.hasSplat) return undefined;
  const path = literalPath(call.positional[0]?.node, flow, columns);
  const word = (keyword: string) => columns.wordsOf(call.keywords.get(keyword)?.node);
  const isOtherwise = ["skiprows", "comment", "header", "skipinitialspace"].some((each) => call.keywords.has(each));
  const names = word("names");
  if (path === undefined || (isOtherwise && !names)) return undefined;
  const separator = (word("sep") ?? word("delimiter"))?.[0] ?? (call.callee?.endsWith("table") ? "\t" : undefined);
  const table = tableAt(path, { separator, names });
  const kept = word("usecols");
  const index = word("index_col");
  return table?.filter(({ name }) => (!kept || kept.includes(name)) && !index?.includes(name));
}
