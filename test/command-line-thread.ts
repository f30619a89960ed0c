// Runs command lines one after another, each with what it prints caught.
import { type MessagePort, parentPort } from "node:worker_threads";
import { runCommandLine } from "../server/cli/main.ts";
import { grammars } from "./grammars.ts";

export interface Call {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly port: MessagePort;
  /** Becomes 1 when the outcome is in the port. */
  readonly ended: Int32Array;
}

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

parentPort?.on("message", async ({ args, env, port, ended }: Call) => {
  process.env = env;
  const outcome = await outcomeOf(args).catch((error: unknown) => ({ status: -1, stdout: "", stderr: String(error) }));
  port.postMessage(outcome);
  port.close();
  Atomics.store(ended, 0, 1);
  Atomics.notify(ended, 0);
});

async function outcomeOf(args: readonly string[]): Promise<Outcome> {
  await grammars();
  const stdout = caught(process.stdout);
  const stderr = caught(process.stderr);
  process.exitCode = 0;
  await runCommandLine(args);
  return { status: Number(process.exitCode), stdout: stdout(), stderr: stderr() };
}

/** Keeps what is written to a stream from now on, and tells it. */
function caught(stream: NodeJS.WriteStream): () => string {
  const chunks: Uint8Array[] = [];
  stream.write = (chunk: string | Uint8Array) => chunks.push(Buffer.from(chunk)) > 0;
  return () => Buffer.concat(chunks).toString();
}
