// Implements the part of the published API of Python Environments (microsoft/vscode-python-environments, src/api.ts) that
// concerns selecting: per folder, with an event. What is selected is also in the folder's file `.selected`, for the test.
const { existsSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const vscode = require("vscode");

exports.activate = (context) => {
  // The setting of the Python extension by which its users leave this one out; the real one has no API then, too.
  if (vscode.workspace.getConfiguration("python").get("useEnvironmentsExtension") === false) return undefined;
  const changed = new vscode.EventEmitter();
  const selected = new Map();
  const folderOf = (scope) => scope && vscode.workspace.getWorkspaceFolder(scope)?.uri.fsPath;
  context.subscriptions.push(
    changed,
    vscode.commands.registerCommand("standIn.selectOther", () => {
      const folder = folderOf(vscode.window.activeTextEditor.document.uri);
      const environmentPath = vscode.Uri.file(join(folder, "other/bin/python"));
      selected.set(folder, { environmentPath });
      changed.fire({ uri: vscode.Uri.file(folder), new: { environmentPath } });
    }),
  );
  return {
    onDidChangeEnvironment: changed.event,
    getEnvironment: async (scope) => selected.get(folderOf(scope)),
    setEnvironment: async (scope, environment) => {
      for (const uri of Array.isArray(scope) ? scope : [scope]) {
        const folder = folderOf(uri);
        if (folder === undefined) throw new Error("a selection needs a folder");
        if (environment) selected.set(folder, environment);
        else selected.delete(folder);
        writeFileSync(join(folder, ".selected"), environment?.environmentPath.fsPath ?? "");
        changed.fire({ uri, new: environment });
      }
    },
    resolveEnvironment: async (uri) => {
      if (!(uri instanceof vscode.Uri)) throw new Error("not a Uri of this editor");
      if (!existsSync(uri.fsPath)) return undefined;
      return { environmentPath: uri, name: "resolved", version: "3", envId: { id: uri.fsPath, managerId: "stand-in" } };
    },
  };
};
