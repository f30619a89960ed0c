import { normalizedName } from "../project/project.ts";
import { generatedBy, refusalFor } from "./generated.ts";
import type { Entry, RequirementsFile } from "./model.ts";
import { readRequirements } from "./reader.ts";
import { type Block, type Section, sectionsOf } from "./sections.ts";

export interface SortOptions {
  /** `merge` joins groups that only a blank line parts; a group with a heading stays one. Default: `keep`. */
  readonly groups?: "keep" | "merge";
  /** What happens to a file that a tool wrote. Default: `refuse`. */
  readonly generated?: "refuse" | "sort";
}

const byteOrderMark = "\ufeff";

/**
 * The text with its requirements in the order of their normalised names (PEP 503), section by section; comments,
 * continuations and hashes stay with their requirement, options and headings where they are. Exact duplicates become
 * one. Or the reason, in one sentence, why the file must stay.
 */
export function sortRequirements(
  file: RequirementsFile,
  options: SortOptions = {},
): { readonly text: string } | { readonly refused: string } {
  if (file.text.startsWith(byteOrderMark)) {
    using rest = readRequirements(file.path, file.text.slice(1));
    const sorted = sortRequirements(rest, options);
    return "text" in sorted ? { text: byteOrderMark + sorted.text } : sorted;
  }
  const generated = options.generated === "sort" ? undefined : generatedBy(file);
  if (generated) return { refused: refusalFor(generated) };
  let text = file.text;
  // What moved can stand below another comment now, and be read as part of its group: until nothing moves any more.
  for (let pass = 0; pass < 5; pass++) {
    const before = text;
    text = sortedOnce(file.path, before, options);
    if (text === before) break;
  }
  return { text };
}

function sortedOnce(path: string, text: string, options: SortOptions): string {
  using file = readRequirements(path, text);
  const rows = new Rows(file);
  const sections = sectionsOf(file);
  for (const section of options.groups === "merge" ? merged(sections, file) : sections) {
    rows.write(section, withoutDuplicates(sorted(section.blocks), file));
  }
  return rows.text();
}

/** Where a requirement stands out of order, and the one that it belongs before. */
export interface UnsortedPlace {
  readonly entry: Entry;
  readonly before: Entry;
}

/**
 * The first requirement out of order of each section; none in a file that a tool wrote. What has no name has no place
 * in the order either.
 */
export function unsortedPlaces(file: RequirementsFile): UnsortedPlace[] {
  if (generatedBy(file)) return [];
  return sectionsOf(file).flatMap((section) => {
    const blocks = section.blocks.filter(({ entry }) => entry.name !== undefined);
    const index = blocks.findIndex(({ entry }, at) => at > 0 && compare(blocks[at - 1]?.entry ?? entry, entry) > 0);
    const entry = blocks[index]?.entry;
    const before = entry && blocks.find((other) => compare(other.entry, entry) > 0)?.entry;
    return entry && before ? [{ entry, before }] : [];
  });
}

function sorted(blocks: readonly Block[]): Block[] {
  return [...blocks].sort((left, right) => compare(left.entry, right.entry));
}

/** Nameless URLs and paths first, in their order; then by name, then without extras before with. */
function compare(left: Entry, right: Entry): number {
  if (left.name === undefined || right.name === undefined) {
    return Number(left.name !== undefined) - Number(right.name !== undefined);
  }
  return byCodeUnits(normalizedName(left.name), normalizedName(right.name)) || byCodeUnits(extras(left), extras(right));
}

/** Never `localeCompare`: the order must be the same on every machine. */
function byCodeUnits(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

function extras(entry: Entry): string {
  return entry.extras.map(normalizedName).sort().join();
}

/** Exact duplicates stand next to each other after sorting: the first spelling stays, with the comments of all. */
function withoutDuplicates(blocks: readonly Block[], file: RequirementsFile): Block[] {
  const kept = new Map<string, Block>();
  for (const block of blocks) {
    const key = meaning(block.entry, file);
    const twin = kept.get(key);
    const comments = twin && { above: [...twin.above, ...block.above], below: [...twin.below, ...block.below] };
    kept.set(key, twin ? { ...twin, ...comments } : block);
  }
  return [...kept.values()];
}

/** Equal for requirements that pip cannot tell apart and whose comments on the line do not differ. */
function meaning(entry: Entry, { text }: RequirementsFile): string {
  const { kind, name = "", specifier, marker = "", url = "", path = "", options, comment } = entry;
  const remark = comment ? text.slice(comment.start, comment.end) : "";
  const nameless = entry.name === undefined ? String(entry.at.start) : "";
  const parts = [kind, normalizedName(name), extras(entry), specifier.replace(/\s/g, ""), marker, url, path];
  return JSON.stringify([...parts, options, remark, nameless]);
}

/** Joins groups that only blank lines part. */
function merged(sections: readonly Section[], file: RequirementsFile): Section[] {
  const result: Section[] = [];
  for (const section of sections) {
    const last = result.at(-1);
    if (last && section.heading.length === 0 && last.tail.length === 0 && isBlankBetween(last, section, file)) {
      result[result.length - 1] = { ...last, blocks: [...last.blocks, ...section.blocks], tail: section.tail };
    } else {
      result.push(section);
    }
  }
  return result;
}

function isBlankBetween(left: Section, right: Section, file: RequirementsFile): boolean {
  const behind = linesOf(left.blocks).at(-1) ?? 0;
  const [before = 0] = linesOf(right.blocks);
  return file.physicalLines
    .slice(behind + 1, before)
    .every(({ start, end }) => file.text.slice(start, end).trim() === "");
}

function linesOf(blocks: readonly Block[]): number[] {
  return blocks.flatMap(({ above, own, below }) => [...above, ...own, ...below]);
}

/** The physical lines of a file, written anew section by section. */
class Rows {
  readonly #file: RequirementsFile;
  readonly #ends: readonly string[];
  /** What stands in place of a line; undefined for a line that is as it was. */
  readonly #replaced = new Map<number, readonly number[]>();
  readonly #lineEnd: string;

  constructor(file: RequirementsFile) {
    this.#file = file;
    this.#ends = file.physicalLines.map((line, index) =>
      file.text.slice(line.end, file.physicalLines[index + 1]?.start ?? file.text.length),
    );
    this.#lineEnd = dominant(this.#ends);
  }

  /** Puts blocks in the place of a section's, with whatever stood between those. */
  write(section: Section, blocks: readonly Block[]): void {
    const before = linesOf(section.blocks);
    const after = linesOf(blocks);
    const [first = 0] = before;
    const last = before.at(-1) ?? first;
    if (last - first + 1 === after.length && after.every((line, index) => line === first + index)) return;
    for (let line = first; line <= last; line++) this.#replaced.set(line, line === first ? after : []);
  }

  text(): string {
    const { text, physicalLines, entries } = this.#file;
    const pieces = physicalLines.map((span, line) => {
      const replaced = this.#replaced.get(line);
      if (!replaced) return text.slice(span.start, span.end) + this.#ends[line];
      return replaced.map((moved) => this.#content(moved) + this.#lineEnd).join("");
    });
    const whole = pieces.join("");
    return entries.length === 0 || /[\r\n]$/.test(whole) ? whole : whole + this.#lineEnd;
  }

  #content(line: number): string {
    const span = this.#file.physicalLines[line];
    return span ? this.#file.text.slice(span.start, span.end) : "";
  }
}

/** The line end that most lines have; the first of equals. */
function dominant(ends: readonly string[]): string {
  const count = (end: string) => ends.filter((each) => each === end).length;
  return ["\n", "\r\n", "\r"].reduce((best, end) => (count(end) > count(best) ? end : best));
}
