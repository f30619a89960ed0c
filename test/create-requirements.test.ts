// A requirements file from what the code imports, and one requirement more.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { WorkspaceEdit } from "vscode-languageserver-protocol/node";
import { applyEdits } from "../server/core/edit.ts";
import { additionEdit } from "../server/requirements/addition.ts";
import { readRequirements } from "../server/requirements/reader.ts";
import { sortRequirements } from "../server/requirements/sort.ts";
import { builtGroundwork, groundwork } from "./command-line.ts";
import { grammars } from "./grammars.ts";
import { virtualEnvironment } from "./installed.ts";
import { folderWith, LspClient } from "./lsp-client.ts";

await grammars();

const environment = virtualEnvironment({
  numpy: { version: "1.26.4", record: ["numpy/__init__.py"] },
  PyYAML: { version: "6.0.1", record: ["yaml/__init__.py"] },
  "google-cloud-storage": { version: "2.14.0", record: ["google/cloud/storage/__init__.py"] },
  "google-auth": { version: "2.27.0", record: ["google/auth/__init__.py"] },
  pytz: { version: "2024.1", record: ["pytz/__init__.py"] },
  ujson: { version: "5.9.0", record: ["ujson.cpython-311.so"] },
});
const project = {
  ...environment,
  "train.py": [
    "import os",
    "import yaml",
    "from numpy import linalg",
    "from google.cloud.storage import Client",
    "import pkg.loader",
    "from . import other",
    "try:",
    "    import ujson",
    "    import orjson",
    "except ImportError:",
    "    pass",
    "",
  ].join("\n"),
  "alone.py": "# /// script\n# dependencies = ['flask']\n# ///\nimport flask\n",
  "pkg/__init__.py": "",
  "pkg/loader.py": "import torch\nimport strange_inhouse_thing\n",
};
const pinned = "google-cloud-storage==2.14.0\nnumpy==1.26.4\nPyYAML==6.0.1\ntorch\nujson==5.9.0\n";

async function start(root: string): Promise<LspClient> {
  const client = await LspClient.start(root);
  client.settings = { environment: ".venv" };
  await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  await client.scanned();
  return client;
}

function inFolder(files: Record<string, string>) {
  const folder = folderWith(files);
  return { ...folder, [Symbol.dispose]: folder.dispose };
}

/** What an edit does: each change as [what, file name, version, new text]. */
function changesIn(edit: WorkspaceEdit | undefined) {
  return edit?.documentChanges?.map((change) => {
    if ("kind" in change) return [change.kind, "uri" in change ? change.uri.replace(/.*\//, "") : ""];
    const { uri, version } = change.textDocument;
    return [
      "edit",
      uri.replace(/.*\//, ""),
      version,
      change.edits.map((each) => ("newText" in each ? each.newText : "")),
    ];
  });
}

describe("create requirements.txt from imports", () => {
  const command = "groundwork.server.createRequirements";
  const execute = (client: LspClient) =>
    client.connection.sendRequest("workspace/executeCommand", {
      command,
      arguments: [client.uri("").replace(/\/$/, "")],
    });

  test("direct dependencies, pinned and sorted; what is not installed or not known is said", async () => {
    using folder = inFolder(project);
    await using client = await start(folder.root);
    assert.deepEqual(await execute(client), {
      uri: client.uri("requirements.txt"),
      requirements: 5,
      left: ["torch"],
      unknown: ["strange_inhouse_thing"],
    });
    assert.deepEqual(changesIn(client.edits[0]), [
      ["create", "requirements.txt"],
      ["edit", "requirements.txt", null, [pinned]],
    ]);
    const messages = client.messages.join("\n");
    assert.match(messages, /Not installed in this environment: torch\. Ask the package index/);
    assert.match(
      messages,
      /Requirements written: 5\. Without a version: torch\. Add by hand[^\n]*strange_inhouse_thing/,
    );
  });

  test("a file that exists is replaced only when the person says so, in its version", async () => {
    using folder = inFolder({ ...project, "requirements.txt": "old==1\n" });
    await using client = await start(folder.root);
    await client.open("requirements.txt", "older==1\n");
    assert.equal(await execute(client), null);
    assert.deepEqual(client.edits, []);
    client.answers.set("There is a requirements.txt already", "Replace It");
    await execute(client);
    const [change] = changesIn(client.edits[0]) ?? [];
    assert.deepEqual(change?.slice(0, 3), ["edit", "requirements.txt", 1]);
    assert.match(String(change?.[3]), /google-cloud-storage==2\.14\.0/);
  });

  test("an editor that refuses the edit, and code that imports nothing", async () => {
    using folder = inFolder(project);
    await using client = await start(folder.root);
    client.refusesEdits = true;
    assert.equal(await execute(client), null);
    assert.match(client.messages.join("\n"), /changed meanwhile/);
    using empty = inFolder({ ...environment, "a.py": "import os\n" });
    await using other = await start(empty.root);
    assert.equal(await execute(other), null);
    assert.deepEqual(other.edits, []);
    assert.match(other.messages.join("\n"), /imports nothing from outside/);
  });

  test("never asks the index where the setting forbids it", async () => {
    using folder = inFolder(project);
    await using client = await start(folder.root);
    client.settings = { environment: ".venv", network: "never" };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await client.scanned();
    await execute(client);
    assert.doesNotMatch(client.messages.join("\n"), /package index/);
    assert.equal(client.edits.length, 1);
  });
});

describe("groundwork create-requirements", () => {
  const run = (root: string, ...args: string[]) => groundwork(root, "create-requirements", ...args);

  test("prints the file, says what is left, and answers 1", () => {
    using folder = inFolder(project);
    const { status, stdout, stderr } = builtGroundwork({}, folder.root, "create-requirements");
    assert.equal(stdout, pinned);
    assert.match(stderr, /torch: .*not installed[^\n]*\nstrange_inhouse_thing: nobody knows/);
    assert.equal(status, 1);
    assert.ok(!existsSync(join(folder.root, "requirements.txt")));
  });

  test("--write writes it, and never over one that exists", () => {
    using folder = inFolder({ ...environment, "code/a.py": "import numpy\n", "code/.venv/pyvenv.cfg": "" });
    const args = ["code", "--write", "--env", ".venv"];
    const first = run(folder.root, ...args);
    assert.deepEqual([first.status, first.stdout], [0, ""], first.stderr);
    assert.equal(readFileSync(join(folder.root, "code/requirements.txt"), "utf8"), "numpy==1.26.4\n");
    const again = run(folder.root, ...args);
    assert.equal(again.status, 2);
    assert.match(again.stderr, /it exists and was left as it is/);
  });

  test("no folder: 2", () => {
    using folder = inFolder({ "a.py": "" });
    assert.equal(run(folder.root, "gone").status, 2);
    assert.equal(run(folder.root, "a.py").status, 2);
  });
});

describe("adding a requirement", () => {
  const added = (text: string, requirement: string): string => {
    using file = readRequirements("requirements.txt", text);
    const edit = additionEdit(file, requirement);
    return edit && "at" in edit ? applyEdits(text, [edit]) : (edit?.refused ?? "nothing");
  };

  test("goes where it belongs in the order, with its comment lines left to others", () => {
    assert.equal(added("", "numpy==1.0"), "numpy==1.0\n");
    assert.equal(added("pandas==2.0", "numpy==1.0"), "numpy==1.0\npandas==2.0");
    assert.equal(added("numpy==1.0", "pandas==2.0"), "numpy==1.0\npandas==2.0\n");
    assert.equal(added("a==1\r\n\r\n", "b==1"), "a==1\r\nb==1\r\n\r\n");
    assert.equal(added("a==1\n# why c\nc==1\n", "B==1"), "a==1\nB==1\n# why c\nc==1\n");
    assert.equal(added("-r base.txt\n# nothing yet\n", "b==1"), "-r base.txt\n# nothing yet\nb==1\n");
    assert.equal(added("a==1\n\n# Models\ntorch==2\nx==1\n", "b==1"), "a==1\nb==1\n\n# Models\ntorch==2\nx==1\n");
  });

  test("a sorted file stays sorted", () => {
    const text = "alpha==1\nDelta==1  # note\n# about echo\necho==1\nzeta==1\n";
    for (const name of ["aaa", "beta", "delta-x", "foo", "zzz"]) {
      using file = readRequirements("requirements.txt", added(text, `${name}==1`));
      assert.deepEqual(sortRequirements(file), { text: file.text });
    }
  });

  test("what is there already, by any spelling, and a generated file stay", () => {
    assert.equal(added("Scikit_Learn==1.0\n", "scikit-learn==1.4"), "nothing");
    assert.match(added("# This file is autogenerated by pip-compile\na==1\n", "b==1"), /tool wrote this file/);
    assert.match(added("a==1 --hash=sha256:aa\nb==1\n", "c==1"), /wants a hash on every requirement/);
  });

  test("the command pins it to what is installed, in a file that it makes where there is none", async () => {
    using folder = inFolder(environment);
    await using client = await start(folder.root);
    const execute = (name: unknown) =>
      client.connection.sendRequest("workspace/executeCommand", {
        command: "groundwork.server.addRequirement",
        arguments: [client.uri("train.py"), name],
      });
    await execute("pyyaml");
    assert.deepEqual(changesIn(client.edits[0]), [
      ["create", "requirements.txt"],
      ["edit", "requirements.txt", null, ["PyYAML==6.0.1\n"]],
    ]);
    await client.open("requirements.txt", "numpy==1.26.4\nzeta==1\n");
    await execute("torch");
    assert.deepEqual(changesIn(client.edits[1]), [["edit", "requirements.txt", 1, ["torch\n"]]]);
    assert.equal(await execute("numpy"), null);
    assert.equal(await execute("--index-url https://evil.example"), null);
    assert.equal(client.edits.length, 2);
  });

  test("the command knows what the file imports and nothing declares, and what stands at the cursor", async () => {
    using folder = inFolder({ ...project, "requirements.txt": "numpy==1.26.4\ngoogle-cloud-storage==2.14.0\n" });
    await using client = await start(folder.root);
    const undeclared = (name: string, line?: number) =>
      client.connection.sendRequest("workspace/executeCommand", {
        command: "groundwork.server.undeclaredImports",
        arguments: [client.uri(name), line],
      });
    await client.open("train.py", project["train.py"]);
    assert.deepEqual(await undeclared("train.py", 1), [
      { module: "yaml", distributions: ["pyyaml"], isGuess: false, isHere: true },
      { module: "ujson", distributions: ["ujson"], isGuess: false, isHere: false },
      { module: "orjson", distributions: ["orjson"], isGuess: false, isHere: false },
    ]);
    await client.open("pkg/loader.py", project["pkg/loader.py"]);
    assert.deepEqual(await undeclared("pkg/loader.py"), [
      { module: "torch", distributions: ["torch"], isGuess: false, isHere: false },
      {
        module: "strange_inhouse_thing",
        distributions: ["strange-inhouse-thing"],
        isGuess: true,
        isHere: false,
      },
    ]);
    assert.equal(await undeclared("gone.py"), null);
  });

  test("where only pyproject.toml declares, it goes there, and not a second time", async () => {
    const manifest = '[project]\nname = "x"\ndependencies = [\n  "numpy>=1.20",\n  # why\n  "zarr>=2",\n]\n';
    using folder = inFolder({ ...environment, "pkg/a.py": "import yaml\nimport numpy\n", "pyproject.toml": manifest });
    await using client = await start(folder.root);
    const execute = (name: string) =>
      client.connection.sendRequest("workspace/executeCommand", {
        command: "groundwork.server.addRequirement",
        arguments: [client.uri("pkg/a.py"), name],
      });
    await execute("pyyaml");
    const inserted = '"PyYAML>=6.0.1",\n  ';
    assert.deepEqual(changesIn(client.edits[0]), [["edit", "pyproject.toml", null, [inserted]]]);
    assert.ok(client.messages.includes("Added `PyYAML>=6.0.1` to pyproject.toml."));
    assert.equal(await execute("NumPy"), null);
    assert.ok(client.messages.includes("`NumPy` is declared already."), client.messages.join("\n"));
  });
});
