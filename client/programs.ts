import * as vscode from "vscode";
import { createEnvironmentCommands } from "./commands/create-environment.ts";
import { registerKernel } from "./commands/next-steps.ts";
import { pinAndSort } from "./commands/pin-and-sort.ts";
import { installRequirements } from "./commands/requirements.ts";
import { provideTasks } from "./commands/tasks.ts";
import { updateEnvironment } from "./commands/update-environment.ts";
import type { SelectedEnvironments } from "./environments/selected.ts";
import { activateTerminals } from "./environments/terminals.ts";
import { pickFolder } from "./folders.ts";
import { type ProgramCommand, registerProgramCommands } from "./program-commands.ts";
import type { Server } from "./server.ts";

/** Everything that runs programs, or prepares that somebody does. */
export function programs(
  context: vscode.ExtensionContext,
  server: Server,
  environments: SelectedEnvironments,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const create = createEnvironmentCommands(server, environments, log);
  const commands: Readonly<Record<ProgramCommand, (target?: vscode.Uri) => Promise<void>>> = {
    "groundwork.pinAndSortRequirements": (target) => pinAndSort(server, target),
    "groundwork.installRequirements": (target) => installRequirements(server, target),
    "groundwork.createEnvironment": (target) => create(undefined, target),
    "groundwork.createCondaEnvironment": () => create("conda"),
    "groundwork.createVirtualEnvironment": () => create("venv"),
    "groundwork.updateEnvironment": (target) => updateEnvironment(server, target),
    "groundwork.registerKernel": async () => {
      const folder = await pickFolder();
      if (folder) await registerKernel(server, folder.uri);
    },
  };
  return vscode.Disposable.from(
    registerProgramCommands((name, target) => commands[name](target)),
    environments.onDidChange(() => server.tellChange()),
    activateTerminals(context, server),
    provideTasks(context.extensionUri),
  );
}
