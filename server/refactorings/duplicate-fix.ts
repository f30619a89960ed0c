import * as l10n from "@vscode/l10n";
import type { CloneClass } from "../clones/clone-class.ts";
import type { Fix, FixKind } from "../core/rule.ts";
import type { Span } from "../core/text.ts";
import type { PythonModule } from "../python/module.ts";
import { extractCopies } from "./extract-duplicates.ts";
import { refuse } from "./refusals.ts";

export const extraction: FixKind = "refactor.extract.function";

/** The fix of a clone class as seen from one of its files: the copies of this file become one function. */
export function duplicateFix(module: PythonModule, cloneClass: CloneClass): Fix {
  const spans = spansIn(module, cloneClass);
  const isAlone = spans.length === 1;
  const title = isAlone ? l10n.t("Extract into a function") : titleOf(module, cloneClass);
  const result = isAlone ? refuse("CLONE_ELSEWHERE") : extractCopies(module, spans);
  if (!result.applied) return { title, kind: extraction, safe: false, edits: [], refused: result.reason };
  return { title, kind: extraction, safe: true, edits: result.edits };
}

export function titleOf(module: PythonModule, { copies }: CloneClass): string {
  const isWhole = copies.every((copy) => copy.path === module.path);
  return isWhole ? l10n.t("Extract into a function") : l10n.t("Extract the copies in this file");
}

function spansIn(module: PythonModule, { copies }: CloneClass): readonly Span[] {
  return copies.filter((copy) => copy.path === module.path).map((copy) => module.lines.spanOf(copy.range));
}
