import * as l10n from "@vscode/l10n";
import type { CloneClass, Copy } from "../../clones/clone-class.ts";
import type { Fix, Offer, Problem, Related, Rule } from "../../core/rule.ts";
import type { Project } from "../../project/project.ts";
import type { PythonModule } from "../../python/module.ts";
import {
  type DuplicatedFunction,
  duplicatedFunction,
  functionFromTree,
  keepOne,
} from "../../refactorings/duplicated-function.ts";
import { keepOneAcross } from "../../refactorings/keep-one.ts";
import { isParallel, isVisit } from "./parallel.ts";
import { isOwnMethod } from "./short-methods.ts";
import { isTakenOver } from "./taken-over.ts";
import { toldCopiesIn } from "./told-copies.ts";
import { isWorthSharing } from "./worth-telling.ts";

export const duplicateFunction: Rule<PythonModule> = {
  name: "duplicate-function",
  topic: "production",
  severity: { production: "warning", undecided: "warning", experimental: "hint" },
  summary: () => l10n.t("A whole function exists at several places"),
  why: () =>
    l10n.t(
      "The same function under two names, or in two files, begins as a copy and ends as two functions that almost do the same: one is corrected, the other is forgotten, and nobody knows which of them is the right one. The function has a name and parameters already, so nothing must be designed to share it: keep one, and import it where the others were.\n\nShort functions count from four statements on, and with fewer where many lines are exactly the same. Special methods (`__eq__` and the like) belong to their class, and repetition in tests may keep them readable; both are left alone. “Why did you repeat this block in several places?” is one of the questions in the tutorial *Código para produção*.",
    ),
  example: {
    path: "report.py",
    bad: `def share_sold(rows):
    sold = [row for row in rows if row.sold]
    if not rows:
        return 0.0
    share = len(sold) / len(rows)
    return round(share, 3)


def sold_ratio(rows):
    sold = [row for row in rows if row.sold]
    if not rows:
        return 0.0
    share = len(sold) / len(rows)
    return round(share, 3)
`,
    good: `def share_sold(rows):
    sold = [row for row in rows if row.sold]
    if not rows:
        return 0.0
    share = len(sold) / len(rows)
    return round(share, 3)
`,
  },
  // Stubs declare, and hold nothing that a function could.
  alsoAskedAs: ["R0801", "duplicate-code"],
  concerns: (path, project) =>
    !path.endsWith(".pyi") && project.clonesOf(path).some(({ whole }) => whole !== undefined),
  *check(module, project) {
    for (const { copy, found, duplicated } of functionsIn(module, project)) {
      if (!isWorthSharing(found, copy, module.lines) || isParallel(copy, found, module.lines, project)) continue;
      if (isTakenOver(copy, found, module.lines, project)) continue;
      if (isVisit(duplicated.name, copy, found) || isOwnMethod(duplicated.name, copy, module.lines)) continue;
      yield problemAt(module, copy, found, duplicated);
    }
  },
  *fixes(module, problem, project) {
    yield* fixesFor(module, problem, functionsIn(module, project, functionFromTree), project);
  },
  *offers(module, problem, project) {
    yield* offersFor(module, problem, functionsIn(module, project));
  },
};

function* fixesFor(
  module: PythonModule,
  problem: Problem,
  functions: readonly Placed[],
  project: Project,
): Generator<Fix> {
  const at = placedAt(module, problem, functions);
  if (!at) return;
  yield* fixesHere(module, at, functions);
  const everywhere = isElsewhere(module, at) && keepOneAcross(module, at.found, project, titleElsewhere);
  if (everywhere) yield everywhere;
}

/** Without reading the other files: they may say no. */
function* offersFor(module: PythonModule, problem: Problem, functions: readonly Placed[]): Generator<Offer> {
  const at = placedAt(module, problem, functions);
  if (!at) return;
  yield* fixesHere(module, at, functions);
  const mayBeOne = isElsewhere(module, at) && at.found.kind === "exact" && at.duplicated.isPlain;
  if (mayBeOne) yield { title: titleElsewhere(at.duplicated.name), kind: "quickfix", safe: false };
}

function placedAt({ lines }: PythonModule, { at }: Problem, functions: readonly Placed[]): Placed | undefined {
  return functions.find(({ copy }) => lines.spanOf(copy.range).start === at.start);
}

function* fixesHere(module: PythonModule, { found }: Placed, functions: readonly Placed[]): Generator<Fix> {
  const alike = functions.filter((each) => each.found === found).map(({ duplicated }) => duplicated);
  const fix = keepOne(module, alike, (name) => l10n.t("Keep only `{0}`", name));
  if (fix) yield fix;
}

function isElsewhere({ path }: PythonModule, { found }: Placed): boolean {
  return found.copies.some((copy) => copy.path !== path);
}

function titleElsewhere(name: string): string {
  return l10n.t("Keep one `{0}`, import it elsewhere (review)", name);
}

interface Placed {
  readonly copy: Copy;
  readonly found: CloneClass;
  readonly duplicated: DuplicatedFunction;
}

function functionsIn(
  module: PythonModule,
  project: Project,
  read?: Parameters<typeof duplicatedFunction>[3],
): Placed[] {
  return toldCopiesIn(module.path, project).flatMap(({ copy, found }) => {
    const duplicated = duplicatedFunction(module, copy, found, read);
    return duplicated ? [{ copy, found, duplicated }] : [];
  });
}

function problemAt(module: PythonModule, copy: Copy, found: CloneClass, { name }: DuplicatedFunction): Problem {
  const others = found.copies.filter((other) => other !== copy);
  const message = messageOf(found.kind === "exact", name, others.length);
  return { at: module.lines.spanOf(copy.range), message, related: others.map(relatedOf) };
}

function messageOf(isExact: boolean, name: string, others: number): string {
  if (isExact) {
    if (others === 1) return l10n.t("Function `{0}` is copied at one other place", name);
    return l10n.t("Function `{0}` is copied at {1} other places", name, others);
  }
  if (others === 1) return l10n.t("Function `{0}` is repeated at one other place with other names or values", name);
  return l10n.t("Function `{0}` is repeated at {1} other places with other names or values", name, others);
}

function relatedOf({ path, range }: Copy): Related {
  return { path, range, message: l10n.t("Another copy of the function") };
}
