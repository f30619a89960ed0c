import * as vscode from "vscode";
import { activateFeatures, type GroundworkApi } from "./features.ts";
import { explainAbsentPrograms } from "./program-commands.ts";
import { Server } from "./server.ts";
import { workerHome } from "./server-worker.ts";

/** In a browser without a computer behind it. */
export function activate(context: vscode.ExtensionContext): GroundworkApi {
  const log = vscode.window.createOutputChannel("Groundwork", { log: true });
  const server = new Server(context, log, workerHome(context, log));
  context.subscriptions.push(log, server, explainAbsentPrograms());
  return activateFeatures(context, server, log);
}
