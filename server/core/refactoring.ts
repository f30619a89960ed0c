import type { Project } from "../project/project.ts";
import type { FileEdits } from "./edit.ts";
import type { SourceFile } from "./rule.ts";
import type { Span } from "./text.ts";

/** What the code action of a refactoring is, in the protocol's vocabulary of kinds. */
export type RefactoringKind =
  | "refactor.extract.function"
  | "refactor.extract.variable"
  | "refactor.extract.constant"
  | "refactor.rewrite";

/** What a person chose: a span of one file. */
export interface Place<File extends SourceFile> {
  readonly file: File;
  readonly at: Span;
}

export interface RefactoringOptions {
  /** The new name; without it one is proposed. */
  readonly name?: string;
  /** Every equal occurrence instead of the chosen one. */
  readonly all?: boolean;
}

/**
 * One refactoring that keeps behaviour. Its name is also its file, its literate test in `test/refactorings/` and the
 * word on the command line.
 */
export interface Refactoring<File extends SourceFile = SourceFile> {
  readonly name: string;
  readonly kind: RefactoringKind;
  /** What it wants to be told: a selection, a place (the cursor will do), or the copies of a clone class. */
  readonly on: "selection" | "cursor" | "copies";
  /** An imperative of at most six words, localised. */
  title(options: RefactoringOptions): string;
  /** Does it know equal occurrences (`all`)? */
  readonly knowsAll?: boolean;
  /** Pure: looks only at these files and the project's facts. Of one place, unless it is told copies. */
  apply(places: readonly Place<File>[], options: RefactoringOptions, project: Project): RefactoringResult;
}

/**
 * What a refactoring answers: edits that keep behaviour, or a refusal. `code` is a stable word of
 * `server/refactorings/refusals.ts` (`RETURN_SOME_PATHS`), `reason` one localised sentence.
 */
export type RefactoringResult =
  | {
      readonly applied: true;
      readonly edits: readonly FileEdits[];
      /** The new name, where there is one: no text that is edited held it before. */
      readonly name?: string;
      /** Of copies with gaps: only the longest stretch was extracted that all of them share. */
      readonly isPart?: boolean;
    }
  | { readonly applied: false; readonly code: string; readonly reason: string };
