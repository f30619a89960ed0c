import type { PlacedCell } from "../../notebook/cells.ts";
import type { NotebookModule } from "../../notebook/module.ts";
import { isPython } from "../../notebook/python.ts";

/** A cell of Python, and the heading that it stands under. */
export interface CodeCell {
  readonly cell: PlacedCell;
  /** Equal for the cells of one heading; a cell without one is a section by itself. */
  readonly section: number;
  readonly heading: string | undefined;
  /** The whole cell is handed to a magic (`%%time`). */
  readonly isMagic: boolean;
}

/** The Python cells in their order. The notebook's own title is no heading of a step. */
export function codeCellsOf(notebook: NotebookModule): readonly CodeCell[] {
  const headings = notebook.cells.map((cell) => (cell.language === "markdown" ? headingsOf(notebook, cell) : []));
  const all = headings.flat();
  const title = all[0]?.level === 1 && all.filter(({ level }) => level === 1).length === 1 ? all[0] : undefined;
  const found: CodeCell[] = [];
  let section = 0;
  let heading: string | undefined;
  for (const cell of notebook.cells) {
    const latest = headings[cell.index]?.at(-1);
    if (latest) {
      section++;
      heading = latest === title ? undefined : latest.text;
    }
    const source = notebook.sourceOf(cell);
    if (!isPython(cell, source)) continue;
    if (heading === undefined) section++;
    found.push({ cell, section, heading, isMagic: /^\s*%%/.test(source) });
  }
  return found;
}

interface Heading {
  readonly level: number;
  readonly text: string;
}

/** ATX headings (CommonMark 4.2) outside of fenced code. */
function headingsOf(notebook: NotebookModule, cell: PlacedCell): readonly Heading[] {
  const text = notebook.sourceOf(cell).replace(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, "");
  return [...text.matchAll(/^ {0,3}(#{1,6})[ \t]+(.*?)[ \t#]*$/gm)].map(([, marks = "", words = ""]) => ({
    level: marks.length,
    text: words,
  }));
}
