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
  const isEachExplained = blocks.length > 1 && blocks.every((block) => block.above.length > 0);
  const sections: Section[] = [];
  let group: Block[] = [];
  let heading: readonly number[] = [];
  for (const [index, block] of blocks.entries()) {
    const isFirst = index === 0;
    const speaksForMany = isFirst ? blocks.length > 1 && !isEachExplained : !blocks[index + 1]?.above.length;
    if (block.above.length > 0 && speaksForMany && isHeading(block, { isFirst, isLast: !blocks[index + 1] }, file)) {
      if (!isFirst) sections.push({ blocks: group, heading, tail: [] });
      group = [{ ...block, above: [] }];
      heading = block.above;
    } else {
      group.push(block);
    }
  }
  if (group.length > 0) sections.push({ blocks: group, heading, tail });
  return sections;
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

/**
 * Whether a comment speaks for the requirements below it and not only for the first. In the middle of a section it
 * must also look like a title, because a remark about one requirement is as common there.
 */
function isHeading(block: Block, place: { isFirst: boolean; isLast: boolean }, file: RequirementsFile): boolean {
  const words = block.above.map((line) =>
    textOf(line, file)
      .replace(/^\s*#+/, "")
      .trim(),
  );
  if (words.some((text) => /^via\b/.test(text)) || names(words.join(" "), block.entry)) return false;
  if (place.isFirst) return true;
  const [title = "", ...others] = words.filter((text) => /\w/.test(text));
  return !place.isLast && others.length === 0 && (title.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) <= 3;
}

/** Whether a comment names the distribution as a word of its own. */
function names(words: string, entry: Entry): boolean {
  if (entry.name === undefined) return false;
  const name = normalizedName(entry.name);
  return words
    .split(/[^\p{L}\p{N}._-]+/u)
    .some((word) => normalizedName(word.replace(/^[._-]+|[._-]+$/g, "")) === name);
}
