// Environments made by the real tools: venv with its own pip, uv from PyPI, and a conda engine (rattler, from PyPI), filled
// from a loopback index and from PyPI. Too long for `npm test`: `npm run test:environments`.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { findCondaTools } from "../../server/environments/conda-tools.ts";
import { createEnvironment } from "../../server/environments/create.ts";
import { readEnvironment } from "../../server/environments/environment.ts";
import { removeEnvironment } from "../../server/environments/half-made.ts";
import { installInto } from "../../server/environments/install.ts";
import { registerKernel } from "../../server/environments/kernel.ts";
import type { CreateRequest } from "../../server/environments/request.ts";
import { packageIndex } from "../pins/package-index.ts";
import { speak } from "../stand-ins/conda.ts";
import { machinePython } from "../stand-ins/install.ts";

const scratch = mkdtempSync(join(tmpdir(), "real "));
after(() => rmSync(scratch, { recursive: true, force: true }));
const python = machinePython?.python ?? "";
const tools = join(import.meta.dirname, "../../.cache/environment-tools");

/** Installs uv and rattler once; undefined, and said, where PyPI cannot be reached. */
function toolsFromPyPI(): string | undefined {
  const program = join(tools, "bin/python");
  if (!existsSync(join(tools, "bin/uv"))) {
    spawnSync(python, ["-m", "venv", tools], { stdio: "ignore" });
    const { status, stderr } = spawnSync(program, ["-m", "pip", "install", "-q", "uv", "py-rattler"], {
      encoding: "utf8",
    });
    if (status !== 0) {
      console.log(`uv and rattler cannot be had, so they are not tried: ${stderr.split("\n").at(-2)}`);
      return undefined;
    }
  }
  return program;
}

const enginePython = machinePython ? toolsFromPyPI() : undefined;
const withTools = { skip: enginePython === undefined };

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(scratch, "my project "));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  return folder;
}

function create(request: Omit<CreateRequest, "target">, env: Readonly<Record<string, string>> = {}) {
  const host = { env: { ...process.env, PYTHONNOUSERSITE: "1", VIRTUAL_ENV: "", ...env } };
  return createEnvironment({ target: { prefix: ".venv" }, ...request }, host);
}

async function held(folder: string): Promise<readonly string[]> {
  const { distributions } = (await readEnvironment(join(folder, ".venv"), {})) ?? {};
  return [...(distributions?.values() ?? [])].map(({ name, version }) => `${name}==${version}`).sort();
}

suite("venv", { skip: !machinePython }, () => {
  test("with its own pip, from two files and a loopback index; then more is installed, and what fails is said", async () => {
    await using index = await packageIndex({
      tiny: [{ version: "1.0" }, { version: "2.0" }],
      other: [{ version: "1.5" }],
    });
    const folder = folderWith({ "requirements.txt": "tiny==1.0\n", "requirements-dev.txt": "other\n" });
    const requirements = ["requirements.txt", "requirements-dev.txt"];
    const env = { PIP_INDEX_URL: index.url, PIP_CONFIG_FILE: "/dev/null" };
    const outcome = await create({ tool: "venv", executable: python, folder, requirements }, env);
    assert.equal(outcome.outcome, "created", outcome.log);
    assert.deepEqual(
      (await held(folder)).filter((each) => !/^(?:pip|setuptools)=/.test(each)),
      ["other==1.5", "tiny==1.0"],
    );
    const environment = await readEnvironment(join(folder, ".venv"), {});
    assert.ok(environment);
    writeFileSync(join(folder, "requirements.txt"), "tiny==2.0\n");
    const host = { env: { ...process.env, ...env } };
    const more = await installInto({ environment, requirements: ["requirements.txt"], folder }, host);
    assert.deepEqual(more.changed, ["tiny==2.0"], more.log);
    writeFileSync(join(folder, "requirements.txt"), "absent==1.0\n");
    const failed = await installInto({ environment, requirements: ["requirements.txt"], folder }, host);
    assert.match(failed.message, /absent==1\.0/);
  });

  test("from the registry, and as a kernel of Jupyter", { skip: enginePython === undefined }, async () => {
    const folder = folderWith({ "requirements.txt": "six==1.17.0\n" });
    const outcome = await create({ tool: "venv", executable: python, folder, requirements: ["requirements.txt"] });
    assert.equal(outcome.outcome, "created", outcome.log);
    assert.ok((await held(folder)).includes("six==1.17.0"));
    const environment = await readEnvironment(join(folder, ".venv"), {});
    assert.ok(environment);
    const home = mkdtempSync(join(scratch, "home "));
    const names = { name: "churn", title: "Python (churn)" };
    const host = { env: { ...process.env, HOME: home, JUPYTER_DATA_DIR: join(home, "jupyter") } };
    const done = await registerKernel(environment, names, folder, host);
    assert.equal(done.outcome, "registered", done.log);
    const kernel = JSON.parse(readFileSync(join(home, "jupyter/kernels/churn/kernel.json"), "utf8"));
    assert.equal(kernel.display_name, "Python (churn)");
    assert.equal(kernel.argv[0], environment.python);
  });

  test("cancelled while pip is at work: all of it can be removed", async () => {
    const folder = folderWith({ "requirements.txt": "tiny\n" });
    const abort = new AbortController();
    const onProgress = ({ message }: { message: string }) =>
      message === "pip is choosing the versions" && abort.abort();
    const request = {
      tool: "venv",
      executable: python,
      folder,
      requirements: ["requirements.txt"],
      target: { prefix: ".venv" },
    } as const;
    const outcome = await createEnvironment(request, { env: process.env, signal: abort.signal, onProgress });
    assert.ok(outcome.outcome === "cancelled" && outcome.halfMade, outcome.log);
    assert.deepEqual(await removeEnvironment(outcome.halfMade), { removed: true });
    assert.deepEqual(readdirSync(folder), ["requirements.txt"]);
  });
});

suite("uv", withTools, () => {
  const executable = join(tools, "bin/uv");
  const cache = { UV_CACHE_DIR: join(scratch, "uv-cache"), UV_PYTHON_DOWNLOADS: "never" };

  test("a seeded environment with the project's dependencies, from the registry", async () => {
    const folder = folderWith({
      "pyproject.toml": '[project]\nname = "x"\nversion = "1"\ndependencies = ["six==1.17.0"]\n',
    });
    const pythonVersion = machinePython?.version.split(".").slice(0, 2).join(".") ?? "3";
    const outcome = await create(
      { tool: "uv", executable, folder, requirements: [], project: true, pythonVersion },
      cache,
    );
    assert.equal(outcome.outcome, "created", outcome.log);
    const all = await held(folder);
    assert.ok(all.includes("six==1.17.0") && all.some((each) => each.startsWith("pip==")), all.join());
  });

  test("a Python that uv does not have is told with uv's words, and nothing stays", async () => {
    const folder = folderWith({});
    const outcome = await create({ tool: "uv", executable, folder, requirements: [], pythonVersion: "3.2" }, cache);
    assert.equal(outcome.outcome, "failed", outcome.log);
    assert.match(outcome.message, /3\.2.*No environment was created/s);
    assert.ok(!existsSync(join(folder, ".venv")));
  });
});

suite("a conda engine", withTools, () => {
  const make = (...specs: readonly string[]) => {
    const channel = mkdtempSync(join(tmpdir(), "channel-"));
    after(() => rmSync(channel, { recursive: true, force: true }));
    const prefix = join(mkdtempSync(join(scratch, "conda ")), "envs", "demo");
    const script = join(import.meta.dirname, "engine.py");
    const { status, stderr } = spawnSync(enginePython ?? "", [script, channel, prefix, ...specs], { encoding: "utf8" });
    assert.equal(status, 0, stderr);
    return prefix;
  };

  test("what it makes is read as it is: kind, Python, packages, and what was asked for", async () => {
    const environment = await readEnvironment(make("python=3.12", "demo-app"), {});
    assert.equal(environment?.kind, "conda");
    assert.deepEqual([environment?.name, environment?.version], ["demo", "3.12.1"]);
    const packages = Object.fromEntries(environment?.packages?.() ?? []);
    assert.deepEqual(packages, { "demo-app": "2.0", "demo-lib": "1.2.0", python: "3.12.1" });
    const requested = [...(environment?.distributions.values() ?? [])].filter((each) => each.requested);
    assert.deepEqual(
      requested.map(({ name }) => name),
      ["demo-app"],
    );
  });

  test("the stand-in chooses the same packages and writes records of the same names", () => {
    const root = mkdtempSync(join(scratch, "stand-in "));
    mkdirSync(join(root, "conda-meta"));
    const setup = {
      root,
      dialect: "26.7",
      tool: "conda",
      mode: "",
      python,
      pythonVersion: "",
      library: "",
      pip: "",
    } as const;
    for (const specs of [["python=3.12", "demo-app"], ["python=3.11", "demo-lib=1.0"], ["python"]]) {
      const real = records(make(...specs));
      const { exitCode } = speak(["create", "--yes", "--json", "--name", "same", ...specs], setup);
      assert.equal(exitCode, 0);
      // Real conda adds pip to Python, by a setting of its own; this engine does not.
      const played = records(join(root, "envs", "same")).filter((name) => !name.startsWith("pip-"));
      assert.deepEqual(played, real);
    }
  });
});

function records(prefix: string): readonly string[] {
  return readdirSync(join(prefix, "conda-meta"))
    .filter((name) => name.endsWith(".json"))
    .sort();
}

const [conda] = await findCondaTools(process.env);
suite("the conda of this machine", { skip: conda === undefined ? "there is none" : false }, () => {
  test("makes an environment in the project's folder", async () => {
    const folder = folderWith({});
    const { executable = "", tool = "conda" } = conda ?? {};
    const outcome = await create({ tool, executable, folder, requirements: [] });
    assert.equal(outcome.outcome, "created", outcome.log);
    assert.equal((await readEnvironment(join(folder, ".venv"), {}))?.kind, "conda");
  });
});
