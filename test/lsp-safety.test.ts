// What the server's commands must not do, whatever they are told: run a program without trust, touch what lies outside.
import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { suite, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { CodeAction } from "vscode-languageserver";
import { defaultSettings } from "../server/core/settings.ts";
import { listFindings } from "../server/host/model-tools.ts";
import { scaffoldFor, writeScaffold } from "../server/host/scaffold.ts";
import { Workspace } from "../server/host/workspace.ts";
import { languageNamed } from "../server/languages.ts";
import { commands } from "../server/lsp/commands.ts";
import { mayRunPrograms } from "../server/lsp/trust.ts";
import { groundwork } from "./command-line.ts";
import { virtualEnvironment } from "./installed.ts";
import { folderWith, LspClient, pullCapabilities } from "./lsp-client.ts";

const posixOnly = { skip: process.platform === "win32" };

const training = `import pandas as pd
from joblib import dump
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

frame = pd.read_csv("data.csv")
X_train, X_test, y_train, y_test = train_test_split(frame[["age"]], frame["left"])
model = LogisticRegression().fit(X_train, y_train)
print(model.score(X_test, y_test))
dump(model, "model.joblib")
`;

const notebook = JSON.stringify({
  cells: [{ cell_type: "code", execution_count: 1, metadata: {}, outputs: [], source: ["# %%\nprint(1)\n"] }],
  metadata: { language_info: { name: "python" } },
  nbformat: 4,
  nbformat_minor: 5,
});

const project = {
  "requirements.txt": "tiny\nabsent\n",
  "environment.yml": "name: tried\ndependencies: [python]\n",
  "train.py": training,
  "data.csv": "age,left\n1,0\n2,1\n",
  "explore.ipynb": notebook,
  "legacy/requirements.txt": Buffer.from("\ufefftiny\n", "utf16le"),
};

/** What each command is told; `at` makes the URI of a file in the folder that is spoken of. */
const told: Readonly<Record<string, (at: (path: string) => string, program: string) => readonly unknown[]>> = {
  "groundwork.pinRequirement": (at) => [at("requirements.txt"), 1],
  "groundwork.pinRequirements": (at) => [at("requirements.txt")],
  "groundwork.server.pinAndSort": (at) => [at("requirements.txt")],
  "groundwork.saveAsUtf8": (at) => [at("legacy/requirements.txt")],
  "groundwork.server.addRequirement": (at) => [at("train.py"), "pandas"],
  "groundwork.server.undeclaredImports": (at) => [at("train.py"), 0],
  "groundwork.server.createRequirements": (at) => [at("train.py")],
  "groundwork.server.addBaseline": (at) => [at("train.py"), 7],
  "groundwork.server.ignoreCopies": (at) => [at("train.py"), 0],
  "groundwork.server.ignoreFinding": (at) => [at("train.py"), 6, undefined, "unseeded-split"],
  "groundwork.server.moveUnusedRequirements": (at) => [at("requirements.txt")],
  "groundwork.server.installRequirements": (at) => [at("requirements.txt")],
  "groundwork.server.modelTool": (at) => ["list_findings", { uri: at("train.py") }],
  "groundwork.server.recordFindings": (at) => [at("")],
  "groundwork.server.markStage": (at) => [at("train.py"), "production"],
  "groundwork.server.fixObstacle": (at) => [at("train.py"), "unseeded-split", { line: 6, character: 35 }],
  "groundwork.server.notebookToModule": (at) => [at("explore.ipynb")],
  "groundwork.server.enableRuff": (at) => [at("")],
  "groundwork.server.suggestStages": (at) => [at("")],
  "groundwork.server.scaffoldChoices": (at) => [at("train.py")],
  "groundwork.server.scaffold": (at) => [at("train.py"), "service", "age:integer"],
  "groundwork.server.updateEnvironment": (at) => [at("environment.yml")],
  "groundwork.server.environmentDefaults": (at) => [at(""), "venv"],
  "groundwork.server.createEnvironment": (at, executable) => [{ folder: at(""), tool: "venv", executable }],
  "groundwork.server.ignoreEnvironment": (at) => [at(""), "/.venv/"],
  "groundwork.server.registerKernel": (at) => [at("")],
};

test("what a command must not do is tried with every command", () => {
  assert.deepEqual(Object.keys(told).sort(), Object.keys(commands).sort());
});

/** Programs of every name that is ever looked for, each of which leaves a mark. */
function traps(folder: string): { readonly path: string; readonly program: string; readonly wasRun: () => boolean } {
  const mark = join(folder, "was-run");
  const path = join(folder, "bin");
  mkdirSync(path);
  for (const name of ["python", "python3", "pip", "uv", "conda", "mamba", "micromamba", "git"]) trap(join(path, name));
  return { path, program: join(path, "python3"), wasRun: () => existsSync(mark) };

  function trap(file: string): void {
    writeFileSync(file, `#!/bin/sh\n: > "${mark}"\n`);
    chmodSync(file, 0o755);
  }
}

/** Every file below a folder with its bytes. */
function contentsOf(root: string): ReadonlyMap<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(paths.map((path) => [path, readFileSync(path, "latin1")]));
}

test("a command that comes before the editor has said what it trusts waits for that", async () => {
  const said = { isTrusted: false };
  const told: string[] = [];
  const session = (trusts: boolean) => ({
    connection: { window: { showWarningMessage: (message: string) => told.push(message) } },
    folders: {
      get isTrusted() {
        return said.isTrusted;
      },
      settled: async () => {
        said.isTrusted = trusts;
      },
    },
  });
  type Asked = Parameters<typeof mayRunPrograms>[0];
  assert.equal(await mayRunPrograms(session(false) as unknown as Asked), false);
  assert.match(told.join(), /^This folder is not trusted/);
  assert.equal(await mayRunPrograms(session(true) as unknown as Asked), true);
  assert.equal(told.length, 1);
});

suite("in a folder that is not trusted", posixOnly, () => {
  for (const hasEnvironment of [true, false]) {
    const name = hasEnvironment ? "with an environment" : "without one";
    test(`no command runs a program, whatever is answered (${name}), and they do once it is trusted`, async () => {
      const environment = virtualEnvironment({ pip: { version: "24.0" }, ipykernel: { version: "6" } });
      const folder = folderWith({ ...project, ...(hasEnvironment && environment) });
      const away = folderWith({});
      using _ = { [Symbol.dispose]: folder.dispose };
      using __ = { [Symbol.dispose]: away.dispose };
      const { path, program, wasRun } = traps(away.root);
      if (hasEnvironment) symlinkSync(program, join(folder.root, ".venv/bin/python3"));
      if (hasEnvironment) writeFileSync(join(folder.root, ".venv/bin/python"), readFileSync(program), { mode: 0o755 });
      const before = process.env.PATH;
      process.env.PATH = path;
      using ___ = { [Symbol.dispose]: () => Object.assign(process.env, { PATH: before }) };
      await using client = await LspClient.start(folder.root, pullCapabilities, "en", { createsEnvironments: false });
      let choice = 0;
      client.connection.onRequest("window/showMessageRequest", ({ message, actions = [] }) => {
        client.messages.push(message);
        return actions.at(choice) ?? null;
      });
      const settle = async (isTrusted: boolean) => {
        client.settings = { environment: hasEnvironment ? ".venv" : "", network: "always", isTrusted };
        await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
        await client.scanned();
      };
      await settle(false);
      await client.open("requirements.txt", project["requirements.txt"]);
      const position = { line: 0, character: 4 };
      const textDocument = { uri: client.uri("requirements.txt") };
      await client.change("requirements.txt", [0, 4, 0, 4, "=="]);
      await client.connection.sendRequest("textDocument/completion", {
        textDocument,
        position: { line: 0, character: 6 },
      });
      await client.connection.sendRequest("textDocument/hover", { textDocument, position });
      for (choice of [0, -1]) {
        for (const [command, values] of Object.entries(told)) {
          await client.connection.sendRequest("workspace/executeCommand", {
            command,
            arguments: values((path) => client.uri(path), program),
          });
          assert.ok(!wasRun(), command);
        }
      }
      const refusals = client.messages.filter((message) => /is not trusted/.test(message));
      assert.ok(refusals.length >= 8, String(refusals.length));
      await settle(true);
      await client.connection.sendRequest("workspace/executeCommand", {
        command: "groundwork.server.createEnvironment",
        arguments: [{ folder: client.uri(""), tool: "venv", executable: program, prefix: ".other" }],
      });
      assert.ok(wasRun());
    });
  }
});

suite("outside of every folder", posixOnly, () => {
  test("no command edits, writes or runs anything", async () => {
    const folder = folderWith({ ...project, ...virtualEnvironment({ pip: { version: "24.0" } }) });
    const outside = folderWith(project);
    using _ = { [Symbol.dispose]: folder.dispose };
    using __ = { [Symbol.dispose]: outside.dispose };
    const { program, wasRun } = traps(folder.root);
    const before = contentsOf(outside.root);
    await using client = await LspClient.start(folder.root);
    client.settings = { environment: ".venv", isTrusted: true };
    client.connection.onRequest("window/showMessageRequest", ({ actions = [] }) => actions[0] ?? null);
    await client.scanned();
    const roots = [pathToFileURL(outside.root).toString(), `${client.uri("")}/../${basename(outside.root)}`];
    for (const root of roots) {
      for (const [command, values] of Object.entries(told)) {
        const at = (path: string) => (path === "" ? root : `${root}/${path}`);
        await client.connection.sendRequest("workspace/executeCommand", { command, arguments: values(at, program) });
        assert.deepEqual(client.edits, [], command);
        assert.deepEqual(contentsOf(outside.root), before, command);
        assert.ok(!wasRun(), command);
      }
    }
  });
});

suite("links that lead out of the folder", posixOnly, () => {
  const unsorted = "pandas==2.2.2\nnumpy==1.26.4\n";
  const files = {
    "requirements-out.txt": unsorted,
    "pyproject.toml": "",
    "groundwork-baseline.json": "",
    "lab/data.csv": project["data.csv"],
  };

  /** A folder whose files and one folder are links to another one, and a link to itself. */
  function linked() {
    const outside = folderWith(files);
    const inside = folderWith({ "train.py": training, "data.csv": project["data.csv"] });
    for (const name of [...Object.keys(files), "lab"]) {
      if (!name.includes("/")) symlinkSync(join(outside.root, name), join(inside.root, name));
    }
    symlinkSync(inside.root, join(inside.root, "again"));
    symlinkSync("loop.py", join(inside.root, "loop.py"));
    return { outside, inside, before: contentsOf(outside.root) };
  }

  test("are read where they name a file, followed where they name a folder never, and written through never", async () => {
    const { outside, inside, before } = linked();
    using _ = { [Symbol.dispose]: outside.dispose };
    using __ = { [Symbol.dispose]: inside.dispose };
    const { root } = inside;
    const workspace = new Workspace(root, defaultSettings);
    for (const _ of workspace.scan());
    assert.deepEqual(workspace.paths, ["requirements-out.txt", "train.py"]);
    const checked = groundwork(root, "check", "--fix");
    assert.match(checked.stdout + checked.stderr, /requirements-out\.txt leads out of the folder/);
    assert.equal(checked.status, 2);
    for (const words of [["check", "--record-baseline"], ["mark", "production", "train.py"], ["init"]]) {
      assert.equal(groundwork(root, ...words).status, 2, words[0]);
    }
    assert.deepEqual(contentsOf(outside.root), before);
    assert.deepEqual(listFindings(workspace, { path: "requirements-out.txt" }), { findings: [], total: 0 });
    const asked = { kind: "service", training: "lab/train.py", features: "age:integer" } as const;
    workspace.open("lab/train.py", languageNamed("python"), training);
    const scaffold = scaffoldFor(workspace, asked);
    assert.ok(!("refused" in scaffold), "refused" in scaffold ? scaffold.refused : "");
    assert.match((await writeScaffold(root, scaffold))?.refused ?? "", /leads out of the folder/);
    assert.deepEqual(contentsOf(outside.root), before);
  });

  test("are edited in the editor only where they are open", async () => {
    const { outside, inside, before } = linked();
    using _ = { [Symbol.dispose]: outside.dispose };
    using __ = { [Symbol.dispose]: inside.dispose };
    await using client = await LspClient.start(inside.root);
    await client.scanned();
    const command = (name: string, ...values: readonly unknown[]) =>
      client.connection.sendRequest("workspace/executeCommand", {
        command: `groundwork.server.${name}`,
        arguments: values,
      });
    await command("markStage", client.uri("train.py"), "production");
    await command("recordFindings", client.uri(""));
    await client.connection.sendRequest("workspace/executeCommand", {
      command: "groundwork.saveAsUtf8",
      arguments: [client.uri("requirements-out.txt")],
    });
    assert.deepEqual(client.edits, []);
    assert.equal(client.messages.filter((message) => /leads out of the folder/.test(message)).length, 3);
    assert.deepEqual(contentsOf(outside.root), before);
    await client.open("requirements-out.txt", unsorted);
    const textDocument = { uri: client.uri("requirements-out.txt") };
    const range = { start: { line: 0, character: 0 }, end: { line: 2, character: 0 } };
    const context = { diagnostics: [], only: ["source.sortRequirements"] };
    const [sort] = await client.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument,
      range,
      context,
    });
    assert.ok(sort?.edit);
  });
});
