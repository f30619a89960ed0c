import { strip, stripEnd } from "./blanks.ts";
import type { LogicalLine } from "./lines.ts";
import {
  isArchive,
  isRelativeFile,
  isUrl,
  normalizedPath,
  refuseBareUrl,
  refuseHost,
  refuseUrl,
  refuseWheel,
  trailingExtras,
  wheelOf,
} from "./links.ts";
import { explainMarker } from "./marker-refusal.ts";
import { readHead } from "./pep508.ts";
import { emptyReading, nameInUrl, type Reading, readingOf, refused } from "./reading.ts";
import { explainHead, explainTrailing } from "./refusal.ts";

/**
 * Reads the part of a line before its options, as `parse_req_from_line` of pip's `constructors.py` does. `isMarker` says
 * whether a text is a marker.
 */
export function readArguments(
  args: string,
  place: LogicalLine["spanOf"],
  isMarker: (marker: string) => boolean,
): Reading {
  const invalidHost = refuseHost(args);
  if (invalidHost) return refused(invalidHost, place);
  const separator = isUrl(args) ? "; " : ";";
  const semicolon = args.indexOf(separator);
  const head = stripEnd(semicolon < 0 ? args : args.slice(0, semicolon));
  const markerStart = semicolon < 0 ? args.length : semicolon + separator.length;
  const marker = strip(args.slice(markerStart));
  const start = args.indexOf(marker, markerStart);
  if (marker !== "" && !isMarker(marker)) {
    return refused(explainMarker(marker), (from, to) => place(start + from, start + to));
  }
  const reading = isUrl(head) ? readLink(head, place) : readNamed(head, place);
  return marker === "" || reading.kind === "error" ? reading : { ...reading, marker };
}

/** A URL without a name in front. */
function readLink(url: string, place: LogicalLine["spanOf"]): Reading {
  const refusal = refuseBareUrl(url) ?? refuseWheel(url);
  if (refusal) return refused(refusal, place);
  const hasName = !isRelativeFile(url) || wheelOf(url) !== undefined;
  return { ...emptyReading, ...(hasName ? nameInUrl(url, 0, place) : {}), url };
}

/** A requirement by name, or a path. */
function readNamed(head: string, place: LogicalLine["spanOf"]): Reading {
  // pip takes brackets at the very end for the extras of a path, and lower-cases them, whatever stands before.
  const bracketed = head.includes("]") ? trailingExtras(normalizedPath(head))?.extras.toLowerCase() : undefined;
  if (bracketed !== undefined && !readHead(`placeholder[${bracketed}]`)) {
    return refused(explainTrailing(head.replace(/\/+$/, ""), bracketed), place);
  }
  const extras = [...new Set(bracketed?.match(/[a-z0-9][a-z0-9._-]*/g))];
  const location = trailingExtras(head.replace(/\/+$/, ""))?.before ?? head;
  if (isArchivePath(location, head)) {
    const refusal = refuseWheel(location);
    if (refusal) return refused(refusal, place);
    return { ...emptyReading, ...nameInUrl(location, 0, place), extras, path: location };
  }
  const found = readHead(head);
  const named = found && readingOf(found, head, (span) => place(span.start, span.end));
  if (!named) return isPath(location) ? readPath(location, extras, place) : refused(explainHead(head), place);
  const url = named.url;
  const refusal = url === undefined ? undefined : refuseUrl(url);
  if (refusal) {
    const offset = head.lastIndexOf(url ?? "");
    return refused(refusal, (start, end) => place(offset + start, offset + end));
  }
  return extras.length > 0 ? { ...named, extras } : named;
}

/** pip takes prose with a slash for a path too; the reason why it is no requirement says more. */
function readPath(location: string, extras: readonly string[], place: LogicalLine["spanOf"]): Reading {
  const reading = { ...emptyReading, extras, path: location };
  const isProse = /[ \t]/.test(location) && !/^[./~]/.test(location);
  return isProse ? { ...reading, error: refused(explainHead(location), place).error } : reading;
}

/** What pip takes for a path; `.` and `..` are there always, other names may not be. */
function isPath(location: string): boolean {
  return location.includes("/") || location === "." || location === "..";
}

function isArchivePath(location: string, head: string): boolean {
  if (!isArchive(location)) return false;
  const at = head.indexOf("@");
  const beforeAt = head.slice(0, Math.max(at, 0));
  return at < 0 || beforeAt.includes("/") || beforeAt.startsWith(".");
}
