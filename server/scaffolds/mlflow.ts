import * as l10n from "@vscode/l10n";
import { exampleConstant, exampleJson } from "./example.ts";
import { notesOf } from "./notes.ts";
import { callText, comment, docstring, literal, pandasType } from "./python-text.ts";
import { modelLibraries, pinnedRequirements } from "./requirements.ts";
import { inFolder, type Scaffold, type ServedModel } from "./scaffold.ts";
import { servingReadme } from "./service-readme.ts";
import type { Kind } from "./table.ts";

/** For projects that have MLflow: the saved model becomes one of MLflow's, with a signature, which its own server serves. */
export function mlflowScaffold(served: ServedModel): Scaffold {
  const libraries = modelLibraries(served);
  const runtime = pinnedRequirements(["joblib", "mlflow", "pandas", ...libraries], served);
  const model = pinnedRequirements(["pandas", ...libraries], served);
  const texts: Readonly<Record<string, string>> = {
    "__init__.py": `${docstring(l10n.t("Makes the saved model one of MLflow's."))}\n`,
    "package.py": packageText(served, model.text),
    "tests/__init__.py": "",
    "tests/test_package.py": testsText(served),
    "requirements.txt": runtime.text,
    "requirements-dev.txt": `-r requirements.txt\n${pinnedRequirements(["pytest"], served).text}`,
    "README.md": readmeText(served, runtime.assumed),
  };
  return {
    files: Object.entries(texts).map(([name, text]) => ({ path: inFolder(served, name), text })),
    readme: inFolder(served, "README.md"),
    notes: notesOf(served, runtime.assumed),
  };
}

const types: Readonly<Record<Kind, string>> = {
  integer: "long",
  number: "double",
  boolean: "boolean",
  text: "string",
};

function packageText({ folder, features, training, modelPath }: ServedModel, requirements: string): string {
  const columns = features.map(({ column, kind, isOptional }) => {
    const type = isOptional && kind === "integer" ? "double" : types[kind];
    const parts = [`DataType.${type}`, literal(column), ...(isOptional ? ["required=False"] : [])];
    return callText("ColSpec(", parts, "),", "        ");
  });
  const libraries = requirements
    .trimEnd()
    .split("\n")
    .map((line) => `    ${literal(line)},`);
  return `${docstring(l10n.t("Makes the saved model one of MLflow's: python -m {0}.package served_model", folder))}

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import joblib
import mlflow.sklearn
from mlflow.exceptions import MlflowException
from mlflow.models import ModelSignature
from mlflow.types import ColSpec, DataType, Schema

logger = logging.getLogger(__name__)

${comment(l10n.t("The file that {0} saves.", training.path))}
MODEL_PATH = Path(__file__).resolve().parents[1] / ${literal(modelPath)}

${comment(l10n.t("What the model is asked with; MLflow refuses anything else."))}
INPUTS = Schema(
    [
${columns.join("\n")}
    ]
)

${comment(l10n.t("What the model needs where it is served."))}
LIBRARIES = [
${libraries.join("\n")}
]


def main(arguments: Sequence[str] | None = None) -> int:
${docstring(l10n.t("0: written; 1: it is not, and the log says why; 2: called wrongly."), "    ")}
    parser = argparse.ArgumentParser(prog="${folder}.package")
    parser.add_argument("output", type=Path, help=${literal(l10n.t("a new folder"))})
    parser.add_argument("--model", type=Path, default=MODEL_PATH)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    try:
        package(options.model, options.output)
    except (MlflowException, OSError, ValueError) as error:
        logger.error("%s", error)
        return 1
    logger.info("written to %s", options.output)
    return 0


def package(path: Path, target: Path) -> None:
${docstring(l10n.t("Reads the model, and writes it with the columns and libraries that it needs."), "    ")}
    model = joblib.load(path)
    fitted = set(getattr(model, "feature_names_in_", INPUTS.input_names()))
    if fitted != set(INPUTS.input_names()):
        names = ", ".join(sorted(fitted ^ set(INPUTS.input_names())))
        raise ValueError(f${literal(l10n.t("The model was fitted on other columns: {0}", "{names}"))})
    mlflow.sklearn.save_model(
        model,
        str(target),
        signature=ModelSignature(inputs=INPUTS),
        pip_requirements=LIBRARIES,
        serialization_format="cloudpickle",
    )


if __name__ == "__main__":
    sys.exit(main())
`;
}

function testsText({ folder, features, training }: ServedModel): string {
  const needed = features.find(({ isOptional }) => !isOptional) ?? features[0];
  const isClasses = training.task === "classes";
  const dummy = isClasses ? "DummyClassifier" : "DummyRegressor";
  const types = features.map(({ column, kind }) => `${literal(column)}: ${literal(pandasType(kind))}`);
  return `${docstring(l10n.t("Packs a small model, and asks it as MLflow's server does."))}

from pathlib import Path

import joblib
import mlflow.pyfunc
import pandas as pd
import pytest
from mlflow.exceptions import MlflowException
from sklearn.dummy import ${dummy}

from ${folder}.package import MODEL_PATH, main

${exampleConstant(features)}
${callText("TABLE = pd.DataFrame([ROW] * 2).astype({", types, "})")}


def test_package(tmp_path: Path) -> None:
    joblib.dump(${dummy}().fit(TABLE, [1, 1]), tmp_path / "m.joblib")
    target = tmp_path / "served"
    assert main([str(target), "--model", str(tmp_path / "m.joblib")]) == 0
    packed = mlflow.pyfunc.load_model(str(target))
    assert list(packed.predict(TABLE)) == [1, 1]
    with pytest.raises(MlflowException):
        packed.predict(TABLE.drop(columns=[${literal(needed?.column ?? "")}]))
    assert main([str(target), "--model", str(tmp_path / "m.joblib")]) == 1


def test_other_columns(tmp_path: Path) -> None:
    other = TABLE.rename(columns={${literal(needed?.column ?? "")}: "another"})
    joblib.dump(${dummy}().fit(other, [1, 1]), tmp_path / "m.joblib")
    assert main([str(tmp_path / "served"), "--model", str(tmp_path / "m.joblib")]) == 1


@pytest.mark.skipif(not MODEL_PATH.is_file(), reason="the model was not trained")
def test_real_model(tmp_path: Path) -> None:
    assert main([str(tmp_path / "served")]) == 0
    packed = mlflow.pyfunc.load_model(str(tmp_path / "served"))
    assert len(packed.predict(TABLE)) == 2
`;
}

function readmeText(served: ServedModel, assumedVersions: readonly string[]): string {
  const { folder, modelPath, training, features } = served;
  const body = `{"dataframe_records": [${exampleJson(features)}]}`;
  return servingReadme(served, assumedVersions, {
    title: l10n.t("The model for MLflow"),
    purpose: l10n.t(
      "Makes the model that `{0}` saves (`{1}`) one of MLflow's, with the columns that it is asked with and the libraries that it needs. MLflow's own server then answers over HTTP, and refuses requests that do not fit.",
      training.path,
      modelPath,
    ),
    start: `python -m ${folder}.package served_model
mlflow models serve --model-uri served_model --port 8000 --env-manager local`,
    ask: `curl -X POST http://127.0.0.1:8000/invocations -H "Content-Type: application/json" -d '${body}'`,
    answers: l10n.t("`/ping` answers as soon as the model is loaded. The columns of a row:"),
    ship: `mlflow models build-docker --model-uri served_model --name ${folder.replaceAll("_", "-")}`,
  });
}
