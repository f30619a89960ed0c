// npm run test:scaffolds: what is scaffolded, installed from PyPI, trained on the example's data, and really run.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { post, RealProject, served } from "./project.ts";

const project = new RealProject();
after(() => project.dispose());

before(() => {
  project.scaffold("service", "train.py");
  project.scaffold("batch", "train.py", "--spark");
  project.scaffold("service", "train_pipeline.py", "--folder", "whole_service");
  project.scaffold("batch", "train_pipeline.py", "--folder", "whole_batch", "--spark");
  project.install("service/requirements-dev.txt", "batch/requirements-dev.txt");
  project.run(project.python, "train.py");
  project.run(project.python, "train_pipeline.py");
});

test("the scaffolds' own tests pass, with the real models", () => {
  const folders = ["service", "batch", "whole_service", "whole_batch"];
  const report = project.run(project.python, "-m", "pytest", "-q", ...folders);
  assert.match(report, /\d+ passed/);
  assert.doesNotMatch(report, /skipped|failed/);
});

interface Prediction {
  readonly prediction: number;
  readonly probabilities: Readonly<Record<string, number>>;
}

test("the service answers valid, invalid and concurrent requests as the model itself does", async () => {
  const { rows, labels, shares } = project.known();
  const uvicorn = (port: number) => ["-m", "uvicorn", "whole_service.app:app", "--port", String(port)];
  const service = await served(project, uvicorn, "/health");
  try {
    const many = await post(`${service.url}/predict/many`, { rows });
    assert.equal(many.status, 200, JSON.stringify(many.answer));
    const { predictions } = many.answer as { predictions: readonly Prediction[] };
    assert.deepEqual(
      predictions.map(({ prediction }) => prediction),
      labels,
    );
    assert.deepEqual(
      predictions.map(({ probabilities }) => probabilities["1"]),
      shares,
    );
    // Rows with empty values are among them: a null, and no value at all.
    const gap = rows.findIndex((row) => row.monthly_fee === null);
    assert.ok(gap >= 0);
    const { monthly_fee, ...without } = rows[gap] ?? {};
    assert.equal(((await post(`${service.url}/predict`, without)).answer as Prediction).prediction, labels[gap]);
    const answers = await Promise.all(rows.map((row) => post(`${service.url}/predict`, row)));
    assert.deepEqual(
      answers.map(({ answer }) => (answer as Prediction).prediction),
      labels,
    );
    const { age, ...ageless } = rows[0] ?? {};
    const cases: readonly [unknown, string][] = [
      [ageless, "age: is missing"],
      [{ ...rows[0], age: "old" }, "age: must be a whole number"],
      [{ ...rows[0], colour: 1 }, "colour: is no column of the model"],
      ["{", "1: is no valid JSON"],
    ];
    for (const [body, expected] of cases) {
      const { status, answer } = await post(`${service.url}/predict`, body);
      const { problems } = answer as { problems: readonly { field: string; problem: string }[] };
      assert.equal(status, 422);
      assert.equal(problems.map(({ field, problem }) => `${field}: ${problem}`).join(), expected);
    }
    assert.equal((await post(`${service.url}/predict/many`, { rows: [] })).status, 422);
    const page = await fetch(`${service.url}/docs`);
    assert.equal(page.status, 200);
  } finally {
    await service.stop();
  }
});

test("a service without its model, or with another one, does not start", () => {
  for (const [model, expected] of [
    ["nothing.joblib", /There is no model at nothing\.joblib/],
    ["pipeline.joblib", /fitted on other columns than the service asks for: .*fee_per_month/],
  ] as const) {
    const code = `import os\nos.environ["MODEL_PATH"] = "${model}"\nfrom fastapi.testclient import TestClient\nfrom service.app import app\nwith TestClient(app): pass`;
    const { status, stderr } = project.attempt(project.python, "-W", "ignore", "-c", code);
    assert.notEqual(status, 0);
    assert.match(stderr, expected);
  }
});

test("the batch job predicts the whole file in chunks, as the model does", () => {
  project.run(project.python, "-m", "whole_batch.predict", "data/churn.csv", "answers.csv", "--chunk-rows", "70");
  const same = `import joblib, pandas as pd
model, answers = joblib.load("pipeline.joblib"), pd.read_csv("answers.csv")
rows = pd.read_csv("data/churn.csv")
print(json.dumps([len(answers), (answers["prediction"] == model.predict(rows[list(model.feature_names_in_)])).all().item(), list(answers.columns[:2])]))`;
  assert.deepEqual(project.ask(same), [300, true, ["customer_id", "age"]]);
  // What the model of the example wants computed, the raw file does not have.
  const raw = project.attempt(project.python, "-m", "batch.predict", "data/churn.csv", "no.csv");
  assert.equal(raw.status, 1);
  assert.match(raw.stderr, /The data lacks these columns: fee_per_month, is_new, days_away, plan_level/);
  assert.equal(existsSync(join(project.root, "no.csv")), false);
});

test("a batch job that is killed half-way leaves the output of the day before", async () => {
  const [head, ...rows] = readFileSync(join(project.root, "data/churn.csv"), "utf8").trimEnd().split("\n");
  writeFileSync(join(project.root, "long.csv"), `${head}\n${`${rows.join("\n")}\n`.repeat(400)}`);
  writeFileSync(join(project.root, "long-answers.csv"), "yesterday's\n");
  const job = project.start("-m", "whole_batch.predict", "long.csv", "long-answers.csv", "--chunk-rows", "1000");
  const ended = new Promise((resolve) => job.once("exit", (_, signal) => resolve(signal)));
  await new Promise<void>((resolve) =>
    job.stderr?.on("data", (text) => String(text).includes("3000 rows") && resolve()),
  );
  const parts = readdirSync(project.root).filter((name) => name.endsWith(".part"));
  assert.equal(parts.length, 1, "it was at work");
  job.kill("SIGKILL");
  assert.equal(await ended, "SIGKILL");
  assert.equal(readFileSync(join(project.root, "long-answers.csv"), "utf8"), "yesterday's\n");
});

test("Spark predicts the same, from CSV and from Parquet", () => {
  const spark = (...args: readonly string[]) =>
    project.attempt(project.python, "-m", "whole_batch.predict_spark", ...args);
  const csv = spark("data/churn.csv", "answers-csv");
  assert.equal(csv.status, 0, csv.stderr);
  project.ask('import pandas as pd\npd.read_csv("data/churn.csv").to_parquet("churn.parquet")\nprint(0)');
  const parquet = spark("churn.parquet", "answers-parquet");
  assert.equal(parquet.status, 0, parquet.stderr);
  const same = `import pandas as pd
by_id = lambda table: table.astype({"customer_id": str}).sort_values("customer_id", ignore_index=True)
want = by_id(pd.read_csv("answers.csv"))
print(json.dumps([(by_id(pd.read_parquet(each))[name] - want[name]).abs().max().item() < 1e-9
  for each in ("answers-csv", "answers-parquet") for name in ("prediction", "probability_1")]))`;
  assert.deepEqual(project.ask(same), [true, true, true, true]);
  assert.equal(spark("data/churn.csv", "answers-csv").status, 1, "a folder that exists is not written to");
});
