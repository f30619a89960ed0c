import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PassThrough } from "node:stream";
import { pathToFileURL } from "node:url";
import { createConnection } from "vscode-languageserver/node";
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Registration,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceEdit,
} from "vscode-languageserver-protocol/node";
import { FrameReader } from "../server/lsp/frames.ts";
import { guarded } from "../server/lsp/guard.ts";
import { disk } from "../server/lsp/platform.ts";
import { serve } from "../server/lsp/server.ts";
import { grammars } from "./grammars.ts";

export const pullCapabilities: ClientCapabilities = {
  textDocument: { diagnostic: { dynamicRegistration: false } },
  workspace: { workspaceFolders: true, configuration: true },
};

/** A folder on disk with these files, removed by `dispose`. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): {
  root: string;
  dispose: () => void;
} {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "groundwork-")));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return { root, dispose: () => rmSync(root, { recursive: true, force: true }) };
}

/** The two streams of a server of its own in this process: what it hears, and what it says. */
export function streamsOfServer(): { readonly up: PassThrough; readonly down: PassThrough } {
  const up = new PassThrough();
  const down = new PassThrough();
  const { reader, writer } = guarded({ reader: new FrameReader(up), writer: new StreamMessageWriter(down) });
  serve(createConnection(reader, writer), { places: disk, runsPrograms: true, loadGrammars: grammars });
  return { up, down };
}

/** A connection to such a server. */
export function serverHere(): ProtocolConnection {
  const { up, down } = streamsOfServer();
  return createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
}

/** A language server and its client in one process, talking over streams as they would over stdio. */
export class LspClient implements AsyncDisposable {
  readonly connection: ProtocolConnection;
  readonly root: string;
  readonly published = new Map<string, Diagnostic[]>();
  /** Answers to `window/showMessageRequest`, by the beginning of the message. */
  readonly answers = new Map<string, string>();
  readonly messages: string[] = [];
  /** What the server asked to be edited; `refusesEdits` says no to it. */
  readonly edits: WorkspaceEdit[] = [];
  refusesEdits = false;
  settings: Record<string, unknown> = {};
  /** What the server said of itself, and what it asked to be registered. */
  initialized: InitializeResult | undefined;
  readonly registered: Registration[] = [];
  #waiting: { uri: string; accepts: (items: Diagnostic[]) => boolean; resolve: (items: Diagnostic[]) => void }[] = [];
  #versions = new Map<string, number>();

  private constructor(root: string, connection: ProtocolConnection) {
    this.root = root;
    this.connection = connection;
  }

  static async start(
    root: string,
    capabilities: ClientCapabilities = pullCapabilities,
    locale = "en",
    options: Readonly<Record<string, unknown>> = {},
  ): Promise<LspClient> {
    const client = new LspClient(root, serverHere());
    client.#listen();
    const folder = { uri: pathToFileURL(root).toString(), name: "folder" };
    client.initialized = await client.connection.sendRequest<InitializeResult>("initialize", {
      processId: null,
      rootUri: folder.uri,
      workspaceFolders: [folder],
      capabilities,
      locale,
      initializationOptions: { createsEnvironments: true, renamesInPlace: true, ...options },
    });
    await client.connection.sendNotification("initialized", {});
    return client;
  }

  uri(path: string): string {
    return pathToFileURL(join(this.root, path)).toString();
  }

  async open(
    path: string,
    text: string,
    languageId = path.endsWith(".py") ? "python" : "pip-requirements",
  ): Promise<void> {
    this.#versions.set(path, 1);
    const textDocument = { uri: this.uri(path), languageId, version: 1, text };
    await this.connection.sendNotification("textDocument/didOpen", { textDocument });
  }

  /** Sends incremental changes; a change is [startLine, startColumn, endLine, endColumn, text]. */
  async change(
    path: string,
    ...changes: readonly (readonly [number, number, number, number, string])[]
  ): Promise<void> {
    const version = (this.#versions.get(path) ?? 1) + 1;
    this.#versions.set(path, version);
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: this.uri(path), version },
      contentChanges: changes.map(([startLine, startColumn, endLine, endColumn, text]) => ({
        range: { start: { line: startLine, character: startColumn }, end: { line: endLine, character: endColumn } },
        text,
      })),
    });
  }

  async close(path: string): Promise<void> {
    await this.connection.sendNotification("textDocument/didClose", { textDocument: { uri: this.uri(path) } });
  }

  async pull(path: string): Promise<Diagnostic[]> {
    const report = await this.connection.sendRequest<{ items: Diagnostic[] }>("textDocument/diagnostic", {
      textDocument: { uri: this.uri(path) },
    });
    return report.items;
  }

  /** What the server pushes for a file, as soon as it is accepted. */
  pushed(path: string, accepts: (items: Diagnostic[]) => boolean): Promise<Diagnostic[]> {
    const uri = this.uri(path);
    const known = this.published.get(uri);
    if (known && accepts(known)) return Promise.resolve(known);
    return new Promise((resolve) => this.#waiting.push({ uri, accepts, resolve }));
  }

  /** The parameters of the next notification of that name. */
  told(method: string): Promise<unknown> {
    return new Promise((resolve) => this.connection.onNotification(method, resolve));
  }

  /** Waits until the first scan of the folder is done. */
  async scanned(): Promise<void> {
    await this.connection.sendRequest("workspace/diagnostic", { previousResultIds: [] });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.connection.sendRequest("shutdown");
    this.connection.dispose();
  }

  #listen(): void {
    const { connection } = this;
    connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) =>
      items.map(() => ({ ...(hasOwnEnvironment(this.root) ? {} : { environment: "none" }), ...this.settings })),
    );
    connection.onRequest("client/registerCapability", ({ registrations }: { registrations: Registration[] }) => {
      this.registered.push(...registrations);
      return null;
    });
    connection.onRequest("workspace/applyEdit", ({ edit }: { edit: WorkspaceEdit }) => {
      this.edits.push(edit);
      return { applied: !this.refusesEdits };
    });
    connection.onRequest("workspace/diagnostic/refresh", () => null);
    connection.onRequest("window/workDoneProgress/create", () => null);
    connection.onRequest("window/showMessageRequest", (params: { message: string; actions?: { title: string }[] }) => {
      this.messages.push(params.message);
      const answer = [...this.answers].find(([start]) => params.message.startsWith(start))?.[1];
      return params.actions?.find((action) => action.title === answer) ?? null;
    });
    connection.onNotification("window/showMessage", ({ message }: { message: string }) => {
      this.messages.push(message);
    });
    connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      this.published.set(params.uri, params.diagnostics);
      const ready = this.#waiting.filter((each) => each.uri === params.uri && each.accepts(params.diagnostics));
      this.#waiting = this.#waiting.filter((each) => !ready.includes(each));
      for (const each of ready) each.resolve(params.diagnostics);
    });
    connection.listen();
  }
}

/** Else this machine's Python would be found, and be told of. */
function hasOwnEnvironment(root: string): boolean {
  return existsSync(join(root, ".venv/bin/python"));
}
