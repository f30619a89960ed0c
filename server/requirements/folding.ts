import type { Span } from "../core/text.ts";
import type { RequirementsFile } from "./model.ts";
import { outlineOf } from "./outline.ts";

/** What can be folded away below its first line. */
export interface Fold {
  readonly at: Span;
  readonly isComment: boolean;
}

/** Sections below their headings, requirements with continuations (their hashes), and comments of several lines. */
export function foldsOf(file: RequirementsFile): Fold[] {
  const sections = outlineOf(file).filter(({ kind }) => kind === "section");
  const continued = file.entries.filter(({ line, endLine }) => endLine > line);
  return [
    ...sections.map(({ at }) => ({ at, isComment: false })),
    ...continued.map(({ at }) => ({ at, isComment: false })),
    ...commentsOf(file).map((at) => ({ at, isComment: true })),
  ].filter(({ at }) => /[\r\n]/.test(file.text.slice(at.start, at.end)));
}

/** Runs of comment lines. */
function commentsOf({ physicalLines, text }: RequirementsFile): Span[] {
  const runs: Span[] = [];
  let open: Span | undefined;
  for (const line of physicalLines) {
    if (/^\s*#/.test(text.slice(line.start, line.end))) open = { start: open?.start ?? line.start, end: line.end };
    else {
      if (open) runs.push(open);
      open = undefined;
    }
  }
  return open ? [...runs, open] : runs;
}
