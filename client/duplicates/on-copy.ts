import * as vscode from "vscode";

/** Keeps the context key `groundwork.onCopy`: whether the cursor stands on a copied block. */
export function watchCopies(): vscode.Disposable {
  let known: boolean | undefined;
  const look = () => {
    const isOnCopy = standsOnCopy(vscode.window.activeTextEditor);
    if (isOnCopy === known) return;
    known = isOnCopy;
    void vscode.commands.executeCommand("setContext", "groundwork.onCopy", isOnCopy);
  };
  look();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(look),
    vscode.window.onDidChangeTextEditorSelection(look),
    vscode.languages.onDidChangeDiagnostics(look),
  );
}

/** The findings tell it, so that no keystroke asks the server. */
function standsOnCopy(editor: vscode.TextEditor | undefined): boolean {
  if (!editor) return false;
  const { line } = editor.selection.active;
  return vscode.languages
    .getDiagnostics(editor.document.uri)
    .some((each) => isCopy(each) && each.range.start.line <= line && line <= each.range.end.line);
}

function isCopy({ source, code }: vscode.Diagnostic): boolean {
  return source === "Groundwork" && typeof code === "object" && code.value === "duplicate-block";
}
