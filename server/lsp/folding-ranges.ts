import { type FoldingRange, FoldingRangeKind, type FoldingRangeParams } from "vscode-languageserver";
import { foldsOf } from "../requirements/folding.ts";
import { requirementsDocument } from "./requirements-document.ts";
import type { Session } from "./session.ts";

/** Sections, continued lines, comments of several lines. */
export function foldingRanges(session: Session, params: FoldingRangeParams): FoldingRange[] {
  const open = requirementsDocument(session, params.textDocument.uri);
  if (!open) return [];
  const { lines } = open.document;
  return foldsOf(open.file).map(({ at, isComment }) => ({
    startLine: lines.lineAt(at.start),
    endLine: lines.lineAt(at.end),
    kind: isComment ? FoldingRangeKind.Comment : FoldingRangeKind.Region,
  }));
}
