import * as l10n from "@vscode/l10n";
import { isTestPath } from "../../clones/test-path.ts";
import type { Rule } from "../../core/rule.ts";
import { searches } from "../../project/learning-names.ts";
import type { PythonModule } from "../../python/module.ts";
import { type Syntax, type SyntaxNode, textOf } from "../../python/syntax.ts";
import { argumentsOf, type Call } from "../../python/value.ts";
import { type ValueFlow, valueFlowOf } from "../../python/value-flow.ts";
import { chosenHonestly } from "./chosen-honestly.ts";
import { areMadeBy, calledName, dataName, dataOf, inOrder, isTestName } from "./estimators.ts";

/** Arguments by which a model is told when to stop, or which of its states to keep. */
const watched = ["eval_set", "validation_data", "evals", "valid_sets"];

/** Without one of these words nothing is chosen. */
const choosing =
  /SearchCV|early_stopping|EarlyStopping|ModelCheckpoint|ReduceLROnPlateau|od_wait|use_best_model|best|max|min|highest|lowest/;

export const tunedOnTest: Rule<PythonModule> = {
  name: "tuned-on-test",
  topic: "baseline",
  severity: { production: "warning", undecided: "warning", experimental: "warning" },
  summary: () => l10n.t("The test data chooses the model that it then judges"),
  why: () =>
    l10n.t(
      "Whoever tries many settings and keeps the best on the test data has tuned the model to the test. The best of many tries is partly luck, and the score of the test includes it.\n\nThe labels of the example are tossed coins, so that every setting is right half of the time. The best of 99 settings reaches 0.62 on the test data, from which it was chosen; the one that cross-validation chooses on the training data reaches 0.48 there, which is honest. Choose by cross-validation or by a validation set, and look at the test data once, at the end. The fourth step of the tutorial *Modelos baseline*, to find the limits of the simple model, is full of such choices.",
    ),
  example: {
    path: "neighbours.py",
    bad: `import numpy as np
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier

# The labels have nothing to do with the features: no setting can do better than chance, 0.5.
random = np.random.default_rng(0)
X, y = random.normal(size=(300, 5)), random.integers(2, size=300)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=60, random_state=0)

best_score = 0
for k in range(1, 100):
    score = KNeighborsClassifier(k).fit(X_train, y_train).score(X_test, y_test)
    if score > best_score:
        best_score, best_k = score, k
print(round(best_score, 2))  # prints 0.62
`,
    good: `import numpy as np
from sklearn.model_selection import GridSearchCV, train_test_split
from sklearn.neighbors import KNeighborsClassifier

random = np.random.default_rng(0)
X, y = random.normal(size=(300, 5)), random.integers(2, size=300)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=60, random_state=0)

search = GridSearchCV(KNeighborsClassifier(), {"n_neighbors": range(1, 100)}).fit(X_train, y_train)
print(round(search.score(X_test, y_test), 2))  # prints 0.48
`,
  },
  concerns: (path, project) => project.learningIn(path) !== undefined && !isTestPath(path),
  *check(module) {
    if (!/test|holdout|hold_out/i.test(module.text) || !choosing.test(module.text)) return;
    const flow = valueFlowOf(module);
    for (const call of inOrder(flow)) {
      const name = searchedData(call, flow) ?? watchedData(call, flow);
      if (name !== undefined)
        yield { at: calledName(call), message: l10n.t("`{0}` chooses the model, and judges it afterwards", name) };
    }
    for (const statement of flow.syntax.ofType("if_statement")) {
      const found = chosenInLoop(statement, flow);
      if (found)
        yield { at: found.at, message: l10n.t("`{0}` chooses the model, and judges it afterwards", found.name) };
    }
  },
  *fixes(module, problem) {
    const flow = valueFlowOf(module);
    const chosen = flow.syntax.ofType("if_statement").map((each) => chosenInLoop(each, flow));
    const inLoop = chosen.find((each) => each?.at.start === problem.at.start);
    yield chosenHonestly(module, flow, problem, inLoop?.judged);
  },
};

/** The test data that a search over parameters is fitted on. */
function searchedData(call: Call, { syntax }: ValueFlow): string | undefined {
  const data = call.method === "fit" && areMadeBy(call.receiver, searches) ? dataOf(call, 0) : undefined;
  const name = data && dataName(data.node, syntax);
  return name && isTestName(name) ? name : undefined;
}

/** The test data that stops the training, or chooses among its states. */
function watchedData(call: Call, { syntax, calls }: ValueFlow): string | undefined {
  if (call.method !== "fit" && !/^(?:xgboost|lightgbm|catboost)\.(?:train|cv)$/.test(call.callee ?? ""))
    return undefined;
  const given = watched.flatMap((word) => call.keywords.get(word) ?? [])[0];
  const name = given && testNameIn(given.node, syntax);
  if (!given || name === undefined) return undefined;
  const makers = call.receiver.flatMap((value) => value.call ?? []);
  const stops = [call, ...makers].some(({ keywords }) =>
    ["early_stopping_rounds", "od_wait", "use_best_model"].some((word) => keywords.has(word)),
  );
  const callbacks = call.keywords.get("callbacks")?.values ?? [];
  const told = callbacks
    .flatMap((value) => [value, ...(value.elements?.flat() ?? [])])
    .flatMap((value) => value.call ?? []);
  const isCallback = (each: Call) =>
    /EarlyStopping|ModelCheckpoint|ReduceLROnPlateau|early_stopping/.test(each.callee ?? "");
  return stops || told.some((each) => isCallback(each) && calls.includes(each)) ? name : undefined;
}

function testNameIn(node: SyntaxNode, syntax: Syntax): string | undefined {
  for (const each of node.descendants()) {
    if (each.type !== "identifier") continue;
    const name = textOf(syntax, each);
    if (isTestName(name)) return name;
  }
  return undefined;
}

/** A condition, the name of the test data that decides it, and the call that judges by it. */
interface Chosen {
  readonly at: SyntaxNode;
  readonly name: string;
  readonly judged: Call;
}

/** `if score > best:` in a loop, where the score was taken on the test data and the better one is kept. */
function chosenInLoop(statement: SyntaxNode, flow: ValueFlow): Chosen | undefined {
  const condition = statement.child("condition");
  const loop = [...statement.ancestors()].find((each) =>
    /^(?:for|while)_statement$|^function_definition$/.test(each.type),
  );
  if (condition?.type !== "comparison_operator" || !loop || loop.type === "function_definition") return undefined;
  const compared = condition.named.filter((each) => each.field !== "operators");
  if (compared.length !== 2 || !/[<>]/.test(textOf(flow.syntax, condition))) return undefined;
  const [score, best] = /^\W*(?:self\.)?(?:best|max|min|top|highest|lowest)/i.test(
    textOf(flow.syntax, compared[0] ?? condition),
  )
    ? [compared[1], compared[0]]
    : compared;
  if (!score || !best || best.type === "integer" || best.type === "float" || score.type !== "identifier")
    return undefined;
  if (!keeps(statement, textOf(flow.syntax, best), textOf(flow.syntax, score), flow.syntax)) return undefined;
  const source = scoreOf(score, loop, flow);
  return source && { at: condition, ...source };
}

/** Does the body remember the score as the best one? */
function keeps(statement: SyntaxNode, best: string, score: string, syntax: Syntax): boolean {
  const body = statement.child("consequence");
  return [...(body?.descendants() ?? [])].some((each) => {
    if (each.type !== "assignment") return false;
    const [left, right] = [each.child("left"), each.child("right")];
    const words = (node: SyntaxNode | undefined) =>
      node ? [textOf(syntax, node), ...node.named.map((part) => textOf(syntax, part))] : [];
    return words(left).includes(best) && words(right).includes(score);
  });
}

/** The test data of the call whose result a name has, if the loop makes it. */
function scoreOf(score: SyntaxNode, loop: SyntaxNode, { syntax, calls }: ValueFlow): Omit<Chosen, "at"> | undefined {
  const word = textOf(syntax, score);
  for (const call of calls) {
    if (!loop.holds(call.node) || call.node.start > score.start || !isJudging(call)) continue;
    const assignment = [...call.node.ancestors()].find((each) => each.type === "assignment");
    const left = assignment?.child("left");
    const names = left ? [left, ...left.named] : [];
    if (!names.some((each) => each.type === "identifier" && textOf(syntax, each) === word)) continue;
    for (const { node } of argumentsOf(call)) {
      const name = dataName(node, syntax);
      if (isTestName(name)) return { name, judged: call };
    }
  }
  return undefined;
}

/** Does a call, by its name, judge a model? */
function isJudging({ callee, method }: Call): boolean {
  return /score|acc|loss|eval|test|metric|err|f1|auc|mse|mae|r2|perf/i.test(
    method ?? callee?.slice(callee.lastIndexOf(".") + 1) ?? "",
  );
}
