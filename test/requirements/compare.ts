import type { RequirementsFile } from "../../server/requirements/model.ts";
import { requirementsReport } from "../../server/requirements/report.ts";
import type { PipEntry } from "./pip.ts";

/** What is compared of one entry: all that pip reads, save texts that depend on the machine. */
function comparable(entry: PipEntry): unknown {
  const { line, endLine, kind } = entry;
  if (kind === "error" || kind === "option") return { line, endLine, kind };
  if (kind === "include" || kind === "constraint") return { line, endLine, kind, path: entry.path };
  if (entry.path === true) return { line, endLine, kind, path: true };
  const url = entry.url?.startsWith("file:") ? "file:" : entry.url;
  const { name, extras, specifier, marker, hashes } = entry;
  return { line, endLine, kind, name, extras, specifier, marker, url, hashes };
}

/** The entries of pip and ours, one JSON text each, for `assert.deepEqual` and for counting. */
export function comparison(file: RequirementsFile, pip: readonly PipEntry[]): { pip: string[]; ours: string[] } {
  const report = requirementsReport(file, "utf-8").entries;
  const ours = report.map((entry, index): PipEntry => {
    const path = file.entries[index]?.path;
    if (entry.kind === "include" || entry.kind === "constraint") return { ...entry, error: "", path: path ?? "" };
    const theirs = pip[index];
    // Whether a path exists, pip alone knows here: it says so, or gives a URL of the file.
    if (path !== undefined && theirs?.path === true) return { ...entry, error: "", path: true };
    const url = path !== undefined ? "file:" : entry.url;
    const hashes = entry.options.filter((option) => /^['"]?--ha/.test(option)).length;
    return { ...entry, error: "", url, hashes };
  });
  return {
    pip: pip.map((entry) => JSON.stringify(comparable(entry))),
    ours: ours.map((entry) => JSON.stringify(comparable(entry))),
  };
}
