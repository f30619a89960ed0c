import { cellsOf } from "./cells.ts";
import { readNotebook } from "./read.ts";
import { sourcePlacesIn } from "./source-places.ts";

/**
 * The JSON of a notebook with the sources of a joined text (of the same cells) in place of its own. Only the sources
 * that differ are written anew, in the layout that they had; all else stays as it is, byte for byte. Undefined when
 * the JSON is no notebook, or one of other cells.
 */
export function withSources(json: string, joined: string): string | undefined {
  const before = readNotebook(json);
  const after = cellsOf(joined).map(({ start, end }) => joined.slice(start, end));
  const places = sourcePlacesIn(json);
  if (before?.length !== after.length || places.length !== after.length) return undefined;
  let result = "";
  let done = 0;
  for (const [index, { start, end }] of places.entries()) {
    const source = after[index] ?? "";
    if (source === before[index]?.source) continue;
    result += json.slice(done, start) + laidOut(source, json.slice(start, end));
    done = end;
  }
  return result + json.slice(done);
}

/** A source as JSON: a list of its lines, one on each line if it was so, or one string. */
function laidOut(source: string, before: string): string {
  if (!before.startsWith("[")) return JSON.stringify(source);
  const lines = source.split(/(?<=\n)/).map((line) => JSON.stringify(line));
  const [, blanks = ""] = /^\[(\s*)/.exec(before) ?? [];
  const [, last = ""] = /(\s*)\]$/.exec(before) ?? [];
  if (source === "") return "[]";
  return `[${blanks}${lines.join(blanks === "" ? ", " : `,${blanks}`)}${last}]`;
}
