import { normalizedName } from "../project/project.ts";
import type { Entry, EntryKind, RequirementsFile } from "./model.ts";
import { normalMarker, normalSpecifier } from "./normal-form.ts";

/** What `groundwork requirements --format json` prints of one file; a missing value is null. */
export interface RequirementsReport {
  /** As Python names it: `utf-8`, `utf-8-sig`, `utf-16-le`, `latin-1`. */
  readonly encoding: string;
  readonly entries: readonly ReportEntry[];
}

/** One logical line. The specifier of a named requirement without one is empty. Specifier and marker are in the normal form of Python's `packaging`, extras sorted. */
export interface ReportEntry {
  /** First and last physical line, from 1. */
  readonly line: number;
  readonly endLine: number;
  readonly kind: EntryKind;
  readonly name: string | null;
  readonly extras: readonly string[];
  readonly specifier: string | null;
  readonly marker: string | null;
  readonly url: string | null;
  readonly options: readonly string[];
  readonly error: string | null;
}

/** The file as data, with pip's values. The grammars must be loaded. */
export function requirementsReport(file: RequirementsFile, encoding: string): RequirementsReport {
  return { encoding, entries: file.entries.map(reportEntry) };
}

function reportEntry(entry: Entry): ReportEntry {
  const specifier = normalSpecifier(entry.specifier);
  // Only a wheel's file name tells a version that stands nowhere as a specifier; pip normalises its name.
  const isWheel = specifier !== "" && entry.specifierAt === undefined;
  return {
    line: entry.line + 1,
    endLine: entry.endLine + 1,
    kind: entry.kind,
    name: (isWheel ? normalizedName(entry.name ?? "") : entry.name) ?? null,
    extras: [...entry.extras].sort(),
    specifier: entry.name === undefined ? null : specifier,
    marker: entry.marker === undefined ? null : normalMarker(entry.marker),
    url: entry.url ?? null,
    options: entry.options,
    error: entry.error?.message ?? null,
  };
}
