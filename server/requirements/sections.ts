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
/** PEP 263: only in the first two lines. */
const coding = /^[ \t\f]*#.*?coding[:=][ \t]*[-\w.]+/;

function rowsOf(file: RequirementsFile): Row[] {
  const rows: Row[] = file.physicalLines.map((_, line) => {
    const text = textOf(line, file);
    if (blank.test(text)) return { kind: "blank" };
    if (!comment.test(text) || (line < 2 && (coding.test(text) || text.startsWith("#!")))) return { kind: "barrier" };
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
  const sections: Section[] = [];
  for (const block of blocks) {
    const last = sections.at(-1);
    if (headings.has(block)) sections.push({ blocks: [{ ...block, above: [] }], heading: block.above, tail: [] });
    else if (last) sections[sections.length - 1] = { ...last, blocks: [...last.blocks, block] };
    else sections.push({ blocks: [block], heading: [], tail: [] });
  }
  const last = sections.pop();
  return last ? [...sections, { ...last, tail }] : [];
}

/**
 * The blocks whose comment speaks for those below as well. The first comment does, unless every requirement has one
 * of its own. A later one must look like a title, and some title there must stand above several requirements: a
 * remark about a single one is as common.
 */
function headingsOf(blocks: readonly Block[], file: RequirementsFile): ReadonlySet<Block> {
  const [first, ...others] = blocks;
  const isEachExplained = blocks.every((block) => block.above.length > 0);
  const headings = new Set<Block>();
  if (first && others.length > 0 && !isEachExplained && isAboutMore(first, file)) headings.add(first);
  const titles = others.filter((block) => isTitle(block, file));
  const speaksForMany = (block: Block) => blocks[blocks.indexOf(block) + 1]?.above.length === 0;
  if (titles.some(speaksForMany)) for (const block of titles) headings.add(block);
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
  const words = wordsOf(block, file);
  return words.length > 0 && !words.some((text) => /^via\b/.test(text)) && !names(words.join(" "), block.entry);
}

/** One line of at most three words. */
function isTitle(block: Block, file: RequirementsFile): boolean {
  const [title = "", ...others] = wordsOf(block, file).filter((text) => /\w/.test(text));
  return isAboutMore(block, file) && others.length === 0 && (title.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) <= 3;
}

function wordsOf(block: Block, file: RequirementsFile): string[] {
  return block.above.map((line) =>
    textOf(line, file)
      .replace(/^\s*#+/, "")
      .trim(),
  );
}

/** Whether a comment names the distribution as a word of its own. */
function names(words: string, entry: Entry): boolean {
  if (entry.name === undefined) return false;
  const name = normalizedName(entry.name);
  return words
    .split(/[^\p{L}\p{N}._-]+/u)
    .some((word) => normalizedName(word.replace(/^[._-]+|[._-]+$/g, "")) === name);
}
