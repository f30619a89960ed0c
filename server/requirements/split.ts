import * as l10n from "@vscode/l10n";
import type { Edit } from "../core/edit.ts";
import { normalizedName } from "../project/project.ts";
import { generatedBy, refusalFor } from "./generated.ts";
import type { Entry, RequirementsFile } from "./model.ts";
import { normalMarker, normalSpecifier } from "./normal-form.ts";
import { readRequirements } from "./reader.ts";
import { sectionsOf } from "./sections.ts";
import { sortRequirements } from "./sort.ts";

/** A requirements file in two: what is asked for, and the versions that bind whatever comes along. */
export interface Split {
  /** For the file itself. */
  readonly edits: readonly Edit[];
  /** The whole new text of the lock file. */
  readonly lock: string;
  readonly moved: readonly Entry[];
}

/**
 * Moves requirements to a lock file, which the file then names with `-c`: pip installs only what is still asked for,
 * and everything that comes along in the versions of the lock. Lines move with their comments. What a constraint cannot
 * say (extras, URLs, paths) stays, and so does what the lock (`path` relative to the file) holds in another version.
 */
export function splitRequirements(
  file: RequirementsFile,
  lock: { readonly path: string; readonly text: string },
  moves: (entry: Entry) => boolean,
): Split | { readonly refused: string } {
  const generated = generatedBy(file);
  if (generated) return { refused: refusalFor(generated) };
  using locked = readRequirements(lock.path, lock.text);
  const blocks = sectionsOf(file)
    .flatMap((section) => section.blocks)
    .filter(({ entry }) => isConstraint(entry) && !isOtherwise(entry, locked) && moves(entry));
  if (blocks.length === 0) return { refused: l10n.t("Every requirement here is used, or cannot be a constraint") };
  const lineEnd = /\r\n|\n|\r/.exec(file.text)?.[0] ?? "\n";
  const cuts = blocks.map(({ above, own, below }): Edit => {
    const lines = [...above, ...own, ...below].sort((a, b) => a - b);
    const start = file.physicalLines[lines[0] ?? 0]?.start ?? 0;
    return { at: { start, end: file.physicalLines[(lines.at(-1) ?? 0) + 1]?.start ?? file.text.length }, text: "" };
  });
  const added = blocks.flatMap(({ entry }, index) => {
    const { start = 0, end = 0 } = cuts[index]?.at ?? {};
    return isLocked(entry, locked) ? [] : [file.text.slice(start, end).replace(/[\r\n]*$/, lineEnd)];
  });
  const before = lock.text === "" || /[\r\n]$/.test(lock.text) ? lock.text : lock.text + lineEnd;
  return {
    edits: merged([...referenceEdits(file, lock.path, lineEnd), ...cuts]),
    lock: sorted(lock.path, before + added.join("")),
    moved: blocks.map(({ entry }) => entry),
  };
}

/** pip refuses extras and locations in a file of constraints; hashes would then be wanted everywhere. */
function isConstraint(entry: Entry): boolean {
  const isPlain = entry.kind === "requirement" && entry.name !== undefined && entry.url === undefined;
  return isPlain && entry.path === undefined && entry.extras.length === 0 && entry.options.length === 0;
}

function sayings({ specifier, marker }: Entry): string {
  return JSON.stringify([normalSpecifier(specifier), marker === undefined ? "" : normalMarker(marker)]);
}

function sameName(entry: Entry, locked: RequirementsFile): readonly Entry[] {
  const name = normalizedName(entry.name ?? "");
  return locked.entries.filter((each) => each.name !== undefined && normalizedName(each.name) === name);
}

function isLocked(entry: Entry, locked: RequirementsFile): boolean {
  return sameName(entry, locked).some((each) => sayings(each) === sayings(entry));
}

function isOtherwise(entry: Entry, locked: RequirementsFile): boolean {
  return sameName(entry, locked).some((each) => sayings(each) !== sayings(entry));
}

/** `-c` at the top, behind comments that stand there alone, unless the file says it already. */
function referenceEdits(file: RequirementsFile, path: string, lineEnd: string): Edit[] {
  if (file.entries.some((entry) => entry.kind === "constraint" && entry.path === path)) return [];
  const head = /^(?:#[^\r\n]*(?:\r\n|\n|\r))+(?=[ \t]*(?:\r\n|\n|\r))/.exec(file.text)?.[0] ?? "";
  return [{ at: { start: head.length, end: head.length }, text: `-c ${path}${lineEnd}` }];
}

/** Edits at one place, or one behind the other without a gap, as one. */
function merged(edits: readonly Edit[]): Edit[] {
  const result: Edit[] = [];
  for (const edit of [...edits].sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end)) {
    const last = result.at(-1);
    if (last && last.at.end === edit.at.start) {
      result[result.length - 1] = { at: { start: last.at.start, end: edit.at.end }, text: last.text + edit.text };
    } else result.push(edit);
  }
  return result;
}

function sorted(path: string, text: string): string {
  using file = readRequirements(path, text);
  const result = sortRequirements(file);
  return "text" in result ? result.text : text;
}
