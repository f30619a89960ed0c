import { masked } from "../core/credentials.ts";
import type { Span } from "../core/text.ts";
import { normalizedName } from "../project/project.ts";
import type { Entry, RequirementsFile } from "./model.ts";
import { sectionsOf } from "./sections.ts";

/** What an editor lists of a file: the sections under their headings, and in them the requirements. */
export interface OutlineItem {
  readonly kind: "section" | "requirement" | "file";
  readonly name: string;
  /** The versions, or nothing. */
  readonly detail: string;
  readonly at: Span;
  readonly nameAt: Span;
  readonly items: readonly OutlineItem[];
}

/** The sections in the order of the text; what stands before the first heading is not in one. */
export function outlineOf(file: RequirementsFile): OutlineItem[] {
  const headings = headingsOf(file);
  const items = file.entries.flatMap((entry) => itemOf(entry, file));
  const inside = (span: Span) => items.filter(({ at }) => span.start <= at.start && at.start < span.end);
  const first = headings[0]?.at.start ?? Number.POSITIVE_INFINITY;
  const sections = headings.map((heading, index) => {
    const all = inside({ start: heading.at.end, end: headings[index + 1]?.at.start ?? Number.POSITIVE_INFINITY });
    const end = all.at(-1)?.at.end ?? heading.at.end;
    const at = { start: heading.at.start, end };
    return { kind: "section", name: heading.title, detail: "", at, nameAt: heading.at, items: all } as const;
  });
  return [...items.filter(({ at }) => at.start < first), ...sections];
}

interface Heading {
  readonly title: string;
  readonly at: Span;
}

/**
 * Comment lines that speak for what follows: the titles of {@link sectionsOf}, and short ones at the start of a
 * paragraph which neither name the requirement below nor are one that was commented out.
 */
function headingsOf(file: RequirementsFile): Heading[] {
  const titles = new Set(sectionsOf(file).flatMap(({ heading }) => heading));
  const entries = new Map(file.entries.map((entry) => [entry.line, entry]));
  const headings: Heading[] = [];
  for (const [line, at] of file.physicalLines.entries()) {
    const text = file.text.slice(at.start, at.end);
    if (!text.startsWith("#")) continue;
    const title = text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N})!?]+$/gu, "");
    const isFirst = !wordsAbove(line, file);
    if (title === "" || !isFirst || /^(?:via\b|groundwork:)/.test(title)) continue;
    const below = entries.get(lineBelow(line, file));
    if (titles.has(line) || isTitle(text, title, below)) headings.push({ title, at });
  }
  return headings;
}

/** Whether the line above has words, too, and is of this paragraph: then a comment only goes on. */
function wordsAbove(line: number, { physicalLines, text, entries }: RequirementsFile): boolean {
  const above = physicalLines[line - 1];
  if (!above || !/[\p{L}\p{N}]/u.test(text.slice(above.start, above.end))) return false;
  const entry = entries.find((each) => each.endLine === line - 1);
  return !entry || entry.kind === "requirement" || entry.kind === "editable";
}

/** The first line below that is neither blank nor a comment. */
function lineBelow(line: number, { physicalLines, text }: RequirementsFile): number {
  let below = line + 1;
  for (; below < physicalLines.length; below++) {
    const { start, end } = physicalLines[below] ?? { start: 0, end: 0 };
    if (!/^\s*(?:#|$)/.test(text.slice(start, end))) break;
  }
  return below;
}

/** Neither a requirement or an option that was commented out, nor a remark about the requirement below. */
function isTitle(text: string, title: string, below: Entry | undefined): boolean {
  const words = title.match(/[\p{L}\p{N}_.-]+/gu) ?? [];
  if (!below || words.length > 4 || /[=<>~@;[\]]|:\/\//.test(title) || /^#+\s*--?[a-z]/i.test(text)) return false;
  const name = below.name === undefined ? undefined : normalizedName(below.name);
  return !words.some((word) => normalizedName(word) === name);
}

function itemOf(entry: Entry, { text }: RequirementsFile): OutlineItem[] {
  if (entry.kind === "option" || entry.kind === "error") return [];
  const isFile = entry.kind === "include" || entry.kind === "constraint";
  const name = isFile ? entry.path : (entry.name ?? entry.url ?? entry.path);
  if (!name) return [];
  const nameAt = entry.nameAt ?? entry.at;
  const spelt = text.slice(entry.at.start, entry.at.end);
  const detail = isFile ? spelt.replace(/[ =].*$/s, "") : entry.specifier;
  return [{ kind: isFile ? "file" : "requirement", name: masked(name), detail, at: entry.at, nameAt, items: [] }];
}
