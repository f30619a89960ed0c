# Prints the customers who are most likely to leave: python predict.py [customers.csv]
import sys

import joblib
import numpy as np
import pandas as pd

model = joblib.load("model.joblib")

path = sys.argv[1] if len(sys.argv) > 1 else "data/churn.csv"
customers = pd.read_csv(path)
ids = customers["customer_id"]

# must be the same as in train.py!!
customers["monthly_fee"] = customers["monthly_fee"].fillna(customers["monthly_fee"].median())
customers["support_calls"] = customers["support_calls"].fillna(0).clip(upper=10)
customers["fee_per_month"] = customers["monthly_fee"] / (customers["tenure_months"] + 1)
customers["is_new"] = (customers["tenure_months"] < 6).astype(int)
customers["days_away"] = np.log1p(customers["last_login_days"])
customers["plan_level"] = customers["plan"].map({"basic": 0, "plus": 1, "family": 2})
customers = customers.drop(columns=["customer_id", "plan", "region", "last_login_days"])

risk = model.predict_proba(customers[model.feature_names_in_])[:, 1]
table = pd.DataFrame({"customer_id": ids, "risk": risk})
print(table.sort_values("risk", ascending=False).head(10).to_string(index=False))
