# Second try: gradient boosting and cross validation. Copied from train.py because I did not want to break it.
import numpy as np
import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.metrics import accuracy_score, f1_score, roc_auc_score
from sklearn.model_selection import cross_val_score, train_test_split

train = pd.read_csv("data/churn.csv")
regions = train["region"]

# prepare the training data
train["monthly_fee"] = train["monthly_fee"].fillna(train["monthly_fee"].median())
train["support_calls"] = train["support_calls"].fillna(0).clip(upper=10)
train["fee_per_month"] = train["monthly_fee"] / (train["tenure_months"] + 1)
train["is_new"] = (train["tenure_months"] < 6).astype(int)
train["days_away"] = np.log1p(train["last_login_days"])
train["plan_level"] = train["plan"].map({"basic": 0, "plus": 1, "family": 2})
train = train.drop(columns=["customer_id", "plan", "region", "last_login_days"])

X = train.drop(columns=["churned"])
y = train["churned"]

for depth in [2, 3, 4]:
    model = GradientBoostingClassifier(max_depth=depth, random_state=42)
    auc = cross_val_score(model, X, y, cv=5, scoring="roc_auc")
    print(f"depth {depth}: auc {auc.mean():.3f} +- {auc.std():.3f}")

X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=42)
model = GradientBoostingClassifier(max_depth=2, random_state=42)
model.fit(X_train, y_train)
predicted = model.predict(X_test)
scores = model.predict_proba(X_test)[:, 1]
accuracy = accuracy_score(y_test, predicted)
f1 = f1_score(y_test, predicted)
auc = roc_auc_score(y_test, scores)
print(f"accuracy {accuracy:.3f}  f1 {f1:.3f}  auc {auc:.3f}")

# wrong answers per region
regions = regions.loc[X_test.index]
mistakes = {}
for region, actual, answer in zip(regions, y_test, predicted):
    count, bad = mistakes.get(region, (0, 0))
    if actual != answer:
        bad += 1
    mistakes[region] = (count + 1, bad)
for region, (count, bad) in sorted(mistakes.items()):
    print(region, count, bad, round(bad / count, 2))
