// A Python whose pip is imported already: importing it is three quarters of what asking pip costs.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Makes a program in a folder that answers `-I -X utf8 -m pip …` as this Python does, each call in a process of its own
 * with the streams, folder and variables that it was given, and hands every other call over to it. Where no process can
 * be forked it is this Python. `stop` ends what stands behind it.
 */
export async function readyPython(
  python: string,
  folder: string,
): Promise<{ readonly path: string; stop(): Promise<void> }> {
  if (process.platform === "win32") return { path: python, stop: async () => {} };
  const socket = join(folder, "pip.sock");
  const server = spawn(python, ["-I", "-X", "utf8", inHere("ready-pip.py"), socket], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(server, "exit");
  const [answer] = await Promise.race([once(server.stdout, "data"), ended]);
  if (String(answer) !== "ready\n") throw new Error(`pip could not be imported: ${answer}`);
  const stop = async () => {
    server.stdin.end();
    await ended;
  };
  const path = join(folder, "ready-python");
  const call = [python, "-IS", inHere("call-pip.py"), python, socket].map((word) => `'${word}'`).join(" ");
  writeFileSync(path, `#!/bin/sh\nexec ${call} "$@"\n`, { mode: 0o755 });
  return { path, stop };
}

function inHere(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
