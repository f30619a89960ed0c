import * as vscode from "vscode";
import {
  type BaseLanguageClient,
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from "vscode-languageclient/browser";
import { answerFileRequests } from "./editor-files.ts";
import type { Home } from "./server.ts";

/** What the worker is told before the protocol begins (`server/browser/main.ts`). */
interface Beginning {
  readonly grammars: Readonly<Record<string, Uint8Array>>;
  readonly translations: unknown;
}

const grammars = ["web-tree-sitter.wasm", "tree-sitter-python.wasm", "tree-sitter-requirements.wasm"];

/** The part of a browser's worker that we use; TypeScript's library for Node does not know it. */
declare class Worker {
  constructor(url: string);
  postMessage(message: unknown): void;
  terminate(): void;
}

/** A worker of a browser, which reaches files only through the editor. */
export function workerHome(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Home {
  return {
    runsPrograms: false,
    createClient(options): BaseLanguageClient {
      const client = new LanguageClient("groundwork", "Groundwork", () => startWorker(context), options);
      answerFileRequests(client, log);
      return client;
    },
  };
}

async function startWorker({ extensionUri }: vscode.ExtensionContext): Promise<MessageTransports> {
  const beginning = await beginningOf(extensionUri);
  const worker = new Worker(vscode.Uri.joinPath(extensionUri, "dist/browser/server.js").toString(true));
  worker.postMessage(beginning);
  return { reader: new WorkerReader(worker), writer: new BrowserMessageWriter(worker) };
}

async function beginningOf(extension: vscode.Uri): Promise<Beginning> {
  const read = (name: string) => vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, "dist", name));
  const found = await Promise.all(grammars.map(async (name) => [name, await read(name)] as const));
  return { grammars: Object.fromEntries(found), translations: vscode.l10n.bundle };
}

/** The worker ends with its connection. */
class WorkerReader extends BrowserMessageReader {
  readonly #worker: Worker;

  constructor(worker: Worker) {
    super(worker);
    this.#worker = worker;
  }

  override dispose(): void {
    super.dispose();
    this.#worker.terminate();
  }
}
