import * as vscode from "vscode";
import {
  type BaseLanguageClient,
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type LanguageClientOptions,
  type MessageTransports,
} from "vscode-languageclient/browser";
import { beginningOf } from "./beginning.ts";
import { answerFileRequests } from "./editor-files.ts";

/** The part of a browser's worker that we use; TypeScript's library for Node does not know it. */
declare class Worker {
  constructor(url: string);
  postMessage(message: unknown): void;
  terminate(): void;
}

/** A worker of a browser, which reaches files only through the editor. */
export function workerClient(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  options: LanguageClientOptions,
): BaseLanguageClient {
  const client = new LanguageClient("groundwork", "Groundwork", () => startWorker(context), options);
  answerFileRequests(client, log);
  return client;
}

async function startWorker({ extensionUri }: vscode.ExtensionContext): Promise<MessageTransports> {
  const beginning = await beginningOf(extensionUri);
  const worker = new Worker(vscode.Uri.joinPath(extensionUri, "dist/browser/server.js").toString(true));
  worker.postMessage(beginning);
  return { reader: new WorkerReader(worker), writer: new BrowserMessageWriter(worker) };
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
