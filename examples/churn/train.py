# Churn model, first version. Run from this folder: python train.py
import joblib
import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score, roc_auc_score
from sklearn.model_selection import train_test_split

df = pd.read_csv("data/churn.csv")
print(df.shape)
print(df["churned"].value_counts())

train, test = train_test_split(df, test_size=0.25, random_state=42)
train = train.copy()
test = test.copy()

# prepare the training data
train["monthly_fee"] = train["monthly_fee"].fillna(train["monthly_fee"].median())
train["support_calls"] = train["support_calls"].fillna(0).clip(upper=10)
train["fee_per_month"] = train["monthly_fee"] / (train["tenure_months"] + 1)
train["is_new"] = (train["tenure_months"] < 6).astype(int)
train["days_away"] = np.log1p(train["last_login_days"])
train["plan_level"] = train["plan"].map({"basic": 0, "plus": 1, "family": 2})
train = train.drop(columns=["customer_id", "plan", "region", "last_login_days"])

# same for the test data
plans = test["plan"]
test["monthly_fee"] = test["monthly_fee"].fillna(test["monthly_fee"].median())
test["support_calls"] = test["support_calls"].fillna(0).clip(upper=10)
test["fee_per_month"] = test["monthly_fee"] / (test["tenure_months"] + 1)
test["is_new"] = (test["tenure_months"] < 6).astype(int)
test["days_away"] = np.log1p(test["last_login_days"])
test["plan_level"] = test["plan"].map({"basic": 0, "plus": 1, "family": 2})
test = test.drop(columns=["customer_id", "plan", "region", "last_login_days"])

X_train = train.drop(columns=["churned"])
y_train = train["churned"]
X_test = test.drop(columns=["churned"])
y_test = test["churned"]

results = {}

# logistic regression
model = LogisticRegression(max_iter=5000)
model.fit(X_train, y_train)
predicted = model.predict(X_test)
scores = model.predict_proba(X_test)[:, 1]
accuracy = accuracy_score(y_test, predicted)
f1 = f1_score(y_test, predicted)
auc = roc_auc_score(y_test, scores)
print(f"accuracy {accuracy:.3f}  f1 {f1:.3f}  auc {auc:.3f}")
results["logistic regression"] = auc

# random forest
model = RandomForestClassifier(n_estimators=200, random_state=42)
model.fit(X_train, y_train)
predicted = model.predict(X_test)
scores = model.predict_proba(X_test)[:, 1]
accuracy = accuracy_score(y_test, predicted)
f1 = f1_score(y_test, predicted)
auc = roc_auc_score(y_test, scores)
print(f"accuracy {accuracy:.3f}  f1 {f1:.3f}  auc {auc:.3f}")
results["random forest"] = auc

# where is it wrong?
errors = {}
for plan, truth, guess in zip(plans, y_test, predicted):
    total, wrong = errors.get(plan, (0, 0))
    if truth != guess:
        wrong += 1
    errors[plan] = (total + 1, wrong)
for plan, (total, wrong) in sorted(errors.items()):
    print(plan, total, wrong, round(wrong / total, 2))

print("best:", max(results, key=results.get))
joblib.dump(model, "model.joblib")
