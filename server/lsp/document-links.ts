import * as l10n from "@vscode/l10n";
import type { DocumentLink, DocumentLinkParams } from "vscode-languageserver";
import { referencesIn } from "../requirements/references.ts";
import { toRange } from "./convert.ts";
import { targetOf } from "./definition.ts";
import { requirementsDocument } from "./requirements-document.ts";
import type { Session } from "./session.ts";

/** Files that exist and pages of the web. */
export function documentLinks(session: Session, params: DocumentLinkParams): DocumentLink[] {
  const open = requirementsDocument(session, params.textDocument.uri);
  if (!open) return [];
  const { document, file } = open;
  return referencesIn(file).flatMap((reference) => {
    const isFile = "path" in reference;
    const target = isFile ? targetOf(session, document, reference.path) : reference.url;
    if (target === undefined) return [];
    const tooltip = isFile ? l10n.t("Open {0}", reference.path) : reference.url;
    return [{ range: toRange(document.lines.rangeOf(reference.at)), target, tooltip }];
  });
}
