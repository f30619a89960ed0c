// The language server dies, or is asked to start again, and the findings come back.
import { execFileSync } from "node:child_process";
import * as vscode from "vscode";
import { duplicateBlock } from "../../../server/rules/production/duplicate-block.ts";
import { until } from "../until.ts";
import { findingsOf, retype, showNew } from "./files.ts";
import { test } from "./runner.ts";

if (process.platform !== "win32") {
  test("a server that was killed is started again, and knows what is typed then", async () => {
    const editor = await showNew("survivor.py", "");
    const before = await until("a server", () => serverProcess());
    process.kill(before, "SIGKILL");
    await until("another server", () => {
      const now = serverProcess();
      return now !== undefined && now !== before ? now : undefined;
    });
    await retype(editor, duplicateBlock.example.bad.replaceAll("price", "fee"));
    await findingsOf(editor.document.uri, "both copies", (findings) => findings.length === 2);
    await editor.document.save();
  });

  test("restarting the server starts another process", async () => {
    const before = await until("a server", () => serverProcess());
    await vscode.commands.executeCommand("groundwork.restartServer");
    await until("another server", () => {
      const now = serverProcess();
      return now !== undefined && now !== before ? now : undefined;
    });
    const editor = vscode.window.activeTextEditor;
    if (!editor) throw new Error("no editor is open");
    await findingsOf(editor.document.uri, "both copies", (findings) => findings.length === 2);
  });
}

/** The language server among the children of this extension host. */
function serverProcess(): number | undefined {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,command="], { encoding: "utf8" }).split("\n");
  const fields = lines.map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line));
  const server = fields.find((each) => each?.[2] === String(process.pid) && each[3]?.includes("dist/server.cjs"));
  return server ? Number(server[1]) : undefined;
}
