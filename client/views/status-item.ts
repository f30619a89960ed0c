import * as vscode from "vscode";
import { fileAtHand } from "../folders.ts";
import type { Server, ServerStatus } from "../server.ts";

/** The language status item: busy or not, the environment that the file's folder uses, files that could not be read. */
export class StatusItem implements vscode.Disposable {
  readonly #server: Server;
  readonly #item: vscode.LanguageStatusItem;
  readonly #subscriptions: readonly vscode.Disposable[];
  #status: ServerStatus = { busy: true, folders: [] };

  constructor(server: Server) {
    this.#server = server;
    this.#item = vscode.languages.createLanguageStatusItem("groundwork", [
      { language: "python" },
      { language: "pip-requirements" },
    ]);
    this.#item.name = "Groundwork";
    this.#item.text = "Groundwork";
    this.#item.busy = true;
    this.#item.command = { command: "groundwork.showLogs", title: vscode.l10n.t("Show Logs") };
    this.#subscriptions = [
      server.onStatus((status) => {
        this.#status = status;
        this.#show();
      }),
      vscode.window.onDidChangeActiveTextEditor(() => this.#show()),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#item.dispose();
  }

  #show(): void {
    const { busy, folders } = this.#status;
    const files = folders.reduce((sum, folder) => sum + folder.files, 0);
    const errors = folders.reduce((sum, folder) => sum + folder.errors, 0);
    const root = rootOfEditor();
    const environment = (folders.find(({ uri }) => vscode.Uri.parse(uri).toString() === root) ?? folders[0])
      ?.environment;
    this.#item.busy = busy;
    this.#item.text = environment ? environmentText(environment) : this.#absence();
    const looked = files === 1 ? vscode.l10n.t("1 file") : vscode.l10n.t("{0} files", files);
    this.#item.detail = errors > 0 ? `${looked}, ${vscode.l10n.t("{0} not readable", errors)}` : looked;
    const isFine =
      !this.#server.runsPrograms || (environment && environment.kind !== "base" && environment.kind !== "system");
    this.#item.severity =
      errors > 0 || !isFine ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
    this.#item.command = isFine
      ? { command: "groundwork.showLogs", title: vscode.l10n.t("Show Logs") }
      : { command: "groundwork.createEnvironment", title: vscode.l10n.t("Create Environment") };
  }

  #absence(): string {
    return this.#server.runsPrograms
      ? vscode.l10n.t("No environment")
      : vscode.l10n.t("No environment: no program can be run here");
  }
}

/** The folder of the file that is shown; each folder may use another environment. */
function rootOfEditor(): string | undefined {
  const uri = fileAtHand();
  return uri && vscode.workspace.getWorkspaceFolder(uri)?.uri.toString();
}

function environmentText(environment: { name: string; kind: string; version?: string }): string {
  const { name, kind, version = "" } = environment;
  if (kind === "system") return vscode.l10n.t("System Python {0}", version).trim();
  const python = version ? ` (Python ${version})` : "";
  return kind === "base" ? vscode.l10n.t("Conda's base{0}", python) : `${name}${python}`;
}
