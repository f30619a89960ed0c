import type { Span } from "../core/text.ts";
import type { SyntaxNode } from "../python/syntax.ts";

/**
 * The stretches of statements that all copies of a gapped clone have in common, names and values aside, the longest
 * first: for each stretch its span in each copy. What stands between them is whole statements of some copies only.
 */
export function commonRuns(copies: readonly (readonly SyntaxNode[])[]): readonly (readonly Span[])[] {
  const [first = [], ...others] = copies;
  const matches = others.map((other) => aligned(first.map(shapeOf), other.map(shapeOf)));
  const runs: number[][] = [];
  for (const index of first.keys()) {
    if (!matches.every((match) => match.has(index))) continue;
    const last = runs.at(-1);
    const previous = last?.at(-1);
    const follows = (match: ReadonlyMap<number, number>) => match.get(index) === (match.get(index - 1) ?? -2) + 1;
    if (last && previous === index - 1 && matches.every(follows)) last.push(index);
    else runs.push([index]);
  }
  const placed = runs.map((run) => [run, ...matches.map((match) => run.map((index) => match.get(index) ?? 0))]);
  const spans = placed.map((places) => places.map((run, copy) => spanOf(copies[copy] ?? [], run)));
  return spans.sort(([left], [right]) => lengthOf(right) - lengthOf(left));
}

function spanOf(statements: readonly SyntaxNode[], run: readonly number[]): Span {
  return { start: statements[run[0] ?? 0]?.start ?? 0, end: statements[run.at(-1) ?? 0]?.end ?? 0 };
}

function lengthOf(span: Span | undefined): number {
  return span ? span.end - span.start : 0;
}

/** The kinds of nodes of a statement, in their order. */
function shapeOf(statement: SyntaxNode): string {
  return [...statement.descendants()].map(({ type }) => type).join(" ");
}

/** A longest common subsequence: which index of the right list each matched index of the left one stands for. */
function aligned(left: readonly string[], right: readonly string[]): ReadonlyMap<number, number> {
  const lengths = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0));
  const at = (row: number, column: number) => lengths[row]?.[column] ?? 0;
  for (let row = left.length - 1; row >= 0; row--) {
    for (let column = right.length - 1; column >= 0; column--) {
      const isSame = left[row] === right[column];
      const length = isSame ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
      lengths[row]?.splice(column, 1, length);
    }
  }
  const matches = new Map<number, number>();
  for (let row = 0, column = 0; row < left.length && column < right.length; ) {
    if (left[row] === right[column]) matches.set(row++, column++);
    else if (at(row + 1, column) >= at(row, column + 1)) row++;
    else column++;
  }
  return matches;
}
