import {
  complexModels,
  dummyModels,
  learningModules,
  otherModels,
  searches,
  simpleModels,
} from "../../project/learning-names.ts";
import type { PythonModule } from "../../python/module.ts";
import { type Syntax, type SyntaxNode, textOf } from "../../python/syntax.ts";
import { type Argument, type Call, sourcesOf, type Value } from "../../python/value.ts";
import type { ValueFlow } from "../../python/value-flow.ts";

/** The last word of what a call names by the imports, if that belongs to a library that learns: `StandardScaler`. */
export function libraryWord(call: Call | undefined): string | undefined {
  const callee = call?.callee;
  if (callee === undefined || !callee.includes(".")) return undefined;
  const module = callee.slice(0, callee.indexOf("."));
  return learningModules.has(module) ? callee.slice(callee.lastIndexOf(".") + 1) : undefined;
}

/** Is this the call of one of these functions or classes of a library that learns? */
export function isCallOf(call: Call | undefined, words: ReadonlySet<string>): boolean {
  const word = libraryWord(call);
  return word !== undefined && words.has(word);
}

/** The calls that made these values, where a class or function of a library did. */
export function makersOf(values: readonly Value[]): readonly Call[] {
  return values.flatMap(({ call }) => (call && libraryWord(call) !== undefined ? [call] : []));
}

/** Are these values made by these classes, every one that is known to be there? */
export function areMadeBy(values: readonly Value[], words: ReadonlySet<string>): boolean {
  return values.length > 0 && values.every(({ call }) => isCallOf(call, words));
}

/** The data that a call of `fit`, `predict` or `score` is given, from 0, however it is named. */
export function dataOf(call: Call, index: number): Argument | undefined {
  const names = [
    ["X", "x", "data", "raw_documents"],
    ["y", "Y"],
  ][index];
  return call.positional[index] ?? names?.flatMap((name) => call.keywords.get(name) ?? [])[0];
}

/** The name at the root of an expression such as `X_test`, `X_test.values` or `data["x_test"]`; its last plain name. */
export function dataName(node: SyntaxNode, syntax: Syntax): string {
  if (node.type === "identifier") return textOf(syntax, node);
  if (node.type === "attribute") {
    const object = node.child("object");
    const own = node.child("attribute");
    const word = own ? textOf(syntax, own) : "";
    const isPart = /^(?:values|T|iloc|loc|data|flat|shape|array|features|labels|targets?)$/.test(word);
    return isPart && object ? dataName(object, syntax) : word;
  }
  const [first] = node.named;
  if (node.type === "subscript" && first) return dataName(first, syntax);
  if (node.type === "parenthesized_expression" && first) return dataName(first, syntax);
  return "";
}

/** Do people call data so that is kept to judge with: `X_test`, `test_df`, `y_holdout`? */
export function isTestName(name: string): boolean {
  return /(?:^|_)(?:test|testing|tst|holdout|hold_out)(?:_|\d|$)|(?:^[xy]|[a-z])Test(?:[A-Z]|$)|^[xXyY]_?(?:test|te)$/.test(
    name,
  );
}

/** The same for data to choose with: `X_val`, `valid_x`. */
export function isValidationName(name: string): boolean {
  return /(?:^|_)(?:val|valid|validation|dev)(?:_|\d|$)|^[xXyY]_?(?:val|valid)$/.test(name);
}

/** Is a call one that seeds what libraries without `random_state` take their randomness from? */
export function seedsNumpy(call: Call, syntax: Syntax): boolean {
  const callee = call.callee ?? "";
  if (/^numpy\.random\.seed$|set_random_seed$|seed_everything$/.test(callee))
    return !/^tensorflow\.compat/.test(callee);
  if (callee !== "") return !/^(?:random|torch|tensorflow|os)\./.test(callee) && /seed/i.test(callee);
  const called = call.node.child("function");
  return called !== undefined && /seed/i.test(textOf(syntax, called));
}

/** What of a call is underlined: the name of what is called. */
export function calledName(call: Call): SyntaxNode {
  const callee = call.node.child("function") ?? call.node;
  return callee.child("attribute") ?? callee;
}

/** The statement that a node is part of, in a suite. */
export function statementOf(node: SyntaxNode): SyntaxNode {
  let statement = node;
  for (const ancestor of node.ancestors()) {
    if (ancestor.type === "block" || ancestor.type === "module") return statement;
    statement = ancestor;
  }
  return statement;
}

/** The calls in the order of the text. */
export function inOrder(flow: ValueFlow): readonly Call[] {
  return [...flow.calls].sort((a, b) => a.node.start - b.node.start);
}

/** Do two arguments hand over the very same values, known ones? */
export function areSame(one: Argument | undefined, other: Argument | undefined): boolean {
  if (!one || !other || one.values.length === 0) return false;
  return one.values.length === other.values.length && one.values.every((value) => other.values.includes(value));
}

/** Wrappers whose model is among what they are made from. */
const wrappers = new Set([
  ...searches,
  ..."Pipeline make_pipeline CalibratedClassifierCV OneVsRestClassifier OneVsOneClassifier MultiOutputClassifier MultiOutputRegressor TransformedTargetRegressor".split(
    " ",
  ),
]);
/** The classes of supervised models. */
export const modelWords: ReadonlySet<string> = new Set([
  ...simpleModels,
  ...complexModels,
  ...otherModels,
  ...dummyModels,
]);

/** Are these supervised models of a library, alone, in a pipeline or in a search? */
export function areModels(values: readonly Value[]): boolean {
  return (
    values.length > 0 &&
    values.every(({ call, from }) => {
      if (isCallOf(call, modelWords)) return true;
      return isCallOf(call, wrappers) && [...sourcesOf(from)].some((value) => isCallOf(value.call, modelWords));
    })
  );
}

/** Do these models predict numbers? */
export function areRegressors(values: readonly Value[]): boolean {
  const words = [...sourcesOf(values)]
    .flatMap(({ call }) => libraryWord(call) ?? [])
    .filter((word) => modelWords.has(word));
  return words.some(
    (word) =>
      /Regress(?:or|ion)$|^(?:Ridge(?:CV)?$|BayesianRidge|Lasso|ElasticNet|Lars|(?:Nu|Linear)?SVR|OLS|WLS|GLS|Kernel)/.test(
        word,
      ) && !word.startsWith("Logistic"),
  );
}

/** Is a call made in a file that is run: a notebook, code at the top of a module, or one with a `__main__` guard? */
export function isRun(call: Call, { syntax }: ValueFlow, { path, text }: PythonModule): boolean {
  return call.owner === syntax.root || path.endsWith(".ipynb") || /^if\s+__name__\s*==/m.test(text);
}
