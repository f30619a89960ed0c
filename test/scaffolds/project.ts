// A copy of the example with an environment from PyPI, in which scaffolds are really run.
import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** Rows of the data as they are sent, and what the model of `train_pipeline.py` itself says of them. */
export interface Known {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly labels: readonly number[];
  readonly shares: readonly number[];
}

/** Everything that runs here listens on this machine only, and Spark's workers use the Python of the environment. */
export class RealProject {
  readonly root: string;
  readonly python: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor() {
    this.root = mkdtempSync(join(tmpdir(), "groundwork-"));
    cpSync(join(repository, "examples/churn"), this.root, { recursive: true });
    copyFileSync(join(repository, "test/scaffolds/train_pipeline.py"), join(this.root, "train_pipeline.py"));
    this.python = join(this.root, ".venv/bin/python");
    // As it is once the environment is activated.
    const path = `${join(this.root, ".venv/bin")}${delimiter}${process.env.PATH}`;
    this.#env = {
      ...process.env,
      ...noTelemetry,
      PATH: path,
      LC_ALL: "C.UTF-8",
      SPARK_LOCAL_IP: "127.0.0.1",
      PYSPARK_PYTHON: this.python,
    };
    this.run("python3", "-m", "venv", ".venv");
  }

  /** Runs a program to its end; fails with what it printed. */
  run(program: string, ...args: readonly string[]): string {
    const { status, stdout, stderr } = this.attempt(program, ...args);
    assert.equal(status, 0, `${program} ${args.join(" ")}\n${stdout}\n${stderr}`);
    return stdout;
  }

  attempt(program: string, ...args: readonly string[]) {
    return spawnSync(program, args, { cwd: this.root, env: this.#env, encoding: "utf8", maxBuffer: 2 ** 26 });
  }

  /** `groundwork scaffold`, with the built command line. */
  scaffold(...args: readonly string[]): string {
    return this.run(process.execPath, join(repository, "dist/groundwork.cjs"), "scaffold", ...args);
  }

  install(...files: readonly string[]): void {
    this.run(this.python, "-m", "pip", "install", "--quiet", ...files.flatMap((file) => ["-r", file]));
  }

  start(...args: readonly string[]): ChildProcess {
    return spawn(this.python, args, { cwd: this.root, env: this.#env, stdio: ["ignore", "pipe", "pipe"] });
  }

  /** What a piece of Python prints as JSON. */
  ask(code: string): unknown {
    return JSON.parse(this.run(this.python, "-W", "ignore", "-c", `import json\n${code}`));
  }

  /** After the training. */
  known(): Known {
    return this.ask(`import joblib, pandas as pd
model = joblib.load("pipeline.joblib")
rows = pd.read_csv("data/churn.csv")[list(model.feature_names_in_)].head(40)
sent = json.loads(rows.to_json(orient="records"))
print(json.dumps({"rows": sent, "labels": model.predict(rows).tolist(), "shares": model.predict_proba(rows)[:, 1].tolist()}))`) as Known;
  }

  dispose(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

const noTelemetry = { BENTOML_DO_NOT_TRACK: "True", MLFLOW_DISABLE_TELEMETRY: "true" };

/** A service that answers at `url`, until it is stopped. */
export async function served(project: RealProject, args: (port: number) => readonly string[], health: string) {
  const port = await freePort();
  const service = project.start(...args(port));
  let log = "";
  for (const stream of [service.stdout, service.stderr]) stream?.on("data", (text) => (log += text));
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    const ended = new Promise((resolve) => service.once("exit", resolve));
    service.kill();
    await ended;
  };
  while (!(await isUp(`${url}${health}`))) {
    if (service.exitCode !== null) assert.fail(`the service did not start:\n${log}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return { url, stop, log: () => log };
}

async function isUp(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

export async function post(url: string, body: unknown): Promise<{ status: number; answer: unknown }> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: text });
  const content = await response.text();
  return {
    status: response.status,
    answer: content.startsWith("{") || content.startsWith("[") ? JSON.parse(content) : content,
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
