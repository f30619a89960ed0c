import * as vscode from "vscode";
import { SelectedEnvironments } from "./environments/selected.ts";
import { activateFeatures, type GroundworkApi } from "./features.ts";
import { fileSchemes } from "./folders.ts";
import { explainAbsentPrograms } from "./program-commands.ts";
import { programs } from "./programs.ts";
import { Server } from "./server.ts";

/** On a computer. */
export function activate(context: vscode.ExtensionContext): GroundworkApi {
  const log = vscode.window.createOutputChannel("Groundwork", { log: true });
  context.subscriptions.push(log);
  return activateFeatures(
    context,
    fileSchemes().includes("file") ? onDisk(context, log) : elsewhere(context, log),
    log,
  );
}

function onDisk(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Server {
  const environments = new SelectedEnvironments(log);
  const server = new Server(context, log, {
    runsPrograms: true,
    createClient: async (options) =>
      (await import("./server-process.ts")).processClient(context, environments, options),
  });
  context.subscriptions.push(environments, server, programs(context, server, environments, log));
  return server;
}

/** Such as a repository that is looked at without a clone. */
function elsewhere(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Server {
  const server = new Server(context, log, {
    runsPrograms: false,
    createClient: async (options) => (await import("./server-thread.ts")).threadClient(context, log, options),
  });
  context.subscriptions.push(server, explainAbsentPrograms());
  return server;
}
