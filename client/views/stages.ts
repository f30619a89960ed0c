import * as vscode from "vscode";
import { isFile } from "../folders.ts";
import type { Server, Stage } from "../server.ts";

/** The stage of each folder, as a badge in the explorer, and that of the open file, as a language status item. */
export class Stages implements vscode.FileDecorationProvider, vscode.Disposable {
  readonly #server: Server;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeFileDecorations = this.#changed.event;
  readonly #item: vscode.LanguageStatusItem;
  readonly #subscriptions: vscode.Disposable[];
  /** By URI; empty after the configuration may have changed. */
  #known = new Map<string, Promise<Stage | undefined>>();
  #configuration = "";

  constructor(server: Server) {
    this.#server = server;
    this.#item = vscode.languages.createLanguageStatusItem("groundwork.stage", { language: "python" });
    this.#item.name = vscode.l10n.t("Groundwork: stage");
    this.#item.command = { command: "groundwork.chooseStage", title: vscode.l10n.t("Change") };
    this.#subscriptions = [
      vscode.window.registerFileDecorationProvider(this),
      vscode.window.onDidChangeActiveTextEditor(() => this.#show()),
      server.onStatus(({ folders }) => this.#refresh(JSON.stringify(folders.map((each) => each.stages)))),
      this.#item,
      this.#changed,
    ];
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }

  async provideFileDecoration(uri: vscode.Uri): Promise<vscode.FileDecoration | undefined> {
    if (!isFile(uri) || !(await isFolder(uri))) return undefined;
    const stage = await this.#stageOf(uri);
    if (stage === "production") {
      return new vscode.FileDecoration("P", vscode.l10n.t("Production"), new vscode.ThemeColor("charts.green"));
    }
    if (stage !== "experimental") return undefined;
    return new vscode.FileDecoration("E", vscode.l10n.t("Experimental"), new vscode.ThemeColor("charts.yellow"));
  }

  /** Tells of the stages only when they changed: the explorer asks again for every folder that it shows. */
  #refresh(configuration: string): void {
    if (configuration === this.#configuration) return;
    this.#configuration = configuration;
    this.#known = new Map();
    this.#changed.fire(undefined);
    this.#show();
  }

  #stageOf(uri: vscode.Uri): Promise<Stage | undefined> {
    const key = uri.toString();
    const known = this.#known.get(key) ?? this.#server.stageOf(key);
    this.#known.set(key, known);
    return known;
  }

  async #show(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId !== "python" || !isFile(document.uri)) return;
    const stage = await this.#stageOf(document.uri);
    if (stage === "production") this.#item.text = vscode.l10n.t("Stage: production");
    else if (stage === "experimental") this.#item.text = vscode.l10n.t("Stage: experimental");
    else this.#item.text = vscode.l10n.t("Stage: undecided");
  }
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  try {
    return (await vscode.workspace.fs.stat(uri)).type === vscode.FileType.Directory;
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return false;
    throw error;
  }
}
