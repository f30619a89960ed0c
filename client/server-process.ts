import * as vscode from "vscode";
import {
  type BaseLanguageClient,
  type ConfigurationParams,
  LanguageClient,
  type LanguageClientOptions,
  type LSPAny,
  type Middleware,
  type ServerOptions,
  TransportKind,
} from "vscode-languageclient/node";
import type { SelectedEnvironments } from "./environments/selected.ts";

/** A process beside the editor, which reads the disk, keeps an index in the workspace's storage and runs programs. */
export function processClient(
  context: vscode.ExtensionContext,
  environments: SelectedEnvironments,
  options: LanguageClientOptions,
): BaseLanguageClient {
  const { storageUri } = context;
  const run = { module: context.asAbsolutePath("dist/server.cjs"), transport: TransportKind.ipc };
  const serverOptions: ServerOptions = {
    run,
    debug: { ...run, options: { execArgv: ["--nolazy", "--inspect=6009"] } },
  };
  return new LanguageClient("groundwork", "Groundwork", serverOptions, {
    ...options,
    initializationOptions: {
      ...options.initializationOptions,
      createsEnvironments: true,
      // Of this workspace; without one there is nothing to keep.
      ...(storageUri && { storage: storageUri.fsPath }),
    },
    middleware: withEnvironments(options.middleware, environments),
  });
}

/** The environment that a Python extension has selected counts unless our own setting names one. */
function withEnvironments(middleware: Middleware = {}, environments: SelectedEnvironments): Middleware {
  const inner = middleware.workspace?.configuration;
  return {
    ...middleware,
    workspace: {
      ...middleware.workspace,
      configuration: async (params, token, next) => {
        const answers = await (inner ? inner(params, token, next) : next(params, token));
        return Array.isArray(answers) ? selected(params, answers, environments) : answers;
      },
    },
  };
}

async function selected(
  { items }: ConfigurationParams,
  answers: readonly LSPAny[],
  environments: SelectedEnvironments,
): Promise<LSPAny[]> {
  return Promise.all(
    answers.map(async (answer, index) => {
      const item = items[index];
      if (item?.section !== "groundwork" || typeof answer !== "object" || answer === null) return answer;
      const own: unknown = Reflect.get(answer, "environment");
      if (typeof own === "string" && own !== "") return answer;
      const scope = item.scopeUri ? vscode.Uri.parse(item.scopeUri) : undefined;
      return { ...answer, environment: await environments.of(scope) };
    }),
  );
}
