import type { Edit } from "./edit.ts";
import type { Span } from "./text.ts";

/**
 * What a refactoring answers: edits that keep behaviour, or a refusal. `code` is a stable word of
 * `server/refactorings/refusals.ts` (`RETURN_SOME_PATHS`), `reason` one localised sentence.
 */
export type RefactoringResult =
  | {
      readonly applied: true;
      readonly edits: readonly Edit[];
      /** Where the new name stands in the edited text, for a rename in place. */
      readonly name: Span;
    }
  | { readonly applied: false; readonly code: string; readonly reason: string };
