import type { Range as LspRange, TextDocumentPositionParams } from "vscode-languageserver";
import type { CloneClass, Copy } from "../clones/clone-class.ts";
import { isNotebook } from "../languages.ts";
import { cellAtLine, cellsOf } from "../notebook/cells.ts";
import { toRange } from "./convert.ts";
import type { Folders, Place } from "./folders.ts";
import type { Session } from "./session.ts";

/** A place in a file or in a cell, for the client to show. */
export interface CopyPlace {
  readonly uri: string;
  /** In a notebook, lines count within the cell. */
  readonly range: LspRange;
  /** In a notebook, the cell from 0. */
  readonly cell?: number;
}

/** A clone class as the requests `groundwork/copiesAt` and `groundwork/duplicates` answer it. */
export interface CopiesAnswer {
  readonly kind: CloneClass["kind"];
  /** Of the longest copy. */
  readonly lines: number;
  /** The lines that one function in place of all copies would save. */
  readonly saves: number;
  readonly copies: readonly CopyPlace[];
}

/** The class that is told at a line (from 0) of a file: where several overlap, the one with the largest copy there. */
export function classAt({ workspace, path }: Place, line: number): { found: CloneClass; copy: Copy } | undefined {
  const holding = workspace.clonesOf(path).flatMap((found) => {
    const copy = found.copies.find((each) => each.path === path && holds(each, line));
    return copy ? [{ found, copy }] : [];
  });
  const order = (a: (typeof holding)[number], b: (typeof holding)[number]) =>
    linesOf(b.copy) - linesOf(a.copy) || b.found.copies.length - a.found.copies.length;
  return holding.sort(order)[0];
}

/** The answer to `groundwork/copiesAt`: the class at a place, and which of its copies stands there. */
export function copiesAt(
  { documents, folders }: Pick<Session, "documents" | "folders">,
  { textDocument: { uri }, position }: TextDocumentPositionParams,
): (CopiesAnswer & { readonly index: number }) | null {
  const view = documents.viewOf(uri);
  const place = view?.file ?? folders.placeOf(uri);
  const line = view?.lineOf(position.line) ?? position.line;
  const at = place && classAt(place, line);
  if (!at) return null;
  return { ...toAnswer(folders, place.workspace, at.found), index: at.found.copies.indexOf(at.copy) };
}

export function toAnswer(folders: Folders, workspace: Place["workspace"], found: CloneClass): CopiesAnswer {
  return {
    kind: found.kind,
    lines: Math.max(...found.copies.map(linesOf)),
    saves: linesSavedBy(found),
    copies: found.copies.map((copy) => toPlace(folders, workspace, copy)),
  };
}

/** The lines of all copies but the longest. */
export function linesSavedBy({ copies }: CloneClass): number {
  const lines = copies.map(linesOf);
  return lines.reduce((sum, each) => sum + each, 0) - Math.max(...lines);
}

export function toPlace(
  folders: Folders,
  workspace: Place["workspace"],
  { path, range }: Pick<Copy, "path" | "range">,
): CopyPlace {
  const uri = folders.uriOf(workspace, path);
  const cell = isNotebook(path) ? cellAtLine(cellsOf(workspace.textOf(path) ?? ""), range.start.line) : undefined;
  if (!cell) return { uri, range: toRange(range) };
  const within = (line: number) => Math.max(0, line - cell.line);
  const start = { line: within(range.start.line), column: range.start.column };
  const end = { line: within(range.end.line), column: range.end.column };
  return { uri, range: toRange({ start, end }), cell: cell.index };
}

function holds({ range }: Copy, line: number): boolean {
  return range.start.line <= line && line <= range.end.line;
}

function linesOf({ range }: Copy): number {
  return range.end.line - range.start.line + 1;
}
