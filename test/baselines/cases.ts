/**
 * Scripts that judge a model, with the comparison's rows as they must be, each computed in another way: an expression of
 * numpy and plain Python over the script's own data. `npm run test:baselines` runs them with scikit-learn.
 */
export interface BaselineCase {
  readonly name: string;
  readonly script: string;
  /** The libraries without which the script does not run, beyond scikit-learn. */
  readonly needs?: readonly ("torch" | "keras" | "statsmodels")[];
  /** What is put in place of `None` for the rule. */
  readonly rule?: string;
  readonly rows: Readonly<Record<string, string>>;
  /** How far a row may be from its expression: those that are drawn by lot. */
  readonly tolerance?: Readonly<Record<string, number>>;
}

const classes = `import numpy as np
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split

X, y = make_classification(600, 12, weights=[0.8], flip_y=0.05, random_state=3)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
`;
const numbers = `import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.model_selection import train_test_split

X, y = load_diabetes(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
`;
const tree = (kind: string) =>
  `__import__("sklearn.tree").tree.DecisionTree${kind}(max_depth=3, random_state=0).fit(X_train, y_train)`;
const majority = "np.bincount(y_train).argmax()";

export const baselineCases: readonly BaselineCase[] = [
  {
    name: "accuracy of a forest, beside a rule",
    script: `${classes}
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score

model = RandomForestClassifier(random_state=0).fit(X_train, y_train)
predicted = model.predict(X_test)
print(accuracy_score(y_test, predicted))
`,
    rule: "(X_test[:, 0] > 0).astype(int)",
    rows: {
      chance: "np.mean(y_train == 0) ** 2 + np.mean(y_train == 1) ** 2",
      "most frequent class": `np.mean(y_test == ${majority})`,
      rule: "np.mean(y_test == (X_test[:, 0] > 0))",
      "simple: DecisionTreeClassifier": `np.mean(y_test == ${tree("Classifier")}.predict(X_test))`,
      "yours: RandomForestClassifier": "np.mean(y_test == predicted)",
    },
  },
  {
    name: "F1 of a pipeline, whose steps the simple model shares",
    script: `${classes}
from sklearn import metrics
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC


def main():
    model = make_pipeline(StandardScaler(), SVC())
    model.fit(X_train, y_train)
    print(metrics.f1_score(y_test, model.predict(X_test)))
    return model


if __name__ == "__main__":
    main()
`,
    rows: {},
  },
  {
    name: "balanced accuracy, of all models in a loop",
    script: `${classes}
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.metrics import balanced_accuracy_score
from sklearn.svm import SVC

for model in [SVC(), GradientBoostingClassifier(random_state=0)]:
    model.fit(X_train, y_train)
    guess = model.predict(X_test)
    print(balanced_accuracy_score(y_test, guess))
`,
    rows: {
      chance: "0.5",
      "most frequent class": "0.5",
      yours: "np.mean([np.mean(guess[y_test == label] == label) for label in (0, 1)])",
    },
  },
  {
    name: "F1, whose chance is drawn by lot",
    script: `${classes}
from sklearn.metrics import f1_score
from sklearn.svm import SVC

classifier = SVC()
classifier.fit(X_train, y_train)
print(f"{f1_score(y_test, classifier.predict(X_test)):.2f}")
`,
    rows: {
      chance: "2 * np.mean(y_train) * np.mean(y_test) / (np.mean(y_train) + np.mean(y_test))",
      "most frequent class": "0.0",
      "yours: SVC":
        "2 * np.sum(classifier.predict(X_test) & y_test) / (np.sum(classifier.predict(X_test)) + np.sum(y_test))",
    },
    tolerance: { chance: 0.05 },
  },
  {
    name: "the area under the curve, with holes in the data",
    script: `${classes}
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

X_train[::7, 0] = np.nan
model = HistGradientBoostingClassifier(random_state=0)
model.fit(X_train, y_train)
scores = model.predict_proba(X_test)[:, 1]
auc = roc_auc_score(y_test, scores)
print(auc)
`,
    rows: {
      chance: "0.5",
      "most frequent class": "0.5",
      "yours: HistGradientBoostingClassifier":
        "np.mean([(scores[a] > scores[b]) + 0.5 * (scores[a] == scores[b]) for a in np.flatnonzero(y_test) for b in np.flatnonzero(y_test == 0)])",
    },
  },
  {
    name: "log loss of three classes",
    script: `import numpy as np
from sklearn.datasets import load_iris
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.metrics import log_loss
from sklearn.model_selection import train_test_split

X, y = load_iris(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = ExtraTreesClassifier(min_samples_leaf=5, random_state=0).fit(X_train, y_train)
print(log_loss(y_test, model.predict_proba(X_test)))
`,
    rows: {
      chance: "np.log(3)",
      "most frequent class": "-np.mean(np.log(np.bincount(y_train)[y_test] / len(y_train)))",
      "yours: ExtraTreesClassifier": "-np.mean(np.log(model.predict_proba(X_test)[np.arange(len(y_test)), y_test]))",
    },
  },
  {
    name: "the error of numbers",
    script: `${numbers}
from sklearn.metrics import mean_absolute_error
from sklearn.svm import SVR

model = SVR(C=100).fit(X_train, y_train)
print(mean_absolute_error(y_test, model.predict(X_test)))
`,
    rows: {
      mean: "np.mean(np.abs(y_test - np.mean(y_train)))",
      median: "np.mean(np.abs(y_test - np.median(y_train)))",
      "simple: LinearRegression":
        "np.mean(np.abs(y_test - np.c_[X_test, np.ones(len(X_test))] @ np.linalg.lstsq(np.c_[X_train, np.ones(len(X_train))], y_train, rcond=None)[0]))",
      "yours: SVR": "np.mean(np.abs(y_test - model.predict(X_test)))",
    },
  },
  {
    name: "the score of a search over a pipeline of text",
    script: `import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import GridSearchCV, train_test_split
from sklearn.pipeline import Pipeline
from sklearn.svm import LinearSVC

words = ["good film", "bad film", "a good book", "a bad book", "good", "bad", "nice", "awful"] * 10
labels = np.array([1, 0, 1, 0, 1, 0, 1, 0] * 10)
X_train, X_test, y_train, y_test = train_test_split(words, labels, random_state=0)
search = GridSearchCV(Pipeline([("words", TfidfVectorizer()), ("model", LinearSVC())]), {"model__C": [1, 10]})
search.fit(X_train, y_train)
print(search.score(X_test, y_test))
`,
    rows: {
      chance: "np.mean(y_train == 0) ** 2 + np.mean(y_train == 1) ** 2",
      "most frequent class": `np.mean(y_test == ${majority})`,
      "yours: LinearSVC": "np.mean(search.predict(X_test) == y_test)",
    },
  },
  {
    name: "cross-validation by accuracy",
    script: `import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import cross_val_score

X, y = load_breast_cancer(return_X_y=True)
scores = cross_val_score(RandomForestClassifier(n_estimators=20, random_state=0), X, y, cv=3)
print(scores.mean())
`,
    rule: "(X[:, 0] < 15).astype(int)",
    rows: {
      chance: "np.mean(y) ** 2 + np.mean(1 - y) ** 2",
      rule: "np.mean((X[:, 0] < 15) == y)",
      "yours: RandomForestClassifier": "scores.mean()",
    },
  },
  {
    name: "cross-validation by an error",
    script: `import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.linear_model import Ridge
from sklearn.model_selection import KFold, cross_validate

X, y = load_diabetes(return_X_y=True)
folds = KFold(4, shuffle=True, random_state=0)
found = cross_validate(Ridge(), X, y, cv=folds, scoring="neg_mean_absolute_error")
print(-found["test_score"].mean())
`,
    rows: {
      mean: "np.mean([np.mean(np.abs(y[test] - np.mean(y[train]))) for train, test in folds.split(X)])",
      median: "np.mean([np.mean(np.abs(y[test] - np.median(y[train]))) for train, test in folds.split(X)])",
      "yours: Ridge": '-found["test_score"].mean()',
    },
  },
  {
    name: "R² in a function, with names that are taken",
    script: `${numbers}
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.metrics import r2_score


def train(ladder, row=1):
    """Trains the model, and tells how good it is."""
    simple = GradientBoostingRegressor(random_state=0)
    simple.fit(X_train, y_train)
    print(ladder, r2_score(y_test, simple.predict(X_test)))
    return simple


if __name__ == "__main__":
    train("gradient boosting")
`,
    rows: {},
  },
];
