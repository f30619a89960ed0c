import { Worker } from "node:worker_threads";
import type * as vscode from "vscode";
import {
  type BaseLanguageClient,
  LanguageClient,
  type LanguageClientOptions,
  type MessageTransports,
  PortMessageReader,
  PortMessageWriter,
} from "vscode-languageclient/node";
import { beginningOf } from "./beginning.ts";
import { answerFileRequests } from "./editor-files.ts";

/** For a workspace that is on no disk: the server of a browser, in a thread, reaches its files through the editor. */
export function threadClient(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  options: LanguageClientOptions,
): BaseLanguageClient {
  const client = new LanguageClient("groundwork", "Groundwork", () => startThread(context), options);
  answerFileRequests(client, log);
  return client;
}

async function startThread(context: vscode.ExtensionContext): Promise<MessageTransports> {
  const beginning = await beginningOf(context.extensionUri);
  const thread = new Worker(context.asAbsolutePath("dist/browser/server.js"));
  thread.postMessage(beginning);
  return { reader: new ThreadReader(thread), writer: new PortMessageWriter(thread) };
}

/** The thread ends with its connection. */
class ThreadReader extends PortMessageReader {
  readonly #thread: Worker;

  constructor(thread: Worker) {
    super(thread);
    this.#thread = thread;
  }

  override dispose(): void {
    super.dispose();
    void this.#thread.terminate();
  }
}
