import * as l10n from "@vscode/l10n";
import type { CloneClass } from "../clones/clone-class.ts";
import type { Fix } from "../core/rule.ts";
import type { Span } from "../core/text.ts";
import type { PythonModule } from "../python/module.ts";
import { extractDuplicates } from "./extract-duplicates.ts";
import { refuse } from "./refusals.ts";

/** The fix of a clone class as seen from one of its files: the copies of this file become one function. */
export function duplicateFix(module: PythonModule, cloneClass: CloneClass): Fix {
  const here = cloneClass.copies.filter((copy) => copy.path === module.path);
  const isWhole = here.length === cloneClass.copies.length;
  const kind = "refactor.extract.function";
  const title = isWhole ? l10n.t("Extract into a function") : l10n.t("Extract the copies in this file");
  const spans = here.map((copy) => module.lines.spanOf(copy.range));
  const result = isAlike(module, spans) ? extractDuplicates(module, spans) : refuse("CLONE_SHAPE");
  if (!result.applied) return { title, kind, safe: false, edits: [], refused: result.reason };
  return { title, kind, safe: true, edits: [{ path: module.path, edits: result.edits }] };
}

/** Whether copies can be the same code, told without parsing: a renamed class may still have equal copies here. */
function isAlike({ text }: PythonModule, spans: readonly Span[]): boolean {
  const squeezed = spans.map(({ start, end }) => text.slice(start, end).replace(/#.*|\s+/g, ""));
  return squeezed.every((each) => each === squeezed[0]);
}
