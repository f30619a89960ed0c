import * as vscode from "vscode";
import { type CopyPlace, showPlace } from "../duplicates/copies.ts";
import { fileAtHand, isFile } from "../folders.ts";
import type { Server, Stage } from "../server.ts";
import { fixObstacle, isMendable, mendRow, placeName } from "./promotion-fixes.ts";

/** A finding that stands in the way, and where. */
export interface Obstacle extends CopyPlace {
  readonly path: string;
  readonly rule: string;
  readonly message: string;
  /** The title of its fix, where there is one. */
  readonly fix?: string;
}

export interface Row {
  readonly step: string;
  readonly title: string;
  readonly obstacles: readonly Obstacle[];
}

export interface Promotion {
  /** Of the file or folder, as it was asked for. */
  readonly uri: string;
  /** Relative to its workspace folder. */
  readonly path: string;
  readonly stage: Stage;
  readonly rows: readonly Row[];
  readonly page: string;
}

/** A further row: what can be done with what is judged as a whole. */
interface Decision {
  readonly title: string;
  readonly icon: string;
  readonly command: string;
  readonly uri: string;
}

type PromotionNode = Row | Obstacle | Decision;

const scheme = "groundwork-promotion";

/** What stands between a file or folder and production: a tree whose rows lead to the places, and the same as a page. */
export class PromotionView
  implements vscode.TreeDataProvider<PromotionNode>, vscode.TextDocumentContentProvider, vscode.Disposable
{
  readonly #server: Server;
  readonly #view: vscode.TreeView<PromotionNode>;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #pageChanged = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#pageChanged.event;
  readonly #subscriptions: vscode.Disposable[];
  #promotion: Promotion | undefined;

  constructor(server: Server) {
    this.#server = server;
    this.#view = vscode.window.createTreeView("groundwork.promotion", { treeDataProvider: this });
    this.#subscriptions = [
      this.#view,
      this.#changed,
      this.#pageChanged,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.commands.registerCommand("groundwork.showObstacle", (obstacle: Obstacle) => showPlace(obstacle)),
      vscode.commands.registerCommand("groundwork.fixObstacle", (node: PromotionNode) => this.#fix(node)),
    ];
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }

  /** Judges a file or folder, shows the tree, and opens the page beside it. */
  async show(target: vscode.Uri | undefined): Promise<void> {
    const uri = target ?? fileAtHand();
    if (!uri || !isFile(uri)) return;
    if (!(await this.#judge(uri))) return;
    await vscode.commands.executeCommand("groundwork.promotion.focus");
    await showPage(pageOf(uri));
  }

  /** Judges again what is shown. */
  async refresh(): Promise<void> {
    if (!this.#promotion) return;
    const uri = vscode.Uri.parse(this.#promotion.uri);
    await this.#judge(uri);
    this.#pageChanged.fire(pageOf(uri));
  }

  provideTextDocumentContent(): string {
    return this.#promotion?.page ?? "";
  }

  getChildren(node?: PromotionNode): PromotionNode[] {
    if (!this.#promotion) return [];
    if (node) return "obstacles" in node ? [...node.obstacles] : [];
    const { rows, stage, uri } = this.#promotion;
    const isReady = stage !== "production" && rows.every((row) => row.obstacles.length === 0);
    const decisions: Decision[] = [];
    if (uri.endsWith(".ipynb")) decisions.push(toModule(uri));
    if (isReady) decisions.push(toProduction(uri));
    return [...rows, ...decisions];
  }

  getTreeItem(node: PromotionNode): vscode.TreeItem {
    if ("obstacles" in node) return rowItem(node);
    return "rule" in node ? obstacleItem(node) : decisionItem(node);
  }

  /** Mends an obstacle or a row, and judges again. */
  async #fix(node: PromotionNode): Promise<void> {
    if (!this.#promotion) return;
    if ("obstacles" in node) await mendRow(this.#server, this.#promotion, node);
    else if ("rule" in node) await fixObstacle(this.#server, node);
    await this.refresh();
  }

  async #judge(uri: vscode.Uri): Promise<boolean> {
    const found = await this.#server.request<Promotion | null>("groundwork/promotion", { uri: uri.toString() });
    if (!found) return false;
    this.#promotion = found;
    const done = found.rows.filter((row) => row.obstacles.length === 0).length;
    this.#view.description = `${found.path || "."}: ${done}/${found.rows.length}`;
    this.#changed.fire(undefined);
    await vscode.commands.executeCommand("setContext", "groundwork.promotionKnown", true);
    return true;
  }
}

/** As a preview; as a text where the editor's own Markdown is switched off or not there. */
async function showPage(page: vscode.Uri): Promise<void> {
  const known = await vscode.commands.getCommands(true);
  if (known.includes("markdown.showPreview")) await vscode.commands.executeCommand("markdown.showPreview", page);
  else await vscode.window.showTextDocument(page, { preview: true });
}

function pageOf(uri: vscode.Uri): vscode.Uri {
  return uri.with({ scheme, path: `${uri.path.replace(/\/$/, "")}.md` });
}

function rowItem(row: Row): vscode.TreeItem {
  const { title, obstacles } = row;
  const isDone = obstacles.length === 0;
  const { None, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(title, isDone ? None : Collapsed);
  item.iconPath = new vscode.ThemeIcon(isDone ? "pass" : "circle-large-outline");
  if (!isDone) item.description = String(obstacles.length);
  if (isMendable(row)) item.contextValue = "fixable";
  return item;
}

function obstacleItem(obstacle: Obstacle): vscode.TreeItem {
  const { message, rule, fix } = obstacle;
  const item = new vscode.TreeItem(message);
  item.description = placeName(obstacle);
  item.tooltip = fix === undefined ? rule : `${rule}\n${vscode.l10n.t("Fix: {0}", fix)}`;
  if (fix !== undefined) item.contextValue = "fixable";
  item.command = { title: message, command: "groundwork.showObstacle", arguments: [obstacle] };
  return item;
}

function toProduction(uri: string): Decision {
  return { title: vscode.l10n.t("Mark as Production"), icon: "rocket", command: "groundwork.markAsProduction", uri };
}

function toModule(uri: string): Decision {
  const title = vscode.l10n.t("Turn Notebook into a Module");
  return { title, icon: "file-code", command: "groundwork.notebookToModule", uri };
}

function decisionItem({ title, icon, command, uri }: Decision): vscode.TreeItem {
  const item = new vscode.TreeItem(title);
  item.iconPath = new vscode.ThemeIcon(icon);
  item.command = { title, command, arguments: [vscode.Uri.parse(uri)] };
  return item;
}
