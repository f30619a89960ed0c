import { connect, type Socket } from "node:net";
import type { Readable, Writable } from "node:stream";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import {
  createConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ProposedFeatures,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { loadBundledGrammars } from "../host/grammars.ts";
import { FrameReader } from "./frames.ts";
import { type Channel, guarded } from "./guard.ts";
import { disk } from "./platform.ts";
import { serve } from "./server.ts";

// A young generation that does not grow: less memory, and many short collections in place of few long ones.
setFlagsFromString("--semi-space-growth-factor=1");

// Only the protocol may write to stdout.
console.log = console.error;

const client = guarded(channel());
// Where nobody listens any more, nobody needs an answer.
client.reader.onClose(() => process.exit(client.isShutDown ? 0 : 1));
const connection = createConnection(ProposedFeatures.all, client.reader, client.writer);
// The work that failed is over, and what is known is still true: better a line in the log than an end for all of it.
process.on("unhandledRejection", (reason) =>
  connection.console.error(reason instanceof Error ? `${reason.stack}` : String(reason)),
);
serve(connection, { places: disk, runsPrograms: true, loadGrammars: loadBundledGrammars });

/** `--node-ipc`, `--pipe=…` or `--socket=…`, as the client starts it; alone, and with `--stdio`, it speaks on stdio. */
function channel(): Channel {
  const options = { "node-ipc": { type: "boolean" }, pipe: { type: "string" }, socket: { type: "string" } } as const;
  const { values } = parseArgs({ options, strict: false });
  if (values["node-ipc"]) return { reader: new IPCMessageReader(process), writer: new IPCMessageWriter(process) };
  if (typeof values.pipe === "string") return duplex(connect(values.pipe));
  if (typeof values.socket === "string") return duplex(connect(Number(values.socket), "127.0.0.1"));
  return streams(process.stdin, process.stdout);
}

function duplex(socket: Socket): Channel {
  return streams(socket, socket);
}

function streams(input: Readable, output: Writable): Channel {
  return { reader: new FrameReader(input), writer: new StreamMessageWriter(output) };
}
