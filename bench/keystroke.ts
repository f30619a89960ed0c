// From a keystroke to the diagnostics: one edit in a 2,000-line file inside a large workspace, over stdio, against
// ruff's language server on the same edits.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { corpus } from "./corpus.ts";

const cache = fileURLToPath(new URL("../.cache/bench/", import.meta.url));
const server = fileURLToPath(new URL("../dist/server.cjs", import.meta.url));

export interface KeystrokeBench {
  readonly workspaceLines: number;
  readonly fileLines: number;
  /** Milliseconds from sending the edit to holding its diagnostics. */
  readonly ours: Percentiles;
  readonly peer: Percentiles;
  /**
   * The same and the text parsed again, as these rules of an undecided folder need no tree: a name at the edit that may
   * be renamed is asked for. `typed` counts only the letters typed, since one taken back gives a text parsed before.
   */
  readonly parsed: { readonly all: Percentiles; readonly typed: Percentiles };
  /** Resident memory of the server in megabytes, after the workspace was opened and after the edits. */
  readonly memory: { readonly opened: number; readonly edited: number };
}

export interface Percentiles {
  readonly median: number;
  readonly p95: number;
}

const edits = 200;

export async function benchKeystroke(lines = 300_000): Promise<KeystrokeBench> {
  const folder = corpus(lines);
  const { path, text } = fileOf(folder, 2000);
  const ours = await measure(process.execPath, [server, "--stdio"], folder, path, text);
  const peer = await measure(ruff(), ["server"], folder, path, text);
  return {
    workspaceLines: lines,
    fileLines: text.split("\n").length,
    ours: percentiles(ours.times),
    peer: percentiles(peer.times),
    parsed: { all: percentiles(ours.parsed), typed: percentiles(typedOf(ours.parsed)) },
    memory: { opened: ours.opened, edited: ours.edited },
  };
}

/** Every other edit types a letter. */
function typedOf(times: readonly number[]): number[] {
  return times.filter((_, edit) => edit % 2 === 0);
}

/** The file whose number of lines is nearest to the wanted one. */
export function fileOf(folder: string, wanted: number): { path: string; text: string } {
  let best = { path: "", text: "", distance: Number.POSITIVE_INFINITY };
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".py")) continue;
    const text = readFileSync(join(folder, name), "utf8");
    const distance = Math.abs(text.split("\n").length - wanted);
    if (distance < best.distance) best = { path: join(folder, name), text, distance };
  }
  return best;
}

async function measure(command: string, args: readonly string[], folder: string, path: string, text: string) {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "ignore"] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) => items.map(() => ({})));
  connection.onRequest("client/registerCapability", () => null);
  connection.listen();
  const root = pathToFileURL(folder).toString();
  const uri = pathToFileURL(path).toString();
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: root,
    workspaceFolders: [{ uri: root, name: "bench" }],
    capabilities: { textDocument: { diagnostic: {} }, workspace: { workspaceFolders: true, configuration: true } },
  });
  await connection.sendNotification("initialized", {});
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "python", version: 1, text },
  });
  if (command === process.execPath) await connection.sendRequest("workspace/diagnostic", { previousResultIds: [] });
  await connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } });
  const opened = residentMemory(child.pid);
  const times: number[] = [];
  const parsed: number[] = [];
  const lines = text.split("\n");
  for (let edit = 0; edit < edits; edit++) {
    const line = (edit * 7919) % (lines.length - 1);
    const start = performance.now();
    // A letter at the start of a line, which often breaks the code, and its removal.
    const added = edit % 2 === 0;
    const at = { line: added ? line : ((edit - 1) * 7919) % (lines.length - 1), character: 0 };
    const end = added ? at : { line: at.line, character: 1 };
    void connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: edit + 2 },
      contentChanges: [{ range: { start: at, end }, text: added ? "x" : "" }],
    });
    await connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } });
    times.push(performance.now() - start);
    if (command !== process.execPath) continue;
    await connection.sendRequest("textDocument/prepareRename", { textDocument: { uri }, position: at });
    parsed.push(performance.now() - start);
  }
  const edited = residentMemory(child.pid);
  await connection.sendRequest("shutdown");
  child.kill();
  return { times, parsed, opened, edited };
}

/** Megabytes; 0 where the system does not tell. */
function residentMemory(pid: number | undefined): number {
  const path = `/proc/${pid}/status`;
  if (!existsSync(path)) return 0;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(path, "utf8"))?.[1] ?? 0) / 1024;
}

export function percentiles(times: readonly number[]): Percentiles {
  const ordered = [...times].sort((a, b) => a - b);
  return { median: ordered[ordered.length >> 1] ?? 0, p95: ordered[Math.floor(ordered.length * 0.95)] ?? 0 };
}

/** Installs ruff once, and answers with the path of its program. */
export function ruff(): string {
  const folder = join(cache, "ruff");
  const program = join(folder, "bin", "ruff");
  if (!existsSync(program)) {
    const args = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", folder, "ruff==0.14.5"];
    const { status } = spawnSync("python3", args, { stdio: "inherit" });
    if (status !== 0) throw new Error("ruff could not be installed");
  }
  return program;
}
