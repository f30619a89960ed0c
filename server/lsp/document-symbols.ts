import { type DocumentSymbol, type DocumentSymbolParams, SymbolKind } from "vscode-languageserver";
import { type OutlineItem, outlineOf } from "../requirements/outline.ts";
import { toRange } from "./convert.ts";
import type { OpenDocument } from "./document.ts";
import { requirementsDocument } from "./requirements-document.ts";
import type { Session } from "./session.ts";

const kinds: Record<OutlineItem["kind"], SymbolKind> = {
  section: SymbolKind.Namespace,
  requirement: SymbolKind.Package,
  file: SymbolKind.File,
};

/** Sections, and in them the requirements. */
export function documentSymbols(session: Session, params: DocumentSymbolParams): DocumentSymbol[] {
  const open = requirementsDocument(session, params.textDocument.uri);
  return open ? outlineOf(open.file).map((item) => toSymbol(item, open.document)) : [];
}

function toSymbol(item: OutlineItem, document: OpenDocument): DocumentSymbol {
  const range = toRange(document.lines.rangeOf(item.at));
  return {
    name: item.name,
    ...(item.detail && { detail: item.detail }),
    kind: kinds[item.kind],
    range,
    selectionRange: toRange(document.lines.rangeOf(item.nameAt)),
    children: item.items.map((each) => toSymbol(each, document)),
  };
}
