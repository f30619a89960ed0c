// The fixes of the baseline rules: none is safe, for each changes the numbers; what they write is shown here.
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../server/core/edit.ts";
import type { Fix } from "../server/core/rule.ts";
import { defaultSettings } from "../server/core/settings.ts";
import { Workspace } from "../server/host/workspace.ts";
import { languageOf } from "../server/languages.ts";
import { grammars } from "./grammars.ts";
import { folderWith } from "./lsp-client.ts";

await grammars();

/** The first fix of the first finding of a rule in a script that is a whole project. */
function fixOf(rule: string, text: string): Fix | undefined {
  const folder = folderWith({ "train.py": text });
  try {
    const workspace = new Workspace(folder.root, defaultSettings);
    for (const _ of workspace.scan());
    const language = languageOf("train.py");
    assert.ok(language);
    workspace.open("train.py", language, text);
    const finding = workspace.check("train.py").find((each) => each.rule === rule);
    assert.ok(finding, `no ${rule}`);
    return workspace.fixes("train.py", [finding])[0]?.[0];
  } finally {
    folder.dispose();
  }
}

function fixed(rule: string, text: string): string {
  const fix = fixOf(rule, text);
  assert.equal(fix?.safe, false);
  assert.equal(fix.refused, undefined);
  return applyEdits(text, fix.edits[0]?.edits ?? []);
}

test("a seed is added as the last argument, in the layout of the call", () => {
  const call = (args: string) => `from sklearn.model_selection import train_test_split\ntrain_test_split(${args})\n`;
  const pairs = [
    ["X, y", "X, y, random_state=42"],
    ["X, y, ", "X, y, random_state=42 "],
    ["\n    X,\n    y,\n", "\n    X,\n    y,\n    random_state=42,\n"],
    ["", "random_state=42"],
  ] as const;
  for (const [before, after] of pairs) assert.equal(fixed("unseeded-split", call(before)), call(after));
});

test("a transformer moves behind the split, and gets a name if it had none", () => {
  const head =
    "from sklearn.feature_selection import SelectKBest\nfrom sklearn.model_selection import train_test_split\n";
  const before = `${head}Z = SelectKBest(k=20).fit_transform(X, y)
a, b, c, d = train_test_split(Z, y, random_state=0)
print(a)
`;
  assert.equal(
    fixed("fit-before-split", before),
    `${head}a, b, c, d = train_test_split(X, y, random_state=0)
best = SelectKBest(k=20)
a = best.fit_transform(a, c)
b = best.transform(b)
print(a)
`,
  );
  const named = before
    .replace("SelectKBest(k=20).fit", "selector.fit")
    .replace("Z = ", "selector = SelectKBest()\nZ = ");
  assert.match(
    fixed("fit-before-split", named),
    /selector = SelectKBest\(\)\na, b, c, d = .*\na = selector\.fit_transform\(a, c\)\nb = selector\.transform\(b\)\n/,
  );
  assert.match(fixOf("fit-before-split", `${before}print(Z)\n`)?.refused ?? "", /can be moved/);
  assert.match(fixOf("fit-before-split", before.replace("a, b, c, d =", "parts ="))?.refused ?? "", /can be moved/);
});

test("a second fit becomes a transform, without labels, if there was a first", () => {
  const text = (second: string) => `from sklearn.feature_selection import SelectKBest
best = SelectKBest()
X_train = best.fit_transform(X_train, y_train)
X_test = best.${second}
`;
  assert.equal(fixed("refit-on-test", text("fit_transform(X_test, y_test)")), text("transform(X_test)"));
  const alone = text("fit_transform(X_test)").replace(/^X_train.*\n/m, "");
  assert.match(fixOf("refit-on-test", alone)?.refused ?? "", /not fitted on the training data/);
});

const script = `from sklearn.metrics import accuracy_score
from sklearn.ensemble import GradientBoostingClassifier

model = GradientBoostingClassifier().fit(X_train, y_train)
predicted = model.predict(X_test)
print(accuracy_score(y_test, predicted))
`;

test("the whole comparison is the fix of a missing baseline and of a complex model alone", () => {
  for (const rule of ["missing-baseline", "complex-first"]) {
    assert.match(
      fixed(rule, script),
      /\n\n# Baselines: [^\n]*\ndummy = DummyClassifier\(strategy="prior"\)\.fit\(X_train, y_train\)\nsimple = DecisionTree/,
    );
  }
  const unseen = script.replace(
    "print(accuracy_score(y_test, predicted))",
    "def judge():\n    return accuracy_score(y_test, predicted)",
  );
  assert.match(fixOf("missing-baseline", unseen)?.refused ?? "", /`return`/);
});

test("a loop of PyTorch that counts right answers is compared by the same fix", () => {
  const counting = `import torch

model = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.Linear(8, 2))
optimizer = torch.optim.Adam(model.parameters())
for rows, labels in train_loader:
    optimizer.zero_grad()
    torch.nn.functional.cross_entropy(model(rows), labels).backward()
    optimizer.step()
correct = 0
for rows, labels in test_loader:
    correct += (model(rows).argmax(1) == labels).sum().item()
print(correct)
`;
  for (const rule of ["missing-baseline", "complex-first"])
    assert.match(fixed(rule, counting), /\n# Baselines: [\s\S]* for rows, labels in test_loader/);
});

test("errors are shown below the number", () => {
  assert.match(
    fixed("missing-error-analysis", script),
    /import confusion_matrix\n[\s\S]*predicted\)\)\nprint\(confusion_matrix\(y_test, predicted\)\)\n$/,
  );
  const numbers = script.replaceAll("accuracy_score", "mean_absolute_error").replaceAll("Classifier", "Regressor");
  assert.match(
    fixed("missing-error-analysis", numbers),
    /for true, guess in zip\(y_test, predicted\)\]\nprint\(sorted\(errors, reverse=True\)\[:10\]\)\n$/,
  );
  assert.match(
    fixed("accuracy-only", script),
    /import balanced_accuracy_score, confusion_matrix\n[\s\S]*balanced_accuracy_score\(y_test, predicted\)\) {2}# chance: 1 \/ number of classes\nprint\(confusion_matrix\(y_test, predicted\)\)\n$/,
  );
});

test("a training is seeded below the imports, by the name that the file has for the library", () => {
  const text = `import numpy
import torch as t

for X, y in loader:
    optimizer.zero_grad()
    loss = t.mean(model(X) - y)
    loss.backward()
`;
  assert.equal(
    fixed("unseeded-training", text),
    text.replace("import torch as t\n", "import torch as t\n\nt.manual_seed(42)\n"),
  );
});
