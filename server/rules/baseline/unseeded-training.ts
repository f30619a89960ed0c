import * as l10n from "@vscode/l10n";
import { isTestPath } from "../../clones/test-path.ts";
import type { Fix, Rule } from "../../core/rule.ts";
import { isKnownModule } from "../../project/distributions.ts";
import { seedings } from "../../project/learning-names.ts";
import type { Project } from "../../project/project.ts";
import { isStandardLibrary } from "../../project/standard-library.ts";
import type { PythonModule } from "../../python/module.ts";
import { textOf } from "../../python/syntax.ts";
import type { Call } from "../../python/value.ts";
import { type ValueFlow, valueFlowOf } from "../../python/value-flow.ts";
import { calledName, inOrder, isRun } from "./estimators.ts";
import { kerasModelsOf } from "./evaluation.ts";
import { linesBelow } from "./insertion.ts";

export const unseededTraining: Rule<PythonModule> = {
  name: "unseeded-training",
  topic: "baseline",
  severity: { production: "hint", undecided: "hint", experimental: "hint" },
  summary: () => l10n.t("A network is trained from other random weights in every run"),
  why: () =>
    l10n.t(
      "Weights, batches and dropout of a network are random. Without a seed every run gives another model, and nobody can tell whether a change of the code has made it better.\n\nFive runs of the example, a small network on scikit-learn's digits, gave five results: right in 85.1, 86.2, 86.4, 87.3 and 88.0% of the cases. With the seed all five gave the same. A seed, set before the model is made, makes a run repeatable on the same machine; several seeds show how much of a gain is luck. The tutorial *Modelos baseline* asks for a systematic way to measure progress, and that needs runs which can be repeated.",
    ),
  example: {
    path: "train.py",
    bad: `import keras
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

X, y = load_digits(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X / 16, y, shuffle=False)

model = keras.Sequential([keras.layers.Dense(32, activation="relu"), keras.layers.Dense(10, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train, y_train, epochs=10, verbose=0)
print(model.evaluate(X_test, y_test, verbose=0))
`,
    good: `import keras
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(42)
X, y = load_digits(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X / 16, y, shuffle=False)

model = keras.Sequential([keras.layers.Dense(32, activation="relu"), keras.layers.Dense(10, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train, y_train, epochs=10, verbose=0)
print(model.evaluate(X_test, y_test, verbose=0))
`,
    trial: {
      text: `import subprocess
import sys

train = [sys.executable, "train.py"]
runs = {subprocess.run(train, capture_output=True, text=True, check=True).stdout for _ in range(5)}
print("Different results of 5 runs:", len(runs))
`,
      bad: "Different results of 5 runs: 5\n",
      good: "Different results of 5 runs: 1\n",
    },
  },
  concerns: (path, project) => {
    const terms = project.learningIn(path)?.terms;
    if (!terms || isTestPath(path)) return false;
    const trains = (terms.has("backward") && terms.has("zero_grad")) || (terms.has("compile") && terms.has("fit"));
    return trains && ![...seedings].some((word) => terms.has(word));
  },
  *check(module, project) {
    const flow = valueFlowOf(module);
    const training = inOrder(flow).find((call) => isTraining(call, flow));
    if (!training || !isRun(training, flow, module) || mayBeSeededElsewhere(flow, project)) return;
    yield { at: calledName(training), message: l10n.t("Nothing seeds this training: every run gives another model") };
  },
  *fixes(module) {
    const flow = valueFlowOf(module);
    const [name, seeding] = seedingIn(flow) ?? [];
    const last = flow.syntax.root.named.findLast((each) => /^(?:future_)?import(?:_from)?_statement$/.test(each.type));
    if (!name || !seeding || !last) return;
    const edits = [linesBelow(module, last, ["", seeding])];
    const fix: Fix = {
      title: l10n.t("Seed with `{0}`", name),
      kind: "quickfix",
      safe: false,
      edits: [{ path: module.path, edits }],
    };
    yield fix;
  },
};

/** A step of a PyTorch loop, or `fit` of a Keras model. */
function isTraining(call: Call, flow: ValueFlow): boolean {
  const { syntax, calls } = flow;
  const imports = (word: string) => syntax.text.includes(word);
  if (call.method === "backward") return imports("torch") && isInLoop(call);
  if (call.method !== "fit" || !/keras/.test(syntax.text)) return false;
  const models = new Set([...call.receiver, ...kerasModelsOf(call.receiver, flow)]);
  return calls.some((each) => each.method === "compile" && each.receiver.some((value) => models.has(value)));
}

function isInLoop({ node }: Call): boolean {
  return [...node.ancestors()].some((each) => each.type === "for_statement" || each.type === "while_statement");
}

/** Whether some file of the project seeds, and this one imports files of the project. */
function mayBeSeededElsewhere({ syntax }: ValueFlow, { learning }: Project): boolean {
  if (learning && !learning.seeds) return false;
  return [...syntax.ofType("import_statement"), ...syntax.ofType("import_from_statement")].some((statement) => {
    const names = statement.all("module_name").length > 0 ? statement.all("module_name") : statement.all("name");
    return names.some((name) => {
      const module = /^[\w]*/.exec(textOf(syntax, name))?.[0] ?? "";
      return module === "" || !(isStandardLibrary(module) || isKnownModule(module));
    });
  });
}

/** What seeds everything that the library draws from, by the name that the file has for it. */
function seedingIn({ scopes, names, syntax }: ValueFlow): readonly [string, string] | undefined {
  for (const [name, [binding]] of scopes.module.bindings) {
    const item =
      binding?.type === "import_statement" || binding?.type === "import_from_statement" ? binding : undefined;
    if (!item) continue;
    const identifier = syntax
      .ofType("identifier")
      .find((each) => textOf(syntax, each) === name && each.parent !== undefined && !item.holds(each));
    const meaning = identifier && names.of(identifier);
    if (meaning === "torch") return ["manual_seed", `${name}.manual_seed(42)`];
    if (meaning === "tensorflow") return ["set_random_seed", `${name}.keras.utils.set_random_seed(42)`];
    if (meaning === "keras" || meaning === "tensorflow.keras")
      return ["set_random_seed", `${name}.utils.set_random_seed(42)`];
  }
  return undefined;
}
