import * as l10n from "@vscode/l10n";
import type { Edit } from "../core/edit.ts";
import type { Fix } from "../core/rule.ts";
import { cellAt } from "./cells.ts";
import type { NotebookModule } from "./module.ts";

/**
 * A fix as a notebook can take it. An edit lies in one cell, since cells are documents of their own, and replaces no
 * magic or shell line, which rules do not see; a fix that does otherwise is refused.
 */
export function withinCells(fix: Fix, module: NotebookModule): Fix {
  const edits = fix.edits.filter(({ path }) => path === module.path).flatMap((file) => file.edits);
  if (fix.refused !== undefined || edits.every((edit) => isInOneCell(edit, module))) return fix;
  return { ...fix, edits: [], refused: l10n.t("it would change more than the Python code of one cell") };
}

function isInOneCell({ at }: Edit, module: NotebookModule): boolean {
  const cell = cellAt(module.cells, at.start);
  if (!cell || at.start < cell.start || at.end > cell.end) return false;
  return module.joined.slice(at.start, at.end) === module.text.slice(at.start, at.end);
}
