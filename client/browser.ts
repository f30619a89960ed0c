import * as vscode from "vscode";
import { activateFeatures, type GroundworkApi } from "./features.ts";
import { explainAbsentPrograms } from "./program-commands.ts";
import { Server } from "./server.ts";

/** In a browser without a computer behind it. */
export function activate(context: vscode.ExtensionContext): GroundworkApi {
  const log = vscode.window.createOutputChannel("Groundwork", { log: true });
  const server = new Server(context, log, {
    runsPrograms: false,
    createClient: async (options) => (await import("./server-worker.ts")).workerClient(context, log, options),
  });
  context.subscriptions.push(log, server, explainAbsentPrograms());
  return activateFeatures(context, server, log);
}
