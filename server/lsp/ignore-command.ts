import type { Copy } from "../clones/clone-class.ts";
import { suppressionEdit } from "../core/suppressions.ts";
import { Lines } from "../core/text.ts";
import type { Workspace } from "../host/workspace.ts";
import { isNotebook, rules } from "../languages.ts";
import { cellsOf } from "../notebook/cells.ts";
import { duplicateBlock } from "../rules/production/duplicate-block.ts";
import { classAt } from "./copies.ts";
import { makeEdits } from "./edits.ts";
import type { Place } from "./folders.ts";
import type { Session } from "./session.ts";

/**
 * [uri, line from 0, cell from 0]: writes the comment that silences the block at this line and all copies of it. Where
 * the place is in a notebook that is not open, at the first copy that can be edited; false when there is none.
 */
export async function ignoreCopiesCommand(session: Session, [uri, line, cell]: readonly unknown[]): Promise<boolean> {
  const at = placeAt(session, uri, line, cell);
  const found = at && classAt(at.place, at.line);
  if (!found) return false;
  const { workspace } = at.place;
  const copy = [found.copy, ...found.found.copies].find((each) => isEditable(session, workspace, each));
  return copy !== undefined && suppress(session, workspace, copy, duplicateBlock.name, "ignore-class");
}

/** [uri, line from 0, cell from 0, rule]: writes the comment that silences a rule's finding which starts at this line. */
export async function ignoreFindingCommand(session: Session, values: readonly unknown[]): Promise<boolean> {
  const [uri, line, cell, asked] = values;
  const at = placeAt(session, uri, line, cell);
  const rule = rules.find(({ name }) => name === asked);
  if (!at || !rule || !isEditable(session, at.place.workspace, at.place)) return false;
  const start = { line: at.line, column: 0 };
  return suppress(session, at.place.workspace, { path: at.place.path, range: { start, end: start } }, rule.name);
}

/** A place, with the line of the file's text that a line of the document or cell is. */
function placeAt(
  { documents, folders }: Session,
  uri: unknown,
  line: unknown,
  cell: unknown,
): { readonly place: Place; readonly line: number } | undefined {
  const place = documents.viewOf(String(uri))?.file ?? folders.placeOf(String(uri));
  if (!place || typeof line !== "number") return undefined;
  const cells = typeof cell === "number" ? cellsOf(place.workspace.textOf(place.path) ?? "") : [];
  return { place, line: line + (cells[Number(cell)]?.line ?? 0) };
}

/** The JSON of a notebook that is not open is nothing to edit. */
function isEditable({ documents }: Session, workspace: Workspace, { path }: Pick<Copy, "path">): boolean {
  return !isNotebook(path) || documents.at(workspace, path) !== undefined;
}

async function suppress(
  session: Session,
  workspace: Workspace,
  { path, range }: Pick<Copy, "path" | "range">,
  rule: string,
  word?: "ignore-class",
): Promise<boolean> {
  const { documents, folders } = session;
  const file = documents.at(workspace, path) ?? {
    uri: folders.uriOf(workspace, path),
    version: null,
    lines: new Lines(workspace.textOf(path) ?? ""),
  };
  const edit = suppressionEdit(file.lines, range.start.line, rule, word);
  return makeEdits(session, workspace, { edits: [{ path, edits: [edit] }] }, () => file);
}
