import * as vscode from "vscode";
import { type MsPythonApi, msPython, type PythonEnvironmentsApi, pythonEnvironments } from "./python-extensions.ts";

/**
 * Which environment a folder uses, as the Python Environments extension says, else the Python extension, else our own
 * setting `groundwork.environment`. None of the two is required.
 */
export class SelectedEnvironments implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[] = [this.#changed];
  #listening = false;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  /** The interpreter or folder that is selected for a folder; undefined when nobody has selected one. */
  async of(folder: vscode.Uri | undefined): Promise<string | undefined> {
    const [environments, python] = await this.#apis();
    const selected = await environments?.getEnvironment(folder);
    if (selected) return selected.environmentPath.fsPath;
    return python?.environments.getActiveEnvironmentPath(folder).path;
  }

  /** Makes a folder use an environment from now on. */
  async select(folder: vscode.Uri, interpreter: string): Promise<void> {
    const [environments, python] = await this.#apis();
    const resolved = await environments?.resolveEnvironment(vscode.Uri.file(interpreter));
    if (environments && resolved) {
      await environments.setEnvironment(folder, resolved);
      return;
    }
    if (python) {
      await python.environments.updateActiveEnvironmentPath(interpreter, folder);
      return;
    }
    const settings = vscode.workspace.getConfiguration("groundwork", folder);
    await settings.update("environment", interpreter, vscode.ConfigurationTarget.WorkspaceFolder);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #apis(): Promise<[PythonEnvironmentsApi | undefined, MsPythonApi | undefined]> {
    try {
      const environments = await pythonEnvironments();
      const python = environments ? undefined : await msPython();
      if (!this.#listening) {
        this.#listening = true;
        const fire = () => this.#changed.fire();
        if (environments) this.#subscriptions.push(environments.onDidChangeEnvironment(fire));
        if (python) this.#subscriptions.push(python.environments.onDidChangeActiveEnvironmentPath(fire));
      }
      return [environments, python];
    } catch (error) {
      this.#log.warn(`A Python extension did not answer: ${String(error)}`);
      return [undefined, undefined];
    }
  }
}
