import * as l10n from "@vscode/l10n";
import { isTestPath } from "../../clones/test-path.ts";
import type { Rule } from "../../core/rule.ts";
import type { PythonModule } from "../../python/module.ts";
import { type Syntax, type SyntaxNode, textOf } from "../../python/syntax.ts";
import { argumentsOf, type Call, sourcesOf, type Value } from "../../python/value.ts";
import { valueFlowOf } from "../../python/value-flow.ts";
import { calledName } from "../baseline/estimators.ts";
import { handlersIn } from "./handlers.ts";
import { inputModelFix } from "./input-model.ts";

const predicting = new Set(["predict", "predict_proba", "decision_function", "transform"]);
const bodies =
  /\brequest\.(?:json\b|get_json|form\b|args\b|values\b|data\b|get_data|POST\b|GET\b|body\b|query_params)|\bself\.request\./;
const checking =
  /valid|schema|parse_obj|HTTPException|abort\(|BaseModel|pydantic|marshmallow|\bexcept\b|\braise\b|\bassert\b|(?:,|status(?:_code)?\s*=|code\s*=)\s*4\d\d\b|\.is_valid\(|Serializer|isinstance/i;
/** Annotations that say nothing of what comes. */
const untyped = /^(?:dict|Dict|list|List|Any|object|typing\.\w+|Request|JSON\w*)(?:\[.*\])?$/s;

export const unvalidatedInput: Rule<PythonModule> = {
  name: "unvalidated-input",
  topic: "serving",
  severity: { production: "warning" },
  summary: () => l10n.t("A service predicts from whatever a request brings"),
  why: () =>
    l10n.t(
      "What other programs send over HTTP is sometimes incomplete, of another type or out of all bounds. A handler that hands it to the model unseen answers with an error of the server, or, worse, with a prediction that means nothing: the year of birth in place of the age gives a risk of −18.5 in the example.\n\nA model of the input, such as Pydantic's, says which fields there must be, of which types and within which bounds: what does not fit is refused with a message that says so, before the model sees it, and whoever uses the service reads in its documentation what to send. The tutorial *Padrões de disponibilização de modelos* shows the service as an API that others call, in whatever language they write.",
    ),
  example: {
    path: "service.py",
    bad: `import joblib
from fastapi import FastAPI

app = FastAPI()
model = joblib.load("model.joblib")


@app.post("/predict")
def predict(customer: dict):
    return {"risk": float(model.predict([[customer["age"], customer["income"]]])[0])}
`,
    good: `import joblib
from fastapi import FastAPI
from pydantic import BaseModel, Field

app = FastAPI()
model = joblib.load("model.joblib")


class Customer(BaseModel):
    age: int = Field(ge=0, le=120)
    income: float = Field(ge=0)


@app.post("/predict")
def predict(customer: Customer):
    return {"risk": float(model.predict([[customer.age, customer.income]])[0])}
`,
    trial: {
      text: `import joblib
from fastapi.testclient import TestClient
from sklearn.linear_model import LinearRegression

# The risk falls with the age: 0.8 at 20, 0.2 at 80.
model = LinearRegression().fit([[20, 1000], [50, 1000], [80, 1000], [50, 3000]], [0.8, 0.5, 0.2, 0.5])
joblib.dump(model, "model.joblib")

from service import app

client = TestClient(app, raise_server_exceptions=False)
for customer in [
    {"age": 50, "income": 2000},
    {"age": 50},
    {"age": "fifty", "income": 2000},
    {"age": 1950, "income": 2000},
]:
    answer = client.post("/predict", json=customer)
    print(customer, answer.status_code, round(answer.json()["risk"], 2) if answer.is_success else "no risk")
`,
      bad: "{'age': 50, 'income': 2000} 200 0.5\n{'age': 50} 500 no risk\n{'age': 'fifty', 'income': 2000} 500 no risk\n{'age': 1950, 'income': 2000} 200 -18.5\n",
      good: "{'age': 50, 'income': 2000} 200 0.5\n{'age': 50} 422 no risk\n{'age': 'fifty', 'income': 2000} 422 no risk\n{'age': 1950, 'income': 2000} 422 no risk\n",
    },
  },
  concerns: (path, project) => project.learningIn(path)?.serves === true && !isTestPath(path),
  *check(module) {
    const flow = valueFlowOf(module);
    for (const { definition, calls } of handlersIn(flow)) {
      if (
        checking.test(
          textOf(flow.syntax, definition.parent?.type === "decorated_definition" ? definition.parent : definition),
        )
      )
        continue;
      const loose = looseParameters(definition, flow.syntax);
      const call = calls.find((each) =>
        isFedBy(each, (value) => loose.has(value.node) || bodies.test(textOf(flow.syntax, value.node))),
      );
      if (call) yield { at: calledName(call), message: l10n.t("The model predicts from what nobody has checked") };
    }
  },
  *fixes(module, problem) {
    const flow = valueFlowOf(module);
    const handler = handlersIn(flow).find(({ calls }) =>
      calls.some((call) => calledName(call).start === problem.at.start),
    );
    const [parameter] = handler ? looseParameters(handler.definition, flow.syntax) : [];
    const type = parameter?.child("type");
    if (!handler || !parameter || !type || !/^(?:dict|Dict)\b/.test(textOf(flow.syntax, type))) return;
    yield inputModelFix(module, flow, handler.definition, parameter);
  },
};

function isFedBy(call: Call, isBody: (value: Value) => boolean): boolean {
  if (!predicting.has(call.method ?? "")) return false;
  return [...sourcesOf(argumentsOf(call).flatMap(({ values }) => values))].some(isBody);
}

/** Parameters that FastAPI and BentoML fill with the body as it came. */
function looseParameters(definition: SyntaxNode, syntax: Syntax): ReadonlySet<SyntaxNode> {
  const parameters = definition.child("parameters")?.named ?? [];
  return new Set(
    parameters.filter((parameter) => {
      const type = parameter.child("type");
      return type !== undefined && untyped.test(textOf(syntax, type));
    }),
  );
}
