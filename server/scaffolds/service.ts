import * as l10n from "@vscode/l10n";
import { notesOf } from "./notes.ts";
import { callText, comment, docstring, literal, pandasType, pythonType } from "./python-text.ts";
import { modelLibraries, pinnedRequirements } from "./requirements.ts";
import { inFolder, type Scaffold, type ServedModel } from "./scaffold.ts";
import { serviceReadme } from "./service-readme.ts";
import { serviceTests } from "./service-tests.ts";
import { standInModule } from "./stand-in.ts";

/** An online service: FastAPI, one model that is loaded once, and rows that are checked before it sees them. */
export function serviceScaffold(served: ServedModel): Scaffold {
  const runtime = pinnedRequirements(
    ["fastapi", "joblib", "pandas", "pydantic", "uvicorn", ...modelLibraries(served)],
    served,
  );
  const development = pinnedRequirements(["httpx2", "pytest"], served);
  const texts: Readonly<Record<string, string>> = {
    "__init__.py": `${docstring(l10n.t("Answers with the predictions of a model, over HTTP."))}\n`,
    "app.py": appText(served),
    "model.py": modelText(served),
    "schema.py": schemaText(served),
    "tests/__init__.py": "",
    "tests/stand_in.py": standInModule(served, `${served.folder}.model`),
    "tests/test_service.py": serviceTests(served),
    "requirements.txt": runtime.text,
    "requirements-dev.txt": `-r requirements.txt\n${development.text}`,
    Dockerfile: dockerText(served),
    "Dockerfile.dockerignore": ignoreText(served),
    "README.md": serviceReadme(served, runtime.assumed),
  };
  return {
    files: Object.entries(texts).map(([name, text]) => ({ path: inFolder(served, name), text })),
    readme: inFolder(served, "README.md"),
    notes: notesOf(served, runtime.assumed),
  };
}

/** The rows that are asked about, and the answers, as Pydantic checks them. */
export function schemaText({ features, training }: ServedModel): string {
  const fields = features.map(({ column, field, kind, isOptional, example, computedAt, isAssumed }) => {
    const parts = [
      ...(isOptional ? ["default=None"] : []),
      ...(field === column ? [] : [`alias=${literal(column)}`]),
      `examples=[${example}]`,
      ...(computedAt === undefined
        ? []
        : [`description=${literal(l10n.t("Computed as in {0}, line {1}", training.path, computedAt))}`]),
    ];
    const type = isOptional ? `${pythonType(kind)} | None` : pythonType(kind);
    const line = callText(`${field}: ${type} = Field(`, parts, ")", "    ");
    if (!isAssumed) return line;
    return `${comment(l10n.t("CHECK: nothing says what this column holds; a number is assumed."), "    ")}\n${line}`;
  });
  const prediction =
    training.task === "numbers"
      ? "    prediction: float\n"
      : `    prediction: ${training.label === undefined || training.label === "number" ? "int | float | str" : pythonType(training.label)}
    probabilities: dict[str, float] | None = Field(
        default=None, description=${literal(l10n.t("Of every class, if the model tells them."))}
    )
`;
  return `${docstring(l10n.t("What the service is asked, and what it answers."))}

from pydantic import BaseModel, ConfigDict, Field

MAX_ROWS = 1000


class Features(BaseModel):
${docstring(l10n.t("One row, with the columns on which {0} fits the model.", training.path), "    ")}

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

${fields.join("\n")}


class Rows(BaseModel):
${docstring(l10n.t("Several rows that are asked about at once."), "    ")}

    rows: list[Features] = Field(min_length=1, max_length=MAX_ROWS)


class Prediction(BaseModel):
${docstring(l10n.t("The answer for one row."), "    ")}

${prediction}

class Predictions(BaseModel):
${docstring(l10n.t("The answers, in the order of the rows."), "    ")}

    predictions: list[Prediction]
`;
}

/** The module that loads the model, checks it, and asks it. */
export function modelText(served: ServedModel): string {
  const { features, training, modelPath } = served;
  const columns = features.map(({ column, kind, isOptional }) => {
    const type = isOptional && kind !== "text" ? "float64" : pandasType(kind);
    return `    ${literal(column)}: ${literal(type)},`;
  });
  const series = training.isSeries ? `[${literal(features[0]?.column ?? "")}]` : "";
  const answers =
    training.task === "numbers"
      ? `        return [{"prediction": number} for number in self._estimator.predict(asked).tolist()]
`
      : `        labels = self._estimator.predict(asked).tolist()
        if not hasattr(self._estimator, "predict_proba"):
            return [{"prediction": label} for label in labels]
        classes = [str(label) for label in self._estimator.classes_]
        return [
            {"prediction": label, "probabilities": dict(zip(classes, shares))}
            for label, shares in zip(
                labels, self._estimator.predict_proba(asked).tolist()
            )
        ]
`;
  return `${docstring(l10n.t("Loads the model and asks it."))}

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import joblib
import pandas as pd

${comment(l10n.t("The file that {0} saves; the variable MODEL_PATH names another one.", training.path))}
MODEL_PATH = Path(__file__).resolve().parents[1] / ${literal(modelPath)}

${comment(l10n.t("The columns on which the model was fitted, and their types."))}
COLUMNS = {
${columns.join("\n")}
}


class ModelError(RuntimeError):
${docstring(l10n.t("The model cannot be served."), "    ")}


class Model:
${docstring(l10n.t("A fitted model that was checked against the columns of the service."), "    ")}

    def __init__(self, estimator: Any) -> None:
        if not hasattr(estimator, "predict"):
${callText("raise ModelError(", [literal(l10n.t("The file holds no model: it cannot predict."))], ")", "            ")}
        self._columns = list(getattr(estimator, "feature_names_in_", COLUMNS))
        if set(self._columns) != set(COLUMNS):
            raise ModelError(
                ${literal(l10n.t("The model was fitted on other columns than the service asks for: "))}
                + ", ".join(sorted(set(self._columns) ^ set(COLUMNS)))
            )
        self._estimator = estimator

    def predict(self, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
${docstring(l10n.t("Asks the model once for all rows."), "        ")}
        table = pd.DataFrame(list(rows), columns=self._columns)
        asked = table.where(table.notna(), float("nan")).astype(COLUMNS)${series}
${answers}

def model_path() -> Path:
${docstring(l10n.t("The file that is loaded."), "    ")}
    return Path(os.environ.get("MODEL_PATH", MODEL_PATH))


def load_model(path: Path) -> Model:
${docstring(l10n.t("Reads the model; a ModelError says what is wrong with the file."), "    ")}
    if not path.is_file():
${callText("raise ModelError(", [`f${literal(l10n.t("There is no model at {0}: run {1} first.", "{path}", training.path.replace(/[{}]/g, "$&$&")))}`], ")", "        ")}
    try:
        estimator = joblib.load(path)
    except (AttributeError, ImportError) as error:
${callText("raise ModelError(", [`f${literal(l10n.t("The model needs code that is not here: {0}", "{error}"))}`], ") from error", "        ")}
    return Model(estimator)
`;
}

function appText(served: ServedModel): string {
  const { folder } = served;
  return `${docstring(l10n.t("The service: uvicorn {0}.app:app", folder))}

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from ${folder}.model import Model, load_model, model_path
from ${folder}.schema import Features, Prediction, Predictions, Rows

logger = logging.getLogger(__name__)

${comment(l10n.t("What is wrong with a value, by the names that Pydantic has for it."))}
PROBLEMS = {
    "missing": ${literal(l10n.t("is missing"))},
    "extra_forbidden": ${literal(l10n.t("is no column of the model"))},
    "int_parsing": ${literal(l10n.t("must be a whole number"))},
    "int_type": ${literal(l10n.t("must be a whole number"))},
    "int_from_float": ${literal(l10n.t("must be a whole number"))},
    "float_parsing": ${literal(l10n.t("must be a number"))},
    "float_type": ${literal(l10n.t("must be a number"))},
    "finite_number": ${literal(l10n.t("must be a finite number"))},
    "bool_parsing": ${literal(l10n.t("must be true or false"))},
    "bool_type": ${literal(l10n.t("must be true or false"))},
    "string_type": ${literal(l10n.t("must be a text"))},
    "json_invalid": ${literal(l10n.t("is no valid JSON"))},
}


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
${docstring(l10n.t("Loads the model once, before the first request; without it the service does not start."), "    ")}
    path = model_path()
    app.state.model = load_model(path)
    logger.info("model loaded from %s", path)
    yield


app = FastAPI(title=${literal(titleOf(served))}, lifespan=lifespan)


@app.exception_handler(RequestValidationError)
async def refuse(request: Request, error: RequestValidationError) -> JSONResponse:
${docstring(l10n.t("Says of every wrong value where it stands and what is wrong with it."), "    ")}
    problems = [
        {
            "field": ".".join(str(part) for part in each["loc"][1:]),
            "problem": PROBLEMS.get(each["type"], each["msg"]),
        }
        for each in error.errors()
    ]
    logger.info("%s refused: %s", request.url.path, problems)
    detail = ${literal(l10n.t("The request does not fit."))}
    return JSONResponse(
        status_code=422, content={"detail": detail, "problems": problems}
    )


@app.get("/health")
def health() -> dict[str, str]:
${docstring(l10n.t("Answers as soon as the model is loaded."), "    ")}
    return {"status": "ok"}


@app.post("/predict")
def predict(row: Features, request: Request) -> Prediction:
${docstring(l10n.t("Predicts one row."), "    ")}
    return answers([row], request.app.state.model)[0]


@app.post("/predict/many")
def predict_many(asked: Rows, request: Request) -> Predictions:
${docstring(l10n.t("Predicts several rows with one call of the model."), "    ")}
    return Predictions(predictions=answers(asked.rows, request.app.state.model))


def answers(rows: Sequence[Features], model: Model) -> list[Prediction]:
${docstring(l10n.t("What the model says; values that it refuses are the caller's mistake."), "    ")}
    try:
        found = model.predict([row.model_dump(by_alias=True) for row in rows])
    except ValueError as error:
        logger.warning("the model refused: %s", error)
        detail = f${literal(l10n.t("The model refuses these values: {0}", "{error}"))}
        raise HTTPException(status_code=422, detail=detail) from error
    return [Prediction(**each) for each in found]
`;
}

function titleOf({ training }: ServedModel): string {
  return l10n.t("The model of {0}", training.path);
}

function dockerText({ folder, modelPath, ownCode, python }: ServedModel): string {
  const copy = (path: string) => (/\s/.test(path) ? `COPY ["${path}", "${path}"]\n` : `COPY ${path} ${path}\n`);
  const own = ownCode.map(copy).join("");
  return `${comment(l10n.t("From the folder above: docker build -f {0}/Dockerfile -t {0} .", folder))}
FROM python:${python}-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /srv

COPY ${folder}/requirements.txt ${folder}/requirements.txt
RUN pip install --no-cache-dir -r ${folder}/requirements.txt

${own}COPY ${folder} ${folder}
${copy(modelPath)}
RUN useradd --system --no-create-home service
USER service

EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s \\
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health')"]
CMD ["uvicorn", "${folder}.app:app", "--host", "0.0.0.0", "--port", "8000"]
`;
}

/** Only what the image needs: not the data, and no secrets that lie around. */
function ignoreText({ folder, modelPath, ownCode }: ServedModel): string {
  const needed = [folder, modelPath, ...ownCode].map((path) => `!${path}\n`).join("");
  return `*\n${needed}**/__pycache__\n**/tests\n`;
}
