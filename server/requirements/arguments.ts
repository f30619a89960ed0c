import type { Node } from "web-tree-sitter";
import type { Span } from "../core/text.ts";
import { strip, stripEnd } from "./blanks.ts";
import type { LogicalLine } from "./lines.ts";
import { isArchive, isUrl, normalizedPath, refuseUrl, refuseWheel, trailingExtras } from "./links.ts";
import { hasValidStrings, headEnd, headOf, isMarker, readHead } from "./pep508.ts";
import { emptyReading, nameInUrl, type Reading, readingOf, refused } from "./reading.ts";
import { explainHead, explainMarker } from "./refusal.ts";

/** The part of a line before its options, and the tree's node that begins there. */
export interface Arguments {
  readonly args: string;
  readonly place: LogicalLine["spanOf"];
  /** The text that `node` was parsed from. */
  readonly text: string;
  readonly node: Node | undefined;
}

/** Reads the part of a line before its options, as `parse_req_from_line` of pip's `constructors.py` does. */
export function readArguments(from: Arguments): Reading {
  const { args, place } = from;
  const separator = isUrl(args) ? "; " : ";";
  const semicolon = args.indexOf(separator);
  const head = stripEnd(semicolon < 0 ? args : args.slice(0, semicolon));
  const markerStart = semicolon < 0 ? args.length : semicolon + separator.length;
  const marker = strip(args.slice(markerStart));
  const start = args.indexOf(marker, markerStart);
  if (marker !== "" && !hasMarker(from, start, marker)) {
    const refusal = explainMarker(marker);
    return refused({ ...refusal, start: start + refusal.start, end: start + refusal.end }, place);
  }
  const reading = isUrl(head) ? readLink(head, place) : readNamed(from, head);
  return marker === "" || reading.kind === "error" ? reading : { ...reading, marker };
}

function hasMarker(from: Arguments, start: number, marker: string): boolean {
  const node = from.node?.type === "requirement" ? from.node.childForFieldName("marker") : undefined;
  const span = from.place(start, start + marker.length);
  if (node && !node.hasError && isAt(node, span, marker)) return hasValidStrings(node);
  return isMarker(marker);
}

/** Whether a node of the file's tree holds exactly this part of the logical line, with nothing dropped in between. */
function isAt(node: Node, span: Span, text: string): boolean {
  return node.startIndex === span.start && node.endIndex === span.end && span.end - span.start === text.length;
}

/** A URL without a name in front. */
function readLink(url: string, place: LogicalLine["spanOf"]): Reading {
  const refusal = refuseUrl(url) ?? refuseWheel(url);
  if (refusal) return refused(refusal, place);
  return { ...emptyReading, ...nameInUrl(url, 0, place), url };
}

/** A requirement by name, or a path. */
function readNamed(from: Arguments, head: string): Reading {
  const { place } = from;
  const trailing = trailingExtras(normalizedPath(head));
  const bracketed = trailing && readHead(`placeholder[${trailing.extras.toLowerCase()}]`);
  if (trailing && !bracketed) return refused(explainHead(head), place);
  if (isArchivePath(trailing?.before ?? head, head)) {
    const refusal = refuseWheel(head);
    if (refusal) return refused(refusal, place);
    return {
      ...emptyReading,
      ...nameInUrl(head, 0, place),
      extras: namesIn(trailing?.extras.toLowerCase()),
      path: head,
    };
  }
  const named = namedHead(from, head);
  if (!named) {
    if (head.includes("/")) return { ...emptyReading, path: head };
    return refused(explainHead(head), place);
  }
  const url = named.reading.url;
  const refusal = url === undefined ? undefined : refuseUrl(url);
  if (refusal) {
    const offset = head.lastIndexOf(url ?? "");
    return refused({ ...refusal, start: offset + refusal.start, end: offset + refusal.end }, place);
  }
  // pip takes brackets at the very end for the extras of a path, and lower-cases them.
  const extras = namesIn(trailing?.extras.toLowerCase());
  return extras.length > 0 ? { ...named.reading, extras } : named.reading;
}

function isArchivePath(path: string, head: string): boolean {
  if (!isArchive(path)) return false;
  const at = head.indexOf("@");
  const beforeAt = head.slice(0, Math.max(at, 0));
  return at < 0 || beforeAt.includes("/") || beforeAt.startsWith(".");
}

/** The names of a list that is known to be valid. */
function namesIn(extras: string | undefined): string[] {
  return extras?.match(/[a-z0-9][a-z0-9._-]*/g) ?? [];
}

function namedHead(from: Arguments, head: string): { reading: Reading } | undefined {
  const { node, text, place } = from;
  const whole = place(0, head.length);
  const inFile = node?.type === "requirement" && whole.end - whole.start === head.length && headEnd(node) === whole.end;
  const found = inFile ? headOf(node, text) : undefined;
  if (found) return { reading: readingOf(found, text, (span) => span) };
  const apart = readHead(head);
  return apart && { reading: readingOf(apart, head, (span) => place(span.start, span.end)) };
}
