import { isRecord, parsed } from "../core/json.ts";
import type { NotebookCell } from "./cells.ts";

/**
 * The cells of an `.ipynb` (nbformat 3 and 4) in their order, or undefined when the text is no notebook. An empty
 * file is a notebook without cells, as editors have it.
 */
export function readNotebook(text: string): readonly NotebookCell[] | undefined {
  if (text.trim() === "") return [];
  const notebook = parsed(text);
  if (typeof notebook !== "object" || notebook === null || Array.isArray(notebook)) return undefined;
  const { metadata, worksheets, ...rest } = record(notebook);
  const { kernelspec, language_info } = record(metadata);
  const named = record(kernelspec).language ?? record(language_info).name ?? "python";
  const language = typeof named === "string" ? named.toLowerCase() : "python";
  return [rest, ...records(worksheets)]
    .flatMap((holder) => records(holder.cells))
    .map((cell) => cellFrom(cell, /^i?python\d?$/.test(language) ? "python" : language));
}

function cellFrom(cell: Fields, language: string): NotebookCell {
  const written = cell.source ?? cell.input;
  const source = Array.isArray(written) ? written.join("") : String(written ?? "");
  if (cell.cell_type !== "code") return { language: String(cell.cell_type ?? "raw"), source };
  const count = cell.execution_count ?? cell.prompt_number;
  // VS Code keeps a cell's own language here; nbformat 3 had a field for it.
  const own = record(record(cell.metadata).vscode).languageId ?? cell.language;
  return {
    language: typeof own === "string" ? own : language,
    source,
    executionCount: typeof count === "number" ? count : undefined,
  };
}

type Fields = Readonly<Record<string, unknown>>;

function record(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

function records(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(record) : [];
}
