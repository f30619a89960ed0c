// The server, spoken to as an editor does: in this process over streams, or the built one over stdio.
import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { serverHere } from "../lsp-client.ts";

export interface Server {
  readonly connection: ProtocolConnection;
  readonly child?: ChildProcess;
  stop(): Promise<void>;
}

export type Connect = () => Promise<Server>;

const program = fileURLToPath(new URL("../../dist/server.cjs", import.meta.url));

export async function inThisProcess(): Promise<Server> {
  const connection = serverHere();
  return {
    connection,
    async stop() {
      await connection.sendRequest("shutdown");
      connection.dispose();
    },
  };
}

/** Starts the built server, with these arguments for Node itself. */
export function serverProcess(...options: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [...options, program, "--stdio"], { stdio: ["pipe", "pipe", "pipe"] });
}

/** The built server, with these arguments for Node itself. */
export async function asProcess(...options: readonly string[]): Promise<Server> {
  const child = serverProcess(...options);
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    connection,
    child,
    async stop() {
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      await ended;
      connection.dispose();
    },
  };
}
