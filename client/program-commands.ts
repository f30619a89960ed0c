import * as vscode from "vscode";

/** What is nothing without a program that could be run. The manifest shows them only where there are some. */
export const programCommands = [
  "groundwork.createCondaEnvironment",
  "groundwork.createEnvironment",
  "groundwork.createVirtualEnvironment",
  "groundwork.installRequirements",
  "groundwork.pinAndSortRequirements",
  "groundwork.registerKernel",
  "groundwork.updateEnvironment",
] as const;

export type ProgramCommand = (typeof programCommands)[number];

export function registerProgramCommands(
  run: (name: ProgramCommand, target?: vscode.Uri) => unknown,
): vscode.Disposable {
  const register = (name: ProgramCommand) =>
    vscode.commands.registerCommand(name, (target?: vscode.Uri) => run(name, target));
  return vscode.Disposable.from(...programCommands.map(register));
}

/** For who comes to them all the same, such as by a button of the walkthrough. */
export function explainAbsentPrograms(): vscode.Disposable {
  // In one line, since VS Code cuts off what is longer.
  const reason = vscode.l10n.t("No program can be run here: open the folder on a computer.");
  return registerProgramCommands(() => void vscode.window.showInformationMessage(reason));
}
