import * as vscode from "vscode";
import type {
  BaseLanguageClient,
  ConfigurationParams,
  ErrorAction,
  LanguageClientOptions,
  LSPAny,
} from "vscode-languageclient";
import { docsFolder } from "./docs.ts";
import { fileSchemes } from "./folders.ts";
import { CommandProgress } from "./views/command-progress.ts";

export type Stage = "production" | "undecided" | "experimental";

/** What the server tells about itself (`groundwork/status`). */
export interface ServerStatus {
  readonly busy: boolean;
  readonly folders: readonly {
    readonly uri: string;
    readonly files: number;
    readonly errors: number;
    readonly stages: { readonly experimental: readonly string[]; readonly production: readonly string[] };
    readonly environment?: {
      readonly name: string;
      readonly kind: string;
      readonly prefix: string;
      readonly version?: string;
    };
  }[];
}

/** A command of the server with what it answered. */
export interface Done {
  readonly command: string;
  readonly result: unknown;
}

/** Where the language server runs. */
export interface Home {
  /** Whether programs can be run beside it. */
  readonly runsPrograms: boolean;
  /** A client whose server starts there. Loads the library for it, which takes longer than all the rest of us. */
  createClient(options: LanguageClientOptions): Promise<BaseLanguageClient>;
}

/** The library's `ErrorAction.Continue`. */
const goOn: ErrorAction = 1;

/** A server that dies more often than this within three minutes stays down, and the editor says so. */
const mostRestarts = 10;

/** Owns the language server: starts it, and starts it again when it dies or is asked to. */
export class Server implements vscode.Disposable {
  readonly runsPrograms: boolean;
  readonly #client: Promise<BaseLanguageClient>;
  readonly #status = new vscode.EventEmitter<ServerStatus>();
  readonly onStatus = this.#status.event;
  readonly #done = new vscode.EventEmitter<Done>();
  /** A command of the server came to its end. */
  readonly onDone = this.#done.event;
  readonly #findings = new vscode.EventEmitter<void>();
  /** A list of the whole workspace that was asked for may not be up to date any more. */
  readonly onFindingsChange = this.#findings.event;
  readonly #trust: vscode.Disposable;
  #commands = 0;

  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel, home: Home) {
    this.runsPrograms = home.runsPrograms;
    this.#client = this.#createClient(context, log, home);
    this.#trust = vscode.workspace.onDidGrantWorkspaceTrust(() => this.tellChange());
  }

  /** Once activation has ended, so that nobody waits for it. */
  async #createClient(
    context: vscode.ExtensionContext,
    log: vscode.LogOutputChannel,
    home: Home,
  ): Promise<BaseLanguageClient> {
    await new Promise((resolve) => setTimeout(resolve));
    const client = await home.createClient({
      documentSelector: fileSchemes().flatMap((scheme) => [
        { scheme, language: "python" },
        { scheme, language: "pip-requirements" },
        { notebook: { scheme, notebookType: "jupyter-notebook" }, language: "python" },
        { scheme, pattern: "**/*{environment,conda,env}*.{yml,yaml}" },
      ]),
      outputChannel: log,
      initializationOptions: {
        docs: vscode.Uri.joinPath(docsFolder(context), "rules").toString(),
        comparesCopies: true,
        renamesInPlace: true,
      },
      // What cannot be written to a server that died says nothing new: its end is told by `closed`, which restarts it.
      errorHandler: { error: () => ({ action: goOn }), closed: () => restarts.closed() },
      middleware: {
        executeCommand: (command, values) => this.#executeForFix(command, values),
        workspace: {
          configuration: async (params, token, next) => {
            const answers = await next(params, token);
            return Array.isArray(answers) ? withTrust(params, answers) : answers;
          },
        },
      },
    });
    const restarts = client.createDefaultErrorHandler(mostRestarts);
    client.onNotification("groundwork/showLogs", () => log.show());
    client.onNotification("groundwork/createEnvironment", ({ uri }: { readonly uri: string }) => {
      void vscode.commands.executeCommand("groundwork.createEnvironment", vscode.Uri.parse(uri));
    });
    client.onNotification("groundwork/status", (status: ServerStatus) => this.#status.fire(status));
    client.onNotification("groundwork/findingsChanged", () => this.#findings.fire());
    return client;
  }

  async start(): Promise<void> {
    await this.#started();
  }

  async restart(): Promise<void> {
    const client = await this.#client;
    await client.stop();
    await client.start();
  }

  /** The stage of a folder or file; undefined outside of every workspace folder. */
  async stageOf(uri: string): Promise<Stage | undefined> {
    const [stage] = await this.request<(Stage | null)[]>("groundwork/stages", { uris: [uri] });
    return stage ?? undefined;
  }

  /** Asks the server something that is not of the protocol. */
  async request<Result>(method: string, params?: object): Promise<Result> {
    const client = await this.#started();
    return params === undefined ? client.sendRequest(method) : client.sendRequest(method, params);
  }

  /** Runs one of the server's commands, with its progress, and answers with its result. */
  async execute<Result>(command: string, ...values: readonly unknown[]): Promise<Result> {
    const client = await this.#started();
    const { WorkDoneProgress } = await import("vscode-languageclient");
    const workDoneToken = `groundwork-${this.#commands++}`;
    const cancellation = new vscode.CancellationTokenSource();
    const progress = new CommandProgress(() => cancellation.cancel());
    const heard = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => progress.take(value));
    try {
      const params = { command, arguments: values, workDoneToken };
      const result = await client.sendRequest<Result>("workspace/executeCommand", params, cancellation.token);
      this.#done.fire({ command, result });
      return result;
    } finally {
      for (const each of [heard, progress, cancellation]) each.dispose();
    }
  }

  async #started(): Promise<BaseLanguageClient> {
    const client = await this.#client;
    await client.start();
    return client;
  }

  /** Where a fix leaves something open, the person is asked for it here; then the server gets everything. */
  #executeForFix(command: string, values: readonly unknown[]): Thenable<unknown> {
    const [uri] = values;
    if (command === "groundwork.server.markStage") {
      return vscode.commands.executeCommand("groundwork.markStage", ...values);
    }
    if (command === "groundwork.server.notebookToModule" && typeof uri === "string") {
      return vscode.commands.executeCommand("groundwork.notebookToModule", vscode.Uri.parse(uri));
    }
    if (command === "groundwork.server.createEnvironment" && typeof uri === "string") {
      return vscode.commands.executeCommand("groundwork.createEnvironment", vscode.Uri.parse(uri));
    }
    if (command === "groundwork.server.addBaseline" && typeof uri === "string") {
      return vscode.commands.executeCommand("groundwork.addBaseline", vscode.Uri.parse(uri));
    }
    return this.execute(command, ...values);
  }

  /** The server asks for its settings again. */
  async tellChange(): Promise<void> {
    await (await this.#client).sendNotification("workspace/didChangeConfiguration", { settings: null });
  }

  async dispose(): Promise<void> {
    this.#trust.dispose();
    this.#status.dispose();
    this.#findings.dispose();
    this.#done.dispose();
    await (await this.#client).dispose();
  }
}

/** In a folder that is not trusted, nothing may ask the index. */
function withTrust({ items }: ConfigurationParams, answers: readonly LSPAny[]): LSPAny[] {
  const missingIsTold = vscode.extensions.getExtension("ms-python.python") !== undefined;
  const { isTrusted } = vscode.workspace;
  return answers.map((answer, index) => {
    if (items[index]?.section !== "groundwork" || typeof answer !== "object" || answer === null) return answer;
    return { ...answer, missingIsTold, ...(!isTrusted && { network: "never", isTrusted }) };
  });
}
