import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { DefinitionParams, LocationLink } from "vscode-languageserver";
import { referenceAt } from "../requirements/references.ts";
import { toRange } from "./convert.ts";
import type { OpenDocument } from "./document.ts";
import { requirementsDocument } from "./requirements-document.ts";
import type { Session } from "./session.ts";

/** The file that `-r` or `-c` names. */
export function definition(session: Session, params: DefinitionParams): LocationLink[] {
  const open = requirementsDocument(session, params.textDocument.uri);
  if (!open) return [];
  const { document, file } = open;
  const { line, character } = params.position;
  const found = referenceAt(file, document.lines.offsetAt({ line, column: character }));
  if (!found || !("path" in found)) return [];
  const targetUri = targetOf(session, document, found.path);
  if (targetUri === undefined) return [];
  const start = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const originSelectionRange = toRange(document.lines.rangeOf(found.at));
  return [{ originSelectionRange, targetUri, targetRange: start, targetSelectionRange: start }];
}

/** The URI of a file that a requirements file names; undefined when there is none. */
export function targetOf({ folders }: Session, { workspace, path }: OpenDocument, named: string): string | undefined {
  const target = resolve(dirname(join(workspace.root, path)), named);
  return existsSync(target) ? folders.uriOf(workspace, relative(workspace.root, target)) : undefined;
}
