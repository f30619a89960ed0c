import type { DocumentFormattingParams, DocumentRangeFormattingParams, TextEdit } from "vscode-languageserver";
import { spacingEdits } from "../requirements/spacing.ts";
import { fromRange, toRange } from "./convert.ts";
import { requirementsDocument } from "./requirements-document.ts";
import type { Session } from "./session.ts";

/** The spacing of the lines in a range, or of all lines. */
export function formatting(
  session: Session,
  params: DocumentFormattingParams | DocumentRangeFormattingParams,
): TextEdit[] {
  const open = requirementsDocument(session, params.textDocument.uri);
  if (!open) return [];
  const { lines } = open.document;
  const within = "range" in params ? lines.spanOf(fromRange(params.range)) : undefined;
  return spacingEdits(open.file, within).map(({ at, text }) => ({ range: toRange(lines.rangeOf(at)), newText: text }));
}
