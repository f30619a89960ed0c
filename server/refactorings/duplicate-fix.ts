import * as l10n from "@vscode/l10n";
import type { CloneClass, Copy } from "../clones/clone-class.ts";
import type { Place, RefactoringResult } from "../core/refactoring.ts";
import type { Fix, FixKind, Offer } from "../core/rule.ts";
import type { Project } from "../project/project.ts";
import type { PythonModule } from "../python/module.ts";
import { extractCopies } from "./extract-duplicates.ts";
import { OpenFiles } from "./open-files.ts";
import { refuse } from "./refusals.ts";

const kind: FixKind = "refactor.extract.function";

/**
 * The fixes of a clone class as seen from one of its files: one function for all copies, which is shown before it is
 * made where they lie in several files, and one for the copies of this file, where they are not all.
 */
export function duplicateFixes(module: PythonModule, { copies }: CloneClass, project: Project): readonly Fix[] {
  const here = copies.filter(({ path }) => path === module.path);
  const own = here.map((copy) => placeOf(module, copy));
  const inFile = (title: string) => fixOf(title, titleOfPart(), extractCopies(own, project), {});
  if (here.length === copies.length) return [inFile(titleHere())];
  const everywhere = extractEverywhere(module, copies, project);
  const shared = fixOf(titleAcross(), titleOfSharedPart(), everywhere, { preview: true });
  const rest = here.length > 1 ? [inFile(titleOfThese())] : [];
  return shared.refused === undefined ? [shared, ...rest] : [...rest, shared];
}

/** The same without computing them. */
export function duplicateOffers({ path }: PythonModule, { copies }: CloneClass): readonly Offer[] {
  const here = copies.filter((copy) => copy.path === path).length;
  if (here === copies.length) return [{ title: titleHere(), kind, safe: false }];
  const own = here > 1 ? [{ title: titleOfThese(), kind, safe: false }] : [];
  return [{ title: titleAcross(), kind, safe: false }, ...own];
}

function fixOf(whole: string, part: string, result: RefactoringResult, options: Pick<Fix, "preview">): Fix {
  if (!result.applied) return { title: whole, kind, safe: false, edits: [], refused: result.reason };
  const { edits, name } = result;
  const title = result.isPart ? part : whole;
  return { title, kind, safe: options.preview !== true, edits, ...(name !== undefined && { name }), ...options };
}

function extractEverywhere(module: PythonModule, copies: readonly Copy[], project: Project): RefactoringResult {
  using files = new OpenFiles(module, project);
  const places = copies.flatMap((copy) => {
    const file = files.at(copy.path);
    return file ? [placeOf(file, copy)] : [];
  });
  return places.length < copies.length ? refuse("CLONE_TESTS") : extractCopies(places, project);
}

function placeOf(file: PythonModule, { range }: Copy): Place<PythonModule> {
  return { file, at: file.lines.spanOf(range) };
}

function titleHere(): string {
  return l10n.t("Extract into a function");
}

/** What stands between differs; what is left then is told again where it is worth a function of its own. */
function titleOfPart(): string {
  return l10n.t("Extract the longest common part");
}

function titleOfSharedPart(): string {
  return l10n.t("Extract the longest common part (review)");
}

function titleOfThese(): string {
  return l10n.t("Extract the copies in this file");
}

function titleAcross(): string {
  return l10n.t("Extract into a shared function (review)");
}
