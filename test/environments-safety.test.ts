// What keeps commands that run programs safe, where the other tests do not say it: settings, time limits, and a look that
// notices changes. Trust: lsp-safety.test.ts.
// Argument arrays, names and paths: environments-create.test.ts. No shell, closed stdin, bounded output, time limits and
// process groups: process.test.ts. Masked secrets: credentials.test.ts.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { condaAnswer } from "../server/environments/conda-answer.ts";
import { failureMessage } from "../server/environments/messages.ts";
import { Session } from "../server/environments/session.ts";
import { virtualEnvironment } from "./installed.ts";
import { folderWith, LspClient } from "./lsp-client.ts";

const posixOnly = { skip: process.platform === "win32" };

test("in Restricted Mode the workspace may not choose the interpreter, nor whether the index is asked", () => {
  const read = (name: string) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), "utf8"));
  const { capabilities, contributes } = read("package.json");
  const { supported, description, restrictedConfigurations } = capabilities.untrustedWorkspaces;
  // Limited, not false: findings and fixes run nothing, and go on without trust.
  assert.equal(supported, "limited");
  for (const texts of ["package.nls.json", "package.nls.pt-br.json"]) {
    assert.ok(read(texts)[description.slice(1, -1)], `${texts} says what is limited`);
  }
  const harmless = /^groundwork\.(?:exclude|rules|perFileIgnores|stages\w+|maxFileSize|duplicates\w+|trace\.server)$/;
  const groups: { readonly properties: object }[] = contributes.configuration;
  const properties = groups.flatMap((group) => Object.keys(group.properties));
  assert.deepEqual(
    properties.filter((name) => !harmless.test(name)),
    restrictedConfigurations,
    "a new setting is restricted, or named here as one that only steers findings",
  );
});

suite("time limits", posixOnly, () => {
  test("a tool that never answers is stopped, and the person is told so", async () => {
    const session = new Session({ env: process.env }, process.cwd());
    const result = await session.run(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { timeout: 200 });
    const answer = condaAnswer(result);
    assert.ok(!answer.ok && answer.reason === "timeout");
    assert.match(failureMessage("conda", answer, { left: "nothing" }), /did not end within its time.*Try again/);
    assert.match(session.log, /< timeout$/);
  });
});

suite("a change on the disk", posixOnly, () => {
  test("is noticed by itself: a new environment in the folder, and what is installed into it", {
    timeout: 20_000,
  }, async () => {
    const folder = folderWith({ "requirements.txt": "numpy==1.26.4\n" });
    using _ = { [Symbol.dispose]: folder.dispose };
    await using client = await LspClient.start(folder.root);
    const status = (accepts: (environment: { kind: string; name: string } | undefined) => boolean) =>
      new Promise<void>((resolve) => {
        client.connection.onNotification("groundwork/status", ({ folders }) => {
          if (accepts(folders[0]?.environment)) resolve();
        });
      });
    // The client's way to say that nobody has chosen.
    client.settings = { environment: "python" };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await client.scanned();
    const found = status((environment) => environment?.name === ".venv");
    const files = virtualEnvironment({ numpy: { version: "2.0.1" } });
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder.root, path, ".."), { recursive: true });
      writeFileSync(join(folder.root, path), text);
    }
    await found;
    await client.open("requirements.txt", "numpy==1.26.4\n");
    const drift = async () => (await client.pull("requirements.txt")).some(({ code }) => code === "environment-drift");
    assert.ok(await drift());
    const installed = ".venv/lib/python3.11/site-packages/numpy-1.26.4.dist-info";
    rmSync(join(folder.root, ".venv/lib/python3.11/site-packages/numpy-2.0.1.dist-info"), { recursive: true });
    mkdirSync(join(folder.root, installed));
    writeFileSync(join(folder.root, installed, "METADATA"), "Name: numpy\nVersion: 1.26.4\n");
    while (await drift()) await new Promise((resolve) => setTimeout(resolve, 50));
  });
});
