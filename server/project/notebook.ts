import { isRecord, parsed } from "../core/json.ts";

/** Cell magics whose cell is Python all the same. */
const pythonMagics = new Set(["capture", "debug", "prun", "python", "python3", "pypy", "time", "timeit"]);

/**
 * The Python code of a notebook (nbformat 3 and 4), cells one below the other, without magics and `!` lines. A
 * notebook in another language has none, nor has a text that is no notebook.
 */
export function pythonOfNotebook(text: string): string {
  const notebook = record(parsed(text));
  const metadata = record(notebook.metadata);
  const language = record(metadata.kernelspec).language ?? record(metadata.language_info).name ?? "python";
  if (typeof language !== "string" || !/^i?python/i.test(language)) return "";
  const cells = [notebook, ...records(notebook.worksheets)].flatMap((holder) => records(holder.cells));
  return cells.map(codeOf).join("");
}

function codeOf(cell: Fields): string {
  if (cell.cell_type !== "code" || (typeof cell.language === "string" && cell.language !== "python")) return "";
  const source = cell.source ?? cell.input;
  const lines = (Array.isArray(source) ? source.join("") : String(source ?? "")).split(/\r?\n/);
  const first = lines.findIndex((line) => line.trim() !== "");
  const magic = /^%%(\w*)/.exec(lines[first] ?? "")?.[1];
  if (magic !== undefined && !pythonMagics.has(magic)) return "";
  return lines.map((line) => `${/^\s*[%!?]/.test(line) ? indentationOf(line) : line}\n`).join("");
}

/** A magic may be the only line of a block: something must stay there. */
function indentationOf(line: string): string {
  const [blanks = ""] = /^\s*/.exec(line) ?? [];
  return blanks === "" ? "" : `${blanks}pass`;
}

type Fields = Readonly<Record<string, unknown>>;

function record(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

function records(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(record) : [];
}
