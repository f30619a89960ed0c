import * as l10n from "@vscode/l10n";
import { simpleModels } from "../../project/learning-names.ts";
import { libraryWord } from "./estimators.ts";
import type { JudgedModel } from "./judged-model.ts";
import { isStatistics } from "./statistics.ts";

/** How the picture is made: not at all, as a file, or shown below a notebook's cell. */
export type Picture = "none" | "file" | "cell";

/** Code that runs where the model was judged, without indentation, and what it imports: module, then names. */
export interface Ladder {
  readonly lines: readonly string[];
  readonly imports: readonly (readonly [module: string, name: string])[];
}

/** Where the picture is written, in the folder in which the script is run. */
export const pictureName = "baselines.png";

/** A share of the most frequent class above which a high accuracy is no success by itself. */
const unbalanced = 0.6;

/**
 * The steps of the tutorial *Modelos baseline*, judged by one measure on one split: chance (for numbers their mean), always
 * the same answer, a rule to fill in, a simple model, and the person's own. `free` makes a name that the file does
 * not know yet.
 */
export function ladderOf(found: JudgedModel, picture: Picture, free: (name: string) => string): Ladder {
  const prepared = found.prepared?.(free);
  const judged: JudgedModel = { ...found, ...prepared };
  const { measure, isCrossed } = judged;
  const training = judged.training.join(", ");
  const [dummy, simple, rule, ladder] = ["dummy", "simple", "by_rule", "ladder"].map(free) as [
    string,
    string,
    string,
    string,
  ];
  const made = simpleModel(judged, free);
  const lowest = measure.predictsClasses ? classesFrom(judged, dummy, free) : numbersFrom(judged, dummy, free);
  const key = (label: string) => `${ladder}["${label}"]`;
  const answers = measure.options ? `${judged.truth}, ${rule}, ${measure.options}` : `${judged.truth}, ${rule}`;
  const ofRule = isCrossed ? `${measure.name}(${answers})` : judged.scoreOf(rule);
  const better = measure.isError ? l10n.t("lower is better") : l10n.t("higher is better");
  const title = `${measure.name} (${better})`;
  const lines = [
    `# ${l10n.t("Baselines: what chance, a rule and a simple model reach on the same data, by the same measure.")}`,
    ...(prepared?.lines ?? []),
    ...lowest.lines,
    ...made.lines,
    ...fitted(simple, made.expression, isCrossed ? undefined : training),
    `${rule} = None  # ${l10n.t("To fill in: an expert's rule, one answer for each row of {0}.", judged.rows)}`,
    `${ladder} = {`,
    ...lowest.rows.map(([label, score]) => `    "${label}": ${score},`),
    "}",
    `if ${rule} is not None:`,
    `    ${key(l10n.t("rule"))} = ${ofRule}`,
    ...assigned(key(l10n.t("simple: {0}", made.name)), scoreOfModel(judged, simple)),
    ...assigned(key(yours(judged)), judged.own),
    ...printed(title, ladder, free),
    ...(measure.predictsClasses ? caveat(dummy, free) : []),
    ...drawn(title, ladder, picture, free),
  ];
  const imports = [...lowest.imports, ...made.imports, ...judged.imports];
  if (picture === "cell") imports.push(["matplotlib", "pyplot"]);
  if (picture === "file") imports.push(["matplotlib.figure", "Figure"]);
  return { lines, imports };
}

/** A model that is made and fitted, in two lines where one would be long. */
function fitted(name: string, made: string, training: string | undefined): readonly string[] {
  const line = `${name} = ${made}${training === undefined ? "" : `.fit(${training})`}`;
  return line.length <= 110 || training === undefined ? [line] : [`${name} = ${made}`, `${name}.fit(${training})`];
}

/** An assignment, on three lines where one would be long. */
function assigned(target: string, value: string): readonly string[] {
  const line = `${target} = ${value}`;
  return line.length <= 110 ? [line] : [`${target} = (`, `    ${value}`, ")"];
}

interface Rung {
  readonly lines: readonly string[];
  readonly rows: readonly (readonly [label: string, score: string])[];
  readonly imports: Ladder["imports"];
}

/** Chance by the shares of the classes, and the most frequent class. */
function classesFrom(judged: JudgedModel, dummy: string, free: (name: string) => string): Rung {
  const { measure, training, told } = judged;
  const make = (options: string) => `DummyClassifier(${options}).fit(${training.join(", ")})`;
  const lines = [`${dummy} = ${make('strategy="prior"')}`];
  const rows = (chance: string) =>
    [
      [l10n.t("chance"), chance],
      [l10n.t("most frequent class"), scoreOfModel(judged, dummy)],
    ] as const;
  const imports = [["sklearn.dummy", "DummyClassifier"]] as const;
  if (measure.name === "accuracy_score") return { lines, rows: rows(`sum(${dummy}.class_prior_**2)`), imports };
  if (measure.name === "balanced_accuracy_score")
    return { lines, rows: rows(`1 / len(${dummy}.class_prior_)`), imports };
  if (told !== "labels") {
    const coin = free("coin");
    lines.push(`${coin} = ${make('strategy="uniform", random_state=0')}`);
    return { lines, rows: rows(scoreOfModel(judged, coin)), imports };
  }
  const [guesses, guess] = [free("guesses"), free("guess")];
  lines.push(`${guesses} = [${make('strategy="stratified", random_state=seed')} for seed in range(20)]`);
  const mean = `sum(${scoreOfModel(judged, guess)} for ${guess} in ${guesses}) / len(${guesses})`;
  return { lines, rows: rows(mean), imports };
}

/** Always the mean, and always the median. */
function numbersFrom(judged: JudgedModel, dummy: string, free: (name: string) => string): Rung {
  const mean = free("mean");
  const training = judged.training.join(", ");
  return {
    lines: [
      `${mean} = DummyRegressor().fit(${training})`,
      `${dummy} = DummyRegressor(strategy="median").fit(${training})`,
    ],
    rows: [
      [l10n.t("mean"), scoreOfModel(judged, mean)],
      [l10n.t("median"), scoreOfModel(judged, dummy)],
    ],
    imports: [["sklearn.dummy", "DummyRegressor"]],
  };
}

/** The score of a model by its name, as an expression. */
function scoreOfModel({ isCrossed, told, rows, scoreOf }: JudgedModel, name: string): string {
  if (isCrossed) return scoreOf(name);
  if (told === "probability") return scoreOf(`${name}.predict_proba(${rows})[:, 1]`);
  if (told === "probabilities") return scoreOf(`${name}.predict_proba(${rows})`);
  return scoreOf(`${name}.predict(${rows})`);
}

/** Models that take data as it is: in other scales, with holes. */
const trees = /Forest|Trees|Tree|Boost|XGB|LGBM|Bagging/;

interface Simple {
  readonly name: string;
  /** What stands above the model. */
  readonly lines: readonly string[];
  readonly expression: string;
  readonly imports: Ladder["imports"];
}

/** A linear model beside models that ask for scaled data; a small tree beside trees, and beside linear models. */
function simpleModel({ measure, makers, pipeline, isTable }: JudgedModel, free: (name: string) => string): Simple {
  const words = makers.map((call) => libraryWord(call) ?? "");
  const isTree =
    makers.some(isStatistics) ||
    words.some((word) => (trees.test(word) && word !== "DecisionTreeClassifier") || isLinear(word));
  const tree = measure.predictsClasses ? "DecisionTreeClassifier" : "DecisionTreeRegressor";
  const linear = measure.predictsClasses ? "LogisticRegression" : "LinearRegression";
  const name = isTree ? tree : linear;
  const from = isTree ? "sklearn.tree" : "sklearn.linear_model";
  const options = isTree ? "max_depth=3, random_state=0" : measure.predictsClasses ? "max_iter=1000" : "";
  const model = `${name}(${options})`;
  const own = [from, name] as const;
  const isImbalanced = makers.some(({ callee }) => callee?.startsWith("imblearn."));
  const pipe = [isImbalanced ? "imblearn.pipeline" : "sklearn.pipeline", "make_pipeline"] as const;
  if (pipeline !== undefined) {
    const expression = `make_pipeline(clone(${pipeline}[:-1]), ${model})`;
    return { name, lines: [], expression, imports: [["sklearn.base", "clone"], own, pipe] };
  }
  if (isTable) {
    const encoder = free("encoder");
    return {
      name,
      lines: encoded(encoder),
      expression: `make_pipeline(${encoder}, ${model})`,
      imports: [...encoding, own, pipe],
    };
  }
  if (isTree) return { name, lines: [], expression: model, imports: [own] };
  const scaler = ["sklearn.preprocessing", "MaxAbsScaler"] as const;
  return { name, lines: [], expression: `make_pipeline(MaxAbsScaler(), ${model})`, imports: [own, pipe, scaler] };
}

/** Words become columns of their own, numbers stay. */
function encoded(name: string): readonly string[] {
  return [
    `${name} = make_column_transformer(`,
    '    (OneHotEncoder(handle_unknown="ignore"), make_column_selector(dtype_exclude="number")),',
    '    remainder="passthrough",',
    ")",
  ];
}

const encoding: Ladder["imports"] = [
  ["sklearn.compose", "make_column_selector"],
  ["sklearn.compose", "make_column_transformer"],
  ["sklearn.preprocessing", "OneHotEncoder"],
];

function isLinear(word: string): boolean {
  return simpleModels.has(word) && /Regression|Ridge|Lasso|Elastic|Lars|Huber|Linear|SGD|Perceptron|SV[CR]$/.test(word);
}

/** What the person's own model is called in the table. */
function yours({ makers }: JudgedModel): string {
  const words = [...new Set(makers.map((call) => libraryWord(call) ?? ""))];
  return words.length === 1 ? l10n.t("yours: {0}", words[0] ?? "") : l10n.t("yours");
}

/** A table whose bars are characters, for every terminal. */
function printed(title: string, ladder: string, free: (name: string) => string): readonly string[] {
  const [longest, row, value] = [free("longest"), free("row"), free("value")];
  return [
    `${longest} = max(max(${ladder}.values()), 1e-9)`,
    `print("${title}")`,
    `for ${row}, ${value} in ${ladder}.items():`,
    `    print(f"{${row}:40}{${value}:10.3f}  {'#' * round(40 * max(${value}, 0) / ${longest})}")`,
  ];
}

function caveat(dummy: string, free: (name: string) => string): readonly string[] {
  const share = free("share");
  const words = l10n.t("{0} of the training data is one class: always to answer it scores well.", `{${share}:.0%}`);
  return [`${share} = max(${dummy}.class_prior_)`, `if ${share} > ${unbalanced}:`, `    print(f"${words}")`];
}

function drawn(title: string, ladder: string, picture: Picture, free: (name: string) => string): readonly string[] {
  if (picture === "none") return [];
  const [figure, axes, bars, colors] = [free("figure"), free("axes"), free("bars"), free("colors")];
  const made =
    picture === "cell"
      ? [`${figure}, ${axes} = pyplot.subplots(layout="constrained")`]
      : [`${figure} = Figure(layout="constrained")`, `${axes} = ${figure}.subplots()`];
  return [
    ...made,
    `${colors} = ["silver"] * (len(${ladder}) - 1) + ["steelblue"]`,
    `${bars} = ${axes}.barh(list(${ladder}), list(${ladder}.values()), color=${colors})`,
    `${axes}.bar_label(${bars}, fmt="%.3f", padding=3)`,
    `${axes}.margins(x=0.15)`,
    `${axes}.invert_yaxis()`,
    `${axes}.set_xlabel("${title}")`,
    picture === "cell" ? "pyplot.show()" : `${figure}.savefig("${pictureName}")`,
  ];
}
