import * as vscode from "vscode";
import { docsFolder } from "../docs.ts";
import { type CopyPlace, showPlace } from "../duplicates/copies.ts";
import type { Server } from "../server.ts";
import type { FileNode, FindingNode, RuleNode } from "../views/readiness.ts";
import { chooseStage } from "./stages.ts";

/** What can be done at the rows of the readiness view. */
export function findingCommands(server: Server, context: vscode.ExtensionContext): vscode.Disposable {
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    register("groundwork.showFinding", (place: CopyPlace) => showFinding(place)),
    register("groundwork.fixFinding", (node: FindingNode) => fixFinding(node)),
    register("groundwork.ignoreFinding", (node: FindingNode) => ignoreFinding(server, node)),
    register("groundwork.chooseStageOfFile", ({ file }: FileNode) =>
      chooseStage(server, vscode.Uri.joinPath(vscode.Uri.parse(file), "..")),
    ),
    register("groundwork.explainRule", ({ rule }: RuleNode) => explainRule(context, rule)),
  );
}

/** Puts the cursor where a finding starts. */
async function showFinding(place: CopyPlace): Promise<void> {
  const { start } = place.range;
  await showPlace({ ...place, range: { start, end: start } });
}

/** Everything that can be done about it stands in the menu of the light bulb, its fix first. */
async function fixFinding(node: FindingNode): Promise<void> {
  await showFinding(node);
  if (node.cell !== undefined) {
    await vscode.commands.executeCommand("notebook.cell.edit");
    const { line, character } = node.range.start;
    const editor = vscode.window.activeTextEditor;
    if (editor) editor.selection = new vscode.Selection(line, character, line, character);
  }
  await vscode.commands.executeCommand("editor.action.quickFix");
}

/** The comment is shown where it is written. */
async function ignoreFinding(server: Server, node: FindingNode): Promise<void> {
  await showFinding(node);
  const { uri, range, cell, foundBy } = node;
  await server.execute("groundwork.server.ignoreFinding", uri, range.start.line, cell, foundBy);
}

async function explainRule(context: vscode.ExtensionContext, rule: string): Promise<void> {
  await vscode.commands.executeCommand(
    "markdown.showPreview",
    vscode.Uri.joinPath(docsFolder(context), "rules", `${rule}.md`),
  );
}
