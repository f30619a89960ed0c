import type { Span } from "../core/text.ts";
import type { LogicalLine } from "./lines.ts";
import { eggOf, wheelOf } from "./links.ts";
import type { Entry } from "./model.ts";
import type { Refusal } from "./options.ts";
import type { Head } from "./pep508.ts";
import { parseVersion, versionText } from "./version.ts";

/** What a line's text says, beyond its place. */
export type Reading = Pick<
  Entry,
  "kind" | "name" | "nameAt" | "extras" | "specifier" | "specifierAt" | "marker" | "url" | "path" | "error"
>;

export const emptyReading: Reading = {
  kind: "requirement",
  name: undefined,
  nameAt: undefined,
  extras: [],
  specifier: "",
  specifierAt: undefined,
  marker: undefined,
  url: undefined,
  path: undefined,
  error: undefined,
};

/** A line that pip refuses. */
export function refused(refusal: Refusal, place: LogicalLine["spanOf"]): Reading {
  const error = { message: refusal.message, at: place(refusal.start, refusal.end) };
  return { ...emptyReading, kind: "error", error };
}

type NameInUrl = Pick<Reading, "name" | "nameAt" | "specifier">;

/** The name that a URL or path tells: its wheel's, with the version, else the one behind `#egg=`. */
export function nameInUrl(url: string, offset: number, place: LogicalLine["spanOf"]): NameInUrl {
  const wheel = wheelOf(url);
  if (wheel) {
    const start = url.indexOf(wheel.name, url.lastIndexOf("/") + 1);
    const nameAt = start < 0 ? undefined : place(offset + start, offset + start + wheel.name.length);
    const version = parseVersion(wheel.version);
    return { name: wheel.name, nameAt, specifier: version ? `==${versionText(version)}` : "" };
  }
  return nameInFragment(url, offset, place);
}

/** The name behind a URL's `#egg=`. */
export function nameInFragment(url: string, offset: number, place: LogicalLine["spanOf"]): NameInUrl {
  const egg = eggOf(url);
  if (!egg) return { name: undefined, nameAt: undefined, specifier: "" };
  const start = offset + egg.start;
  return { name: egg.name, nameAt: place(start, start + egg.name.length), specifier: "" };
}

/** The values of a requirement; `at` turns spans of `text` into spans of the file. */
export function readingOf(head: Head, text: string, at: (span: Span) => Span): Reading {
  const spelt = (span: Span) => text.slice(span.start, span.end);
  return {
    ...emptyReading,
    name: spelt(head.name),
    nameAt: at(head.name),
    extras: [...new Set(head.extras.map(spelt))],
    specifier: head.specifier,
    specifierAt: head.url ? undefined : at(head.specifiers ?? { start: head.nameEnd, end: head.nameEnd }),
    url: head.url && spelt(head.url),
  };
}
