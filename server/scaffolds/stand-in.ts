import * as l10n from "@vscode/l10n";
import { exampleConstant } from "./example.ts";
import { docstring } from "./python-text.ts";
import type { ServedModel } from "./scaffold.ts";

/** The module of the tests with a row and a class in place of the model: they run where nothing was trained. */
export function standInModule(served: ServedModel, columnsFrom: string): string {
  const { features, training } = served;
  const isClasses = training.task === "classes";
  const labels = { text: '["no", "yes"]', boolean: "[False, True]", integer: "[0, 1]", number: "[0, 1]" };
  const answers = { text: '"yes"', boolean: "True", integer: "1", number: "1" };
  const label = training.label ?? "integer";
  const shares = `
    def predict_proba(self, table: pd.DataFrame) -> Any:
        return pd.DataFrame([[0.25, 0.75]] * len(table)).to_numpy()
`;
  return `${docstring(l10n.t("What the tests use in place of the model."))}

from typing import Any

import pandas as pd

from ${columnsFrom} import COLUMNS

${exampleConstant(features)}
ANSWER = ${isClasses ? answers[label] : "1.5"}


class StandIn:
${docstring(l10n.t("Says always the same."), "    ")}

    def __init__(self) -> None:
        self.feature_names_in_ = list(COLUMNS)
${isClasses ? `        self.classes_ = pd.Index(${labels[label]})\n` : ""}
    def predict(self, table: pd.DataFrame) -> Any:
        return pd.Series([ANSWER] * len(table)).to_numpy()
${isClasses ? shares : ""}`;
}
