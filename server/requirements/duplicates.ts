import { normalizedName } from "../project/project.ts";
import { isPlace } from "./correction.ts";
import { type IncludedFile, includedFiles } from "./includes.ts";
import type { Entry, RequirementsFile } from "./model.ts";
import { normalMarker } from "./normal-form.ts";
import { isUnsatisfiable } from "./specifier.ts";

/** An entry and the file that it stands in. */
export interface Place {
  readonly file: RequirementsFile;
  readonly entry: Entry;
}

/** Two requirements of one distribution under the same marker. */
export interface Duplicate {
  /** Where it is told: the later of both, or the line of the first file that brings the later one in. */
  readonly entry: Entry;
  readonly one: Place;
  readonly other: Place;
  /** No version satisfies both. */
  readonly isContradiction: boolean;
}

/**
 * Distributions that a requirements file names twice, also through the files that it brings in. Other extras are
 * another request, and a constraint repeats names by its nature: both count only where they contradict. So do two
 * files that are both brought in.
 */
export function duplicatesIn(file: RequirementsFile, textAt: (path: string) => string | undefined): Duplicate[] {
  const included = includedFiles(file, textAt);
  const places: Candidate[] = [
    ...file.entries.map((entry) => ({ file, entry, told: entry, via: undefined })),
    ...included.flatMap((from) => from.file.entries.map((entry) => ({ ...from, entry, told: from.via }))),
  ];
  const named = new Map<string, Candidate[]>();
  const found: Duplicate[] = [];
  for (const place of places) {
    const name = nameOf(place.entry);
    if (name === undefined) continue;
    const others = named.get(name) ?? [];
    named.set(name, others);
    const before = others.find((other) => hasSameMarker(other.entry, place.entry));
    if (before) found.push(...duplicate(before, place));
    else others.push(place);
  }
  return found;
}

interface Candidate extends Place, Partial<Pick<IncludedFile, "isConstraint">> {
  /** The entry of the first file. */
  readonly told: Entry;
  readonly via: Entry | undefined;
}

function nameOf({ kind, name, url }: Entry): string | undefined {
  if ((kind !== "requirement" && kind !== "editable") || name === undefined) return undefined;
  // `git@github.com:x.git` is nothing of that name.
  return url !== undefined && !isPlace(url) ? undefined : normalizedName(name);
}

function hasSameMarker(one: Entry, other: Entry): boolean {
  if (one.marker === undefined || other.marker === undefined) return one.marker === other.marker;
  return one.marker === other.marker || normalMarker(one.marker) === normalMarker(other.marker);
}

function duplicate(before: Candidate, after: Candidate): Duplicate[] {
  const isContradiction = contradicts(before.entry, after.entry);
  const isConstraint = before.isConstraint === true || after.isConstraint === true;
  const isElsewhere = before.via !== undefined && after.via !== undefined;
  const isOther = isConstraint || isElsewhere || extrasOf(before.entry) !== extrasOf(after.entry);
  if (!isContradiction && isOther) return [];
  // What the first file says itself is told there, and the included file stands beside it.
  const isHere = before.via === undefined;
  const [one, other] = isHere && after.via !== undefined ? [after, before] : [before, after];
  return [{ entry: isHere && after.via !== undefined ? before.told : after.told, one, other, isContradiction }];
}

/** Whether each can be had and both together cannot. */
function contradicts(one: Entry, other: Entry): boolean {
  const specifiers = [one.specifier, other.specifier];
  if (specifiers.includes("") || specifiers.some(isUnsatisfiable)) return false;
  return isUnsatisfiable(specifiers.join(","));
}

export function extrasOf({ extras }: Entry): string {
  return extras.map(normalizedName).sort().join();
}
