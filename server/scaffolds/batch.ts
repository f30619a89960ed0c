import * as l10n from "@vscode/l10n";
import { batchReadme } from "./batch-readme.ts";
import { batchTests } from "./batch-tests.ts";
import { notesOf } from "./notes.ts";
import { callText, comment, docstring, literal, pandasType } from "./python-text.ts";
import { modelLibraries, pinnedRequirements } from "./requirements.ts";
import { inFolder, type Scaffold, type ServedModel } from "./scaffold.ts";
import { sparkTests, sparkText, workerText } from "./spark.ts";
import { standInModule } from "./stand-in.ts";

/** A job for whole files: read chunk by chunk, one call of the model for each, and an output that is whole or not there. */
export function batchScaffold(served: ServedModel): Scaffold {
  return scaffoldOf(served, {});
}

/** The same with a second program, for data that outgrows one machine. */
export function sparkScaffold(served: ServedModel): Scaffold {
  return scaffoldOf(served, {
    "predict_spark.py": sparkText(served),
    "worker.py": workerText(served),
    "tests/test_predict_spark.py": sparkTests(served),
  });
}

function scaffoldOf(served: ServedModel, spark: Readonly<Record<string, string>>): Scaffold {
  const hasSpark = Object.keys(spark).length > 0;
  const runtime = pinnedRequirements(
    ["joblib", "pandas", ...modelLibraries(served), ...(hasSpark ? ["pyspark[sql]"] : [])],
    served,
  );
  const texts: Readonly<Record<string, string>> = {
    "__init__.py": `${docstring(l10n.t("Predicts whole files with a model."))}\n`,
    "predict.py": predictText(served),
    "scoring.py": scoringText(served),
    ...spark,
    "tests/__init__.py": "",
    "tests/stand_in.py": standInModule(served, `${served.folder}.scoring`),
    "tests/test_predict.py": batchTests(served),
    "requirements.txt": runtime.text,
    "requirements-dev.txt": `-r requirements.txt\n${pinnedRequirements(["pytest"], served).text}`,
    "README.md": batchReadme(served, runtime.assumed, hasSpark),
  };
  return {
    files: Object.entries(texts).map(([name, text]) => ({ path: inFolder(served, name), text })),
    readme: inFolder(served, "README.md"),
    notes: notesOf(served, runtime.assumed),
  };
}

function scoringText({ features, training, modelPath }: ServedModel): string {
  const columns = features.map(({ column, kind, isOptional }) => {
    const type = isOptional && kind !== "text" ? "float64" : pandasType(kind);
    return `    ${literal(column)}: ${literal(type)},`;
  });
  const optional = features.filter(({ isOptional }) => isOptional).map(({ column }) => literal(column));
  const texts = features.filter(({ kind }) => kind === "text").map(({ column }) => `${literal(column)}: "str"`);
  const series = training.isSeries ? `[${literal(features[0]?.column ?? "")}]` : "";
  const shares = `    if hasattr(model, "predict_proba"):
        shares = model.predict_proba(asked)
        for position, label in enumerate(model.classes_):
            answers[f"probability_{label}"] = shares[:, position]
`;
  return `${docstring(l10n.t("The model, and what it says of a table."))}

from pathlib import Path
from typing import Any

import joblib
import pandas as pd

${comment(l10n.t("The file that {0} saves.", training.path))}
MODEL_PATH = Path(__file__).resolve().parents[1] / ${literal(modelPath)}

${comment(l10n.t("The columns on which the model was fitted, and their types."))}
COLUMNS = {
${columns.join("\n")}
}

${comment(l10n.t("Those of them that may be empty: the model copes with it."))}
${callText("OPTIONAL: frozenset[str] = frozenset(", optional.length > 0 ? [`[${optional.join(", ")}]`] : [])}

${comment(l10n.t("Texts that look like numbers must stay texts when a file is read."))}
${callText("READ_TYPES: dict[str, str] = {", texts, "}")}


class InputError(ValueError):
${docstring(l10n.t("The data does not fit the model."), "    ")}


def load_model(path: Path) -> Any:
${docstring(l10n.t("Reads the model and looks whether it is the one that these columns belong to."), "    ")}
    model = joblib.load(path)
    fitted = set(getattr(model, "feature_names_in_", COLUMNS))
    if fitted != set(COLUMNS):
        names = ", ".join(sorted(fitted ^ set(COLUMNS)))
        raise InputError(f${literal(l10n.t("The model was fitted on other columns: {0}", "{names}"))})
    return model


def predict_table(model: Any, table: pd.DataFrame) -> pd.DataFrame:
${docstring(l10n.t("The predictions for all rows of a table, in their order, by one call of the model."), "    ")}
    checked(table)
    names = list(getattr(model, "feature_names_in_", COLUMNS))
    asked = table[names].where(table[names].notna(), float("nan")).astype(COLUMNS)${series}
    answers = pd.DataFrame({"prediction": model.predict(asked)}, index=table.index)
${training.task === "classes" ? shares : ""}    return answers


def checked(table: pd.DataFrame) -> None:
${docstring(l10n.t("Refuses a table that lacks columns, or values that the model needs."), "    ")}
    missing = [name for name in COLUMNS if name not in table]
    if missing:
        raise InputError(${literal(l10n.t("The data lacks these columns: "))} + ", ".join(missing))
    for name in COLUMNS:
        empty = table.index[table[name].isna()]
        if name not in OPTIONAL and len(empty) > 0:
            raise InputError(
                f${literal(l10n.t("{0} is empty in {1} rows, first in row {2}", "{name}", "{len(empty)}", "{empty[0] + 1}"))}
            )
`;
}

function predictText({ folder }: ServedModel): string {
  return `${docstring(l10n.t("Predicts a whole file: python -m {0}.predict INPUT.csv OUTPUT.csv", folder))}

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from ${folder}.scoring import (
    MODEL_PATH,
    READ_TYPES,
    InputError,
    load_model,
    predict_table,
)

logger = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
${docstring(l10n.t("0: the output is written; 1: it is not, and the log says why; 2: called wrongly."), "    ")}
    options = parsed(arguments)
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s"
    )
    try:
        model = load_model(options.model)
        rows = predict_file(model, options.input, options.output, options.chunk_rows)
    except (AttributeError, ImportError, OSError, ValueError) as error:
        logger.error("%s", error)
        return 1
    logger.info("%d rows, written to %s", rows, options.output)
    return 0


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
${docstring(l10n.t("What the command line says."), "    ")}
    parser = argparse.ArgumentParser(prog="${folder}.predict")
    parser.add_argument("input", type=Path, help=${literal(l10n.t("a CSV file"))})
    parser.add_argument("output", type=Path, help=${literal(l10n.t("the CSV file to write"))})
    parser.add_argument("--model", type=Path, default=MODEL_PATH)
    parser.add_argument("--chunk-rows", type=positive, default=50_000)
    return parser.parse_args(arguments)


def positive(text: str) -> int:
${docstring(l10n.t("A number of rows."), "    ")}
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(${literal(l10n.t("must be positive"))})
    return number


def predict_file(model: Any, source: Path, target: Path, chunk_rows: int) -> int:
${docstring(l10n.t("Predicts chunk by chunk into a file beside the target, which takes its place when all is done."), "    ")}
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    rows = 0
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            for chunk in pd.read_csv(source, dtype=READ_TYPES, chunksize=chunk_rows):
                if chunk.empty:
                    raise InputError(${literal(l10n.t("The data has no rows."))})
                answers = predict_table(model, chunk)
                chunk.join(answers).to_csv(file, header=rows == 0, index=False)
                rows += len(chunk)
                logger.info("%d rows", rows)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    return rows


if __name__ == "__main__":
    sys.exit(main())
`;
}
