import type { BaselineCase } from "./cases.ts";

/** Scripts around networks and statistical models; they run where the library that they need is there. */
export const libraryCases: readonly BaselineCase[] = [
  {
    name: "batches of a loader, and right answers counted",
    needs: ["torch"],
    script: `import numpy as np
import torch
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
X, y = load_digits(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X / 16, y, random_state=0)
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Dropout(0.2), nn.Linear(32, 10))

    def forward(self, x):
        return self.layers(x)


train_data = TensorDataset(torch.tensor(X_train, dtype=torch.float32).reshape(-1, 1, 8, 8), torch.tensor(y_train))
test_data = TensorDataset(torch.tensor(X_test, dtype=torch.float32).reshape(-1, 1, 8, 8), torch.tensor(y_test))
train_loader = DataLoader(train_data, batch_size=32, shuffle=True)
test_loader = DataLoader(test_data, batch_size=100)

model = Net().to(device)
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for epoch in range(5):
    model.train()
    for images, labels in train_loader:
        images = images.view(-1, 64).to(device)
        labels = labels.to(device)
        optimizer.zero_grad()
        outputs = model(images)
        loss = criterion(outputs, labels)
        loss.backward()
        optimizer.step()

model.eval()
correct = 0
total = 0
with torch.no_grad():
    for images, labels in test_loader:
        images = images.view(-1, 64).to(device)
        labels = labels.to(device)
        outputs = model(images)
        _, predicted = torch.max(outputs.data, 1)
        total += labels.size(0)
        correct += (predicted == labels).sum().item()

accuracy = correct / total
print(f"Accuracy: {100 * accuracy:.2f} %")
`,
    rows: {
      chance: "sum(np.mean(y_train == each) ** 2 for each in range(10))",
      "most frequent class": "np.mean(y_test == np.bincount(y_train).argmax())",
      yours: "accuracy",
    },
  },
  {
    name: "functions that train and test, called from main",
    needs: ["torch"],
    script: `import torch
import torch.nn as nn
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch.utils.data import DataLoader, TensorDataset


def train(args, model, device, train_loader, optimizer, epoch):
    model.train()
    for batch_idx, (data, target) in enumerate(train_loader):
        data, target = data.to(device), target.to(device)
        optimizer.zero_grad()
        output = model(data)
        loss = F.nll_loss(output, target)
        loss.backward()
        optimizer.step()


def test(model, device, test_loader):
    model.eval()
    test_loss = 0
    correct = 0
    with torch.no_grad():
        for data, target in test_loader:
            data, target = data.to(device), target.to(device)
            output = model(data)
            test_loss += F.nll_loss(output, target, reduction="sum").item()
            pred = output.argmax(dim=1, keepdim=True)
            correct += pred.eq(target.view_as(pred)).sum().item()
    test_loss /= len(test_loader.dataset)
    print(f"Accuracy: {correct}/{len(test_loader.dataset)}")
    return correct / len(test_loader.dataset)


def main():
    torch.manual_seed(1)
    device = torch.device("cpu")
    X, y = load_digits(return_X_y=True)
    X, y = torch.tensor(X / 16, dtype=torch.float32), torch.tensor(y)
    train_loader = DataLoader(TensorDataset(X[:1400], y[:1400]), batch_size=64, shuffle=True)
    test_loader = DataLoader(TensorDataset(X[1400:], y[1400:]), batch_size=64)
    model = nn.Sequential(nn.Linear(64, 10), nn.LogSoftmax(dim=1)).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for epoch in range(1, 4):
        train(None, model, device, train_loader, optimizer, epoch)
        test(model, device, test_loader)
    torch.save(model.state_dict(), "mnist_cnn.pt")


if __name__ == "__main__":
    main()
`,
    rows: {},
  },
  {
    name: "tensors as a whole, and a threshold",
    needs: ["torch"],
    script: `import torch
from sklearn.datasets import load_breast_cancer
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

torch.manual_seed(0)
X, y = load_breast_cancer(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
scaler = StandardScaler().fit(X_train)
X_train = torch.tensor(scaler.transform(X_train), dtype=torch.float32)
X_test = torch.tensor(scaler.transform(X_test), dtype=torch.float32)
y_train = torch.tensor(y_train, dtype=torch.float32).unsqueeze(1)
y_test = torch.tensor(y_test, dtype=torch.float32).unsqueeze(1)

model = torch.nn.Sequential(torch.nn.Linear(30, 8), torch.nn.ReLU(), torch.nn.Linear(8, 1))
criterion = torch.nn.BCEWithLogitsLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(50):
    optimizer.zero_grad()
    y_pred = model(X_train)
    loss = criterion(y_pred, y_train)
    loss.backward()
    optimizer.step()

model.eval()
with torch.no_grad():
    logits = model(X_test)
    predicted = (torch.sigmoid(logits) > 0.5).float()
    print(f1_score(y_test.numpy(), predicted.numpy()))
    acc = (predicted == y_test).float().mean()
print("Accuracy:", acc.item())
`,
    rows: {
      chance: "float(y_train.mean()) ** 2 + (1 - float(y_train.mean())) ** 2",
      "most frequent class": "max(float(y_test.mean()), 1 - float(y_test.mean()))",
      yours: "acc.item()",
    },
    tolerance: { yours: 1e-6, chance: 1e-6, "most frequent class": 1e-6 },
  },
  {
    name: "lists that a loop fills, by a measure of scikit-learn",
    needs: ["torch"],
    script: `import numpy as np
import torch
from sklearn.datasets import load_digits
from sklearn.metrics import balanced_accuracy_score
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
X, y = load_digits(return_X_y=True)
X, y = torch.tensor(X, dtype=torch.float32), torch.tensor(y)
train_loader = DataLoader(TensorDataset(X[:1400], y[:1400]), batch_size=64, shuffle=True)
test_loader = DataLoader(TensorDataset(X[1400:], y[1400:]), batch_size=64)
net = torch.nn.Linear(64, 10)
optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
loss_function = torch.nn.CrossEntropyLoss()
for epoch in range(3):
    net.train()
    for i, data in enumerate(train_loader, 0):
        inputs, labels = data
        optimizer.zero_grad()
        outputs = net(inputs)
        loss = loss_function(outputs, labels)
        loss.backward()
        optimizer.step()

all_preds, all_labels = [], []
net.eval()
with torch.no_grad():
    for data in test_loader:
        inputs, labels = data
        outputs = net(inputs)
        preds = outputs.argmax(dim=1)
        all_preds.extend(preds.cpu().numpy())
        all_labels.extend(labels.cpu().numpy())
print("balanced accuracy", balanced_accuracy_score(all_labels, all_preds))
`,
    rows: {
      chance: "0.1",
      "most frequent class": "0.1",
      "simple: LogisticRegression": "balanced_accuracy_score(y[1400:].numpy(), simple.predict(X[1400:].numpy()))",
      yours: "balanced_accuracy_score(all_labels, all_preds)",
    },
  },
  {
    name: "the error of numbers, in a function that is given the loader",
    needs: ["torch"],
    script: `import torch
from sklearn.datasets import load_diabetes
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
X, y = load_diabetes(return_X_y=True)
X, y = torch.tensor(X, dtype=torch.float32), torch.tensor(y, dtype=torch.float32).view(-1, 1)
train_loader = DataLoader(TensorDataset(X[:300], y[:300]), batch_size=32, shuffle=True)
test_loader = DataLoader(TensorDataset(X[300:], y[300:]), batch_size=71)
model = nn.Sequential(nn.Linear(10, 20), nn.ReLU(), nn.Linear(20, 1))
criterion = nn.MSELoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.05)


def evaluate(model, loader, criterion):
    model.eval()
    total = 0.0
    with torch.no_grad():
        for X, y in loader:
            total += criterion(model(X), y).item()
    return total / len(loader)


for epoch in range(20):
    model.train()
    for batch_x, batch_y in train_loader:
        optimizer.zero_grad()
        loss = criterion(model(batch_x), batch_y)
        loss.backward()
        optimizer.step()
    print(epoch, evaluate(model, test_loader, criterion))
`,
    rows: {
      mean: "float(((y[300:] - y[:300].mean()) ** 2).mean())",
      median: 'float(((y[300:] - float(__import__("numpy").median(y[:300]))) ** 2).mean())',
      yours: "evaluate(model, test_loader, criterion)",
    },
    tolerance: { yours: 1.0, mean: 0.01, median: 0.01 },
  },
  {
    name: "`evaluate`, of a network that a function makes",
    needs: ["keras"],
    script: `import keras
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(0)
X, y = load_digits(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X.reshape(-1, 8, 8, 1) / 16, y, random_state=0)


def build_model():
    model = keras.Sequential()
    model.add(keras.Input(shape=(8, 8, 1)))
    model.add(keras.layers.Conv2D(8, 3, activation="relu"))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


model = build_model()
model.fit(X_train, y_train, epochs=3, verbose=0)
loss, accuracy = model.evaluate(X_test, y_test, verbose=0)
print("Accuracy:", accuracy)
`,
    rows: {
      "most frequent class": '(y_test == __import__("numpy").bincount(y_train).argmax()).mean()',
      "yours: Sequential": "accuracy",
    },
    tolerance: { "yours: Sequential": 1e-6 },
  },
  {
    name: "`predict` and argmax, with one column for each class",
    needs: ["keras"],
    script: `import numpy as np
from keras import layers, models, utils
from sklearn.datasets import load_digits
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split

utils.set_random_seed(0)
X, y = load_digits(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X / 16, utils.to_categorical(y), random_state=0)
inputs = layers.Input(shape=(64,))
outputs = layers.Dense(10, activation="softmax")(layers.Dense(32, activation="relu")(inputs))
model = models.Model(inputs, outputs)
model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train, y_train, epochs=5, verbose=0)
y_pred = np.argmax(model.predict(X_test, verbose=0), axis=1)
y_true = np.argmax(y_test, axis=1)
print(accuracy_score(y_true, y_pred))
`,
    rows: {
      "most frequent class": "np.mean(y_test.argmax(1) == y_train.sum(0).argmax())",
      "yours: Model": "np.mean(y_true == y_pred)",
    },
  },
  {
    name: "the area under the curve, of a table",
    needs: ["keras"],
    script: `import keras
from sklearn.datasets import load_breast_cancer
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(0)
frame = load_breast_cancer(as_frame=True).frame
X_train, X_test, y_train, y_test = train_test_split(frame.drop(columns="target"), frame["target"], random_state=0)
model = keras.Sequential([keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(X_train / 1000, y_train, epochs=5, verbose=0)
print(roc_auc_score(y_test, model.predict(X_test / 1000, verbose=0)))
`,
    rows: { chance: "0.5", "yours: Sequential": "roc_auc_score(y_test, model.predict(X_test / 1000, verbose=0))" },
  },
  {
    name: "`evaluate` by the error of numbers",
    needs: ["keras"],
    script: `import keras
from sklearn.datasets import load_diabetes
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(0)
X, y = load_diabetes(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = keras.Sequential([keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)])
model.compile(loss=keras.losses.MeanSquaredError(), optimizer="adam", metrics=[keras.metrics.MeanAbsoluteError()])
model.fit(X_train, y_train, epochs=5, verbose=0, validation_split=0.1)
mse, mae = model.evaluate(X_test, y_test)
print(mse, mae)
`,
    rows: { mean: "abs(y_test - y_train.mean()).mean()", "yours: Sequential": "mae" },
    tolerance: { "yours: Sequential": 0.0001 },
  },
  {
    name: "batches of a data set",
    needs: ["keras", "torch"],
    script: `import keras
import torch
from sklearn.datasets import load_digits
from torch.utils.data import DataLoader, TensorDataset

keras.utils.set_random_seed(0)
X, y = load_digits(return_X_y=True)
X, y = torch.tensor(X / 16, dtype=torch.float32), torch.tensor(y)
train_data = DataLoader(TensorDataset(X[:1400], y[:1400]), batch_size=32, shuffle=True)
test_data = DataLoader(TensorDataset(X[1400:], y[1400:]), batch_size=64)
model = keras.Sequential([keras.layers.Dense(10)])
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile(optimizer="adam", loss=loss, metrics=[keras.metrics.SparseCategoricalAccuracy()])
model.fit(train_data, epochs=3, verbose=0)
print(model.evaluate(test_data, verbose=0))
`,
    rows: {
      "yours: Sequential": 'model.evaluate(test_data, return_dict=True, verbose=0)["sparse_categorical_accuracy"]',
      "most frequent class": "float((y[1400:] == y[:1400].mode().values).float().mean())",
    },
    tolerance: { "yours: Sequential": 1e-6, "most frequent class": 1e-6 },
  },
  {
    name: "least squares",
    needs: ["statsmodels"],
    script: `import statsmodels.api as sm
from sklearn.datasets import load_diabetes
from sklearn.metrics import mean_absolute_error
from sklearn.model_selection import train_test_split

X, y = load_diabetes(return_X_y=True, as_frame=True)
X = sm.add_constant(X)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = sm.OLS(y_train, X_train)
results = model.fit()
print(results.summary())
predictions = results.predict(X_test)
print(mean_absolute_error(y_test, predictions))
`,
    rows: {
      mean: "(y_test - y_train.mean()).abs().mean()",
      median: "(y_test - y_train.median()).abs().mean()",
      "yours: OLS": "(y_test - predictions).abs().mean()",
    },
  },
  {
    name: "a formula with words and functions",
    needs: ["statsmodels"],
    script: `import numpy as np
import pandas as pd
import statsmodels.formula.api as smf
from sklearn.metrics import r2_score
from sklearn.model_selection import train_test_split

rng = np.random.default_rng(0)
frame = pd.DataFrame({"size": rng.normal(50, 10, 300), "city": rng.choice(["Rio", "Belém"], 300)})
frame["price"] = frame["size"] * 3 + (frame["city"] == "Rio") * 40 + rng.normal(0, 5, 300)
train, test = train_test_split(frame, random_state=0)
model = smf.ols("price ~ size + C(city) + np.log(size)", data=train).fit()
print(model.summary())
print(r2_score(test["price"], model.predict(test)))
`,
    rows: {
      mean: '1 - ((test["price"] - train["price"].mean()) ** 2).sum() / ((test["price"] - test["price"].mean()) ** 2).sum()',
      "yours: ols":
        '1 - ((test["price"] - model.predict(test)) ** 2).sum() / ((test["price"] - test["price"].mean()) ** 2).sum()',
    },
  },
  {
    name: "a probability and a threshold",
    needs: ["statsmodels"],
    script: `import statsmodels.api as sm
from sklearn.datasets import load_breast_cancer
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split

X, y = load_breast_cancer(return_X_y=True, as_frame=True)
X = sm.add_constant(X[["mean radius", "mean texture"]])
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
result = sm.Logit(y_train, X_train).fit(disp=0)
predicted = (result.predict(X_test) > 0.5).astype(int)
print(accuracy_score(y_test, predicted))
`,
    rows: {
      chance: "y_train.mean() ** 2 + (1 - y_train.mean()) ** 2",
      "most frequent class": "(y_test == y_train.mode()[0]).mean()",
      "yours: Logit": "(y_test == predicted).mean()",
    },
  },
];
