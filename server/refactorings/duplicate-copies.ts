import type { Span } from "../core/text.ts";
import type { Scopes } from "../python/scopes.ts";
import { type Syntax, textOf } from "../python/syntax.ts";
import { type Extraction, extractionOf } from "./extraction.ts";
import { isRefusal, type Refusal, refuse } from "./refusals.ts";
import { hasWholePairs, steeringComments } from "./same-code.ts";
import { isInside, selectionAt } from "./selection.ts";
import type { SourceLines } from "./source-lines.ts";

/** One place of a clone class, in the file that it stands in. */
export interface Copy {
  readonly syntax: Syntax;
  readonly scopes: Scopes;
  readonly span: Span;
}

/** Each copy as a function of its own, those of one file in its order; refuses copies that overlap. */
export function extractionsOf(copies: readonly Copy[]): readonly Extraction[] | Refusal {
  const extractions: Extraction[] = [];
  const files = [...new Set(copies.map(({ syntax }) => syntax))];
  const ordered = files.flatMap((file) =>
    copies.filter(({ syntax }) => syntax === file).sort((left, right) => left.span.start - right.span.start),
  );
  for (const { syntax, scopes, span } of ordered) {
    const selection = selectionAt(syntax, scopes, span);
    if (isRefusal(selection)) return selection;
    const previous = extractions.at(-1)?.selection;
    if (previous?.syntax === syntax && selection.start < previous.end) return refuse("CLONE_OVERLAP");
    const extraction = extractionOf(selection);
    if (isRefusal(extraction)) return extraction;
    if (extraction.yields) return refuse("YIELD");
    extractions.push(extraction);
  }
  return extractions.length < 2 ? refuse("CLONE_OVERLAP") : extractions;
}

/** How the file of a copy is laid out. */
type Layout = (syntax: Syntax) => SourceLines;

/** Refuses copies whose lines or comments cannot move as they stand. */
export function textRefusal(extractions: readonly Extraction[], layout: Layout): Refusal | undefined {
  const isEven = ({ selection }: Extraction) => layout(selection.syntax).isIndentedEvenly(selection);
  if (!extractions.every(isEven)) return refuse("PARTIAL");
  const comments = extractions.map((extraction) => commentsIn(extraction, layout));
  if (!comments.every(hasWholePairs)) return refuse("PARTIAL");
  const steering = new Set(comments.map((list) => steeringComments(list).join("\n")));
  return steering.size > 1 ? refuse("CLONE_COMMENTS") : undefined;
}

/** What the other copies' comments say and the first copy's do not. */
export function otherComments(extractions: readonly Extraction[], layout: Layout): readonly string[] {
  const [own = [], ...others] = extractions.map((extraction) => commentsIn(extraction, layout));
  return [...new Set(others.flat())].filter((comment) => !own.includes(comment));
}

function commentsIn({ selection }: Extraction, layout: Layout): readonly string[] {
  const { syntax } = selection;
  const extent = layout(syntax).extentOf(selection);
  return syntax.comments
    .filter((comment) => isInside(comment, extent))
    .map((comment) => textOf(syntax, comment).trim());
}

/** Lines that are neither blank nor comments. */
export function codeLines(text: string): number {
  return text.split("\n").filter((line) => /^\s*[^\s#]/.test(line)).length;
}
