// A Python whose pip is imported already: importing it is three quarters of what asking pip costs.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

let known: Promise<string> | undefined;

/**
 * A program that answers `-I -X utf8 -m pip …` as this Python does, each call in a process of its own with the streams,
 * folder and variables that it was given, and hands every other call over to it; it is there until all tests have run.
 * Where no process can be forked it is this Python. All test files of one process ask for the same Python.
 */
export function readyPython(python: string): Promise<string> {
  known ??= process.platform === "win32" ? Promise.resolve(python) : started(python);
  return known;
}

async function started(python: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "groundwork-pip-"));
  const socket = join(folder, "pip.sock");
  const server = spawn(python, ["-I", "-X", "utf8", inHere("ready-pip.py"), socket], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(server, "exit");
  after(async () => {
    server.stdin.end();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });
  const [answer] = await Promise.race([once(server.stdout, "data"), ended]);
  if (String(answer) !== "ready\n") throw new Error(`pip could not be imported: ${answer}`);
  const path = join(folder, "ready-python");
  const call = [python, "-IS", inHere("call-pip.py"), python, socket].map((word) => `'${word}'`).join(" ");
  writeFileSync(path, `#!/bin/sh\nexec ${call} "$@"\n`, { mode: 0o755 });
  return path;
}

function inHere(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
