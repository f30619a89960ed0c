import * as l10n from "@vscode/l10n";
import type { CloneClass, Copy } from "../../clones/clone-class.ts";
import { linesOf } from "../../clones/largest-copies.ts";
import type { Problem, Related, Rule } from "../../core/rule.ts";
import type { Project } from "../../project/project.ts";
import type { PythonModule } from "../../python/module.ts";
import { duplicateFixes, duplicateOffers } from "../../refactorings/duplicate-fix.ts";
import { duplicatedFunction } from "../../refactorings/duplicated-function.ts";
import { isParallel } from "./parallel.ts";
import { isPathHack } from "./path-hack.ts";
import { codeLinesIn } from "./substance.ts";
import { isTakenOver } from "./taken-over.ts";
import { toldCopiesIn } from "./told-copies.ts";
import { areTests, isWorthExtracting } from "./worth-telling.ts";

export const duplicateBlock: Rule<PythonModule> = {
  name: "duplicate-block",
  topic: "production",
  severity: { production: "warning", undecided: "warning", experimental: "hint" },
  summary: () => l10n.t("A block of statements is copied at several places"),
  why: () =>
    l10n.t(
      "Copying a block is the fastest way to add one more room to a shack. In production code it is a debt: every copy must be read, tested and changed, and a correction that reaches only one of them leaves the error in the others. Readers, too, must compare the copies word by word to learn whether the small differences are meant.\n\nA block that has a name and parameters, called from every place, is corrected once and tested once. The differences between the copies become its arguments, for everybody to see. Copies in tests weigh less, since a little repetition keeps a test readable. “Why did you repeat this block in several places?” is one of the questions in the tutorial *Código para produção*.",
    ),
  example: {
    path: "report.py",
    bad: `import pandas as pd


def monthly_sales(path):
    table = pd.read_csv(path, sep=";")
    table = table.dropna(subset=["price", "amount"])
    table["total"] = table["price"] * table["amount"]
    table["date"] = pd.to_datetime(table["date"], dayfirst=True)
    table = table[table["total"] > 0]
    return table.groupby("month")["total"].sum()


def mean_sale(path):
    table = pd.read_csv(path, sep=";")
    table = table.dropna(subset=["price", "amount"])
    table["total"] = table["price"] * table["amount"]
    table["date"] = pd.to_datetime(table["date"], dayfirst=True)
    table = table[table["total"] > 0]
    return table["total"].mean()
`,
    good: `import pandas as pd


def read_sales(path):
    table = pd.read_csv(path, sep=";")
    table = table.dropna(subset=["price", "amount"])
    table["total"] = table["price"] * table["amount"]
    table["date"] = pd.to_datetime(table["date"], dayfirst=True)
    return table[table["total"] > 0]


def monthly_sales(path):
    return read_sales(path).groupby("month")["total"].sum()


def mean_sale(path):
    return read_sales(path)["total"].mean()
`,
  },
  // Stubs declare, and hold nothing that a function could.
  alsoAskedAs: ["R0801", "duplicate-code"],
  concerns: (path, project) => !path.endsWith(".pyi") && project.clonesOf(path).length > 0,
  *check(module, project) {
    for (const { copy, found } of toldCopiesIn(module.path, project)) {
      if (!isWorthExtracting(found, copy, module.lines, project.settings)) continue;
      if (isParallel(copy, found, module.lines, project) || isTakenOver(copy, found, module.lines, project)) continue;
      if (isPathHack(codeLinesIn(module.lines, copy.range))) continue;
      if (!duplicatedFunction(module, copy, found)) yield problemAt(module, copy, found);
    }
  },
  *fixes(module, problem, project) {
    const found = classOf(module, problem, project);
    if (found) yield* module.once(found, () => duplicateFixes(module, found, project));
  },
  *offers(module, problem, project) {
    const found = classOf(module, problem, project);
    if (found) yield* duplicateOffers(module, found);
  },
};

/** The class whose copy a problem is. */
function classOf(module: PythonModule, problem: Problem, project: Project): CloneClass | undefined {
  const { line, column } = module.lines.positionAt(problem.at.start);
  const placed = toldCopiesIn(module.path, project).find(
    ({ copy: { range } }) => range.start.line === line && range.start.column === column,
  );
  return placed?.found;
}

function problemAt(module: PythonModule, copy: Copy, found: CloneClass): Problem {
  const others = found.copies.filter((other) => other !== copy);
  const problem = {
    at: module.lines.spanOf(copy.range),
    message: messageOf(found, linesOf(copy), others.length),
    related: others.map(relatedOf),
  };
  return areTests(found) ? { ...problem, severity: "hint" } : problem;
}

function messageOf(found: CloneClass, lines: number, others: number): string {
  if (found.kind === "exact") {
    if (others === 1) return l10n.t("Block of {0} lines is copied at one other place", lines);
    return l10n.t("Block of {0} lines is copied at {1} other places", lines, others);
  }
  if (found.kind === "gapped") {
    if (others === 1) return l10n.t("Block of {0} lines is repeated at one other place with changed statements", lines);
    return l10n.t("Block of {0} lines is repeated at {1} other places with changed statements", lines, others);
  }
  if (others === 1)
    return l10n.t("Block of {0} lines is repeated at one other place with other names or values", lines);
  return l10n.t("Block of {0} lines is repeated at {1} other places with other names or values", lines, others);
}

function relatedOf(copy: Copy): Related {
  const { path, range } = copy;
  return { path, range, message: l10n.t("Another copy of the block, {0} lines", linesOf(copy)) };
}
