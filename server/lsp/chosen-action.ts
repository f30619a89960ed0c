import * as l10n from "@vscode/l10n";
import { CodeAction, type CodeActionParams, type Command, TextDocumentEdit } from "vscode-languageserver";
import { codeActionsAt } from "./code-actions.ts";
import type { Session } from "./session.ts";

/** Where an action was found; the editor sends it back when the action is chosen. */
interface Found {
  readonly params: CodeActionParams;
  readonly version: number;
}

/**
 * Documents have versions, files on the disk have none: an edit of files that are not open is made when it is chosen, of
 * what they hold then, if the editor can ask for it.
 */
export function codeActions(session: Session, params: CodeActionParams): (CodeAction | Command)[] {
  const version = session.documents.viewOf(params.textDocument.uri)?.file.version;
  const { textDocument, range, context } = params;
  const only = context.only ? { only: context.only } : {};
  const found = { params: { textDocument, range, context: { diagnostics: [], ...only } }, version };
  return codeActionsAt(session, params).map((action) => {
    if (!session.editor.resolvesEdits || !CodeAction.is(action) || !editsTheDisk(action)) return action;
    const { edit: _, ...rest } = action;
    return { ...rest, data: found };
  });
}

/** The action with its edit; without one, and with a word to the person, when the document has changed since. */
export function resolvedAction(session: Session, action: CodeAction): CodeAction {
  const found: Found | undefined = action.data;
  if (!found) return action;
  const isSame = session.documents.viewOf(found.params.textDocument.uri)?.file.version === found.version;
  const now = isSame ? codeActionsAt(session, found.params) : [];
  const same = now.filter((each) => CodeAction.is(each)).find(({ title, edit }) => edit && title === action.title);
  if (same?.edit) return { ...action, edit: same.edit };
  session.connection.window.showWarningMessage(
    l10n.t("A file was changed meanwhile, so all were left as they are. Choose the fix again."),
  );
  return action;
}

function editsTheDisk({ edit }: CodeAction): boolean {
  const changes = edit?.documentChanges ?? [];
  return changes.some((change) => TextDocumentEdit.is(change) && change.textDocument.version === null);
}
