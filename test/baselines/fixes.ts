/**
 * Scripts that smell, what the first fix writes in place of a piece of them, and the lines that the result prints beyond those of
 * the script: computed in another way, as Python. `npm run test:examples` runs both and compares.
 */
export interface FixCase {
  readonly rule: string;
  readonly name: string;
  readonly script: string;
  readonly old: string;
  readonly written: string;
  /** An expression whose text is printed further; without it the script prints what it printed before. */
  readonly prints?: string;
}

const table = `import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

frame = pd.DataFrame(np.random.default_rng(0).normal(size=(40, 3)), columns=["a", "b", "c"])
model = LogisticRegression().fit(frame.to_numpy(), (frame["a"] > 0).astype(int))
X = frame.to_numpy()
`;
const divided = `import numpy as np
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier

X, y = make_classification(300, flip_y=0.1, random_state=0)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
`;

export const fixCases: readonly FixCase[] = [
  {
    rule: "row-by-row-prediction",
    name: "a list of answers",
    script: `${table}
answers = [model.predict([row])[0] for row in frame.values]
print(sum(answers), type(answers).__name__)
`,
    old: "[model.predict([row])[0] for row in frame.values]",
    written: "list(model.predict(frame.values))",
  },
  {
    rule: "row-by-row-prediction",
    name: "a list that is filled by position",
    script: `${table}
answers = []
for i in range(len(X)):
    answers.append(model.predict(X[i].reshape(1, -1))[0])
print(sum(answers), len(answers))
`,
    old: "for i in range(len(X)):\n    answers.append(model.predict(X[i].reshape(1, -1))[0])",
    written: "answers.extend(model.predict(X))",
  },
  {
    rule: "row-by-row-prediction",
    name: "a column of the table",
    script: `${table}
columns = ["a", "b", "c"]
for index, row in frame.iterrows():
    frame.loc[index, "answer"] = model.predict([row[columns]])[0]
print(int(frame["answer"].sum()))
`,
    old: 'for index, row in frame.iterrows():\n    frame.loc[index, "answer"] = model.predict([row[columns]])[0]',
    written: 'frame["answer"] = model.predict(frame[columns])',
  },
  {
    rule: "row-by-row-prediction",
    name: "a function that is applied to each row",
    script: `${table}
answers = frame.apply(lambda row: model.predict([row])[0], axis=1)
print(answers.sum())
`,
    old: "frame.apply(lambda row: model.predict([row])[0], axis=1)",
    written: "model.predict(frame)",
  },
  {
    rule: "scored-on-train",
    name: "the test data of the split is there",
    script: `${divided}
model = DecisionTreeClassifier(random_state=0)
model.fit(X_train, y_train)
print(model.score(X_train, y_train))
`,
    old: "print(model.score(X_train, y_train))\n",
    written: 'print(model.score(X_train, y_train))\nprint("test:", model.score(X_test, y_test))\n',
    prints: '"test: " + str(float(np.mean(model.predict(X_test) == y_test)))',
  },
  {
    rule: "scored-on-train",
    name: "nothing was held back",
    script: `import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.linear_model import Ridge
from sklearn.metrics import mean_absolute_error

X, y = load_diabetes(return_X_y=True)
model = Ridge().fit(X, y)
predicted = model.predict(X)
print(mean_absolute_error(y, predicted))
`,
    old: "print(mean_absolute_error(y, predicted))\n",
    written:
      'print(mean_absolute_error(y, predicted))\nprint("cross-validated:", -cross_val_score(model, X, y, scoring="neg_mean_absolute_error").mean())\n',
    prints:
      '"cross-validated: " + str(np.mean([np.mean(np.abs(y[fold] - Ridge().fit(np.delete(X, fold, 0), np.delete(y, fold)).predict(X[fold]))) for fold in np.array_split(np.arange(len(y)), 5)]))',
  },
  {
    rule: "tuned-on-test",
    name: "the best depth of a loop",
    script: `${divided}
best = 0
for depth in range(1, 4):
    score = DecisionTreeClassifier(max_depth=depth, random_state=0).fit(X_train, y_train).score(X_test, y_test)
    if score > best:
        best = score
print("done")
`,
    old: "DecisionTreeClassifier(max_depth=depth, random_state=0).fit(X_train, y_train).score(X_test, y_test)",
    written: "cross_val_score(DecisionTreeClassifier(max_depth=depth, random_state=0), X_train, y_train).mean()",
  },
  {
    rule: "tuned-on-test",
    name: "a search on the test data",
    script: `${divided}
from sklearn.model_selection import GridSearchCV

search = GridSearchCV(DecisionTreeClassifier(random_state=0), {"max_depth": [1, 2]})
search.fit(X_test, y_test)
print(search.n_splits_)
`,
    old: "search.fit(X_test, y_test)",
    written: "search.fit(X_train, y_train)",
  },
  {
    rule: "notebook-in-production",
    name: "the cells of an export run in main",
    script: `#!/usr/bin/env python
# coding: utf-8

# In[1]:


import math


# In[2]:


# The area of a circle
def area(radius):
    return math.pi * radius**2


# In[3]:


# Two of them
for radius in (1, 2):
    print(area(radius))


# In[4]:


total = area(3)
print(total)
`,
    old: `# In[1]:


import math


# In[2]:


# The area of a circle
def area(radius):
    return math.pi * radius**2


# In[3]:


# Two of them
for radius in (1, 2):
    print(area(radius))


# In[4]:


total = area(3)
print(total)
`,
    written: `import math


# The area of a circle
def area(radius):
    return math.pi * radius**2


def main():
    # Two of them
    for radius in (1, 2):
        print(area(radius))

    total = area(3)
    print(total)


if __name__ == "__main__":
    main()
`,
  },
];
