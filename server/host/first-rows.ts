import { closeSync, openSync, readSync } from "node:fs";
import Papa from "papaparse";

/** Enough for the names and kinds of columns; in bytes. */
const sampleSize = 256 * 1024;

/** The rows at the beginning of a CSV file in UTF-8, its header among them; the last one is left out if it may be cut. */
export function firstRows(path: string, separator = ","): readonly (readonly string[])[] {
  const { text, isCut } = beginningOf(path);
  const { data } = Papa.parse<readonly string[]>(text.replace(/^\ufeff/, ""), {
    delimiter: separator,
    skipEmptyLines: true,
  });
  return isCut ? data.slice(0, -1) : data;
}

function beginningOf(path: string): { readonly text: string; readonly isCut: boolean } {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(sampleSize);
    const size = readSync(file, buffer, 0, sampleSize, 0);
    return { text: buffer.toString("utf8", 0, size), isCut: size === sampleSize };
  } finally {
    closeSync(file);
  }
}
