import * as vscode from "vscode";
import { SelectedEnvironments } from "./environments/selected.ts";
import { activateFeatures, type GroundworkApi } from "./features.ts";
import { programs } from "./programs.ts";
import { Server } from "./server.ts";
import { processHome } from "./server-process.ts";

/** On a computer. */
export function activate(context: vscode.ExtensionContext): GroundworkApi {
  const log = vscode.window.createOutputChannel("Groundwork", { log: true });
  const environments = new SelectedEnvironments(log);
  const server = new Server(context, log, processHome(context, environments));
  context.subscriptions.push(log, environments, server, programs(context, server, environments, log));
  return activateFeatures(context, server, log);
}
