import * as l10n from "@vscode/l10n";
import { exampleJson } from "./example.ts";
import { notesOf } from "./notes.ts";
import { docstring, literal } from "./python-text.ts";
import { modelLibraries, pinnedRequirements } from "./requirements.ts";
import { inFolder, type Scaffold, type ServedModel } from "./scaffold.ts";
import { modelText, schemaText } from "./service.ts";
import { onlinePurpose, servingReadme } from "./service-readme.ts";
import { standInModule } from "./stand-in.ts";

/** The online service for projects that have BentoML: it brings the server, the health route and the image. */
export function bentomlScaffold(served: ServedModel): Scaffold {
  const { folder } = served;
  const names = ["bentoml", "joblib", "pandas", "pydantic", ...modelLibraries(served)];
  const runtime = pinnedRequirements(names, served);
  const texts: Readonly<Record<string, string>> = {
    "__init__.py": `${docstring(l10n.t("Answers with the predictions of a model, over HTTP."))}\n`,
    "service.py": serviceText(served),
    "model.py": modelText(served),
    "schema.py": schemaText(served),
    "tests/__init__.py": "",
    "tests/stand_in.py": standInModule(served, `${folder}.model`),
    "tests/test_service.py": testsText(served),
    "requirements.txt": runtime.text,
    "requirements-dev.txt": `-r requirements.txt\n${pinnedRequirements(["httpx2", "pytest", "starlette"], served).text}`,
    "README.md": readmeText(served, runtime.assumed),
  };
  return {
    files: Object.entries(texts).map(([name, text]) => ({ path: inFolder(served, name), text })),
    readme: inFolder(served, "README.md"),
    notes: notesOf(served, runtime.assumed),
  };
}

function serviceText({ folder, python }: ServedModel): string {
  return `${docstring(l10n.t("The service: bentoml serve {0}.service:Predictor", folder))}

from collections.abc import Sequence

import bentoml
from bentoml.exceptions import InvalidArgument

from ${folder}.model import load_model, model_path
from ${folder}.schema import Features, Prediction

image = bentoml.images.Image(python_version=${literal(python)}).requirements_file(
    ${literal(`${folder}/requirements.txt`)}
)


@bentoml.service(image=image, traffic={"timeout": 10})
class Predictor:
${docstring(l10n.t("Loads the model once in each worker, before the first request."), "    ")}

    def __init__(self) -> None:
        self.model = load_model(model_path())

    @bentoml.api
    def predict(self, row: Features) -> Prediction:
${docstring(l10n.t("Predicts one row."), "        ")}
        return self._answers([row])[0]

    @bentoml.api
    def predict_many(self, rows: list[Features]) -> list[Prediction]:
${docstring(l10n.t("Predicts several rows with one call of the model."), "        ")}
        return self._answers(rows)

    def _answers(self, rows: Sequence[Features]) -> list[Prediction]:
        if not rows:
            raise InvalidArgument(${literal(l10n.t("There are no rows."))})
        try:
            found = self.model.predict([row.model_dump(by_alias=True) for row in rows])
        except ValueError as error:
            raise InvalidArgument(str(error)) from error
        return [Prediction(**each) for each in found]
`;
}

function testsText({ folder, features }: ServedModel): string {
  const needed = features.find(({ isOptional }) => !isOptional) ?? features[0];
  return `${docstring(l10n.t("Asks the service as its users do."))}

from collections.abc import Iterator

import joblib
import pytest
from starlette.testclient import TestClient

from ${folder}.service import Predictor
from ${folder}.tests.stand_in import ANSWER, ROW, StandIn


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("model") / "model.joblib"
    joblib.dump(StandIn(), path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MODEL_PATH", str(path))
        with TestClient(app=Predictor.to_asgi()) as client:
            yield client


def test_health(client: TestClient) -> None:
    assert client.get("/readyz").status_code == 200


def test_one_row(client: TestClient) -> None:
    answer = client.post("/predict", json={"row": ROW})
    assert answer.status_code == 200, answer.text
    assert answer.json()["prediction"] == ANSWER


def test_many_rows(client: TestClient) -> None:
    answer = client.post("/predict_many", json={"rows": [ROW, ROW, ROW]})
    assert [each["prediction"] for each in answer.json()] == [ANSWER] * 3


def test_no_rows(client: TestClient) -> None:
    assert client.post("/predict_many", json={"rows": []}).status_code == 400


def test_missing_column(client: TestClient) -> None:
    row = {name: value for name, value in ROW.items() if name != ${literal(needed?.column ?? "")}}
    answer = client.post("/predict", json={"row": row})
    assert answer.status_code == ${needed?.isOptional ? 200 : 400}
`;
}

function readmeText(served: ServedModel, assumedVersions: readonly string[]): string {
  const { folder, features } = served;
  const body = `{"row": ${exampleJson(features)}}`;
  return servingReadme(served, assumedVersions, {
    title: l10n.t("Online service with BentoML"),
    purpose: onlinePurpose(served),
    start: `bentoml serve ${folder}.service:Predictor`,
    ask: `curl -X POST http://127.0.0.1:3000/predict -H "Content-Type: application/json" -d '${body}'`,
    answers: l10n.t(
      "A wrong request is answered with the status 400; `/predict_many` takes `rows`, `/readyz` answers as soon as the model is loaded, and the start page describes all of it. The columns of a row:",
    ),
    ship: `bentoml build ${folder}.service:Predictor`,
    shipped: l10n.t("The variable `MODEL_PATH` tells the image where the model lies."),
  });
}
