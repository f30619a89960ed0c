import { wheelOf } from "./links.ts";
import type { Entry, EntryKind, RequirementsFile } from "./model.ts";
import { normalMarker, normalName, normalSpecifier } from "./normal-form.ts";

/** What `groundwork requirements --format json` prints of one file; a missing value is null. */
export interface RequirementsReport {
  /** As Python names it: `utf-8`, `utf-8-sig`, `utf-16-le`, `latin-1`. */
  readonly encoding: string;
  readonly entries: readonly ReportEntry[];
}

/** One logical line. Specifier and marker are in the normal form of Python's `packaging`, extras sorted. */
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
  // A wheel's file name is a requirement of its own: pip reads `name==version` from it.
  const wheel =
    entry.kind === "requirement" && entry.specifierAt === undefined
      ? wheelOf(entry.url ?? entry.path ?? "")
      : undefined;
  const pinned = wheel !== undefined && wheel.name === entry.name;
  const specifier = pinned ? `==${wheel.version}` : normalSpecifier(entry.specifier);
  return {
    line: entry.line + 1,
    endLine: entry.endLine + 1,
    kind: entry.kind,
    name: (pinned ? normalName(wheel.name) : entry.name) ?? null,
    extras: [...entry.extras].sort(),
    specifier: specifier === "" ? null : specifier,
    marker: entry.marker === undefined ? null : normalMarker(entry.marker),
    url: entry.url ?? null,
    options: entry.options,
    error: entry.error?.message ?? null,
  };
}
