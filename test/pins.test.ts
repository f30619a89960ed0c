// Pinning from an index, over real HTTP with a real pip.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { markersOf } from "../server/pins/marker-environment.ts";
import { type PinRequest, pinAndSortFile, pinFile } from "../server/pins/pin-file.ts";
import type { InstalledDistribution, PythonEnvironment } from "../server/project/project.ts";
import { grammars } from "./grammars.ts";
import { packageIndex } from "./pins/package-index.ts";
import { readyPython } from "./pins/ready-python.ts";

await grammars();

const folder = mkdtempSync(join(tmpdir(), "groundwork-pins-test-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The machine's own Python, when its pip is new enough (22.2) to report what it would install. */
const python = ((): { path: string; version: string } | undefined => {
  const program =
    "import sys, pip, platform; print(sys.executable, platform.python_version(), pip.__version__, sep='\\n')";
  const { status, stdout } = spawnSync("python3", ["-I", "-c", program], { encoding: "utf8" });
  const [path = "", version = "", pip = ""] = (stdout ?? "").split(/\r?\n/);
  const [major = 0, minor = 0] = pip.split(".").map(Number);
  return status === 0 && (major > 22 || (major === 22 && minor >= 2)) ? { path, version } : undefined;
})();
const skip = python ? false : "no Python with pip 22.2 or later";
const ready = python && (await readyPython(python.path));
/** pip starts programs only to tell the index on which machine it runs; here it finds none. */
const noPrograms = join(folder, "bin");
mkdirSync(noPrograms);

const distributions = {
  "demo-lib": [
    { version: "1.0.0" },
    { version: "1.2.0" },
    { version: "1.3.0", yanked: "broken build" },
    { version: "2.0.0rc1" },
  ],
  "demo-app": [
    { version: "2.0", requires: ["demo-lib>=1.1"] },
    { version: "1.0", requires: ["demo-lib"] },
  ],
  "weird-name": [{ version: "3.1+local.1" }],
  "too-new": [{ version: "1.0", requiresPython: ">=9.9" }],
  "too-old": [{ version: "1.0", requiresPython: "<3" }],
  withdrawn: [
    { version: "1.0", yanked: "" },
    { version: "1.1", yanked: "by mistake" },
  ],
  "source-only": [{ version: "0.9", isSource: true }],
  picky: [{ version: "1.0", requires: ["demo-lib<1"] }],
} as const;

function environment(
  installed: Readonly<Record<string, string>> = {},
  changes: Partial<PythonEnvironment> = {},
): PythonEnvironment {
  const distribution = (name: string, version: string): InstalledDistribution => ({
    name,
    version,
    requested: true,
    installer: "pip",
    directUrl: undefined,
  });
  return {
    prefix: folder,
    python: ready ?? "python3",
    kind: "venv",
    name: "iafluente",
    version: python?.version,
    distributions: new Map(Object.entries(installed).map(([name, version]) => [name, distribution(name, version)])),
    ...changes,
  };
}

/** pip hears of no index but the one that a test names. */
function variables(index?: string): Record<string, string | undefined> {
  const none = [
    "PIP_FIND_LINKS",
    "PIP_EXTRA_INDEX_URL",
    "PIP_NO_INDEX",
    "PIP_CONSTRAINT",
    "PIP_PROXY",
    "PIP_REQUIRE_HASHES",
  ];
  return {
    ...Object.fromEntries(none.map((name) => [name, undefined])),
    PIP_CONFIG_FILE: "/dev/null",
    PIP_INDEX_URL: index,
    PIP_RETRIES: "0",
    PATH: noPrograms,
    NO_PROXY: "127.0.0.1",
    no_proxy: "127.0.0.1",
  };
}

function request(text: string, index: string | undefined, changes: Partial<PinRequest> = {}): PinRequest {
  const env = variables(index);
  return { path: "requirements.txt", text, folder, environment: environment(), network: true, env, ...changes };
}

function leftOf({ left }: { left: readonly { name: string; reason: string }[] }): string[] {
  return left.map(({ name, reason }) => `${name}: ${reason}`);
}

test("what is installed is pinned without asking anybody", async () => {
  await using index = await packageIndex(distributions);
  const text = "demo-lib\nabsent\n";
  const result = await pinFile(
    request(text, index.url, { network: false, environment: environment({ "demo-lib": "1.0.0" }) }),
  );
  assert.equal(result.text, "demo-lib==1.0.0\nabsent\n");
  assert.deepEqual(leftOf(result), [
    "absent: `absent` is not installed in `iafluente`, and the package index was not asked",
  ]);
  assert.deepEqual(index.asked, []);
});

test("without an environment nothing is guessed", async () => {
  const result = await pinFile(request("demo-lib\n", undefined, { environment: undefined }));
  assert.equal(result.text, "demo-lib\n");
  assert.deepEqual(leftOf(result), [
    "demo-lib: No Python environment is chosen, so nothing tells the version of `demo-lib`",
  ]);
});

test("what is absent is pinned to what pip would install, by the file's own index, and its options stay", {
  skip,
}, async () => {
  await using index = await packageIndex(distributions);
  const option = `--index-url ${index.url}\n`;
  const text = `${option}# ours\nWeird_Name\ndemo-app>=1 # the service\ndemo-lib ; python_version > '3'\n`;
  const whole = environment({}, { python: python?.path ?? "" });
  const result = await pinAndSortFile(request(text, "http://127.0.0.1:9/simple", { environment: whole }));
  assert.deepEqual(leftOf(result), []);
  assert.equal(
    result.text,
    `${option}# ours\ndemo-app==2.0 # the service\ndemo-lib==1.2.0 ; python_version > '3'\nWeird_Name==3.1+local.1\n`,
  );
});

test("versions go together with what the file and the environment fix", { skip }, async () => {
  const other = {
    "other-lib": [{ version: "1.0.0" }, { version: "1.2.0" }],
    "other-app": [{ version: "2.0", requires: ["other-lib>=1.1"] }, { version: "1.0" }],
  };
  await using index = await packageIndex({ ...distributions, ...other });
  const text = "demo-lib==1.0.0\ndemo-app\nother-lib\nother-app\n";
  const installed = environment({ "other-lib": "1.0.0" });
  const result = await pinFile(request(text, index.url, { environment: installed }));
  assert.equal(result.text, "demo-lib==1.0.0\ndemo-app==1.0\nother-lib==1.0.0\nother-app==1.0\n");
});

test("each requirement that has no version is told why, and the others are pinned", { skip }, async () => {
  await using index = await packageIndex(distributions, { html: true });
  const text = "demo-lib\ntypo-lib\ndemo-app>=7\ntoo-new\ntoo-old\nwithdrawn\nsource-only\n";
  const result = await pinFile(request(text, index.url));
  assert.equal(result.text, text.replace("demo-lib", "demo-lib==1.2.0"));
  const ours = python?.version;
  assert.deepEqual(leftOf(result), [
    `typo-lib: No distribution is called \`typo-lib\` on ${index.url}: is it spelt right?`,
    "demo-app: No version of `demo-app` satisfies `>=7`; the newest is 2.0",
    `too-new: \`too-new\` needs Python >=9.9, and ${ours} of this environment is too old`,
    `too-old: \`too-old\` needs Python <3, and ${ours} of this environment is too new`,
    "withdrawn: Every version of `withdrawn` that satisfies `*` was withdrawn by its authors",
    "source-only: `source-only` offers only source code there, which would have to be built: pin it by hand",
  ]);
});

test("a requirement that only fails together with others is told in pip's words", { skip }, async () => {
  await using index = await packageIndex(distributions);
  const result = await pinFile(request("demo-lib\npicky\n", index.url));
  assert.equal(result.text, "demo-lib==1.2.0\npicky\n");
  assert.match(leftOf(result).join(), /^picky: No version of `picky` was found: /);
});

test("an index that wants a password says so, and no message shows one", { skip }, async () => {
  await using index = await packageIndex(distributions, { password: "s3cret" });
  const url = (password: string) => `http://ana:${password}@127.0.0.1:${index.port}/simple`;
  const wrong = await pinFile(request("demo-lib\n", url("w0rds")));
  const address = `http://****@127.0.0.1:${index.port}/simple`;
  assert.deepEqual(leftOf(wrong), [
    `demo-lib: The package index ${address} does not accept these credentials, or wants some`,
  ]);
  assert.doesNotMatch(JSON.stringify(wrong), /w0rds/);
  const right = await pinFile(request("demo-lib\nmissing\n", url("s3cret")));
  assert.equal(right.text, "demo-lib==1.2.0\nmissing\n");
  assert.deepEqual(leftOf(right), [`missing: No distribution is called \`missing\` on ${address}: is it spelt right?`]);
  assert.doesNotMatch(JSON.stringify(right), /s3cret/);
});

test("the password of .netrc is used where the address has none", { skip }, async () => {
  await using index = await packageIndex(distributions, { password: "s3cret" });
  const netrc = join(folder, "netrc");
  writeFileSync(netrc, "machine other login x password y\nmachine 127.0.0.1 login ana password s3cret\n");
  const known = await pinFile(request("missing\n", index.url, { env: { ...variables(index.url), NETRC: netrc } }));
  assert.deepEqual(leftOf(known), [
    `missing: No distribution is called \`missing\` on ${index.url}: is it spelt right?`,
  ]);
});

test("an index that cannot be reached, or is broken, is no unknown name", { skip }, async () => {
  const closed = createServer();
  await new Promise<void>((ready) => closed.listen(0, "127.0.0.1", ready));
  const address = closed.address();
  const port = typeof address === "object" && address ? address.port : 0;
  await new Promise((done) => closed.close(done));
  const offline = await pinFile(request("demo-lib\n", `http://127.0.0.1:${port}/simple`));
  assert.deepEqual(leftOf(offline), [
    `demo-lib: The package index http://127.0.0.1:${port}/simple could not be reached`,
  ]);
  await using index = await packageIndex({}, { status: 503 });
  const broken = await pinFile(request("demo-lib\n", index.url));
  assert.deepEqual(leftOf(broken), [`demo-lib: The package index ${index.url} answered with an error (503)`]);
});

test("pip's configuration file names the index", { skip }, async () => {
  await using index = await packageIndex(distributions);
  const config = join(folder, "pip.conf");
  writeFileSync(config, `[global]\nindex-url = ${index.url}/\n`);
  const env = { ...variables(), PIP_CONFIG_FILE: config };
  const result = await pinFile(request("demo-lib\nmissing\n", undefined, { env }));
  assert.equal(result.text, "demo-lib==1.2.0\nmissing\n");
  assert.deepEqual(leftOf(result), [
    `missing: No distribution is called \`missing\` on ${index.url}: is it spelt right?`,
  ]);
});

test("an environment whose Python does not start, or has no pip, says so", { skip }, async () => {
  const none = environment({}, { python: join(folder, "no-python") });
  const gone = await pinFile(request("demo-lib\n", undefined, { environment: none }));
  assert.deepEqual(leftOf(gone), ["demo-lib: This environment's Python could not be started"]);
  spawnSync(python?.path ?? "", ["-I", "-m", "venv", "--without-pip", join(folder, "bare")]);
  const path = process.platform === "win32" ? "Scripts/python.exe" : "bin/python";
  const bare = environment({}, { python: join(folder, "bare", path) });
  const silent = await pinFile(request("demo-lib\n", undefined, { environment: bare }));
  assert.deepEqual(leftOf(silent), ["demo-lib: This environment has no pip to ask: install it, or use uv"]);
});

const uv = spawnSync("uv", ["--version"]).status === 0;

test("a project of uv asks uv, which is told apart from pip", {
  skip: skip || (uv ? false : "no uv on PATH"),
}, async () => {
  await using index = await packageIndex(distributions);
  await using other = await packageIndex({});
  const env = { ...variables(other.url), PATH: process.env.PATH, UV_DEFAULT_INDEX: index.url, UV_NO_CACHE: "1" };
  const text = "demo-lib\ndemo-app\ntypo-lib\n";
  const own = await pinFile(request(`--index-url ${index.url}\n${text}`, other.url, { usesUv: true, env }));
  assert.equal(own.text, `--index-url ${index.url}\ndemo-lib==1.2.0\ndemo-app==2.0\ntypo-lib\n`);
  assert.deepEqual(leftOf(own), [
    `typo-lib: No distribution is called \`typo-lib\` on ${index.url}: is it spelt right?`,
  ]);
  assert.deepEqual(own.warnings, []);
  const { UV_DEFAULT_INDEX: _, ...silent } = env;
  const elsewhere = await pinFile(
    request("demo-lib<0\n", other.url, { usesUv: true, env: { ...silent, UV_OFFLINE: "1" } }),
  );
  assert.match(leftOf(elsewhere).join(), /^demo-lib: No version of `demo-lib` was found: (?:Because|you require) /);
  assert.deepEqual(elsewhere.warnings, [`uv does not read pip's configuration: it did not look in ${other.url}`]);
});

test("a cancelled run changes nothing", { skip }, async () => {
  await using index = await packageIndex(distributions);
  const controller = new AbortController();
  const onProgress = () => controller.abort();
  const result = await pinFile(request("demo-lib\n", index.url, { signal: controller.signal, onProgress }));
  assert.equal(result.text, "demo-lib\n");
  assert.equal(result.refused, "Cancelled; the file was left as it is");
});

test("one line alone is pinned when it is asked for", async () => {
  const installed = environment({ "demo-lib": "1.0.0", "demo-app": "2.0" });
  const result = await pinFile(request("demo-lib\ndemo-app\n", undefined, { environment: installed, line: 1 }));
  assert.equal(result.text, "demo-lib\ndemo-app==2.0\n");
  assert.deepEqual(result.pinned, [{ line: 1, name: "demo-app", pin: "==2.0" }]);
});

test("the marker variables are those of the environment's Python", { skip }, () => {
  const program = [
    "import json, os, sys, platform",
    "names = ['machine', 'release', 'system', 'version', 'python_implementation']",
    "values = {'platform_' + name: getattr(platform, name)() for name in names}",
    "values.update(os_name=os.name, sys_platform=sys.platform, implementation_name=sys.implementation.name)",
    "values.update(python_version='.'.join(platform.python_version_tuple()[:2]), python_full_version=platform.python_version())",
    "print(json.dumps(values))",
  ].join("\n");
  const { stdout } = spawnSync(python?.path ?? "", ["-I", "-c", program], { encoding: "utf8" });
  const { implementation_version: _, extra: __, ...ours } = markersOf(environment({}, { python: python?.path ?? "" }));
  assert.deepEqual(ours, JSON.parse(stdout));
});
