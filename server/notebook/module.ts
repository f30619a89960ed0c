import { PythonModule } from "../python/module.ts";
import { cellsOf, type PlacedCell } from "./cells.ts";
import { pythonOf } from "./python.ts";

/** A notebook as rules query it: one Python module, and the cells that it was joined from. */
export class NotebookModule extends PythonModule {
  /** The joined text as it was written; `text` is the same with everything blank that is not Python. */
  readonly joined: string;
  #cells: readonly PlacedCell[] | undefined;

  constructor(path: string, joined: string) {
    super(path, pythonOf(joined));
    this.joined = joined;
  }

  get cells(): readonly PlacedCell[] {
    this.#cells ??= cellsOf(this.joined);
    return this.#cells;
  }

  /** What stands in a cell, magics and all. */
  sourceOf(cell: PlacedCell): string {
    return this.joined.slice(cell.start, cell.end);
  }
}
