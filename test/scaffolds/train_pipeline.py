# The example's model, with its preparation inside: what is saved takes the rows as they come.
import joblib
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

NUMBERS = ["age", "tenure_months", "monthly_fee", "support_calls", "last_login_days"]
WORDS = ["plan", "region"]

customers = pd.read_csv("data/churn.csv")
train, test = train_test_split(customers, test_size=0.25, random_state=42)
model = make_pipeline(
    ColumnTransformer(
        [
            ("numbers", SimpleImputer(strategy="median"), NUMBERS),
            ("words", OneHotEncoder(handle_unknown="ignore"), WORDS),
        ]
    ),
    RandomForestClassifier(n_estimators=50, random_state=42),
)
model.fit(train[NUMBERS + WORDS], train["churned"])
shares = model.predict_proba(test[NUMBERS + WORDS])[:, 1]
print(roc_auc_score(test["churned"], shares))
joblib.dump(model, "pipeline.joblib")
