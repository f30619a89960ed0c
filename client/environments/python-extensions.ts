import * as vscode from "vscode";

/** The part of the Python Environments extension's published API that we use (microsoft/vscode-python-environments). */
export interface PythonEnvironmentsApi {
  getEnvironment(scope: vscode.Uri | undefined): Promise<FoundEnvironment | undefined>;
  setEnvironment(scope: vscode.Uri | undefined, environment?: FoundEnvironment): Promise<void>;
  resolveEnvironment(context: vscode.Uri): Promise<FoundEnvironment | undefined>;
  readonly onDidChangeEnvironment: vscode.Event<unknown>;
}

export interface FoundEnvironment {
  readonly environmentPath: vscode.Uri;
}

/** The part of the Python extension's published API that we use (`@vscode/python-extension`). */
export interface MsPythonApi {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    updateActiveEnvironmentPath(environment: string, resource?: vscode.Uri): Promise<void>;
    readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

export function pythonEnvironments(): Promise<PythonEnvironmentsApi | undefined> {
  return api<PythonEnvironmentsApi>("ms-python.vscode-python-envs");
}

export function msPython(): Promise<MsPythonApi | undefined> {
  return api<MsPythonApi>("ms-python.python");
}

/** Is one of the extensions here that activate the terminals themselves? */
export function hasPythonExtension(): boolean {
  return ["ms-python.vscode-python-envs", "ms-python.python"].some((id) => vscode.extensions.getExtension(id));
}

async function api<Api>(id: string): Promise<Api | undefined> {
  const extension = vscode.extensions.getExtension<Api | undefined>(id);
  return (await extension?.activate()) ?? undefined;
}
