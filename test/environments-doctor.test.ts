// `groundwork env list` and `groundwork env doctor`: what there is, what is wrong with it, and what mends it.
import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, suite, test } from "node:test";
import { diagnose, type Patient, quoted } from "../server/environments/doctor.ts";
import { readEnvironment } from "../server/environments/environment.ts";
import { listEnvironments } from "../server/environments/list.ts";
import { builtGroundwork, groundworkWith } from "./command-line.ts";
import { virtualEnvironment } from "./installed.ts";

const scratch = realpathSync(mkdtempSync(join(tmpdir(), "doctor ")));
after(() => rmSync(scratch, { recursive: true, force: true }));
const posixOnly = { skip: process.platform === "win32" };

function folderOf(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(scratch, "project "));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    if (path.includes("bin/")) chmodSync(join(root, path), 0o755);
  }
  return root;
}

const moved = (files: Readonly<Record<string, string>>, place: string) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [path.replace(".venv", place), text]));

const venvWithPip = virtualEnvironment({ pip: { version: "24.0" } });

suite("what the doctor finds", posixOnly, () => {
  async function codesFor(files: Record<string, string>, more: Partial<Patient> = {}, place = ".venv") {
    const folder = folderOf(files);
    const environment = await readEnvironment(join(folder, place), {});
    const patient = { folder, environment, declared: undefined, hasNotebooks: false, env: {}, ...more };
    const found = await diagnose(patient);
    const told = found.map(({ code, commands }) => `${code}: ${commands.join("; ").replaceAll(folder, "FOLDER")}`);
    assert.ok(found.every(({ message }) => message.endsWith(".")));
    return told;
  }

  test("nothing", async () => {
    assert.deepEqual(await codesFor(venvWithPip, { declared: "3.11" }), []);
  });

  test("no environment, and one that everybody shares", async () => {
    assert.deepEqual(await codesFor({}), ["no-environment: groundwork env create"]);
    const base = { ...venvWithPip, ".venv/conda-meta/history": "", ".venv/condabin/conda": "" };
    assert.deepEqual(await codesFor(base), ["shared: groundwork env create"]);
  });

  test("another Python than the project asks for", async () => {
    const told = async (files: Record<string, string>, place: string, more: Partial<Patient> = {}) =>
      (await codesFor(files, { declared: "3.12", ...more }, place)).filter((each) => each.startsWith("other-python"));
    assert.deepEqual(await told(venvWithPip, ".venv"), [
      "other-python: groundwork env create --tool venv --prefix .venv --python 3.12 --replace",
    ]);
    const byUv = { ...venvWithPip, ".venv/pyvenv.cfg": "uv = 0.5.0\nversion_info = 3.11.2\n" };
    assert.deepEqual(await told(byUv, ".venv"), [
      "other-python: groundwork env create --tool uv --prefix .venv --python 3.12 --replace",
    ]);
    const conda = {
      "envs/churn/conda-meta/history": "",
      "envs/churn/conda-meta/python-3.11.7-0.json": '{"name": "python", "version": "3.11.7"}',
      "envs/churn/bin/python": "x",
    };
    assert.deepEqual(await told(conda, "envs/churn"), [
      "other-python: groundwork env create --tool conda --prefix envs/churn --python 3.12 --replace",
    ]);
    assert.deepEqual(await told(conda, "envs/churn", { condaTool: "mamba" }), [
      "other-python: groundwork env create --tool mamba --prefix envs/churn --python 3.12 --replace",
    ]);
    const elsewhere = { folder: folderOf({}) };
    assert.deepEqual(await told(conda, "envs/churn", elsewhere), [
      "other-python: groundwork env create --tool conda --name churn --python 3.12 --replace",
    ]);
    assert.deepEqual(await told(venvWithPip, ".venv", elsewhere), [
      "other-python: groundwork env create --python 3.12",
    ]);
  });

  test("an environment without pip; uv needs none", async () => {
    const bare = virtualEnvironment({ numpy: { version: "2.0.1" } });
    assert.deepEqual(await codesFor(bare), ["no-pip: 'FOLDER/.venv/bin/python' -m ensurepip"]);
    assert.deepEqual(await codesFor({ ...bare, ".venv/pyvenv.cfg": "uv = 0.5.0\nversion_info = 3.11.2\n" }), []);
  });

  test("an environment whose Python is gone", async () => {
    const files = { ".venv/pyvenv.cfg": "home = /opt/python3.9/bin\nversion = 3.9.2\n" };
    const told = await codesFor(files);
    assert.equal(told[0], "broken: groundwork env create --tool venv --prefix .venv --replace");
  });

  test("the tutorial's `conda create -n iafluente`: no Python, so pip goes elsewhere", async () => {
    const folder = folderOf({ "envs/iafluente/conda-meta/history": "" });
    const prefix = join(folder, "envs/iafluente");
    const told = await codesFor(venvWithPip, { env: { CONDA_PREFIX: prefix } });
    assert.match(told[0] ?? "", /^no-python: conda install --prefix '.*iafluente' python pip$/);
  });

  test("another environment is activated than the folder's own", async () => {
    const other = folderOf(venvWithPip);
    const told = await codesFor(venvWithPip, { env: { VIRTUAL_ENV: join(other, ".venv") } });
    assert.deepEqual(told, ["not-activated: source 'FOLDER/.venv/bin/activate'"]);
  });

  test("another environment is activated than the selected one, or the selected one is gone", async () => {
    const other = join(folderOf(venvWithPip), ".venv");
    const files = { ...venvWithPip, ...moved(venvWithPip, "special") };
    const more = { env: { VIRTUAL_ENV: other }, selected: "special" };
    assert.deepEqual(await codesFor(files, more, "special"), ["not-activated: source 'FOLDER/special/bin/activate'"]);
    const gone = await codesFor(venvWithPip, { selected: "gone" }, "gone");
    assert.deepEqual(gone, ["no-environment: groundwork env select --clear"]);
  });

  test("remains of an interrupted installation, no .gitignore, no Jupyter", async () => {
    const files = {
      ...venvWithPip,
      ".venv/lib/python3.11/site-packages/~umpy/x": "",
      ".git/HEAD": "",
    };
    assert.deepEqual(await codesFor(files, { hasNotebooks: true }), [
      "half-removed: ",
      "not-ignored: echo /.venv/ >> .gitignore",
      "no-jupyter: 'FOLDER/.venv/bin/python' -m pip install jupyter",
    ]);
  });

  test("commands can be pasted, whatever the path", () => {
    assert.equal(quoted("/a/b-1.0"), "/a/b-1.0");
    assert.equal(quoted("/a b/$(id)/it's"), "'/a b/$(id)/it'\\''s'");
  });
});

suite("what is listed", posixOnly, () => {
  test("environments of the folder, of conda, of virtualenvwrapper and of PATH, each once and without running them", async () => {
    const script = `#!/bin/sh\n: > "${scratch}/was-run"\n`;
    const conda = (place: string) => ({
      [`${place}/conda-meta/python-3.11.7-0.json`]: "{}",
      [`${place}/bin/python`]: script,
    });
    const root = folderOf({
      ...conda("miniforge3"),
      "miniforge3/condabin/conda": "",
      "miniforge3/bin/conda": script,
      ...conda("miniforge3/envs/churn"),
      ...conda("elsewhere/mine"),
      "empty/conda-meta/history": "",
      ".virtualenvs/old/pyvenv.cfg": "version = 3.8.1\n",
      ".virtualenvs/old/bin/python": script,
      "usr/bin/python3.12": script,
      "usr/lib/python3.12/os.py": "",
      "project/.venv/pyvenv.cfg": "version = 3.12.1\n",
      "project/.venv/bin/python": script,
    });
    writeFileSync(join(root, "usr/bin/python3"), script, { mode: 0o755 });
    rmSync(join(root, "usr/bin/python3"));
    symlinkSync("python3.12", join(root, "usr/bin/python3"));
    mkdirSync(join(root, ".conda"));
    const told = ["elsewhere/mine", "miniforge3/envs/churn", "empty", "gone"].map((each) => join(root, each));
    writeFileSync(join(root, ".conda/environments.txt"), `${told.join("\n")}\n`);
    const listed = await listEnvironments(join(root, "project"), { HOME: root, PATH: join(root, "usr/bin") });
    const words = listed
      .filter(({ prefix }) => prefix.startsWith(root))
      .map(({ kind, name, version }) => `${name} ${kind} ${version}`);
    assert.deepEqual(words, [
      ".venv venv 3.12.1",
      "base base 3.11.7",
      "churn conda 3.11.7",
      "mine conda 3.11.7",
      "old venv 3.8.1",
      "Python 3.12 system 3.12",
    ]);
    assert.ok(!existsSync(join(scratch, "was-run")));
  });
});

suite("on the command line", posixOnly, () => {
  const variables = { CONDA_EXE: "", HOME: scratch };
  const run = (root: string, ...args: string[]) => groundworkWith(variables, root, "env", ...args);
  const built = (root: string, ...args: string[]) => builtGroundwork(variables, root, "env", ...args);

  test("doctor says what is wrong and how to mend it, and its exit code tells", () => {
    const files = { ...virtualEnvironment({ pip: { version: "24.0" }, numpy: { version: "2.0.1" } }) };
    const root = folderOf({ ...files, "requirements.txt": "numpy==1.26.4\n" });
    const { status, stdout, stderr } = built(root, "doctor");
    assert.equal(status, 1, stderr);
    assert.match(stdout, /^Environment: \.venv, Python 3\.11\.2, /);
    assert.match(
      stdout,
      /- requirements\.txt: `\.venv` holds numpy 2\.0\.1, which this excludes\.\n {4}groundwork install/,
    );
    const json = JSON.parse(run(root, "doctor", "--format", "json").stdout);
    assert.equal(json.environment.name, ".venv");
    assert.deepEqual(
      json.problems.map((each: { code: string }) => each.code),
      ["drift"],
    );
    writeFileSync(join(root, "requirements.txt"), "numpy==2.0.1\n");
    const well = run(root, "doctor");
    assert.deepEqual([well.status, well.stdout.split("\n")[1]], [0, "Nothing is wrong with it."]);
  });

  test("list marks the one in use, and create answers as JSON what it refused", () => {
    const root = folderOf(venvWithPip);
    const listed = JSON.parse(built(root, "list", "--format", "json").stdout);
    assert.deepEqual(
      listed.environments.filter((each: { inUse: boolean }) => each.inUse).map(({ name }: { name: string }) => name),
      [".venv"],
    );
    assert.match(run(root, "list").stdout, /^\* \.venv/m);
    const refused = built(root, "create", "--tool", "venv", "--prefix", "../outside", "--format", "json");
    assert.equal(refused.status, 1);
    assert.equal(JSON.parse(refused.stdout).reason, "refused");
    assert.ok(!existsSync(join(root, "../outside")));
  });

  test("select writes what the editor reads, keeps the rest of it, and is what the other commands then use", () => {
    const settings = '{\n  // Ours.\n  "editor.rulers": [100],\n}\n';
    const root = folderOf({ ...venvWithPip, ...moved(venvWithPip, "special"), ".vscode/settings.json": settings });
    const written = () => readFileSync(join(root, ".vscode/settings.json"), "utf8");
    const inUse = () => /^\* (\S+)/m.exec(run(root, "list").stdout)?.[1];
    const selected = built(root, "select", "./special");
    assert.equal(selected.status, 0, selected.stderr);
    assert.match(written(), /\/\/ Ours\.[\s\S]*"groundwork\.environment": "special"/);
    assert.equal(inUse(), "special");
    assert.equal(run(root, "select", "nowhere").status, 2);
    assert.equal(run(root, "select", ".venv").status, 0);
    assert.match(written(), /"groundwork\.environment": "\.venv"/);
    writeFileSync(join(root, ".venv/pyvenv.cfg"), "");
    assert.equal(run(root, "select", "--clear").status, 0);
    assert.match(written(), /^\{\s*\/\/ Ours\.\s*"editor\.rulers": \[\s*100\s*\],?\s*\}\s*$/);
    writeFileSync(join(root, ".vscode/settings.json"), "{ broken");
    assert.match(run(root, "select", "./special").stderr, /was left as it is/);
    assert.equal(written(), "{ broken");
  });

  test("what a file selects is not run to be recognised", () => {
    const root = folderOf({
      "bin/python": "#!/bin/sh\n: > was-run\n",
      ".vscode/settings.json": '{"groundwork.environment": "bin/python"}',
    });
    const { status, stdout } = run(root, "doctor");
    assert.equal(status, 1);
    assert.match(stdout, /settings select bin\/python, which is no Python environment/);
    assert.ok(!existsSync(join(root, "was-run")));
  });
});
