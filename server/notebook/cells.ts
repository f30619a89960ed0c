/**
 * A notebook as one text: each cell stands below a line that begins with a form feed and says the cell's language and,
 * if it was run, its execution count. Offsets into the text are what findings and edits speak of; a cell's own lines
 * are lines of the text, so that mapping back is only counting from the cell's first line.
 */
export interface NotebookCell {
  /** Of the editor or of nbformat: `python`, `markdown`, `raw`, `sql`… */
  readonly language: string;
  readonly source: string;
  readonly executionCount?: number | undefined;
}

/** A cell where it stands in the joined text. */
export interface PlacedCell {
  /** Position among all cells, from 0. */
  readonly index: number;
  readonly language: string;
  readonly executionCount: number | undefined;
  /** UTF-16 offset of the cell's first character in the joined text. */
  readonly start: number;
  /** Offset behind the cell's last character. */
  readonly end: number;
  /** Line (from 0) of the joined text that is the cell's first. */
  readonly line: number;
}

const header = /^\f([^\s]*)(?: (\d+))?$/;

/** The joined text of cells in their order. */
export function joinCells(cells: readonly NotebookCell[]): string {
  return cells
    .map(({ language, source, executionCount }) => {
      const count = executionCount === undefined ? "" : ` ${executionCount}`;
      return `\f${language.replace(/\s/g, "-")}${count}\n${source.replace(/^\f/gm, " ")}\n`;
    })
    .join("");
}

/** The cells of a joined text. */
export function cellsOf(text: string): readonly PlacedCell[] {
  const cells: PlacedCell[] = [];
  let line = 0;
  for (let start = 0; start < text.length; ) {
    const next = text.indexOf("\n\f", start);
    const end = next < 0 ? text.length : next + 1;
    const headerEnd = text.indexOf("\n", start);
    const [, language = "", count] = header.exec(text.slice(start, headerEnd)) ?? [];
    const executionCount = count === undefined ? undefined : Number(count);
    const place = { start: headerEnd + 1, end: Math.max(headerEnd + 1, end - 1), line: line + 1 };
    cells.push({ index: cells.length, language, executionCount, ...place });
    line += linesIn(text, start, end);
    start = end;
  }
  return cells;
}

/** The cell that an offset of the joined text lies in; a header belongs to the cell below it. */
export function cellAt(cells: readonly PlacedCell[], offset: number): PlacedCell | undefined {
  return cells.find((cell) => offset <= cell.end) ?? cells.at(-1);
}

/** The cell that a line (from 0) of the joined text lies in. */
export function cellAtLine(cells: readonly PlacedCell[], line: number): PlacedCell | undefined {
  return cells.findLast((cell) => cell.line <= line) ?? cells[0];
}

/** Lines as editors count them: CR LF, LF and CR each end one. */
function linesIn(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) count++;
  }
  return count;
}
