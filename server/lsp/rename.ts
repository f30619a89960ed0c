import * as l10n from "@vscode/l10n";
import {
  type ClientCapabilities,
  type Connection,
  ErrorCodes,
  type Location,
  type PrepareRenameParams,
  type Range,
  type RenameParams,
  RenameRequest,
  ResponseError,
  type ServerCapabilities,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type { Span } from "../core/text.ts";
import { PythonModule } from "../python/module.ts";
import { scopesOf } from "../python/scopes.ts";
import { syntaxOf } from "../python/syntax.ts";
import { placesInFile, placesOfName } from "../refactorings/rename-new.ts";
import { type EditedFile, fromRange, toDocumentEdits, toRange } from "./convert.ts";
import type { OpenDocument } from "./document.ts";
import { editedFile } from "./edited-file.ts";
import type { Session } from "./session.ts";

const selector = [{ language: "python" }];

/** For clients that register nothing. */
export function renameCapability(client: ClientCapabilities): ServerCapabilities {
  return registers(client) ? {} : { renameProvider: { prepareProvider: true } };
}

/** The others are told for Python alone. */
export async function registerRename(connection: Connection, client: ClientCapabilities): Promise<void> {
  if (!registers(client)) return;
  await connection.client.register(RenameRequest.type, { documentSelector: selector, prepareProvider: true });
}

function registers(client: ClientCapabilities): boolean {
  return client.textDocument?.rename?.dynamicRegistration === true;
}

/** Only a name that a refactoring has just made is ours to rename; every other one is left to other extensions. */
export function prepareRename(session: Session, { textDocument, position }: PrepareRenameParams): Range | null {
  const document = session.documents.get(textDocument.uri);
  const span = document && newNameAt(document, position);
  return document && span ? toRange(document.lines.rangeOf(span)) : null;
}

/** Answers with the edits, or with an error that says why the name cannot be taken. */
export function rename(session: Session, params: RenameParams): WorkspaceEdit | ResponseError | null {
  const document = session.documents.get(params.textDocument.uri);
  const span = document && newNameAt(document, params.position);
  if (!document || !span) return null;
  const { module } = document;
  const syntax = syntaxOf(module);
  const scopes = scopesOf(module);
  const places = placesOfName(syntax, scopes, span, params.newName);
  if (!places) return taken(params.newName);
  const edits = [{ file: document, places }, ...placesElsewhere(session, document, span, params.newName)];
  if (edits.some((each) => each.places === undefined)) return taken(params.newName);
  return {
    documentChanges: edits.flatMap(({ file, places: own = [] }) =>
      toDocumentEdits(
        file,
        own.map((at) => ({ at, text: params.newName })),
      ),
    ),
  };
}

function taken(name: string): ResponseError {
  return new ResponseError(ErrorCodes.InvalidParams, l10n.t("`{0}` is not a free name in this file", name));
}

/** Where the name stands in the other files that the refactoring edited; undefined where the new one is not free. */
function placesElsewhere(
  session: Session,
  { workspace, path, text, proposed }: OpenDocument,
  span: Span,
  newName: string,
): readonly { readonly file: EditedFile; readonly places: readonly Span[] | undefined }[] {
  const name = text.slice(span.start, span.end);
  const others = proposed.get(name)?.paths.filter((other) => other !== path) ?? [];
  return others.map((other) => {
    const file = editedFile(session, { workspace, path: other });
    using module = new PythonModule(other, file.lines.text);
    return { file, places: placesInFile(syntaxOf(module), name, newName) };
  });
}

/** Where the name stands that the last change of a document made: the refactoring that proposed it. */
export function newName({ documents }: Session): Location | null {
  for (const { uri, version, lines, proposed } of documents.all()) {
    for (const [name, proposal] of proposed) {
      const start = lines.offsetAt(proposal.position);
      if (proposal.version + 1 !== version || !lines.text.startsWith(name, start)) continue;
      return { uri, range: toRange(lines.rangeOf({ start, end: start + name.length })) };
    }
  }
  return null;
}

/** The name at a position, when the last change of the document is the refactoring that proposed it. */
function newNameAt(document: OpenDocument, position: RenameParams["position"]): Span | undefined {
  const { lines, module, text } = document;
  const { start } = fromRange({ start: position, end: position });
  const offset = lines.offsetAt(start);
  for (const at of [offset, offset - 1]) {
    const node = module.tree.rootNode.descendantForIndex(Math.max(0, at));
    if (node?.type !== "identifier") continue;
    const proposal = document.proposed.get(text.slice(node.startIndex, node.endIndex));
    if (proposal && proposal.version + 1 === document.version) return { start: node.startIndex, end: node.endIndex };
  }
  return undefined;
}
