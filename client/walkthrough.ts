import * as vscode from "vscode";
import { docsFolder } from "./docs.ts";

const shownKey = "walkthroughShown";

/** `inactive`: as a tab behind the editor that somebody is at work in. */
export async function openWalkthrough(
  { extension }: vscode.ExtensionContext,
  { inactive = false } = {},
): Promise<void> {
  const options = { toSide: false, inactive };
  await vscode.commands.executeCommand("workbench.action.openWalkthrough", `${extension.id}#start`, options);
}

/** Once for a person, in the first folder with Python, unless VS Code is told to open no walkthroughs by itself. */
export async function openWalkthroughOnce(context: vscode.ExtensionContext): Promise<void> {
  if (context.globalState.get(shownKey) || !vscode.workspace.workspaceFolders) return;
  await context.globalState.update(shownKey, true);
  const isWanted = vscode.workspace
    .getConfiguration("workbench.welcomePage.walkthroughs")
    .get<boolean>("openOnInstall", true);
  if (isWanted) await openWalkthrough(context, { inactive: true });
}

/** What a tutorial's page of ours is called. */
const guides = ["environments", "production", "baselines", "serving"];

/** Shows the page of one of the four tutorials, in the editor's language. */
export async function openGuide(context: vscode.ExtensionContext, name: string): Promise<void> {
  if (!guides.includes(name)) return;
  const page = vscode.Uri.joinPath(docsFolder(context), "guide", `${name}.md`);
  await vscode.commands.executeCommand("markdown.showPreview", page);
}
