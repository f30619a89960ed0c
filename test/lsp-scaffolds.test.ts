import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folderWith, LspClient } from "./lsp-client.ts";

const training = `import joblib
import pandas as pd
from sklearn.linear_model import LogisticRegression

df = pd.read_csv("data.csv")
model = LogisticRegression().fit(df[["age", "fee"]], df["left"])
joblib.dump(model, "model.joblib")
`;
const files = {
  "train.py": training,
  "other.py": training.replace('df[["age", "fee"]]', "df.to_dict()"),
  "plain.py": "import mlflow\n",
  "data.csv": "age,fee,left\n1,2.5,0\n",
};

test("the files that train are told with their columns, and a scaffold is written once", async () => {
  const folder = folderWith(files);
  try {
    await using client = await LspClient.start(folder.root);
    await client.scanned();
    const execute = (command: string, ...values: readonly unknown[]) =>
      client.connection.sendRequest("workspace/executeCommand", { command, arguments: values });
    const choices = "groundwork.server.scaffoldChoices";
    // MLflow is imported somewhere, BentoML nowhere.
    const kinds = ["service", "batch", "spark", "mlflow"];
    const train = { uri: client.uri("train.py"), path: "train.py", columns: ["age", "fee"] };
    assert.deepEqual(await execute(choices, client.uri("train.py")), { kinds, trainings: [train] });
    const other = { uri: client.uri("other.py"), path: "other.py" };
    assert.deepEqual(await execute(choices, client.uri("")), { kinds, trainings: [other, train] });
    const plain = (await execute(choices, client.uri("plain.py"))) as { trainings: readonly { refused?: string }[] };
    assert.match(plain.trainings[0]?.refused ?? "", /does not fit a model and save it/);
    const scaffold = (...more: readonly unknown[]) =>
      execute("groundwork.server.scaffold", client.uri("train.py"), ...more);
    const written = (await scaffold("batch")) as { readme: string; files: readonly string[] };
    assert.equal(written.readme, client.uri("batch/README.md"));
    for (const path of written.files) assert.ok(existsSync(join(folder.root, path)), path);
    assert.equal(await scaffold("batch"), null, "nothing is written over");
    await assert.rejects(scaffold("rocket"), /`arguments.1`/);
    assert.ok(await scaffold("batch", "age:text", "again"));
    assert.match(readFileSync(join(folder.root, "again/scoring.py"), "utf8"), /"age": "object",\n}/);
  } finally {
    folder.dispose();
  }
});
