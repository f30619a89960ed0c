import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, suite, test } from "node:test";
import { readEnvironment } from "../server/environments/environment.ts";
import { readInstalled } from "../server/environments/installed.ts";
import { normalizedName } from "../server/project/project.ts";
import { machinePython } from "./stand-ins/install.ts";

const scratch = mkdtempSync(join(tmpdir(), "installed "));
after(() => rmSync(scratch, { recursive: true, force: true }));

const posixOnly = { skip: process.platform === "win32" ? "the layouts are those of POSIX" : false };

/** Writes files below a fresh folder and answers the folder. */
function tree(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(scratch, "prefix "));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    if (path.includes("bin/")) chmodSync(join(root, path), 0o755);
  }
  return root;
}

const metadata = (name: string, version: string) =>
  `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n\nName: decoy\nVersion: 0\n`;

const site = "lib/python3.11/site-packages";

suite("installed distributions", posixOnly, () => {
  test("what a dist-info folder tells", async () => {
    const prefix = tree({
      [`${site}/Foo_Bar-1.2.dist-info/METADATA`]: metadata("Foo.Bar", "1.2"),
      [`${site}/Foo_Bar-1.2.dist-info/REQUESTED`]: "",
      [`${site}/Foo_Bar-1.2.dist-info/INSTALLER`]: "uv\n",
      [`${site}/dep-3.dist-info/METADATA`]: metadata("dep", "3").replaceAll("\n", "\r\n"),
    });
    assert.deepEqual(
      await readInstalled(prefix, "3.11.2", {}),
      new Map([
        ["foo-bar", { name: "Foo.Bar", version: "1.2", requested: true, installer: "uv", directUrl: undefined }],
        ["dep", { name: "dep", version: "3", requested: false, installer: undefined, directUrl: undefined }],
      ]),
    );
  });

  test("direct URLs: version control, editable folders, and broken records", async () => {
    const info = (name: string) => `${site}/${name}-1.dist-info`;
    const commit = "a".repeat(40);
    const vcs = { url: "https://x/y.git", vcs_info: { vcs: "git", commit_id: commit, requested_revision: "main" } };
    const prefix = tree({
      [`${info("vcs")}/METADATA`]: metadata("vcs", "1"),
      [`${info("vcs")}/direct_url.json`]: JSON.stringify(vcs),
      [`${info("edit")}/METADATA`]: metadata("edit", "1"),
      [`${info("edit")}/direct_url.json`]: JSON.stringify({ url: "file:///p", dir_info: { editable: true } }),
      [`${info("broken")}/METADATA`]: metadata("broken", "1"),
      [`${info("broken")}/direct_url.json`]: '{"url": ',
    });
    const installed = await readInstalled(prefix, "3.11.2", {});
    assert.deepEqual(installed.get("vcs")?.directUrl, { url: "https://x/y.git", vcs: "git", commit, editable: false });
    assert.deepEqual(installed.get("edit")?.directUrl, { url: "file:///p", editable: true });
    assert.equal(installed.get("broken")?.directUrl, undefined);
    assert.equal(installed.size, 3);
  });

  test("debris, empty and nameless folders are left out; of duplicates the later wins", async () => {
    const prefix = tree({
      [`${site}/~umpy-1.0.dist-info/METADATA`]: metadata("numpy", "1.0"),
      [`${site}/gone-1.0.dist-info/RECORD`]: "",
      [`${site}/odd-1.0.dist-info/METADATA`]: "Version: 1\n",
      [`${site}/twice-1.0.dist-info/METADATA`]: metadata("twice", "1.0"),
      [`${site}/twice-1.1.dist-info/METADATA`]: metadata("twice", "1.1"),
    });
    const installed = await readInstalled(prefix, "3.11.2", {});
    assert.deepEqual(
      [...installed].map(([name, each]) => `${name} ${each.version}`),
      ["twice 1.1"],
    );
  });

  test("legacy installs: egg-info files and folders, eggs, egg-links; dist-info wins", async () => {
    const source = tree({ "src.egg-info/PKG-INFO": metadata("linked", "0.1") });
    const prefix = tree({
      [`${site}/file-1.0-py3.11.egg-info`]: metadata("file", "1.0"),
      [`${site}/folder-2.0.egg-info/PKG-INFO`]: metadata("folder", "2.0"),
      [`${site}/egg-3.0-py3.11.egg/EGG-INFO/PKG-INFO`]: metadata("egg", "3.0"),
      [`${site}/linked.egg-link`]: `${source}\n.`,
      [`${site}/both-1.0.egg-info/PKG-INFO`]: metadata("both", "1.0"),
      [`${site}/both-0.9.dist-info/METADATA`]: metadata("both", "0.9"),
    });
    const installed = await readInstalled(prefix, "3.11.2", {});
    assert.deepEqual([...installed].map(([name, each]) => `${name} ${each.version}`).sort(), [
      "both 0.9",
      "egg 3.0",
      "file 1.0",
      "folder 2.0",
      "linked 0.1",
    ]);
    assert.equal(installed.get("linked")?.directUrl?.editable, true);
  });

  test("a venv sees its base only when it asks for it, and itself first", async () => {
    const base = tree({
      [`${site}/shared-1.dist-info/METADATA`]: metadata("shared", "1"),
      [`${site}/only-base-1.dist-info/METADATA`]: metadata("only-base", "1"),
      "bin/python3.11": "",
    });
    const venv = (include: string) =>
      tree({
        "pyvenv.cfg": `home = ${base}/bin\ninclude-system-site-packages = ${include}\nversion = 3.11.2\n`,
        [`${site}/shared-2.dist-info/METADATA`]: metadata("shared", "2"),
      });
    assert.deepEqual([...(await readInstalled(venv("false"), "3.11.2", {})).keys()], ["shared"]);
    const open = await readInstalled(venv("true"), "3.11.2", {});
    assert.deepEqual(
      [...open].map(([name, each]) => `${name} ${each.version}`),
      ["shared 2", "only-base 1"],
    );
  });

  test("Debian's folders, the person's own, and only those of the right version", async () => {
    const prefix = tree({
      "local/lib/python3.11/dist-packages/a-2.dist-info/METADATA": metadata("a", "2"),
      "lib/python3/dist-packages/a-1.dist-info/METADATA": metadata("a", "1"),
      "lib/python3/dist-packages/b-1.egg-info": metadata("b", "1"),
      "lib/python3.9/site-packages/old-1.dist-info/METADATA": metadata("old", "1"),
    });
    const home = tree({ [`.local/${site}/b-5.dist-info/METADATA`]: metadata("b", "5") });
    const show = async (env: Record<string, string>) =>
      [...(await readInstalled(prefix, "3.11.2", env))].map(([name, each]) => `${name} ${each.version}`).sort();
    assert.deepEqual(await show({}), ["a 2", "b 1"]);
    assert.deepEqual(await show({ HOME: home }), ["a 2", "b 5"]);
    assert.deepEqual(await show({ HOME: home, PYTHONNOUSERSITE: "1" }), ["a 2", "b 1"]);
  });

  test("lib64 adds to lib, and is not read twice when it is the same", async () => {
    const prefix = tree({
      [`${site}/a-1.dist-info/METADATA`]: metadata("a", "1"),
      "lib64/python3.11/site-packages/b-1.dist-info/METADATA": metadata("b", "1"),
    });
    assert.deepEqual([...(await readInstalled(prefix, "3.11.2", {})).keys()].sort(), ["a", "b"]);
    const linked = tree({ [`${site}/a-1.dist-info/METADATA`]: metadata("a", "1") });
    symlinkSync("lib", join(linked, "lib64"));
    assert.deepEqual([...(await readInstalled(linked, "3.11.2", {})).keys()], ["a"]);
  });

  test("conda's history tells what was asked for; the builder's traces are forgotten", async () => {
    const info = (name: string) => `${site}/${name}-1.dist-info`;
    const built = JSON.stringify({ url: "file:///croot/numpy/work", dir_info: {} });
    const conda = (name: string) => ({
      [`${info(name)}/METADATA`]: metadata(name, "1"),
      [`${info(name)}/INSTALLER`]: "conda",
      [`${info(name)}/REQUESTED`]: "",
      [`${info(name)}/direct_url.json`]: built,
    });
    const prefix = tree({
      "conda-meta/history": [
        "==> 2026-01-01 00:00:00 <==",
        "# update specs: ['python=3.11', \"conda-forge::numpy[version='>=1']\", 'pytorch', 'scipy']",
        "+defaults::mkl-2023-0",
        "# remove specs: ['scipy']",
      ].join("\n"),
      "conda-meta/pytorch-1-0.json": JSON.stringify({ files: [`${info("torch")}/METADATA`] }),
      ...conda("numpy"),
      ...conda("scipy"),
      ...conda("torch"),
      ...conda("mkl"),
      [`${info("mine")}/METADATA`]: metadata("mine", "1"),
      [`${info("mine")}/INSTALLER`]: "pip",
      [`${info("mine")}/REQUESTED`]: "",
      [`${info("mine")}/direct_url.json`]: JSON.stringify({ url: "file:///p", dir_info: { editable: true } }),
    });
    const installed = await readInstalled(prefix, "3.11.2", {});
    const requested = [...installed].filter(([, each]) => each.requested).map(([name]) => name);
    assert.deepEqual(requested.sort(), ["mine", "numpy", "torch"]);
    assert.equal(installed.get("numpy")?.directUrl, undefined);
    assert.equal(installed.get("mine")?.directUrl?.editable, true);
  });

  test("rattler and pixi leave the history empty and tell in the records what was asked for", async () => {
    const record = (specs: readonly string[]) => JSON.stringify({ requested_specs: specs, files: [] }, undefined, 2);
    const info = (name: string) => `${site}/${name}-1.dist-info`;
    const prefix = tree({
      "conda-meta/history": "",
      "conda-meta/numpy-1-0.json": record(["numpy 1.*"]),
      "conda-meta/libblas-1-0.json": record([]),
      [`${info("numpy")}/METADATA`]: metadata("numpy", "1"),
      [`${info("numpy")}/INSTALLER`]: "conda",
      [`${info("libblas")}/METADATA`]: metadata("libblas", "1"),
      [`${info("libblas")}/INSTALLER`]: "conda",
    });
    const installed = await readInstalled(prefix, "3.11.2", {});
    assert.deepEqual(
      [...installed.values()].filter((each) => each.requested).map(({ name }) => name),
      ["numpy"],
    );
  });

  test("agrees with importlib.metadata about this machine's Python", { skip: !machinePython }, async () => {
    const script = `
import sys, json, importlib.metadata as m
seen = {}
for d in m.distributions():
    if d.metadata["Name"]: seen.setdefault(d.metadata["Name"], d.version)
print(json.dumps([sys.prefix, seen]))`;
    const python = machinePython?.python ?? "";
    const env = { ...process.env, PYTHONPATH: "" };
    const [prefix, seen] = JSON.parse(
      execFileSync(python, ["-c", script], { encoding: "utf8", env, cwd: scratch }),
    ) as [string, Record<string, string>];
    const environment = await readEnvironment(python);
    assert.equal(environment?.prefix, prefix);
    const names = Object.keys(seen).map((name) => `${normalizedName(name)} ${seen[name]}`);
    const ours = [...(environment?.distributions ?? [])].map(([name, each]) => `${name} ${each.version}`);
    assert.deepEqual(ours.sort(), [...new Set(names)].sort());
  });
});

suite("environments", posixOnly, () => {
  const read = async (files: Record<string, string>, python = "") => {
    const prefix = tree({ "bin/python": "", ...files });
    const environment = await readEnvironment(join(prefix, python), {});
    return (
      environment && { kind: environment.kind, version: environment.version, inside: environment.prefix === prefix }
    );
  };

  test("kinds and versions", async () => {
    assert.deepEqual(await read({ "pyvenv.cfg": "version = 3.12.1\n" }), {
      kind: "venv",
      version: "3.12.1",
      inside: true,
    });
    assert.deepEqual(await read({ "pyvenv.cfg": "home = /usr/bin\nversion_info = 3.10.4.final.0\n" }, "bin/python"), {
      kind: "venv",
      version: "3.10.4",
      inside: true,
    });
    const record = "conda-meta/python-3.9.18-h955ad1f_0.json";
    assert.deepEqual(await read({ [record]: "{}" }, "bin/python"), { kind: "conda", version: "3.9.18", inside: true });
    assert.deepEqual(await read({ [record]: "{}", "condabin/conda": "" }), {
      kind: "base",
      version: "3.9.18",
      inside: true,
    });
    assert.deepEqual(await read({ [record]: "{}", "conda-meta/conda-24.1.0-py39_0.json": "{}" }), {
      kind: "base",
      version: "3.9.18",
      inside: true,
    });
    assert.deepEqual(await read({ "conda-meta/python_abi-3.12-4_cp312.json": "{}", "lib/python3.12/os.py": "" }), {
      kind: "conda",
      version: "3.12",
      inside: true,
    });
    assert.deepEqual(await read({ "lib/python3.8/os.py": "" }, "bin/python"), {
      kind: "system",
      version: "3.8",
      inside: true,
    });
    const header = '#define PY_VERSION   "3.8.10+"\n';
    assert.deepEqual(await read({ "lib/python3.8/os.py": "", "include/python3.8/patchlevel.h": header }), {
      kind: "system",
      version: "3.8.10",
      inside: true,
    });
  });

  test("names: conda's, base, a folder's, and a system's version", async () => {
    const root = tree({
      "conda-meta/history": "",
      "condabin/conda": "",
      "bin/python": "",
      "envs/demo/conda-meta/python-3.9.18-0.json": "{}",
      "envs/demo/bin/python": "",
      "system/bin/python": "",
      "system/lib/python3.11/os.py": "",
    });
    const nameOf = async (path: string) => (await readEnvironment(join(root, path), {}))?.name;
    assert.deepEqual(await Promise.all([nameOf(""), nameOf("envs/demo"), nameOf("system")]), [
      "base",
      "demo",
      "Python 3.11",
    ]);
  });

  test("no environment: nothing there, no Python in it, a shim", async () => {
    const prefix = tree({ "conda-meta/history": "", "shims/bin/python3": "#!/bin/sh\n" });
    assert.equal(await readEnvironment(join(prefix, "missing"), {}), undefined);
    assert.equal(await readEnvironment(prefix, {}), undefined);
    assert.equal(await readEnvironment(join(prefix, "shims", "bin", "python3"), {}), undefined);
  });
});
