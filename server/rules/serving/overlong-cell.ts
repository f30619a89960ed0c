import * as l10n from "@vscode/l10n";
import type { Problem, Rule } from "../../core/rule.ts";
import { cellAt, type PlacedCell } from "../../notebook/cells.ts";
import type { NotebookModule } from "../../notebook/module.ts";
import { isPlotting } from "../../notebook/plotting.ts";
import { extractCell } from "./extract-cell.ts";

/** A cell with more lines of code than this does more than one thing. */
const longest = 30;

export const overlongCell: Rule<NotebookModule> = {
  name: "overlong-cell",
  topic: "serving",
  severity: { production: "information", undecided: "information", experimental: "information" },
  summary: () => l10n.t("A cell is a program of its own, or cells were run out of order"),
  why: () =>
    l10n.t(
      "A notebook is convenient as long as each cell is a step that can be read at one glance. A cell of more lines is a function without a name: it cannot be called, tested or used by another notebook.\n\nCode that has proved itself belongs into a module, with a name and parameters; the notebook imports it and keeps the story. Cells that were run in another order than they stand in are the other way in which a notebook stops being a program: run from top to bottom, it may give other results or none: 3.67 in place of 6 in the example. To run it so once in a while, with a fresh kernel, shows it. The tutorial *Padrões de disponibilização de modelos* begins where the notebook ends, and *Código para produção* with what comes after.",
    ),
  example: {
    path: "notebooks/explore.ipynb",
    bad: "\fpython 1\nscores = [7.0, 5.0, -1.0]  # -1 is no answer\n\fpython 3\nprint(sum(scores) / len(scores))\n\fpython 2\nscores = [score for score in scores if score >= 0]\n",
    good: "\fpython 1\nscores = [7.0, 5.0, -1.0]  # -1 is no answer\n\fpython 2\nscores = [score for score in scores if score >= 0]\n\fpython 3\nprint(sum(scores) / len(scores))\n",
    trial: {
      text: `import json
from pathlib import Path

cells = json.loads(Path("notebooks/explore.ipynb").read_text())["cells"]


def run(cells):
    names = {}
    for cell in cells:
        exec(cell["source"], names)


print("In the order in which it was run:")
run(sorted(cells, key=lambda cell: cell["execution_count"]))
print("From top to bottom:")
run(cells)
`,
      bad: "In the order in which it was run:\n6.0\nFrom top to bottom:\n3.6666666666666665\n",
      good: "In the order in which it was run:\n6.0\nFrom top to bottom:\n6.0\n",
    },
  },
  *check(module) {
    const disordered = outOfOrder(module);
    if (disordered) yield disordered;
    for (const cell of module.cells) {
      const code = cell.language === "python" ? codeLines(module, cell) : [];
      if (code.length <= longest || code.filter((line) => isPlotting(line)).length * 3 >= code.length) continue;
      yield { at: firstLine(module, cell), message: messageFor(code) };
    }
  },
  *fixes(module, problem, project) {
    const cell = cellAt(module.cells, problem.at.start);
    if (cell && isLong(module, cell)) yield extractCell(module, cell, project);
  },
};

function messageFor(code: readonly string[]): string {
  // A line at the margin belongs to no function.
  const isOfFunctions = code.every((line) => /^(?:[ \t@)]|(?:async\s+)?def\b|class\b)/.test(line));
  return isOfFunctions
    ? l10n.t("Cell of {0} lines that only define functions: ready to be a module", code.length)
    : l10n.t("Cell of {0} lines of code: ready to be a function in a module", code.length);
}

/** Told of its length, and not of its place in the order? */
function isLong(module: NotebookModule, cell: PlacedCell): boolean {
  return codeLines(module, cell).length > longest;
}

/** The lines of a cell that are code, and neither blank, comment, magic nor an import. */
function codeLines(module: NotebookModule, cell: PlacedCell): readonly string[] {
  const text = withoutDocstrings(module.text.slice(cell.start, cell.end));
  return text
    .split(/\r?\n/)
    .filter((line) => /\S/.test(line) && !/^\s*(?:#|import\s|from\s+\S+\s+import\b|[)\]}]+,?\s*$)/.test(line));
}

/** Texts of several lines are no code that a function would take along. */
function withoutDocstrings(text: string): string {
  return text.replace(/("""|''')[\s\S]*?\1/g, '""');
}

/** The first cell whose count is smaller than that of a cell above. */
function outOfOrder(module: NotebookModule): Problem | undefined {
  let last = 0;
  for (const cell of module.cells) {
    if (cell.language !== "python" || cell.executionCount === undefined) continue;
    if (cell.executionCount < last && /\S/.test(module.sourceOf(cell))) {
      return {
        at: firstLine(module, cell),
        message: l10n.t("Cells were run out of order: from top to bottom the results may be others"),
      };
    }
    last = Math.max(last, cell.executionCount);
  }
  return undefined;
}

/** The first line of a cell that is not blank. */
function firstLine(module: NotebookModule, cell: PlacedCell) {
  const source = module.sourceOf(cell);
  const blank = /^\s*/.exec(source)?.[0].length ?? 0;
  const start = cell.start + blank;
  const [line = ""] = source.slice(blank).split(/\r?\n/, 1);
  return { start, end: start + line.trimEnd().length };
}
