import * as l10n from "@vscode/l10n";
import type { LogicalLine } from "./lines.ts";
import { isVcsUrl, refuseUrl, trailingExtras } from "./links.ts";
import type { LineOption } from "./options.ts";
import { isMarker, readHead } from "./pep508.ts";
import { emptyReading, nameInFragment, type Reading, readingOf, refused } from "./reading.ts";
import { explainTrailing } from "./refusal.ts";

/** Reads what `-e` names: `name @ URL`, a URL of a version control system, or a folder (`parse_editable` of pip). */
export function readEditable(option: LineOption, whole: string, place: LogicalLine["spanOf"]): Reading {
  const value = option.value ?? "";
  const straight = whole.startsWith(value, option.valueStart);
  // Quotes or escapes inside the value leave no way back: then every place is the value's.
  const within: LogicalLine["spanOf"] = straight
    ? (start, end) => place(option.valueStart + start, option.valueStart + end)
    : () => place(option.valueStart, option.end);
  return readDirect(value, within) ?? readLocation(value, within);
}

/** `name[extra] @ URL ; marker` (PEP 508), or undefined when the value is nothing like it. */
function readDirect(value: string, place: LogicalLine["spanOf"]): Reading | undefined {
  const match = /^([^@]*@[ \t]*)([^ \t]+)(?:[ \t]+(?:;(.*))?)?$/s.exec(value);
  const [, before = "", url = "", behind] = match ?? [];
  const marker = behind?.replace(/^[ \t]+|[ \t]+$/g, "");
  const named = /^[ \t]*(.*?)[ \t]*@[ \t]*$/s.exec(before)?.[1] ?? "";
  const head = match ? readHead(named) : undefined;
  if (!head || head.specifiers || head.url) return undefined;
  if (marker !== undefined && !isMarker(marker)) return undefined;
  const refusal = refuseUrl(url);
  if (refusal) return refused(refusal, (start, end) => place(before.length + start, before.length + end));
  const offset = before.indexOf(named);
  const reading = readingOf(head, named, (span) => place(offset + span.start, offset + span.end));
  const isPath = !isVcsUrl(url) && !url.startsWith("file:");
  return { ...reading, kind: "editable", specifierAt: undefined, marker, url, path: isPath ? value : undefined };
}

/** A URL, or a path with extras. */
function readLocation(value: string, place: LogicalLine["spanOf"]): Reading {
  const trailing = trailingExtras(value);
  const extras = trailing && readHead(`placeholder[${trailing.extras.toLowerCase()}]`);
  if (trailing && !extras) return refused(explainTrailing(value, trailing.extras), place);
  const names = [...new Set(trailing?.extras.toLowerCase().match(/[a-z0-9][a-z0-9._-]*/g))];
  const location = trailing?.before ?? value;
  if (/^file:/i.test(location)) {
    const refusal = refuseUrl(location);
    if (refusal) return refused(refusal, place);
    return { ...emptyReading, kind: "editable", ...nameInFragment(location, 0, place), extras: names, url: location };
  }
  const prefix = /^(git|hg|svn|bzr):/i.exec(value)?.[1];
  const url = prefix === undefined ? value : `${prefix.toLowerCase()}+${value}`;
  const refusal = refuseUrl(url);
  if (refusal) return refused({ ...refusal, start: 0, end: value.length }, place);
  if (!isVcsUrl(url)) return { ...emptyReading, kind: "editable", extras: names, path: location };
  const named = nameInFragment(value, 0, place);
  if (named.name !== undefined) return { ...emptyReading, kind: "editable", ...named, url };
  const message = l10n.t("pip needs a name before this URL: `name @ URL`");
  return refused({ message, start: 0, end: value.length }, place);
}
