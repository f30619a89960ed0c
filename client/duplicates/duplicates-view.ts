import * as vscode from "vscode";
import type { Server } from "../server.ts";
import { ServerTree } from "../views/server-tree.ts";
import { type Copies, type CopyAt, type CopyPlace, likenessOf, linesIn, placeName } from "./copies.ts";

/** A class of copies in the tree, with the first line of its code. */
type ClassNode = Copies & { readonly code: string };

/** What the tree shows: a class, and below it each of its copies. */
export type DuplicateNode = ClassNode | CopyAt;

interface Duplicates {
  readonly classes: ClassNode[];
  readonly total: number;
}

/** The view "Duplicates": what extraction would save most comes first. Asks only while somebody looks at it. */
export class DuplicatesView extends ServerTree<DuplicateNode> {
  constructor(server: Server) {
    super("groundwork.duplicates", server);
  }

  async getChildren(node?: DuplicateNode): Promise<DuplicateNode[]> {
    if (node) return isClass(node) ? node.copies.map((copy) => ({ found: node, copy })) : [];
    const { classes, total } = await this.server.request<Duplicates>("groundwork/duplicates");
    // First, so that the welcome never stands beside a number while the tree is drawn.
    await vscode.commands.executeCommand("setContext", "groundwork.nothingDuplicated", total === 0);
    this.view.description = descriptionOf(classes.length, total);
    return classes;
  }

  getTreeItem(node: DuplicateNode): vscode.TreeItem {
    return isClass(node) ? classItem(node) : copyItem(node);
  }
}

function isClass(node: DuplicateNode): node is ClassNode {
  return "copies" in node;
}

/** The class, and the first of its copies, that an action of the tree is about. */
export function copyOf(node: DuplicateNode): CopyAt | undefined {
  if (!isClass(node)) return node;
  const [copy] = node.copies;
  return copy && { found: node, copy };
}

function descriptionOf(shown: number, total: number): string {
  if (total === 0) return "";
  return shown < total ? vscode.l10n.t("{0} of {1}", shown, total) : String(total);
}

function classItem(node: ClassNode): vscode.TreeItem {
  const { saves, lines, copies } = node;
  const label = vscode.l10n.t("{0} lines × {1}, saves {2}", lines, copies.length, saves);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = copies.map(keyOf).join(" ");
  item.description = node.code;
  item.iconPath = new vscode.ThemeIcon("copy");
  item.contextValue = "class";
  const places = [...new Set(copies.map((copy) => vscode.workspace.asRelativePath(vscode.Uri.parse(copy.uri))))];
  const told = vscode.l10n.t("{0} lines, {1} copies, {2}", lines, copies.length, likenessOf(node));
  item.tooltip = `${node.code}\n${told}\n${places.join("\n")}`;
  const aloud = vscode.l10n.t("{0}, {1}, saves {2} lines, in {3}", node.code, told, saves, places.join(", "));
  item.accessibilityInformation = { label: aloud };
  return item;
}

function copyItem(at: CopyAt): vscode.TreeItem {
  const { copy } = at;
  const uri = vscode.Uri.parse(copy.uri);
  const item = new vscode.TreeItem(uri.path.split("/").at(-1) ?? "", vscode.TreeItemCollapsibleState.None);
  const path = vscode.workspace.asRelativePath(uri);
  const folder = path.split("/").slice(0, -1).join("/");
  const first = copy.range.start.line + 1;
  const last = copy.range.end.line + 1;
  item.description = [`${first}–${last}`, folder].filter((part) => part !== "").join(" · ");
  item.resourceUri = uri;
  item.iconPath = vscode.ThemeIcon.File;
  item.contextValue = "copy";
  item.tooltip = placeName(copy);
  item.accessibilityInformation = {
    label: vscode.l10n.t("{0}, lines {1} to {2}, {3} lines", path, first, last, linesIn(copy)),
  };
  item.command = { command: "groundwork.showCopy", title: vscode.l10n.t("Open"), arguments: [at] };
  return item;
}

/** Keeps an item open while its lines move. */
function keyOf({ uri, cell }: CopyPlace): string {
  return `${uri}#${cell ?? ""}`;
}
