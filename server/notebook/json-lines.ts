import { Lines } from "../core/text.ts";
import { sourcePlacesIn } from "./source-places.ts";

/**
 * For a line (from 0) of a cell (from 0), the line (from 0) of the notebook's JSON that it stands on: for readers that
 * know files and no cells. `json` is a valid notebook.
 */
export function jsonLinesOf(json: string): (cell: number, line: number) => number {
  const file = new Lines(json);
  const cells = sourcePlacesIn(json).map(({ start, end }) => linesOfSource(json.slice(start, end), start, file));
  return (cell, line) => {
    const lines = cells[cell] ?? [];
    return lines[line] ?? lines.at(-1) ?? 0;
  };
}

/** For each line of a source, where it begins in the file; a source is one string or a list of them. */
function linesOfSource(source: string, start: number, file: Lines): number[] {
  const lines: number[] = [];
  let isNewLine = true;
  for (const { 0: json, index } of source.matchAll(/"(?:[^"\\]|\\.)*"/gs)) {
    const at = file.lineAt(start + index);
    const text = String(JSON.parse(json));
    const begun = new Lines(text).count - (isNewLine ? 0 : 1);
    isNewLine = /[\r\n]$/.test(text);
    // Behind a last line break a line begins only with the next string.
    for (let line = isNewLine ? 1 : 0; line < begun; line++) lines.push(at);
  }
  return lines;
}
