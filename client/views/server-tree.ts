import * as vscode from "vscode";
import type { Server } from "../server.ts";
import { keepFresh } from "./keep-fresh.ts";

/** A tree of what the server knows of the whole workspace. It asks only while somebody looks at it. */
export abstract class ServerTree<Node> implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  protected readonly server: Server;
  protected readonly view: vscode.TreeView<Node>;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[];

  /** `id` is the view's in the manifest. */
  constructor(id: string, server: Server) {
    this.server = server;
    this.view = vscode.window.createTreeView(id, { treeDataProvider: this, showCollapseAll: true });
    const ask = () => this.#changed.fire(undefined);
    this.#subscriptions = [this.view, this.#changed, ...keepFresh(server, this.view, ask)];
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }

  abstract getChildren(node?: Node): Promise<Node[]>;
  abstract getTreeItem(node: Node): vscode.TreeItem;
}
