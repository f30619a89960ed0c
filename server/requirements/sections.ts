import { isCodingComment } from "../core/coding-comment.ts";
import { normalizedName } from "../project/project.ts";
import { pythonBlanks } from "./blanks.ts";
import type { Entry, RequirementsFile } from "./model.ts";

/** A requirement with what belongs to it: physical lines, from 0. */
export interface Block {
  readonly entry: Entry;
  /** Comment lines directly above. */
  readonly above: readonly number[];
  /** The requirement with its continuations. */
  readonly own: readonly number[];
  /** Indented comment lines directly below. */
  readonly below: readonly number[];
}

/** Neighbouring blocks that may change places; nothing crosses a blank line, an option or a heading. */
export interface Section {
  readonly blocks: readonly Block[];
  /** A comment above that speaks for all of them, and one behind the last; both stay. */
  readonly heading: readonly number[];
  readonly tail: readonly number[];
}

type Row = { readonly kind: "blank" | "comment" | "barrier" } | { readonly kind: "requirement"; readonly entry: Entry };

/** The sections of a file in order; lines outside of all sections never move. */
export function sectionsOf(file: RequirementsFile): Section[] {
  const sections: Section[] = [];
  let open: number[] = [];
  const rows = rowsOf(file);
  for (const [line, row] of [...rows, undefined].entries()) {
    if (row && row.kind !== "blank" && row.kind !== "barrier") {
      open.push(line);
      continue;
    }
    sections.push(...sectionsIn(open, rows, file));
    open = [];
  }
  return sections;
}

const blank = new RegExp(`^[${pythonBlanks}]*$`);
const comment = new RegExp(`^[${pythonBlanks}]*#`);

function rowsOf(file: RequirementsFile): Row[] {
  const rows: Row[] = file.physicalLines.map((_, line) => {
    const text = textOf(line, file);
    if (blank.test(text)) return { kind: "blank" };
    if (!comment.test(text) || (line < 2 && (isCodingComment(text) || text.startsWith("#!"))))
      return { kind: "barrier" };
    return { kind: "comment" };
  });
  for (const entry of file.entries) {
    // A continuation at the very end would swallow whatever came behind it.
    const isOpen = textOf(entry.endLine, file).endsWith("\\");
    const isMovable = (entry.kind === "requirement" || entry.kind === "editable") && !isOpen;
    const row: Row = isMovable ? { kind: "requirement", entry } : { kind: "barrier" };
    rows.fill(row, entry.line, entry.endLine + 1);
  }
  return rows;
}

function textOf(line: number, file: RequirementsFile): string {
  const span = file.physicalLines[line];
  return span ? file.text.slice(span.start, span.end) : "";
}

/** Cuts one run of comments and requirements at its headings. */
function sectionsIn(lines: readonly number[], rows: readonly Row[], file: RequirementsFile): Section[] {
  const { blocks, tail } = blocksIn(lines, rows, file);
  const headings = headingsOf(blocks, file);
  const starts = blocks.map((_, index) => index).filter((index) => index === 0 || headings.has(index));
  return starts.flatMap((start, at) => {
    const [first, ...others] = blocks.slice(start, starts[at + 1]);
    if (!first) return [];
    const size = headings.get(start) ?? 0;
    const [heading, above] = [first.above.slice(0, size), first.above.slice(size)];
    return [{ blocks: [{ ...first, above }, ...others], heading, tail: at === starts.length - 1 ? tail : [] }];
  });
}

/**
 * Which blocks, by index, have a heading above, and of how many lines. The first comment speaks for all, unless every
 * requirement has one of its own. A later one must look like a title, and some title there must stand above several
 * requirements: a remark about a single one is as common.
 */
function headingsOf(blocks: readonly Block[], file: RequirementsFile): ReadonlyMap<number, number> {
  const headings = new Map<number, number>();
  const isEachExplained = blocks.every((block) => block.above.length > 0);
  const [first, ...others] = blocks;
  if (first && others.length > 0 && !isEachExplained) {
    const size = titleSize(first, blocks, file) || (isAboutMore(first, file) ? first.above.length : 0);
    if (size > 0) headings.set(0, size);
  }
  const titles = others.flatMap((block, at) => {
    const size = titleSize(block, blocks, file);
    return size > 0 ? [{ index: at + 1, size }] : [];
  });
  if (titles.some(({ index }, at) => (titles[at + 1]?.index ?? blocks.length) - index > 1)) {
    for (const { index, size } of titles) headings.set(index, size);
  }
  return headings;
}

function blocksIn(lines: readonly number[], rows: readonly Row[], file: RequirementsFile) {
  const blocks: Block[] = [];
  let above: number[] = [];
  for (const line of lines) {
    const row = rows[line];
    const last = blocks.at(-1);
    if (row?.kind === "requirement" && last?.entry === row.entry) {
      blocks[blocks.length - 1] = { ...last, own: [...last.own, line] };
    } else if (row?.kind === "requirement") {
      blocks.push({ entry: row.entry, above, own: [line], below: [] });
      above = [];
    } else if (last && above.length === 0 && !textOf(line, file).startsWith("#")) {
      blocks[blocks.length - 1] = { ...last, below: [...last.below, line] };
    } else {
      above.push(line);
    }
  }
  return { blocks, tail: above };
}

/** Whether there is a comment which neither names the requirement below nor is a compiler's note about it. */
function isAboutMore(block: Block, file: RequirementsFile): boolean {
  const words = block.above.map((line) => wordsOf(line, file));
  return words.length > 0 && !words.some((text) => /^via\b/.test(text)) && !names(words.join(" "), block.entry);
}

/**
 * The number of lines of a title at the start of a comment: at most three words that name none of the requirements,
 * with the rulers around them. What follows belongs to the requirement below. Zero when there is none.
 */
function titleSize({ above }: Block, blocks: readonly Block[], file: RequirementsFile): number {
  const isRuler = (line: number) => !/[\p{L}\p{N}]/u.test(wordsOf(line, file));
  const at = above.findIndex((line) => !isRuler(line));
  const title = at < 0 ? "" : wordsOf(above[at] ?? 0, file);
  const words = title.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0 || words.length > 3 || words[0] === "via") return 0;
  if (blocks.some(({ entry }) => names(title, entry))) return 0;
  const behind = above.findIndex((line, index) => index > at && !isRuler(line));
  return behind < 0 ? above.length : behind;
}

function wordsOf(line: number, file: RequirementsFile): string {
  return textOf(line, file)
    .replace(/^\s*#+/, "")
    .trim();
}

/** Whether a comment names the distribution as a word of its own. */
function names(words: string, entry: Entry): boolean {
  if (entry.name === undefined) return false;
  const name = normalizedName(entry.name);
  return words
    .split(/[^\p{L}\p{N}._-]+/u)
    .some((word) => normalizedName(word.replace(/^[._-]+|[._-]+$/g, "")) === name);
}
