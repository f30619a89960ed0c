import * as l10n from "@vscode/l10n";
import { docstring, literal } from "./python-text.ts";
import type { ServedModel } from "./scaffold.ts";

/** The service's own tests: with a stand-in for the model, so that they run where nothing was trained. */
export function serviceTests({ folder, features }: ServedModel): string {
  const [first] = features;
  const needed = features.find(({ isOptional }) => !isOptional);
  const numeric = features.find(({ kind }) => kind === "integer" || kind === "number");
  return `${docstring(l10n.t("Asks the service as its users do."))}

from collections.abc import Iterator
from pathlib import Path

import joblib
import pytest
from fastapi.testclient import TestClient

from ${folder}.app import app
from ${folder}.model import MODEL_PATH, ModelError, load_model
from ${folder}.schema import MAX_ROWS
from ${folder}.tests.stand_in import ANSWER, ROW, StandIn


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    path = tmp_path / "model.joblib"
    joblib.dump(StandIn(), path)
    monkeypatch.setenv("MODEL_PATH", str(path))
    with TestClient(app) as client:
        yield client


def test_health(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok"}


def test_one_row(client: TestClient) -> None:
    answer = client.post("/predict", json=ROW)
    assert answer.status_code == 200, answer.text
    assert answer.json()["prediction"] == ANSWER


def test_many_rows(client: TestClient) -> None:
    answer = client.post("/predict/many", json={"rows": [ROW, ROW, ROW]})
    assert answer.status_code == 200, answer.text
    assert len(answer.json()["predictions"]) == 3


@pytest.mark.parametrize("rows", [[], [ROW] * (MAX_ROWS + 1)], ids=["none", "too many"])
def test_number_of_rows(client: TestClient, rows: list[dict[str, object]]) -> None:
    assert client.post("/predict/many", json={"rows": rows}).status_code == 422

${
  needed
    ? `
def test_missing_column(client: TestClient) -> None:
    row = {name: value for name, value in ROW.items() if name != ${literal(needed.column)}}
    answer = client.post("/predict", json=row)
    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["problems"]] == [${literal(needed.column)}]

`
    : ""
}
def test_unknown_column(client: TestClient) -> None:
    answer = client.post("/predict", json=ROW | {"no such column": 1})
    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["problems"]] == ["no such column"]

${
  numeric
    ? `
def test_wrong_type(client: TestClient) -> None:
    answer = client.post("/predict", json=ROW | {${literal(numeric.column)}: "many"})
    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["problems"]] == [${literal(numeric.column)}]

`
    : ""
}
def test_model_of_other_columns(tmp_path: Path) -> None:
    other = StandIn()
    other.feature_names_in_ = [${literal(first?.column ?? "x")}, "another"]
    joblib.dump(other, tmp_path / "model.joblib")
    with pytest.raises(ModelError, match="another"):
        load_model(tmp_path / "model.joblib")


def test_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        load_model(tmp_path / "nothing.joblib")


@pytest.mark.skipif(not MODEL_PATH.is_file(), reason="the model was not trained")
def test_real_model() -> None:
    (answer,) = load_model(MODEL_PATH).predict([ROW])
    assert "prediction" in answer
`;
}
