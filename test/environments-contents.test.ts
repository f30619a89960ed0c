// What a new environment is filled with, and what one does with it next.
import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, suite, test } from "node:test";
import {
  contentsOf,
  nameInEnvironmentFile,
  projectArguments,
  sourcesIn,
  usualSource,
} from "../server/environments/contents.ts";
import { createEnvironment } from "../server/environments/create.ts";
import { readEnvironment } from "../server/environments/environment.ts";
import { missingIgnoreLine } from "../server/environments/git-ignore.ts";
import { removeEnvironment } from "../server/environments/half-made.ts";
import { registerKernel } from "../server/environments/kernel.ts";
import type { CreateRequest } from "../server/environments/request.ts";
import { defaultsFor, slugOf } from "../server/host/environment-request.ts";
import { installStandIn, machinePython } from "./stand-ins/install.ts";
import { writeWheels } from "./stand-ins/wheels.ts";

const scratch = mkdtempSync(join(tmpdir(), "contents "));
after(() => rmSync(scratch, { recursive: true, force: true }));
const here = { skip: process.platform === "win32" || !machinePython };

function folderOf(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(scratch, "my project "));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    if (path.includes("bin/")) chmodSync(join(root, path), 0o755);
  }
  return root;
}

const buildSystem = '[build-system]\nrequires = ["setuptools"]\n';

suite("the files that an environment is filled with", () => {
  const files = {
    "requirements.txt": "",
    "requirements-dev.txt": "",
    "requirements/train.txt": "",
    "environment.yml": "",
    "environment-gpu.yaml": "",
    "pyproject.toml": '[project]\ndependencies = ["numpy"]\n',
    "mkdocs.yml": "",
    "notes.txt": "",
  };

  test("all of them, the usual first; conda's only for conda", async () => {
    const folder = folderOf(files);
    const forPip = ["requirements.txt", "requirements-dev.txt", "requirements/train.txt", "pyproject.toml"];
    assert.deepEqual(await sourcesIn(folder, "venv"), forPip);
    assert.deepEqual(await sourcesIn(folder, "conda"), ["environment.yml", "environment-gpu.yaml", ...forPip]);
  });

  test("the usual one is installed unless somebody chooses", () => {
    assert.deepEqual(usualSource(["environment.yml", "requirements.txt"]), ["environment.yml"]);
    assert.deepEqual(usualSource(["requirements-dev.txt", "requirements.txt", "pyproject.toml"]), ["requirements.txt"]);
    assert.deepEqual(usualSource(["requirements-dev.txt"]), []);
  });

  test("a name tells what a file is", () => {
    assert.deepEqual(contentsOf(["a/environment.yml", "requirements.txt", "dev.txt", "pyproject.toml"]), {
      requirements: ["requirements.txt", "dev.txt"],
      environmentFile: "a/environment.yml",
      project: true,
    });
  });

  test("a pyproject.toml: the project where it is built, else its dependencies, never an option", async () => {
    const project = '[project]\ndependencies = ["numpy>=1.2", "--index-url=http://x", "a @ https://h/a.whl"]\n';
    const plain = folderOf({ "pyproject.toml": project });
    assert.deepEqual(await projectArguments(plain), ["numpy>=1.2", "a @ https://h/a.whl"]);
    const built = folderOf({ "pyproject.toml": buildSystem + project });
    assert.deepEqual(await projectArguments(built), ["--editable", built]);
    const tools = folderOf({ "pyproject.toml": "[tool.black]\n" });
    assert.deepEqual(await sourcesIn(tools, "venv"), []);
  });

  test("the name is that of environment.yml, else the folder's as conda allows it", async () => {
    assert.equal(nameInEnvironmentFile("name: churn  # ours\ndependencies: []\n"), "churn");
    assert.equal(nameInEnvironmentFile("name: ci\non: push\n"), undefined);
    assert.equal(slugOf("Previsão de churn (2024)"), "Previsao-de-churn-2024");
    assert.equal(slugOf("--"), "project");
    const folder = folderOf({ "environment.yml": "name: churn\ndependencies:\n  - python=3.12\n" });
    const { name, python, chosen } = await defaultsFor(folder, "conda", { PATH: "" });
    assert.deepEqual({ name, python, chosen }, { name: "churn", python: "3.12", chosen: ["environment.yml"] });
  });
});

suite("the programs that can make an environment", here, () => {
  const pythons = (...versions: readonly string[]) =>
    Object.fromEntries(
      versions.flatMap((version) => {
        const [major, minor] = version.split(".");
        const root = `py${version}`;
        const header = [`${root}/include/python${major}.${minor}/patchlevel.h`, `#define PY_VERSION "${version}"\n`];
        return [
          [`${root}/bin/python${major}.${minor}`, "#!"],
          [`${root}/lib/python${major}.${minor}/os.py`, ""],
          header,
        ];
      }),
    );

  test("the Python that the project declares comes first; uv where there is none, or where it is the project's", async () => {
    const root = folderOf({ ...pythons("3.9.2", "3.12.1"), "uv/bin/uv": "#!", "project/.python-version": "3.12\n" });
    const folder = join(root, "project");
    const PATH = ["py3.9.2/bin", "py3.12.1/bin", "uv/bin"].map((each) => join(root, each)).join(":");
    const told = async () =>
      (await defaultsFor(folder, "venv", { PATH })).tools.map(({ tool, version }) => `${tool} ${version ?? ""}`.trim());
    assert.deepEqual(await told(), ["venv 3.12.1", "venv 3.9.2", "uv"]);
    writeFileSync(join(folder, ".python-version"), "3.13\n");
    assert.deepEqual(await told(), ["uv", "venv 3.12.1", "venv 3.9.2"]);
    writeFileSync(join(folder, ".python-version"), "3.9\n");
    writeFileSync(join(folder, "uv.lock"), "");
    assert.deepEqual(await told(), ["uv", "venv 3.9.2", "venv 3.12.1"]);
  });
});

suite("filling", here, () => {
  const create = (request: Omit<CreateRequest, "target" | "tool"> & Partial<CreateRequest>, env = {}) =>
    createEnvironment(
      { tool: "conda", target: { prefix: ".conda" }, ...request },
      { env: { ...process.env, PYTHONNOUSERSITE: "1", PIP_NO_INDEX: "1", PIP_CONFIG_FILE: "/dev/null", ...env } },
    );

  for (const dialect of ["23.5", "26.7"] as const) {
    test(`conda ${dialect}: from environment.yml, with --yes only where it is known`, async () => {
      const folder = folderOf({ "environment.yml": "dependencies:\n  - python=3.12\n  - demo-app\n" });
      const conda = installStandIn(mkdtempSync(join(scratch, "conda ")), { dialect });
      const outcome = await create({
        executable: conda.executable,
        folder,
        requirements: [],
        environmentFile: "environment.yml",
      });
      assert.equal(outcome.outcome, "created", outcome.log);
      assert.match(outcome.message, /Installed from environment\.yml; it holds 3 distributions\.$/);
      const prefix = join(folder, ".conda");
      const yes = dialect === "26.7" ? ["--yes"] : [];
      const file = join(folder, "environment.yml");
      assert.deepEqual(conda.calls(), [
        ["env", "create", "--help"],
        ["env", "create", ...yes, "--json", "--prefix", prefix, "--file", file],
      ]);
      assert.ok((await readEnvironment(prefix))?.distributions.has("demo-app"));
    });
  }

  test("a pip list that fails is told with pip's words, and what was made can be removed", async () => {
    const text = "dependencies:\n  - python\n  - pip:\n      - tiny==9.9\n";
    const folder = folderOf({ "environment.yml": text });
    const conda = installStandIn(mkdtempSync(join(scratch, "conda ")), { dialect: "26.7", mode: "pip-failed" });
    const { executable } = conda;
    const outcome = await create({ executable, folder, requirements: [], environmentFile: "environment.yml" });
    assert.ok(outcome.outcome === "failed" && outcome.reason === "pip-failed" && outcome.halfMade, outcome.log);
    assert.match(outcome.message, /`pip:` list: No matching distribution found for tiny==9\.9\. An unfinished/);
    assert.deepEqual(await removeEnvironment(outcome.halfMade), { removed: true });
    assert.ok(!existsSync(join(folder, ".conda")));
  });

  test("several requirements files and the project's own dependencies, in one installation", async () => {
    const folder = folderOf({
      "requirements.txt": "tiny==1.0\n",
      "dev requirements.txt": "other\n",
      "pyproject.toml": '[project]\ndependencies = ["third<2"]\n',
    });
    writeWheels(join(folder, "wheels"), { tiny: "1.0", other: "2.0", third: "1.5" });
    const conda = installStandIn(mkdtempSync(join(scratch, "conda ")), { dialect: "26.7" });
    const { executable } = conda;
    const requirements = ["requirements.txt", "dev requirements.txt"];
    const wheels = { PIP_FIND_LINKS: join(folder, "wheels").replaceAll(" ", "%20").replace(/^/, "file://") };
    const outcome = await create({ executable, folder, requirements, project: true }, wheels);
    assert.equal(outcome.outcome, "created", outcome.log);
    const { distributions } = (await readEnvironment(join(folder, ".conda"))) ?? {};
    assert.deepEqual(
      ["tiny", "other", "third"].map((name) => distributions?.get(name)?.version),
      ["1.0", "2.0", "1.5"],
    );
    assert.match(outcome.message, /Installed from requirements\.txt, dev requirements\.txt, pyproject\.toml;/);
  });

  test("an environment file is nothing for venv, and a file that is not there is said before anything runs", async () => {
    const folder = folderOf({ "environment.yml": "dependencies: []\n" });
    const request = { executable: machinePython?.python ?? "", folder, requirements: [] };
    const venv = await create({ ...request, tool: "venv", environmentFile: "environment.yml" });
    assert.match(venv.message, /is for conda; venv does not read it/);
    const gone = await create({ ...request, tool: "venv", project: true });
    assert.match(gone.message, /pyproject\.toml does not exist\. Nothing was created/);
    assert.ok(!existsSync(join(folder, ".conda")));
  });

  test("another Python than the project asks for is said", async () => {
    const folder = folderOf({});
    const real = machinePython?.python;
    writeFileSync(join(folder, "python3"), `#!/bin/sh\nexec "${real}" "$@" --without-pip\n`, { mode: 0o755 });
    const executable = join(folder, "python3");
    const request = { executable, folder, requirements: [], tool: "venv", declaredPython: "3.2" } as const;
    assert.match((await create(request)).message, /The project asks for Python 3\.2, which was not found here\.$/);
  });
});

suite("the next steps", here, () => {
  test("a line for .gitignore, only where git is and nothing ignores the environment yet", async () => {
    const line = (files: Readonly<Record<string, string>>, place = ".conda") => {
      const folder = folderOf(files);
      return missingIgnoreLine(folder, join(folder, place));
    };
    assert.equal(await line({ ".git/HEAD": "" }), "/.conda/");
    assert.equal(await line({ ".git/HEAD": "", ".gitignore": "*.pyc\n" }), "/.conda/");
    assert.equal(await line({ ".git/HEAD": "", ".gitignore": ".conda\n" }), undefined);
    assert.equal(await line({ ".git/HEAD": "", ".conda/.gitignore": "*\n" }), undefined, "as uv and venv do it");
    assert.equal(await line({ "train.py": "" }), undefined, "no git");
    assert.equal(await line({ ".git/HEAD": "" }, "../elsewhere"), undefined);
  });

  const kernelIn = async (script: string, distribution = "") => {
    const info = `env/lib/python3.11/site-packages/${distribution || "other"}-1.dist-info/METADATA`;
    const root = folderOf({
      "env/pyvenv.cfg": "version = 3.11.2\n",
      "env/bin/python": "",
      [info]: `Name: ${distribution || "other"}\nVersion: 1\n`,
    });
    const python = join(root, "env/bin/python");
    writeFileSync(python, `#!/bin/sh\nprintf '%s ' "$@" >> "${root}/calls"\necho >> "${root}/calls"\n${script}\n`);
    const environment = await readEnvironment(join(root, "env"), {});
    assert.ok(environment);
    const names = { name: "churn", title: "Python (churn)" };
    const done = await registerKernel(environment, names, root, { env: process.env });
    return { done, calls: readFileSync(join(root, "calls"), "utf8").trim().split("\n") };
  };

  test("a kernel: ipykernel is installed where it is missing, and registered for the person alone", async () => {
    const { done, calls } = await kernelIn("exit 0");
    assert.equal(done.outcome, "registered", done.log);
    assert.match(calls[0] ?? "", /^-I .*-m pip install .* ipykernel $/);
    assert.match(calls[1] ?? "", /^-I -m ipykernel install --user --name churn --display-name Python \(churn\)\s*$/);
    assert.equal((await kernelIn("exit 0", "ipykernel")).calls.length, 1);
  });

  test("a kernel that cannot be registered is told with the reason", async () => {
    const { done } = await kernelIn("echo 'ERROR: no index at https://u:secret@h/' >&2; exit 1");
    assert.equal(done.outcome, "failed");
    assert.match(done.message, /no index at https:\/\//);
    assert.doesNotMatch(done.message + done.log, /secret/);
  });
});
