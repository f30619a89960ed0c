import type { CloneClass, Copy } from "./clone-class.ts";

export interface PlacedCopy {
  readonly copy: Copy;
  readonly found: CloneClass;
}

/** The copies in one file, in its order; of copies on the same lines only the largest, and of these the most copied. */
export function largestCopies(path: string, classes: readonly CloneClass[]): PlacedCopy[] {
  const placed = classes.flatMap((found) =>
    found.copies.filter((copy) => copy.path === path).map((copy) => ({ copy, found })),
  );
  placed.sort((a, b) => linesOf(b.copy) - linesOf(a.copy) || b.found.copies.length - a.found.copies.length);
  const kept: PlacedCopy[] = [];
  for (const one of placed) if (!kept.some(({ copy }) => sharesLines(copy, one.copy))) kept.push(one);
  return kept.sort((a, b) => a.copy.range.start.line - b.copy.range.start.line);
}

export function linesOf({ range }: Copy): number {
  return range.end.line - range.start.line + 1;
}

function sharesLines(one: Copy, other: Copy): boolean {
  return one.range.start.line <= other.range.end.line && other.range.start.line <= one.range.end.line;
}
