// Keeping file and environment in step: conda's way to spell versions, the fixes both ways, and the update from a file.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { condaAllows } from "../server/environment-file/match.ts";
import { readEnvironment } from "../server/environments/environment.ts";
import { updateEnvironment } from "../server/environments/update.ts";
import { grammars } from "./grammars.ts";
import { virtualEnvironment } from "./installed.ts";
import { folderWith, LspClient } from "./lsp-client.ts";
import { installStandIn, machinePython, type StandInOptions } from "./stand-ins/install.ts";

await grammars();
const scratch = mkdtempSync(join(tmpdir(), "drift "));
after(() => rmSync(scratch, { recursive: true, force: true }));

suite("what a conda specification allows", () => {
  const cases: readonly [string, string, boolean | undefined][] = [
    ["", "1.0", true],
    ["=1.26", "1.26.4", true],
    ["=1.26", "1.260.0", false],
    [" 1.26.*", "1.26", true],
    ["=1.26.*", "1.27.1", false],
    ["==1.26", "1.26.0", true],
    ["==1.26", "1.26.4", false],
    ["=1.26.4=py312_0", "1.26.4", true],
    ["=1.26=py312_0", "1.26.4", false],
    [">=3,<4", "3.3.1", true],
    [">=3,<4", "4.0", false],
    ["=2023a", "2023b", false],
    [">=1|<0.5", "0.7", undefined],
  ];
  for (const [specification, version, expected] of cases) {
    test(`\`${specification}\` and ${version}`, () => assert.equal(condaAllows(specification, version), expected));
  }
});

suite("the fixes", () => {
  const start = async (root: string, more: Record<string, unknown> = {}) => {
    const client = await LspClient.start(root);
    client.settings = { environment: ".venv", ...more };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await client.scanned();
    return client;
  };
  const actionsAt = async (client: LspClient, path: string, line: number) => {
    const at = { line, character: 1 };
    const params = {
      textDocument: { uri: client.uri(path) },
      range: { start: at, end: at },
      context: { diagnostics: [] },
    };
    type Action = {
      title: string;
      command?: { command: string };
      edit?: { documentChanges: { edits: { newText: string }[] }[] };
    };
    return client.connection.sendRequest<Action[]>("textDocument/codeAction", params);
  };
  const files = {
    ...virtualEnvironment({ numpy: { version: "2.0.1" } }),
    "requirements.txt": "numpy==1.26.4\ntqdm==4.66.4\n",
  };

  test("install what the file says, or write what is installed", async () => {
    using folder = {
      ...folderWith(files),
      [Symbol.dispose]() {
        this.dispose();
      },
    };
    await using client = await start(folder.root);
    await client.open("requirements.txt", files["requirements.txt"]);
    const told = (await client.pull("requirements.txt")).filter(({ code }) => code === "environment-drift");
    assert.deepEqual(
      told.map(({ message }) => message),
      ["`.venv` holds numpy 2.0.1, which this excludes", "`tqdm` is not installed in `.venv`"],
    );
    const numpy = await actionsAt(client, "requirements.txt", 0);
    const install = numpy.find(({ title }) => title === "Install the requirements");
    assert.equal(install?.command?.command, "groundwork.server.installRequirements");
    const change = numpy.find(({ title }) => title === "Change to the installed `==2.0.1`");
    assert.equal(change?.edit?.documentChanges[0]?.edits[0]?.newText, "==2.0.1");
    const tqdm = await actionsAt(client, "requirements.txt", 1);
    assert.ok(tqdm.some(({ title }) => title === "Remove `tqdm` from the file"));
  });

  test("what the Python extension tells is not told twice", async () => {
    using folder = {
      ...folderWith(files),
      [Symbol.dispose]() {
        this.dispose();
      },
    };
    await using client = await start(folder.root, { missingIsTold: true });
    await client.open("requirements.txt", files["requirements.txt"]);
    const told = (await client.pull("requirements.txt")).filter(({ code }) => code === "environment-drift");
    assert.deepEqual(
      told.map(({ message }) => message),
      ["`.venv` holds numpy 2.0.1, which this excludes"],
    );
  });

  test("a lock is written by its tool, so only the environment can change", async () => {
    const lock = "#    uv pip compile requirements.in\nnumpy==1.26.4\n    # via -r requirements.in\n";
    using folder = {
      ...folderWith({ ...files, "requirements.txt": lock }),
      [Symbol.dispose]() {
        this.dispose();
      },
    };
    await using client = await start(folder.root);
    await client.open("requirements.txt", lock);
    const titles = (await actionsAt(client, "requirements.txt", 1)).map(({ title }) => title);
    assert.ok(titles.includes("Install the requirements"), titles.join("\n"));
    assert.ok(
      titles.some((title) => title.startsWith("Change the file: ")),
      titles.join("\n"),
    );
    assert.ok(!titles.some((title) => title.startsWith("Change to the installed")));
  });
});

suite("updating a conda environment from its file", { skip: process.platform === "win32" || !machinePython }, () => {
  async function project(options: Partial<StandInOptions>) {
    const folder = mkdtempSync(join(scratch, "my project "));
    const conda = installStandIn(mkdtempSync(join(scratch, "conda ")), { dialect: "26.7", ...options });
    const prefix = join(conda.root, "envs", "demo");
    mkdirSync(join(prefix, "conda-meta"), { recursive: true });
    writeFileSync(join(prefix, "conda-meta", "python-3.11.7-0_stub.json"), "{}");
    mkdirSync(join(prefix, "bin"));
    writeFileSync(join(prefix, "bin", "python"), "");
    writeFileSync(join(folder, "environment.yml"), "dependencies:\n  - python=3.12\n  - demo-app\n");
    const environment = await readEnvironment(prefix, {});
    assert.equal(environment?.kind, "conda");
    const { tool = "conda" } = options;
    const request = { environment, tool: { tool, executable: conda.executable }, file: "environment.yml", folder };
    return {
      conda,
      prefix,
      update: (signal?: AbortSignal) => updateEnvironment(request, { env: process.env, ...(signal && { signal }) }),
    };
  }

  for (const dialect of ["23.5", "26.7"] as const) {
    test(`conda ${dialect}: says what changed, and always names the prefix`, async () => {
      const { conda, prefix, update } = await project({ dialect });
      const done = await update();
      assert.equal(done.outcome, "installed", done.log);
      assert.deepEqual(done.changed, ["demo-app==2.0", "demo-lib==1.2.0", "pip==23.3.1", "python==3.12.1"]);
      assert.match(done.message, /^`demo` was updated: demo-app==2\.0, /);
      const [call = []] = conda.calls();
      assert.deepEqual(call.slice(0, 5), ["env", "update", "--json", "--prefix", prefix]);
    });
  }

  test("a failure leaves the environment as it is, and says so", async () => {
    const { prefix, update } = await project({ mode: "network" });
    const done = await update();
    assert.equal(done.outcome, "failed");
    assert.match(
      done.message,
      /could not reach its channel.* The environment .*demo is as it was\. Check the connection/,
    );
    assert.doesNotMatch(done.message + done.log, /secret/);
    assert.ok(existsSync(join(prefix, "conda-meta", "python-3.11.7-0_stub.json")));
  });

  test("cancelled before it began, nothing runs", async () => {
    const { conda, update } = await project({});
    assert.equal((await update(AbortSignal.abort())).outcome, "cancelled");
    assert.deepEqual(conda.calls(), []);
  });

  for (const tool of ["mamba", "micromamba"] as const) {
    test(`${tool} brings what is missing, and asks nothing`, async () => {
      const { update } = await project({ tool });
      const done = await update();
      assert.equal(done.outcome, "installed", done.log);
      assert.deepEqual(done.changed, ["demo-app==2.0", "demo-lib==1.2.0", "pip==23.3.1", "python==3.12.1"]);
    });
  }
});
