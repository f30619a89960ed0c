import * as vscode from "vscode";
import type { Server, Stage } from "../server.ts";

interface Obstacle {
  readonly uri: string;
  readonly path: string;
  readonly rule: string;
  readonly message: string;
  readonly range: { readonly start: { readonly line: number; readonly column: number } };
}

interface Row {
  readonly title: string;
  readonly obstacles: readonly Obstacle[];
}

interface Promotion {
  /** Of the file or folder, as it was asked for. */
  readonly uri: string;
  /** Relative to its workspace folder. */
  readonly path: string;
  readonly stage: Stage;
  readonly rows: readonly Row[];
  readonly page: string;
}

/** The last row, when nothing stands in the way. */
interface Decision {
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
    ];
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }

  /** Judges a file or folder, shows the tree, and opens the page beside it. */
  async show(target: vscode.Uri | undefined): Promise<void> {
    const uri = target ?? vscode.window.activeTextEditor?.document.uri;
    if (uri?.scheme !== "file") return;
    if (!(await this.#judge(uri))) return;
    await vscode.commands.executeCommand("groundwork.promotion.focus");
    await vscode.commands.executeCommand("markdown.showPreview", pageOf(uri));
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
    return isReady ? [...rows, { uri }] : [...rows];
  }

  getTreeItem(node: PromotionNode): vscode.TreeItem {
    if ("obstacles" in node) return rowItem(node);
    return "rule" in node ? obstacleItem(node) : decisionItem(node);
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

function pageOf(uri: vscode.Uri): vscode.Uri {
  return uri.with({ scheme, path: `${uri.path.replace(/\/$/, "")}.md` });
}

function rowItem({ title, obstacles }: Row): vscode.TreeItem {
  const isDone = obstacles.length === 0;
  const { None, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(title, isDone ? None : Collapsed);
  item.iconPath = new vscode.ThemeIcon(isDone ? "pass" : "circle-large-outline");
  if (!isDone) item.description = String(obstacles.length);
  return item;
}

function obstacleItem({ uri, path, message, rule, range }: Obstacle): vscode.TreeItem {
  const item = new vscode.TreeItem(message);
  item.description = `${path}:${range.start.line + 1}`;
  item.tooltip = rule;
  const place = new vscode.Position(range.start.line, range.start.column);
  const options: vscode.TextDocumentShowOptions = { selection: new vscode.Range(place, place) };
  item.command = { title: message, command: "vscode.open", arguments: [vscode.Uri.parse(uri), options] };
  return item;
}

function decisionItem({ uri }: Decision): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t("Mark as Production"));
  item.iconPath = new vscode.ThemeIcon("rocket");
  const arguments_ = [vscode.Uri.parse(uri)];
  item.command = { title: "", command: "groundwork.markAsProduction", arguments: arguments_ };
  return item;
}
