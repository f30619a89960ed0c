import { cellsOf } from "./cells.ts";
import { readNotebook } from "./read.ts";
import { cellPlacesIn, sourcePlacesIn } from "./source-places.ts";

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

/**
 * The JSON of a notebook with one more cell of code below another (from 0), in its layout. Undefined when the JSON is no
 * notebook of nbformat 4, or has no such cell.
 */
export function withCell(json: string, { below, source }: { readonly below: number; readonly source: string }) {
  const cells = readNotebook(json);
  const places = cellPlacesIn(json);
  const before = places[below];
  if (!cells || !before || places.length !== cells.length) return undefined;
  const [line = ""] = /[^\n]*$/.exec(json.slice(0, before.start)) ?? [];
  const isLaidOut = /^\s*$/.test(line);
  const newLine = json.includes("\r\n") ? "\r\n" : "\n";
  const own = json.slice(before.start, before.end);
  const unit = isLaidOut ? (/^\{\s*\n(\s*)/.exec(own)?.[1] ?? "").slice(line.length) : "";
  const named = /"id"\s*:/.test(own) ? { id: freeId(json) } : {};
  const cell = {
    cell_type: "code",
    execution_count: null,
    ...named,
    metadata: {},
    outputs: [],
    source: source.split(/(?<=\n)/),
  };
  const text = JSON.stringify(cell, undefined, unit).replaceAll("\n", `${newLine}${isLaidOut ? line : ""}`);
  const separator = isLaidOut ? `,${newLine}${line}` : ", ";
  return json.slice(0, before.end) + separator + text + json.slice(before.end);
}

/** An id that no cell has (nbformat 4.5). */
function freeId(json: string): string {
  let id = "baselines";
  for (let count = 2; json.includes(`"${id}"`); count++) id = `baselines-${count}`;
  return id;
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
