// The command line, called in a folder of its own. A thread of this process runs it, since a process for each call would
// cost ten times as much; `program` is the built one, for what only a process shows.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { Call, Outcome } from "./command-line-thread.ts";
import { folderWith } from "./lsp-client.ts";

export const program = fileURLToPath(new URL("../dist/cli.cjs", import.meta.url));

const plain = { LC_ALL: "C", VIRTUAL_ENV: "", CONDA_PREFIX: "", NO_COLOR: "1" };

let thread: Worker | undefined;

export function groundwork(root: string, ...args: readonly string[]): Outcome {
  return groundworkWith({}, root, ...args);
}

/**
 * With further variables. Blocks until the command has ended, as the change of the working folder counts for the whole
 * process.
 */
export function groundworkWith(variables: NodeJS.ProcessEnv, root: string, ...args: readonly string[]): Outcome {
  const env = { ...process.env, ...plain, ...variables };
  if (!thread) {
    thread = new Worker(new URL("command-line-thread.ts", import.meta.url));
    thread.unref();
  }
  const { port1, port2 } = new MessageChannel();
  const ended = new Int32Array(new SharedArrayBuffer(4));
  const before = process.cwd();
  process.chdir(root);
  try {
    thread.postMessage({ args, env, port: port2, ended } satisfies Call, [port2]);
    Atomics.wait(ended, 0, 0);
    return receiveMessageOnPort(port1)?.message;
  } finally {
    process.chdir(before);
    port1.close();
  }
}

/** The built program itself, which bundles and loads later what the sources import. */
export function builtGroundwork(variables: NodeJS.ProcessEnv, root: string, ...args: readonly string[]) {
  const env = { ...process.env, ...plain, ...variables };
  return spawnSync(process.execPath, [program, ...args], { cwd: root, env, encoding: "utf8" });
}

export function inFolder(files: Readonly<Record<string, string | Uint8Array>>, run: (root: string) => void): void {
  const folder = folderWith(files);
  try {
    run(folder.root);
  } finally {
    folder.dispose();
  }
}
