import * as vscode from "vscode";
import { pickFolder } from "../folders.ts";
import type { Server } from "../server.ts";

const viewType = "groundwork.report";

/** The report of a folder as a page beside the editors. The server writes it; it is shown without scripts. */
export class ReportPanel implements vscode.Disposable {
  readonly #server: Server;
  #shown: { readonly panel: vscode.WebviewPanel; readonly folder: vscode.WorkspaceFolder } | undefined;

  constructor(server: Server) {
    this.#server = server;
  }

  dispose(): void {
    this.#shown?.panel.dispose();
  }

  async show(): Promise<void> {
    const folder = await pickFolder();
    if (!folder) return;
    const page = await this.#pageOf(folder);
    if (page === null) return;
    const panel = this.#shown?.panel ?? this.#open();
    panel.title = vscode.l10n.t("Readiness: {0}", folder.name);
    panel.webview.html = page;
    panel.reveal();
    this.#shown = { panel, folder };
  }

  /** Only when asked for: a page that writes itself anew would lose the reader's place. */
  async refresh(): Promise<void> {
    if (!this.#shown) return;
    const { panel, folder } = this.#shown;
    const page = await this.#pageOf(folder);
    if (page !== null) panel.webview.html = page;
  }

  #open(): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel(viewType, "", vscode.ViewColumn.Active, {
      enableScripts: false,
      enableForms: false,
      enableCommandUris: ["groundwork.showFinding"],
      enableFindWidget: true,
      localResourceRoots: [],
    });
    panel.onDidDispose(() => {
      this.#shown = undefined;
    });
    return panel;
  }

  #pageOf(folder: vscode.WorkspaceFolder): Thenable<string | null> {
    const title = vscode.l10n.t("Writing the report");
    return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
      this.#server.request<string | null>("groundwork/report", { uri: folder.uri.toString(), format: "panel" }),
    );
  }
}
