/** A piece of a line, and whether the copies differ there. */
export interface Part {
  readonly text: string;
  readonly differs: boolean;
}

/** A line of one copy; `line` counts from 0 within the copy. */
export interface Cell {
  readonly line: number;
  readonly parts: readonly Part[];
}

/** Lines of the copies that belong together, one cell a copy; a copy that lacks the line has none. */
export type Row = readonly (Cell | undefined)[];

/** More pairs of lines than this are not compared with each other, but taken one below the other. */
const mostPairs = 250_000;

/** Lines belong together when they share at least this part of their tokens. */
const alike = 0.4;

interface Line {
  readonly text: string;
  readonly tokens: readonly string[];
}

/** Sets copies, given as whole lines, side by side: each is aligned with the first one, line by line, and the tokens that differ are marked. */
export function sideBySide(copies: readonly string[]): Row[] {
  const [first = [], ...others] = copies.map((copy) => dedented(copy.split(/\r\n|\r|\n/)).map(lineOf));
  const pairings = others.map((other) => pairsOf(first, other));
  const marks = first.map(() => new Set<number>());
  const rows: Row[] = [];
  for (let at = 0; at <= first.length; at++) {
    const inserted = pairings.map((pairing) => pairing.inserted[at] ?? []);
    for (let row = 0; row < Math.max(0, ...inserted.map((lines) => lines.length)); row++) {
      rows.push([undefined, ...inserted.map((lines, index) => wholeCell(others[index], lines[row]))]);
    }
    const line = first[at];
    if (!line) continue;
    const cells = pairings.map((pairing, index) => {
      const partner = pairing.partners[at];
      const other = partner === undefined ? undefined : others[index]?.[partner];
      const differing = differencesOf(line.tokens, other?.tokens ?? []);
      for (const token of differing.first) marks[at]?.add(token);
      return other && partner !== undefined ? cellOf(partner, other, differing.second) : undefined;
    });
    rows.push([cellOf(at, line, marks[at] ?? new Set()), ...cells]);
  }
  return rows;
}

/** The part of two copies' characters, from 0 to 1, that is the same in both; blanks do not count. */
export function similarity(one: string, other: string): number {
  let same = 0;
  let all = 0;
  for (const { text, differs } of sideBySide([one, other])
    .flat()
    .flatMap((cell) => cell?.parts ?? [])) {
    const length = text.replaceAll(/\s/g, "").length;
    all += length;
    if (!differs) same += length;
  }
  return all === 0 ? 1 : same / all;
}

function lineOf(text: string): Line {
  return { text, tokens: text.match(/\s+|[\p{L}\p{N}_]+|(["'])(?:\\.|(?!\1)[^\\])*\1|./gu) ?? [] };
}

/** Without the indentation of the first line, as far as the others have it. */
function dedented(lines: readonly string[]): string[] {
  const margin = marginOf(lines[0] ?? "");
  return lines.map((line) => line.slice(Math.min(margin, marginOf(line))));
}

function marginOf(line: string): number {
  return line.length - line.trimStart().length;
}

interface Pairing {
  /** For each line of the first copy its partner, if it has one. */
  readonly partners: readonly (number | undefined)[];
  /** The lines without a partner, by the line of the first copy that they stand before. */
  readonly inserted: readonly (readonly number[])[];
}

/** The best pairing in the order of the lines (Needleman and Wunsch, J. Mol. Biol. 48, 1970). */
function pairsOf(first: readonly Line[], second: readonly Line[]): Pairing {
  const partners: (number | undefined)[] = first.map(() => undefined);
  const inserted: number[][] = Array.from({ length: first.length + 1 }, () => []);
  const steps = stepsOf(first, second);
  let row = 0;
  let column = 0;
  for (const step of steps) {
    if (step === "both") partners[row++] = column++;
    else if (step === "first") row++;
    else inserted[row]?.push(column++);
  }
  return { partners, inserted };
}

type Step = "both" | "first" | "second";

function stepsOf(first: readonly Line[], second: readonly Line[]): Step[] {
  if (first.length * second.length > mostPairs) return straight(first.length, second.length);
  const width = second.length + 1;
  const likeness = new Float32Array((first.length + 1) * width);
  const scores = new Float32Array((first.length + 1) * width);
  for (let row = first.length - 1; row >= 0; row--) {
    for (let column = second.length - 1; column >= 0; column--) {
      const at = row * width + column;
      likeness[at] = likenessOf(first[row], second[column]);
      const both = (likeness[at] ?? 0) + (scores[at + width + 1] ?? 0);
      scores[at] = Math.max(likeness[at] ? both : 0, scores[at + width] ?? 0, scores[at + 1] ?? 0);
    }
  }
  const steps: Step[] = [];
  for (let row = 0, column = 0; row < first.length || column < second.length; ) {
    const at = row * width + column;
    const both = (likeness[at] ?? 0) + (scores[at + width + 1] ?? 0);
    const isInside = row < first.length && column < second.length;
    const step =
      isInside && likeness[at] && scores[at] === Math.fround(both)
        ? "both"
        : skipAt(scores, at, width, row < first.length, column < second.length);
    steps.push(step);
    if (step !== "second") row++;
    if (step !== "first") column++;
  }
  return steps;
}

function skipAt(scores: Float32Array, at: number, width: number, hasRow: boolean, hasColumn: boolean): Step {
  if (!hasColumn) return "first";
  if (!hasRow) return "second";
  return scores[at] === scores[at + width] ? "first" : "second";
}

function straight(first: number, second: number): Step[] {
  const common = Math.min(first, second);
  return Array.from({ length: Math.max(first, second) }, (_, at) =>
    at < common ? "both" : first > second ? "first" : "second",
  );
}

/** 0 where two lines do not belong together, more the more tokens they share. Blank lines belong together a little. */
function likenessOf(first: Line | undefined, second: Line | undefined): number {
  const one = first?.tokens.filter((token) => token.trim() !== "") ?? [];
  const other = second?.tokens.filter((token) => token.trim() !== "") ?? [];
  if (one.length === 0 || other.length === 0) return one.length === other.length ? 0.1 : 0;
  const left = new Map<string, number>();
  for (const token of other) left.set(token, (left.get(token) ?? 0) + 1);
  let shared = 0;
  for (const token of one) {
    const count = left.get(token) ?? 0;
    if (count === 0) continue;
    left.set(token, count - 1);
    shared++;
  }
  const share = (2 * shared) / (one.length + other.length);
  return share < alike ? 0 : share;
}

/** The tokens of both lines that are in no longest common subsequence of theirs; indentation differs nowhere. */
function differencesOf(first: readonly string[], second: readonly string[]) {
  const width = second.length + 1;
  const lengths = new Uint16Array((first.length + 1) * width);
  for (let row = first.length - 1; row >= 0; row--) {
    for (let column = second.length - 1; column >= 0; column--) {
      const at = row * width + column;
      const same = first[row] === second[column];
      lengths[at] = same
        ? 1 + (lengths[at + width + 1] ?? 0)
        : Math.max(lengths[at + width] ?? 0, lengths[at + 1] ?? 0);
    }
  }
  const differing = { first: new Set<number>(), second: new Set<number>() };
  for (let row = 0, column = 0; row < first.length || column < second.length; ) {
    const at = row * width + column;
    const isInside = row < first.length && column < second.length;
    if (isInside && first[row] === second[column]) {
      row++;
      column++;
    } else if (row < first.length && (column >= second.length || lengths[at + width] === lengths[at])) {
      if (row > 0 || first[row]?.trim() !== "") differing.first.add(row);
      row++;
    } else {
      if (column > 0 || second[column]?.trim() !== "") differing.second.add(column);
      column++;
    }
  }
  return differing;
}

function wholeCell(lines: readonly Line[] | undefined, at: number | undefined): Cell | undefined {
  const line = at === undefined ? undefined : lines?.[at];
  return line && at !== undefined ? { line: at, parts: [{ text: line.text, differs: true }] } : undefined;
}

function cellOf(at: number, { tokens }: Line, marks: ReadonlySet<number>): Cell {
  const parts: Part[] = [];
  tokens.forEach((text, token) => {
    const differs = marks.has(token);
    const last = parts.at(-1);
    if (last?.differs === differs) parts[parts.length - 1] = { text: last.text + text, differs };
    else parts.push({ text, differs });
  });
  return { line: at, parts };
}
