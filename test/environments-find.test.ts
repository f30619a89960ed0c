import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, suite, test } from "node:test";
import { findCondaTools } from "../server/environments/conda-tools.ts";
import { findEnvironment } from "../server/environments/find.ts";
import { pythonVersionFor } from "../server/environments/python-version.ts";

const scratch = mkdtempSync(join(tmpdir(), "finding "));
after(() => rmSync(scratch, { recursive: true, force: true }));

function write(root: string, path: string, text = ""): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  if (path.includes("bin/") || path.includes("shims/")) chmodSync(join(root, path), 0o755);
}

const venv = (root: string, name: string) => {
  write(root, `${name}/pyvenv.cfg`, "version = 3.12.1\n");
  write(root, `${name}/bin/python`, "#!/bin/sh\n");
  return join(root, name);
};

const conda = (root: string, name: string, isBase = false) => {
  write(root, `${name}/conda-meta/python-3.11.7-0.json`, "{}");
  write(root, `${name}/bin/python`, "#!/bin/sh\n");
  if (isBase) write(root, `${name}/condabin/conda`);
  return join(root, name);
};

/** A machine with one of everything; tests take away or add. */
function machine() {
  const root = mkdtempSync(join(scratch, "machine "));
  const folder = join(root, "project");
  mkdirSync(folder);
  const system = join(root, "usr");
  write(root, "usr/lib/python3.11/os.py");
  write(root, "usr/bin/python3.11", "#!/bin/sh\n");
  symlinkSync("python3.11", join(system, "bin", "python3"));
  return { root, folder, system, PATH: join(system, "bin") };
}

suite("finding the environment", { skip: process.platform === "win32" ? "POSIX layouts" : false }, () => {
  test("each place in its order", async () => {
    const { root, folder, system, PATH } = machine();
    const base = conda(root, "conda", true);
    const env = { PATH, CONDA_PREFIX: base, CONDA_EXE: join(base, "bin/conda") };
    const found = async (more: Record<string, string> = {}, selected = "") =>
      (await findEnvironment({ folder, env: { ...env, ...more }, selected }))?.prefix;
    assert.equal((await findEnvironment({ folder, env: { PATH } }))?.prefix, system);
    assert.equal(await found(), base);
    for (const name of [".pixi/envs/default", ".conda", "env", "venv", ".venv"]) {
      const prefix = name.startsWith(".pixi") || name === ".conda" ? conda(folder, name) : venv(folder, name);
      assert.equal(await found(), prefix);
    }
    const active = conda(root, "conda/envs/active");
    assert.equal(await found({ CONDA_PREFIX: active }), active);
    const activated = venv(root, "activated");
    assert.equal(await found({ CONDA_PREFIX: active, VIRTUAL_ENV: activated }), activated);
    const selected = venv(root, "selected");
    assert.equal(await found({ VIRTUAL_ENV: activated }, selected), selected);
    assert.equal(await found({ VIRTUAL_ENV: activated }, join(selected, "bin", "python")), selected);
    assert.equal(await found({}, "venv"), join(folder, "venv"));
    assert.equal(await found({ VIRTUAL_ENV: activated }, "python"), activated, "nobody has chosen");
  });

  test("what was selected and is gone is not replaced by another", async () => {
    const { folder, PATH } = machine();
    venv(folder, ".venv");
    assert.equal(await findEnvironment({ folder, env: { PATH }, selected: "/gone/bin/python" }), undefined);
  });

  test("a base that no shell has activated is known by CONDA_EXE, before python3", async () => {
    const { root, folder, PATH } = machine();
    const base = conda(root, "conda", true);
    const found = await findEnvironment({ folder, env: { PATH, CONDA_EXE: join(base, "bin", "conda") } });
    assert.equal(found?.prefix, base);
    assert.equal(found?.kind, "base");
  });

  test("a folder called env that holds no environment is passed over, as is a conda prefix without Python", async () => {
    const { folder, system, PATH } = machine();
    write(folder, "env/settings.ini");
    write(folder, ".conda/conda-meta/history");
    assert.equal((await findEnvironment({ folder, env: { PATH } }))?.prefix, system);
  });

  test("PATH: relative entries are never looked at", async () => {
    const { folder, system, PATH } = machine();
    symlinkSync("python", join(venv(folder, "evil"), "bin", "python3"));
    const before = process.cwd();
    process.chdir(folder);
    const found = await findEnvironment({ folder, env: { PATH: `evil/bin:.:${PATH}` } });
    process.chdir(before);
    assert.equal(found?.prefix, system);
  });

  test("a pyenv shim leads to the version that pyenv would take, without running it", async () => {
    const { root, folder } = machine();
    for (const version of ["3.9.2", "3.9.18", "3.12.1"]) {
      write(root, `.pyenv/versions/${version}/bin/python`);
      write(root, `.pyenv/versions/${version}/lib/python${version.replace(/\.\d+$/, "")}/os.py`);
    }
    write(root, ".pyenv/shims/python3", `#!/bin/sh\n: > "${root}/was-run"\n`);
    write(root, ".pyenv/version", "3.12.1\n");
    const env = { HOME: root, PATH: join(root, ".pyenv", "shims") };
    const version = async (more = {}) => (await findEnvironment({ folder, env: { ...env, ...more } }))?.version;
    assert.match((await version()) ?? "", /^3\.12/);
    write(root, ".python-version", "3.9\n");
    assert.match((await findEnvironment({ folder, env }))?.prefix ?? "", /3\.9\.18$/);
    assert.match((await version({ PYENV_VERSION: "3.12.1" })) ?? "", /^3\.12/);
    assert.ok(!existsSync(join(root, "was-run")));
  });

  test("another shim is asked only when that is allowed", async () => {
    const { root, folder, system } = machine();
    write(root, "tools/bin/python3", `#!/bin/sh\n: > "${root}/was-run"\necho "${system}"\n`);
    const env = { PATH: join(root, "tools", "bin") };
    assert.equal(await findEnvironment({ folder, env }), undefined);
    assert.ok(!existsSync(join(root, "was-run")));
    assert.equal((await findEnvironment({ folder, env, mayRun: true }))?.prefix, system);
    assert.ok(existsSync(join(root, "was-run")));
  });
});

suite("finding conda", { skip: process.platform === "win32" ? "POSIX layouts" : false }, () => {
  test("from the variables, PATH and the usual folders; each once, none run", async () => {
    const root = mkdtempSync(join(scratch, "tools "));
    const script = `#!/bin/sh\n: > "${root}/was-run"\n`;
    write(root, "path/bin/mamba", script);
    write(root, "path/bin/conda-build", script);
    write(root, "miniforge3/bin/conda", script);
    write(root, "miniforge3/bin/mamba", script);
    write(root, ".local/bin/micromamba", script);
    write(root, "special/bin/conda", script);
    symlinkSync(join(root, "special/bin/conda"), join(root, "path/bin/conda"));
    const env = { HOME: root, PATH: `bin:${join(root, "path/bin")}`, CONDA_EXE: join(root, "special/bin/conda") };
    const found = (await findCondaTools(env)).filter(({ executable }) => executable.startsWith(root));
    assert.deepEqual(
      found.map(({ tool, executable }) => `${tool} ${executable.slice(root.length)}`),
      [
        "conda /special/bin/conda",
        "mamba /path/bin/mamba",
        "conda /miniforge3/bin/conda",
        "mamba /miniforge3/bin/mamba",
        "micromamba /.local/bin/micromamba",
      ],
    );
    assert.ok(!existsSync(join(root, "was-run")));
  });

  test("what is not executable or does not exist is no tool", async () => {
    const root = mkdtempSync(join(scratch, "tools "));
    write(root, "miniconda3/lib/conda");
    mkdirSync(join(root, "anaconda3/bin/conda"), { recursive: true });
    const found = await findCondaTools({ HOME: root, MAMBA_EXE: "/no/such/mamba", CONDA_EXE: "conda" });
    assert.deepEqual(
      found.filter(({ executable }) => !executable.startsWith("/opt") && !executable.startsWith("/usr")),
      [],
    );
  });
});

suite("the Python version that a folder asks for", () => {
  const cases: readonly [string, Record<string, string>, string | undefined][] = [
    ["nothing", {}, undefined],
    ["only a lower bound", { "pyproject.toml": '[project]\nrequires-python = ">=3.9"' }, undefined],
    ["an upper bound", { "pyproject.toml": '[project]\nrequires-python = ">=3.9,<3.12"' }, "3.11"],
    ["an upper bound with patch", { "pyproject.toml": '[project]\nrequires-python = ">=3.9, <3.11.0"' }, "3.10"],
    ["a major bound is none", { "pyproject.toml": '[project]\nrequires-python = ">=3.9,<4"' }, undefined],
    ["compatible release", { "pyproject.toml": '[project]\nrequires-python = "~=3.10.2"' }, "3.10"],
    ["compatible minor release", { "pyproject.toml": '[project]\nrequires-python = "~=3.10"' }, undefined],
    ["prefix match", { "pyproject.toml": '[project]\nrequires-python = "==3.11.*"' }, "3.11"],
    ["exact", { "pyproject.toml": '[project]\nrequires-python = "==3.11.4"' }, "3.11"],
    ["excluded", { "pyproject.toml": '[project]\nrequires-python = "<3.13,!=3.12.*"' }, "3.11"],
    ["nothing satisfies", { "pyproject.toml": '[project]\nrequires-python = "<3"' }, undefined],
    ["poetry's caret", { "pyproject.toml": '[tool.poetry.dependencies]\npython = "^3.9"' }, undefined],
    ["poetry's tilde", { "pyproject.toml": '[tool.poetry.dependencies]\npython = "~3.10"' }, "3.10"],
    ["poetry's blanks", { "pyproject.toml": '[tool.poetry.dependencies]\npython = ">=3.8 <3.11"' }, "3.10"],
    ["broken TOML", { "pyproject.toml": "[project\n", ".python-version": "3.10\n" }, "3.10"],
    ["pyenv", { ".python-version": "# team\n3.11.7\n" }, "3.11"],
    ["a named pyenv environment", { ".python-version": "my-env\n" }, undefined],
    ["Heroku", { "runtime.txt": "python-3.10.13\n" }, "3.10"],
    ["conda", { "environment.yml": "dependencies:\n  - python=3.9\n  - pip\n" }, "3.9"],
    ["conda with a channel", { "environment.yaml": "dependencies:\n  - conda-forge::python ==3.10.*\n" }, "3.10"],
    ["conda's range", { "environment.yml": 'dependencies:\n  - "python>=3.9,<3.12"\n' }, "3.11"],
    [
      "conda without a version",
      { "environment.yml": "dependencies:\n  - python\n  - python-dateutil=2.8\n" },
      undefined,
    ],
    ["setup.cfg", { "setup.cfg": "[options]\npython_requires = >=3.7,<3.10\n" }, "3.9"],
    ["a choice within the constraint", { ".python-version": "3.10", "setup.cfg": "python_requires = >=3.9\n" }, "3.10"],
    [
      "a choice against the constraint does not count",
      {
        ".python-version": "3.8",
        "runtime.txt": "python-3.11.2",
        "pyproject.toml": '[project]\nrequires-python = ">=3.10"',
      },
      "3.11",
    ],
  ];
  for (const [title, files, expected] of cases) {
    test(title, async () => {
      assert.equal(await pythonVersionFor(async (name) => files[name]), expected);
    });
  }
});
