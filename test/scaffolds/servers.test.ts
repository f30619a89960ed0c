// npm run test:scaffolds: the scaffolds for MLflow and BentoML, each with an environment from PyPI and its own server.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { post, RealProject, served } from "./project.ts";

/** A project with the scaffold installed and its model trained; its own tests pass. */
function prepared(context: { after(dispose: () => void): void }, flag: string): RealProject {
  const project = new RealProject();
  context.after(() => project.dispose());
  project.scaffold("service", "train_pipeline.py", flag, "--folder", "online");
  project.install("online/requirements-dev.txt");
  project.run(project.python, "train_pipeline.py");
  const report = project.run(project.python, "-m", "pytest", "-q", "online");
  assert.match(report, /\d+ passed/);
  assert.doesNotMatch(report, /skipped|failed/);
  return project;
}

describe("MLflow's own server", () => {
  test("answers valid, invalid and concurrent requests as the model itself does", async (context) => {
    const project = prepared(context, "--mlflow");
    project.run(project.python, "-m", "online.package", "served_model");
    const { rows, labels } = project.known();
    const serve = (port: number) => [
      "-m",
      "mlflow",
      "models",
      "serve",
      "--model-uri",
      "served_model",
      "--port",
      String(port),
      "--env-manager",
      "local",
    ];
    const service = await served(project, serve, "/ping");
    try {
      const ask = (records: readonly unknown[]) => post(`${service.url}/invocations`, { dataframe_records: records });
      const many = await ask(rows);
      assert.equal(many.status, 200, JSON.stringify(many.answer));
      assert.deepEqual(predictionsIn(many.answer), labels);
      const each = await Promise.all(rows.map((row) => ask([row])));
      assert.deepEqual(
        each.flatMap(({ answer }) => predictionsIn(answer)),
        labels,
      );
      const { age, ...ageless } = rows[0] ?? {};
      for (const wrong of [ageless, { ...rows[0], age: "old" }]) {
        const { status, answer } = await ask([wrong]);
        assert.equal(status, 400);
        assert.match(JSON.stringify(answer), /age/);
      }
    } finally {
      await service.stop();
    }
  });
});

describe("BentoML's own server", () => {
  test("answers valid, invalid and concurrent requests as the model itself does", async (context) => {
    const project = prepared(context, "--bentoml");
    const { rows, labels, shares } = project.known();
    const serve = (port: number) => ["-m", "bentoml", "serve", "online.service:Predictor", "--port", String(port)];
    const service = await served(project, serve, "/readyz");
    try {
      const many = await post(`${service.url}/predict_many`, { rows });
      assert.equal(many.status, 200, JSON.stringify(many.answer));
      const answers = many.answer as readonly Prediction[];
      assert.deepEqual(
        answers.map(({ prediction, probabilities }) => [prediction, probabilities["1"]]),
        labels.map((label, at) => [label, shares[at]]),
      );
      const each = await Promise.all(rows.map((row) => post(`${service.url}/predict`, { row })));
      assert.deepEqual(
        each.map(({ answer }) => (answer as Prediction).prediction),
        labels,
      );
      const { age, ...ageless } = rows[0] ?? {};
      for (const wrong of [{ row: ageless }, { row: { ...rows[0], age: "old" } }]) {
        const { status, answer } = await post(`${service.url}/predict`, wrong);
        assert.equal(status, 400);
        assert.match(JSON.stringify(answer), /age/);
      }
    } finally {
      await service.stop();
    }
  });
});

interface Prediction {
  readonly prediction: number;
  readonly probabilities: Readonly<Record<string, number>>;
}

/** MLflow answers with a list of labels, or of rows that name them. */
function predictionsIn(answer: unknown): readonly unknown[] {
  const { predictions } = answer as { predictions: readonly unknown[] };
  return predictions.map((each) => (typeof each === "object" && each ? Object.values(each)[0] : each));
}
