import * as l10n from "@vscode/l10n";
import { comment, docstring, literal } from "./python-text.ts";
import type { ServedModel } from "./scaffold.ts";

/** The job for Spark: the same scoring, on each part of the data where it lies. */
export function sparkText({ folder }: ServedModel): string {
  return `${docstring(l10n.t("Predicts with Spark, for data that outgrows one machine; README.md tells how it is started."))}

import argparse
import logging
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import col
from pyspark.sql.types import (
    BooleanType,
    DataType,
    DoubleType,
    LongType,
    StringType,
    StructField,
    StructType,
)

from ${folder}.scoring import COLUMNS, MODEL_PATH, load_model
from ${folder}.worker import predict_part

logger = logging.getLogger(__name__)

SPARK_TYPES: dict[str, DataType] = {
    "int64": LongType(),
    "float64": DoubleType(),
    "bool": BooleanType(),
    "object": StringType(),
}
${comment(l10n.t("By the letters that NumPy has for kinds of types; anything else is a text."))}
LABEL_TYPES: dict[str, DataType] = {
    "b": BooleanType(),
    "i": LongType(),
    "f": DoubleType(),
}


def main(arguments: Sequence[str] | None = None) -> int:
${docstring(l10n.t("0: the output is written; 1: it is not, and the log says why; 2: called wrongly."), "    ")}
    options = parsed(arguments)
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s"
    )
    spark = SparkSession.builder.appName(${literal(`${folder}.predict`)}).getOrCreate()
    try:
        answers = predicted(spark, read(spark, options.input), options.model)
${comment(l10n.t("A job that fails or is killed leaves no _SUCCESS in the output."), "        ")}
        answers.write.mode("errorifexists").parquet(options.output)
    except (OSError, PySparkException, ValueError) as error:
        logger.error("%s", error)
        return 1
    finally:
        spark.stop()
    logger.info("written to %s", options.output)
    return 0


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
${docstring(l10n.t("What the command line says."), "    ")}
    parser = argparse.ArgumentParser(prog="${folder}.predict_spark")
    parser.add_argument("input", help=${literal(l10n.t("CSV files or Parquet"))})
    parser.add_argument("output", help=${literal(l10n.t("a new folder, for Parquet"))})
    parser.add_argument("--model", type=Path, default=MODEL_PATH)
    return parser.parse_args(arguments)


def read(spark: SparkSession, path: str) -> DataFrame:
${docstring(l10n.t("The data, with the types that the model needs; CSV files begin with the names of the columns."), "    ")}
    if ".csv" not in path:
        return spark.read.parquet(path)
    table = spark.read.csv(path, header=True)
    known = [name for name in COLUMNS if name in table.columns]
    types = {name: col(f"\`{name}\`").cast(SPARK_TYPES[COLUMNS[name]]) for name in known}
    return table.withColumns(types)


def predicted(spark: SparkSession, table: DataFrame, path: Path) -> DataFrame:
${docstring(l10n.t("The data with the predictions; each worker reads the model once."), "    ")}
    model = load_model(path)
    spark.sparkContext.addFile(str(path))
    schema = StructType([*table.schema.fields, *answer_fields(model)])
    return table.mapInPandas(partial(predict_part, name=path.name), schema)


def answer_fields(model: Any) -> list[StructField]:
${docstring(l10n.t("The columns that the predictions add, as Spark knows them."), "    ")}
    classes = getattr(model, "classes_", None)
    if classes is None:
        return [StructField("prediction", DoubleType())]
    kind = LABEL_TYPES.get(classes.dtype.kind, StringType())
    fields = [StructField("prediction", kind)]
    if not hasattr(model, "predict_proba"):
        return fields
    shares = [StructField(f"probability_{label}", DoubleType()) for label in classes]
    return fields + shares


if __name__ == "__main__":
    sys.exit(main())
`;
}

/** What Spark's workers do, in a module that they import: what stands in the program itself, they could not find again. */
export function workerText({ folder }: ServedModel): string {
  return `${docstring(l10n.t("What each of Spark's workers does."))}

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from pyspark import SparkFiles

from ${folder}.scoring import load_model, predict_table


def predict_part(tables: Iterator[pd.DataFrame], name: str) -> Iterator[pd.DataFrame]:
${docstring(l10n.t("What one worker does with its part of the data, table by table."), "    ")}
    model = _model(name)
    for table in tables:
        if table.empty:
            continue
        yield table.join(predict_table(model, table))


@cache
def _model(name: str) -> Any:
${docstring(l10n.t("The model, which Spark has sent along; read once in each worker."), "    ")}
    return load_model(Path(SparkFiles.get(name)))
`;
}

/** Needs Java; where there is none, the test says so and passes over. */
export function sparkTests({ folder }: ServedModel): string {
  return `${docstring(l10n.t("Runs the job for Spark on this machine."))}

import shutil
import sys
from pathlib import Path

import joblib
import pandas as pd
import pytest

from ${folder} import predict_spark
from ${folder}.tests.stand_in import ANSWER, ROW, StandIn


@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java")
def test_local_spark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    model, source, target = tmp_path / "m.joblib", tmp_path / "in.csv", tmp_path / "out"
    joblib.dump(StandIn(), model)
    pd.DataFrame([ROW] * 5).to_csv(source, index=False)
    arguments = [str(source), str(target), "--model", str(model)]
    assert predict_spark.main(arguments) == 0
    assert (target / "_SUCCESS").exists()
    written = pd.read_parquet(target)
    assert list(written["prediction"]) == [ANSWER] * 5
    assert predict_spark.main(arguments) == 1
`;
}
