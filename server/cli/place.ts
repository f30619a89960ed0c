import type { Position } from "../core/text.ts";

/** A place as people and compilers count: lines and columns from 1, columns in code points. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** `lineText` is the text of the position's line; without it the column is counted in UTF-16 units. */
export function placeOf(position: Position, lineText?: string): Place {
  const before = lineText?.slice(0, position.column);
  return { line: position.line + 1, column: (before === undefined ? position.column : [...before].length) + 1 };
}
