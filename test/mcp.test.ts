import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, test } from "node:test";
import { program } from "./command-line.ts";
import { folderWith } from "./lsp-client.ts";

interface Called {
  readonly content: readonly { readonly text: string }[];
  readonly isError?: boolean;
}

/** `groundwork mcp` in a folder, spoken to as the specification has it: a JSON-RPC message on each line. */
async function withServer(
  files: Readonly<Record<string, string>>,
  talk: (call: (name: string, input: object) => Promise<Called>, root: string, tools: readonly Tool[]) => Promise<void>,
): Promise<void> {
  const { root, dispose } = folderWith(files);
  symlinkSync("/", join(root, "out"));
  const server = spawn(process.execPath, [program, "mcp", root], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, LC_ALL: "C" },
  });
  const waiting = new Map<number, (result: never) => void>();
  createInterface(server.stdout).on("line", (line) => {
    const { id, result } = JSON.parse(line);
    waiting.get(id)?.(result as never);
  });
  let last = 0;
  const send = (message: object) => server.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  const ask = <Result>(method: string, params: object) =>
    new Promise<Result>((resolve) => {
      waiting.set(++last, resolve);
      send({ id: last, method, params });
    });
  const ended = new Promise((resolve) => server.on("exit", resolve));
  try {
    const clientInfo = { name: "test", version: "1" };
    await ask("initialize", { protocolVersion: "2025-06-18", capabilities: {}, clientInfo });
    send({ method: "notifications/initialized" });
    const { tools } = await ask<{ readonly tools: readonly Tool[] }>("tools/list", {});
    await talk((name, input) => ask("tools/call", { name, arguments: input }), root, tools);
  } finally {
    server.stdin.end();
    assert.equal(await ended, 0);
    dispose();
  }
}

interface Tool {
  readonly name: string;
  readonly annotations: { readonly readOnlyHint: boolean };
}

describe("the Model Context Protocol", () => {
  test("lists, explains, mends and marks, and nothing outside of the folder", async () => {
    const files = { "requirements.txt": "pandas==2.2.2\nnumpy==1.26.4\n", "lab/a.py": "import numpy\nimport pandas\n" };
    await withServer(files, async (call, root, tools) => {
      assert.deepEqual(
        tools.filter(({ annotations }) => !annotations.readOnlyHint).map(({ name }) => name),
        ["apply_safe_fixes", "mark_folder"],
      );
      const listed = JSON.parse((await call("list_findings", { path: "requirements.txt" })).content[0]?.text ?? "");
      assert.equal(listed.total, 1);
      assert.deepEqual([listed.findings[0].rule, listed.findings[0].line], ["unsorted-requirements", 2]);
      const none = JSON.parse((await call("list_findings", { rule: "duplicate-block" })).content[0]?.text ?? "");
      assert.equal(none.total, 0);

      assert.match(
        (await call("explain_rule", { rule: "fit-before-split" })).content[0]?.text ?? "",
        /^# fit-before-split: /,
      );
      assert.equal((await call("explain_rule", { rule: "no-such-rule" })).isError, true);

      const fixed = JSON.parse((await call("apply_safe_fixes", { path: "requirements.txt" })).content[0]?.text ?? "");
      assert.deepEqual(fixed, { fixed: 1, left: [] });
      assert.equal(readFileSync(join(root, "requirements.txt"), "utf8"), "numpy==1.26.4\npandas==2.2.2\n");

      assert.equal((await call("mark_folder", { path: "lab", stage: "experimental" })).isError, undefined);
      assert.match(readFileSync(join(root, "pyproject.toml"), "utf8"), /experimental = \["lab\/\*\*"\]/);

      for (const path of ["..", "/etc", "out/etc", "lab/../../x"]) {
        for (const name of ["list_findings", "apply_safe_fixes"]) {
          const refused = await call(name, { path });
          assert.equal(refused.isError, true, `${name} ${path}`);
          assert.match(refused.content[0]?.text ?? "", /not in the project's folder/);
        }
      }
    });
  });
});
