import type { Edit } from "../core/edit.ts";
import { applyEdits } from "../core/edit.ts";
import type { Span } from "../core/text.ts";
import type { Entry, RequirementsFile } from "./model.ts";
import { normalMarker, normalSpecifier } from "./normal-form.ts";
import { readRequirements } from "./reader.ts";

/**
 * The edits that space each line as people write it: none around operators of versions, one blank before and behind
 * the `;` of a marker, two before a comment behind a requirement. Options, URLs, hashes and lines with continuations
 * stay, and so does every line that would not be read as the same afterwards. `within` leaves other lines alone.
 */
export function spacingEdits(file: RequirementsFile, within?: Span): Edit[] {
  const edits: Edit[] = [];
  for (const entry of file.entries) {
    if (within && (entry.at.end < within.start || within.end < entry.at.start)) continue;
    const line = lineOf(entry, file);
    if (!line) continue;
    const changes = [...requirementEdits(entry, file), ...commentEdits(entry, file)];
    if (changes.length > 0 && isSame(entry, line, changes, file)) edits.push(...changes);
  }
  return edits;
}

/** The physical line of an entry that has only one and that pip accepts. */
function lineOf(entry: Entry, { physicalLines, text }: RequirementsFile): Span | undefined {
  const line = physicalLines[entry.line];
  if (!line || entry.line !== entry.endLine || entry.kind === "error" || entry.error) return undefined;
  return text.slice(line.start, line.end).endsWith("\\") ? undefined : line;
}

function requirementEdits(entry: Entry, { text }: RequirementsFile): Edit[] {
  const { nameAt, specifierAt, specifier } = entry;
  if (entry.kind !== "requirement" || entry.url !== undefined || entry.path !== undefined) return [];
  if (!nameAt || !specifierAt || specifier.includes("===")) return [];
  const edits: Edit[] = [];
  const isPlain = specifier !== "" && !text.startsWith("(", specifierAt.start);
  if (isPlain) {
    const start = blanksBefore(text, specifierAt.start);
    edits.push(...changed(text, { start, end: specifierAt.end }, specifier.replace(/[ \t]+/g, "")));
  }
  if (entry.marker === undefined) return edits;
  const semicolon = text.indexOf(";", Math.max(specifierAt.end, nameAt.end));
  const behind = /^;[ \t]*/.exec(text.slice(semicolon))?.[0] ?? ";";
  const around = { start: blanksBefore(text, semicolon), end: semicolon + behind.length };
  return [...edits, ...changed(text, around, " ; ")];
}

function commentEdits(entry: Entry, { text }: RequirementsFile): Edit[] {
  if (!entry.comment) return [];
  const start = blanksBefore(text, entry.comment.start);
  return start < entry.at.end ? [] : changed(text, { start, end: entry.comment.start }, "  ");
}

function blanksBefore(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && /[ \t]/.test(text.charAt(start - 1))) start--;
  return start;
}

function changed(text: string, at: Span, spaced: string): Edit[] {
  return text.slice(at.start, at.end) === spaced ? [] : [{ at, text: spaced }];
}

/** Whether the line says the same to pip after the edits. */
function isSame(entry: Entry, line: Span, edits: readonly Edit[], file: RequirementsFile): boolean {
  const move = ({ start, end }: Span) => ({ start: start - line.start, end: end - line.start });
  const before = file.text.slice(line.start, line.end);
  const after = applyEdits(
    before,
    edits.map(({ at, text }) => ({ at: move(at), text })),
  );
  using read = readRequirements(file.path, after);
  const [again, ...others] = read.entries;
  if (!again || others.length > 0) return false;
  return meaningOf(again, after) === meaningOf({ ...entry, comment: entry.comment && move(entry.comment) }, before);
}

function meaningOf(entry: Entry, line: string): string {
  const { kind, name, extras, url, path, options, comment, error } = entry;
  const marker = entry.marker === undefined ? undefined : normalMarker(entry.marker);
  const note = comment && line.slice(comment.start, comment.end);
  return JSON.stringify([
    kind,
    name,
    extras,
    normalSpecifier(entry.specifier),
    marker,
    url,
    path,
    options,
    note,
    error,
  ]);
}
