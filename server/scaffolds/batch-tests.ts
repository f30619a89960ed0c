import * as l10n from "@vscode/l10n";
import { docstring, literal } from "./python-text.ts";
import type { ServedModel } from "./scaffold.ts";

/** The job's own tests. */
export function batchTests({ folder, features }: ServedModel): string {
  const needed = features.find(({ isOptional }) => !isOptional) ?? features[0];
  const column = literal(needed?.column ?? "");
  return `${docstring(l10n.t("Runs the job as its users do."))}

from pathlib import Path

import joblib
import pandas as pd
import pytest

from ${folder} import predict
from ${folder}.scoring import (
    MODEL_PATH,
    OPTIONAL,
    InputError,
    load_model,
    predict_table,
)
from ${folder}.tests.stand_in import ANSWER, ROW, StandIn


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "model.joblib"
    joblib.dump(StandIn(), path)
    return path


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    pd.DataFrame([ROW] * 10).to_csv(path, index=False)
    return path


def run(source: Path, target: Path, model: Path, *more: str) -> int:
    return predict.main([str(source), str(target), "--model", str(model), *more])


def test_rows_in_their_order(source: Path, model: Path, tmp_path: Path) -> None:
    table = pd.read_csv(source)
    table.assign(number=range(10)).to_csv(source, index=False)
    assert run(source, tmp_path / "out.csv", model) == 0
    written = pd.read_csv(tmp_path / "out.csv")
    assert list(written["number"]) == list(range(10))
    assert list(written["prediction"]) == [ANSWER] * 10


def test_chunks_change_nothing(source: Path, model: Path, tmp_path: Path) -> None:
    whole, parts = tmp_path / "whole.csv", tmp_path / "parts.csv"
    assert run(source, whole, model) == 0
    assert run(source, parts, model, "--chunk-rows", "3") == 0
    assert whole.read_text() == parts.read_text()


def test_failure_leaves_the_output(source: Path, model: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("yesterday's")
    with source.open("a", encoding="utf-8") as file:
        file.write("what is no row" + "," * (len(ROW) + 3) + "\\n")
    before = sorted(tmp_path.iterdir())
    assert run(source, target, model, "--chunk-rows", "2") == 1
    assert target.read_text() == "yesterday's"
    assert sorted(tmp_path.iterdir()) == before


def test_no_rows(source: Path, model: Path, tmp_path: Path) -> None:
    pd.DataFrame([ROW]).head(0).to_csv(source, index=False)
    assert run(source, tmp_path / "out.csv", model) == 1
    assert not (tmp_path / "out.csv").exists()


def test_no_model(source: Path, tmp_path: Path) -> None:
    assert run(source, tmp_path / "out.csv", tmp_path / "nothing.joblib") == 1


def test_missing_column() -> None:
    table = pd.DataFrame([ROW]).drop(columns=[${column}])
    with pytest.raises(InputError, match=${literal(
      literal(needed?.column ?? "")
        .slice(1, -1)
        .replace(/[.*+?^${}()|[\]\\]/g, "\\$&"),
    )}):
        predict_table(StandIn(), table)


def test_empty_values() -> None:
    table = pd.DataFrame([ROW, ROW | {${column}: None}])
    if ${column} in OPTIONAL:
        assert len(predict_table(StandIn(), table)) == 2
    else:
        with pytest.raises(InputError, match="2"):
            predict_table(StandIn(), table)


def test_wrong_usage() -> None:
    with pytest.raises(SystemExit) as wrong:
        predict.main(["only-one"])
    assert wrong.value.code == 2


@pytest.mark.skipif(not MODEL_PATH.is_file(), reason="the model was not trained")
def test_real_model() -> None:
    answers = predict_table(load_model(MODEL_PATH), pd.DataFrame([ROW]))
    assert len(answers) == 1
`;
}
