import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";

/**
 * `TextDocument` for changes of any range. It loses count of its lines when a range lies behind the last one, and makes
 * the next change at another place.
 */
export const textDocuments = {
  create: TextDocument.create,
  update(document: TextDocument, changes: readonly TextDocumentContentChangeEvent[], version: number): TextDocument {
    let updated = document;
    for (const change of changes) updated = TextDocument.update(updated, [within(updated, change)], version);
    return updated;
  },
};

function within(document: TextDocument, change: TextDocumentContentChangeEvent): TextDocumentContentChangeEvent {
  if (!("range" in change)) return change;
  const [start, end] = [change.range.start, change.range.end].map((each) =>
    each.line < document.lineCount ? each : document.positionAt(document.getText().length),
  );
  return start && end ? { text: change.text, range: { start, end } } : change;
}
