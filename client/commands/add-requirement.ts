import * as vscode from "vscode";
import type { Server } from "../server.ts";

interface UndeclaredChoice {
  readonly module: string;
  readonly distributions: readonly string[];
  readonly isGuess: boolean;
  readonly isHere: boolean;
}

/** Declares what the import at the cursor comes from; elsewhere the person chooses among the file's imports. */
export async function addRequirement(server: Server): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== "python") {
    void vscode.window.showInformationMessage(vscode.l10n.t("Open the Python file whose import is to be declared."));
    return;
  }
  const uri = editor.document.uri.toString();
  const { line } = editor.selection.active;
  const found = await server.execute<UndeclaredChoice[] | null>("groundwork.server.undeclaredImports", uri, line);
  if (!found || found.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Nothing that this file imports is undeclared."));
    return;
  }
  const here = found.filter(({ isHere }) => isHere);
  const name = await choose(here.length > 0 ? here : found, here.length > 0);
  if (name !== undefined) await server.execute("groundwork.server.addRequirement", uri, name);
}

/** Asks unless the cursor says it and there is only one distribution to be meant. */
async function choose(choices: readonly UndeclaredChoice[], isMeant: boolean): Promise<string | undefined> {
  const items = choices.flatMap(({ module, distributions, isGuess }) =>
    distributions.map((label) => ({
      label,
      description: `import ${module}`,
      isGuess,
      ...(isGuess && { detail: vscode.l10n.t("Nobody knows what this import comes from; the name is a guess.") }),
    })),
  );
  const [only, ...others] = items;
  if (isMeant && only && others.length === 0 && !only.isGuess) return only.label;
  const placeHolder = vscode.l10n.t("Which library is to be declared?");
  const picked = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true });
  return picked?.label;
}
