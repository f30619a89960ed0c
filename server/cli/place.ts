import * as l10n from "@vscode/l10n";
import type { Position } from "../core/text.ts";
import { cellAtLine, type PlacedCell } from "../notebook/cells.ts";

/** A place as people and compilers count: lines and columns from 1, columns in code points. */
export interface Place {
  /** In a notebook, the cell from 1, in which the lines are counted. */
  readonly cell?: number;
  readonly line: number;
  readonly column: number;
}

/**
 * `lineText` is the text of the position's line; without it the column is counted in UTF-16 units. `cells` are those of
 * the file, none unless it is a notebook.
 */
export function placeOf(position: Position, lineText?: string, cells: readonly PlacedCell[] = []): Place {
  const before = lineText?.slice(0, position.column);
  const column = (before === undefined ? position.column : [...before].length) + 1;
  const cell = cellAtLine(cells, position.line);
  if (!cell) return { line: position.line + 1, column };
  return { cell: cell.index + 1, line: Math.max(0, position.line - cell.line) + 1, column };
}

/** `train.py:3:5`, `explore.ipynb:cell 2:3:5`. */
export function placeText(file: string, { cell, line, column }: Place): string {
  return [file, ...(cell === undefined ? [] : [l10n.t("cell {0}", cell)]), line, column].join(":");
}
