import * as vscode from "vscode";

const type = "groundwork";

/** The task "groundwork: check" of each folder: the command line over the whole folder, its findings in Problems. */
export function provideTasks(extension: vscode.Uri): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(type, {
    provideTasks: () => (vscode.workspace.workspaceFolders ?? []).map((folder) => checkTask(extension, folder)),
    resolveTask(task) {
      const { scope } = task;
      if (typeof scope !== "object") return undefined;
      return checkTask(extension, scope, task.definition);
    },
  });
}

interface CheckDefinition extends vscode.TaskDefinition {
  /** What is checked, relative to the folder; all of it when none is given. */
  readonly paths?: readonly string[];
}

function checkTask(
  extension: vscode.Uri,
  folder: vscode.WorkspaceFolder,
  definition: CheckDefinition = { type },
): vscode.Task {
  const program = vscode.Uri.joinPath(extension, "dist", "cli.cjs").fsPath;
  // The editor's own program is Node when it is told so.
  const env = { ELECTRON_RUN_AS_NODE: "1", NO_COLOR: "1", LC_ALL: vscode.env.language };
  const options = { cwd: folder.uri.fsPath, env };
  const execution = new vscode.ProcessExecution(
    process.execPath,
    [program, "check", ...(definition.paths ?? [])],
    options,
  );
  const task = new vscode.Task(definition, folder, "check", type, execution, "$groundwork");
  task.group = vscode.TaskGroup.Test;
  task.detail = vscode.l10n.t("Reports the smells of the whole folder, as the command line does");
  return task;
}
