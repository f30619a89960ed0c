// Installing a requirements file: the outcome, what it says, and that a shared environment is asked about first.
import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { CancellationTokenSource } from "vscode-languageserver-protocol/node";
import { readEnvironment } from "../server/environments/environment.ts";
import { type Installation, installInto } from "../server/environments/install.ts";
import type { CreationHost } from "../server/environments/session.ts";
import { builtGroundwork, groundwork } from "./command-line.ts";
import { virtualEnvironment } from "./installed.ts";
import { folderWith, LspClient } from "./lsp-client.ts";

const here = process.platform === "win32" ? "its stand-in for pip is a shell script" : false;

/** A folder with a virtual environment whose `python -m pip` does what the script says. */
function project(pip: string, files: Record<string, string> = {}) {
  const folder = folderWith({
    ...virtualEnvironment({ numpy: { version: "1.0" } }),
    "requirements.txt": "numpy==2.0\n",
    ...files,
  });
  const python = join(folder.root, ".venv/bin/python");
  const site = join(folder.root, ".venv/lib/python3.11/site-packages");
  writeFileSync(python, `#!/bin/sh\nprintf '%s\\n' "$@" > "${folder.root}/arguments"\nsite="${site}"\n${pip}\n`);
  chmodSync(python, 0o755);
  return { ...folder, [Symbol.dispose]: folder.dispose };
}

const upgrade = [
  'rm -r "$site/numpy-1.0.dist-info"',
  'mkdir -p "$site/numpy-2.0.dist-info" "$site/tiny-0.1.dist-info"',
  'printf "Name: numpy\\nVersion: 2.0\\n\\n" > "$site/numpy-2.0.dist-info/METADATA"',
  'printf "Name: tiny\\nVersion: 0.1\\n\\n" > "$site/tiny-0.1.dist-info/METADATA"',
].join("\n");

const withoutPip = 'echo "$0: No module named pip" >&2; exit 1';

async function installIn(root: string, how: Partial<CreationHost> = {}): Promise<Installation> {
  const environment = await readEnvironment(join(root, ".venv"));
  assert.ok(environment);
  const host = { env: process.env, ...how };
  return installInto({ environment, requirements: ["requirements.txt"], folder: root }, host);
}

describe("installing", { skip: here }, () => {
  test("says what is there now and was not before; Python runs isolated", async () => {
    using folder = project(upgrade);
    const done = await installIn(folder.root);
    assert.equal(done.outcome, "installed", done.log);
    assert.deepEqual(done.changed, ["numpy==2.0", "tiny==0.1"]);
    assert.equal(done.message, "Installed into `.venv`: numpy==2.0, tiny==0.1.");
    const args = readFileSync(join(folder.root, "arguments"), "utf8").trim().split("\n");
    assert.equal(args[0], "-I");
    assert.deepEqual(args.slice(-2), ["--requirement", join(folder.root, "requirements.txt")]);
  });

  test("says that nothing was missing", async () => {
    using folder = project("exit 0");
    const done = await installIn(folder.root);
    assert.deepEqual([done.outcome, done.changed], ["installed", []]);
    assert.match(done.message, /holds everything/);
  });

  test("says pip's reason without credentials, and that there is no pip", async () => {
    using folder = project('echo "ERROR: No matching distribution at https://me:secret@host/simple" >&2; exit 1');
    const failed = await installIn(folder.root);
    assert.equal(failed.outcome, "failed");
    assert.match(failed.message, /No matching distribution at https:\/\/\*\*\*\*@host/);
    assert.doesNotMatch(failed.log, /secret/);
    using bare = project(withoutPip);
    const { message } = await installIn(bare.root, { env: { PATH: "/usr/bin:/bin" } });
    assert.match(message, /has no pip, and uv is not on PATH, so nothing was installed/);
  });

  test("without pip, the uv on PATH installs, from the index that pip's variables name", async () => {
    using folder = project(withoutPip);
    const uv = join(folder.root, "bin/uv");
    const env = { PATH: `${dirname(uv)}:/usr/bin:/bin`, PIP_INDEX_URL: "https://me:secret@host/simple" };
    const script = (then: string) => {
      const site = join(folder.root, ".venv/lib/python3.11/site-packages");
      const seen = `printf '%s\\n' "$@" "$UV_INDEX_URL" > "${folder.root}/uv-arguments"`;
      writeFileSync(uv, `#!/bin/sh\nsite="${site}"\n${seen}\n${then}\n`);
      chmodSync(uv, 0o755);
    };
    mkdirSync(dirname(uv));
    script('echo "  × No solution found" >&2; echo "  ╰─▶ Because numpy is unknown" >&2; exit 1');
    assert.match((await installIn(folder.root, { env })).message, /^uv could not install .*: Because numpy is unknown/);
    script(upgrade);
    const done = await installIn(folder.root, { env });
    assert.equal(done.outcome, "installed", done.log);
    assert.match(done.message, /^Installed into `\.venv` with uv, because it has no pip: numpy==2\.0, tiny==0\.1\./);
    assert.doesNotMatch(done.log, /secret/);
    assert.deepEqual(readFileSync(join(folder.root, "uv-arguments"), "utf8").trim().split("\n"), [
      ...["pip", "install", "--python", join(folder.root, ".venv/bin/python")],
      ...["--requirement", join(folder.root, "requirements.txt"), "https://me:secret@host/simple"],
    ]);
  });

  test("can be cancelled, and says what had been installed by then", async () => {
    using folder = project(`${upgrade}\ntouch "$site/done"\nsleep 60`);
    const controller = new AbortController();
    const done = installIn(folder.root, { signal: controller.signal });
    while (!existsSync(join(folder.root, ".venv/lib/python3.11/site-packages/done"))) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    controller.abort();
    const { outcome, message } = await done;
    assert.equal(outcome, "cancelled");
    assert.match(message, /already in `\.venv`: numpy==2\.0, tiny==0\.1/);
  });
});

describe("the command of the language server", { skip: here }, () => {
  const command = "groundwork.server.installRequirements";

  const start = async (root: string, environment = ".venv") => {
    const client = await LspClient.start(root);
    client.settings = { environment };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await client.scanned();
    return client;
  };
  const execute = (client: LspClient, path = "requirements.txt") =>
    client.connection.sendRequest("workspace/executeCommand", { command, arguments: [client.uri(path)] });

  test("installs, says so, and knows the environment anew", async () => {
    using folder = project(upgrade);
    await using client = await start(folder.root);
    assert.deepEqual(await execute(client), { outcome: "installed", changed: ["numpy==2.0", "tiny==0.1"] });
    assert.ok(client.messages.includes("Installed into `.venv`: numpy==2.0, tiny==0.1."), client.messages.join("\n"));
    await client.open("requirements.txt", "tiny\n");
    const hover = await client.connection.sendRequest<object>("textDocument/hover", {
      textDocument: { uri: client.uri("requirements.txt") },
      position: { line: 0, character: 1 },
    });
    assert.match(JSON.stringify(hover), /0\.1 is installed/);
  });

  test("changes that are not saved, a missing file and no environment: nothing is installed", async () => {
    using folder = project(upgrade);
    await using client = await start(folder.root);
    await client.open("requirements.txt", "numpy==2.0\nmore\n");
    assert.equal(await execute(client), null);
    assert.equal(await execute(client, "gone.txt"), null);
    await using other = await start(folder.root, "no-environment");
    assert.equal(await execute(other), null);
    assert.match(client.messages.join("\n"), /not saved[\s\S]*gone\.txt is not there/);
    assert.match(other.messages.join("\n"), /has no Python environment/);
    assert.ok(!existsSync(join(folder.root, "arguments")));
  });

  test("conda's base is asked about first", async () => {
    using folder = project(upgrade, { ".venv/conda-meta/history": "", ".venv/condabin/conda": "" });
    await using client = await start(folder.root);
    assert.equal(await execute(client), null);
    assert.match(client.messages.join("\n"), /shared by all projects/);
    assert.ok(!existsSync(join(folder.root, "arguments")));
    client.answers.set(join(folder.root, ".venv"), "Install Anyway");
    assert.deepEqual(await execute(client), { outcome: "installed", changed: ["numpy==2.0", "tiny==0.1"] });
  });

  test("an environment of the project's own is offered in the place of base, and where there is none", async () => {
    using folder = project(upgrade, { ".venv/conda-meta/history": "", ".venv/condabin/conda": "" });
    await using client = await start(folder.root);
    client.answers.set(join(folder.root, ".venv"), "Create an Environment");
    const told = client.told("groundwork/createEnvironment");
    assert.equal(await execute(client), null);
    assert.deepEqual(await told, { uri: client.uri("") });
    assert.ok(!existsSync(join(folder.root, "arguments")));
    await using other = await start(folder.root, "no-environment");
    other.answers.set("This folder has no Python environment", "Create an Environment");
    const toldAgain = other.told("groundwork/createEnvironment");
    assert.equal(await execute(other), null);
    assert.deepEqual(await toldAgain, { uri: other.uri("") });
  });

  test("cancelling the request ends pip", async () => {
    using folder = project('touch "$site/begun"\nsleep 60');
    await using client = await start(folder.root);
    const source = new CancellationTokenSource();
    const request = { command, arguments: [client.uri("requirements.txt")] };
    const done = client.connection.sendRequest("workspace/executeCommand", request, source.token);
    while (!existsSync(join(folder.root, ".venv/lib/python3.11/site-packages/begun"))) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    source.cancel();
    assert.deepEqual(await done, { outcome: "cancelled", changed: [] });
  });
});

describe("groundwork install", { skip: here }, () => {
  const run = (root: string, ...args: string[]) => groundwork(root, "install", ...args);

  test("installs requirements.txt into the folder's environment and prints what is new", () => {
    using folder = project(upgrade);
    const { status, stdout, stderr } = builtGroundwork({}, folder.root, "install");
    assert.equal(status, 0, stderr);
    assert.equal(stdout, "numpy==2.0\ntiny==0.1\n");
    assert.match(stderr, /Installed into `\.venv`: numpy==2\.0, tiny==0\.1\./);
  });

  test("pip's refusal is 1, a file that is not there 2, no or a shared environment 3", () => {
    using folder = project('echo "ERROR: no such thing" >&2; exit 1');
    const failed = run(folder.root, "requirements.txt", "--env", ".venv");
    assert.equal(failed.status, 1);
    assert.match(failed.stderr, /no such thing\. Correct the file/);
    assert.equal(run(folder.root, "gone.txt").status, 2);
    assert.equal(run(folder.root, "--env", "gone").status, 3);
    using shared = project(upgrade, { ".venv/conda-meta/history": "", ".venv/condabin/conda": "" });
    assert.equal(run(shared.root).status, 3);
    assert.equal(run(shared.root, "--allow-shared").status, 0);
  });
});
