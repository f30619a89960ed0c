// Implements the part of the Python extension's published API (`@vscode/python-extension`) that concerns selecting. What
// is selected is also in the folder's file `.selected`, for the test.
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");
const vscode = require("vscode");

exports.activate = () => {
  const changed = new vscode.EventEmitter();
  const selected = new Map();
  const folderOf = (resource) => resource && vscode.workspace.getWorkspaceFolder(resource)?.uri.fsPath;
  return {
    ready: Promise.resolve(),
    environments: {
      onDidChangeActiveEnvironmentPath: changed.event,
      getActiveEnvironmentPath: (resource) => {
        const path = selected.get(folderOf(resource)) ?? "python";
        return { id: path, path };
      },
      updateActiveEnvironmentPath: async (environment, resource) => {
        const path = typeof environment === "string" ? environment : environment.path;
        const folder = folderOf(resource?.uri ?? resource);
        selected.set(folder, path);
        writeFileSync(join(folder, ".selected"), path);
        changed.fire({ id: path, path, resource });
      },
    },
  };
};
