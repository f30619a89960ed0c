import type { Node } from "web-tree-sitter";
import type { Span } from "../core/text.ts";
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
import { type Head, hasValidStrings, headOf, isMarker, isTooDeep, readHead } from "./pep508.ts";
import { emptyReading, nameInUrl, type Reading, readingOf, refused } from "./reading.ts";
import { explainHead, explainTrailing } from "./refusal.ts";

/** The part of a line before its options, and how to get the tree's node that begins there. */
export interface Arguments {
  readonly args: string;
  readonly place: LogicalLine["spanOf"];
  /** The text that `node` was parsed from. */
  readonly text: string;
  readonly node: () => Node | undefined;
}

/** Reads the part of a line before its options, as `parse_req_from_line` of pip's `constructors.py` does. */
export function readArguments(from: Arguments): Reading {
  const { args, place } = from;
  const invalidHost = refuseHost(args);
  if (invalidHost) return refused(invalidHost, place);
  const separator = isUrl(args) ? "; " : ";";
  const semicolon = args.indexOf(separator);
  const head = stripEnd(semicolon < 0 ? args : args.slice(0, semicolon));
  const markerStart = semicolon < 0 ? args.length : semicolon + separator.length;
  const marker = strip(args.slice(markerStart));
  const start = args.indexOf(marker, markerStart);
  if (marker !== "" && !hasMarker(from, start, marker)) {
    return refused(explainMarker(marker), (from, to) => place(start + from, start + to));
  }
  const reading = isUrl(head) ? readLink(head, place) : readNamed(from, head);
  return marker === "" || reading.kind === "error" ? reading : { ...reading, marker };
}

function hasMarker(from: Arguments, start: number, marker: string): boolean {
  const requirement = from.node();
  const node = requirement?.type === "requirement" ? requirement.childForFieldName("marker") : undefined;
  const span = from.place(start, start + marker.length);
  if (node && !node.hasError && isAt(node, span, marker) && !isTooDeep(marker)) return hasValidStrings(node);
  return isMarker(marker);
}

/** Whether a node of the file's tree holds exactly this part of the logical line, with nothing dropped in between. */
function isAt(node: Node, span: Span, text: string): boolean {
  return node.startIndex === span.start && node.endIndex === span.end && span.end - span.start === text.length;
}

/** A URL without a name in front. */
function readLink(url: string, place: LogicalLine["spanOf"]): Reading {
  const refusal = refuseBareUrl(url) ?? refuseWheel(url);
  if (refusal) return refused(refusal, place);
  const hasName = !isRelativeFile(url) || wheelOf(url) !== undefined;
  return { ...emptyReading, ...(hasName ? nameInUrl(url, 0, place) : {}), url };
}

/** A requirement by name, or a path. */
function readNamed(from: Arguments, head: string): Reading {
  const { place } = from;
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
  const named = readName(from, head);
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

/** `name==1.2.3`, as most lines are: nothing that a tree could tell better, and asking one takes ten times longer. */
function plainHead(head: string): Head | undefined {
  const [all, name, version] = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)==(\d+(?:\.\d+)*)$/.exec(head) ?? [];
  if (all === undefined || name === undefined || version === undefined) return undefined;
  const [nameEnd, end] = [name.length, all.length];
  const specifiers = { start: nameEnd, end };
  return {
    name: { start: 0, end: nameEnd },
    extras: [],
    nameEnd,
    specifiers,
    specifier: `==${version}`,
    url: undefined,
    end,
  };
}

function readName(from: Arguments, head: string): Reading | undefined {
  const { text, place } = from;
  const plain = plainHead(head);
  if (plain) return readingOf(plain, head, (span) => place(span.start, span.end));
  const node = from.node();
  const whole = place(0, head.length);
  // A head with something dropped in between, or read otherwise by the grammar, is parsed apart.
  const isWhole = node?.type === "requirement" && whole.end - whole.start === head.length;
  const found = isWhole ? headOf(node, text) : undefined;
  if (found?.end === whole.end) return readingOf(found, text, (span) => span);
  const apart = readHead(head);
  return apart && readingOf(apart, head, (span) => place(span.start, span.end));
}
