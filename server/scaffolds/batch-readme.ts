import * as l10n from "@vscode/l10n";
import { notesText } from "./notes.ts";
import type { ServedModel } from "./scaffold.ts";
import { columnsTable } from "./service-readme.ts";

/** What the job is, how it is run, scheduled and tested. */
export function batchReadme(served: ServedModel, assumedVersions: readonly string[], hasSpark: boolean): string {
  const { folder, modelPath, training } = served;
  return `# ${l10n.t("Batch job")}

${l10n.t("Predicts many rows at once with the model of `{0}`: nobody waits for a single answer, the answers are kept and used later. Something starts it, such as the hour of the day or the arrival of a file. The model is read from `{1}`, or from what `--model` says.", training.path, modelPath)}

${notesText(served, assumedVersions)}## ${l10n.t("Run it")}

${l10n.t("From the folder above this one, in an environment of its own:")}

\`\`\`sh
python -m pip install -r ${folder}/requirements.txt
python -m ${folder}.predict input.csv output.csv
\`\`\`

${l10n.t("The output has the columns of the input, and the predictions. The input is read in chunks of `--chunk-rows` rows (50000), so that it need not fit into memory, and the model is asked once for each.")}

${l10n.t("The output is written beside its place and moved there when all rows are done: it is whole, or what was there before. The job ends with 0 when it is written, with 1 when it is not and the log says why, with 2 when it was called wrongly. A run every night at three, by cron:")}

\`\`\`
0 3 * * * cd /srv/project && python -m ${folder}.predict today.csv answers.csv >> predict.log 2>&1
\`\`\`

${l10n.t("A row with an empty value that the model cannot do without stops the job. The columns that the input needs, besides any others:")}

${columnsTable(served)}
${hasSpark ? sparkText(served) : ""}## ${l10n.t("Test it")}

\`\`\`sh
python -m pip install -r ${folder}/requirements-dev.txt
python -m pytest ${folder}
\`\`\`

${l10n.t("The tests use a stand-in for the model; one of them asks the real model, if it is there.")}
`;
}

function sparkText({ folder, modelPath }: ServedModel): string {
  return `## ${l10n.t("When the data outgrows one machine")}

${l10n.t("`predict_spark.py` does the same with Spark (it needs Java): the data is divided, each machine predicts its part with one copy of the model, and the parts of the answer lie in a new folder as Parquet. It reads CSV files or Parquet. On this machine, to try it:")}

\`\`\`sh
export PYSPARK_PYTHON=python
python -m ${folder}.predict_spark input.csv answers
\`\`\`

${l10n.t("On a cluster, whose machines have the same requirements installed:")}

\`\`\`sh
zip -r ${folder}.zip ${folder}
spark-submit --py-files ${folder}.zip ${folder}/predict_spark.py --model ${modelPath} s3://…/input s3://…/answers
\`\`\`

${l10n.t("The answers are complete when the folder holds the file `_SUCCESS`. A folder that exists is never written to.")}

`;
}
