import { withoutCredentials } from "../core/credentials.ts";
import type { Span } from "../core/text.ts";
import type { Entry, RequirementsFile } from "./model.ts";

/** A place that names something elsewhere: a file beside this one, or a page of the web. */
export type Reference =
  /** `path` as it is spelt, relative to the folder of this file (pip), or absolute. */
  { readonly at: Span; readonly path: string } | { readonly at: Span; readonly url: string };

/** What `-r`, `-c` and URLs lead to, in the order of the text. URLs are `http` or `https`, without credentials. */
export function referencesIn(file: RequirementsFile): Reference[] {
  return file.entries.flatMap((entry) => referencesOf(entry, file));
}

/** The reference at an offset, if one stands there. */
export function referenceAt(file: RequirementsFile, offset: number): Reference | undefined {
  return referencesIn(file).find(({ at }) => at.start <= offset && offset <= at.end);
}

function referencesOf(entry: Entry, file: RequirementsFile): Reference[] {
  const isFile = entry.kind === "include" || entry.kind === "constraint";
  if (!isFile || entry.path === undefined || /^[a-z][a-z0-9+.-]*:\/\//i.test(entry.path)) return urlsIn(entry, file);
  const at = placeOf(entry.path, entry, file);
  return at ? [{ at, path: entry.path }] : [];
}

/** The value of an option stands at its end; quotes and continuations inside leave no single place. */
function placeOf(spelt: string, { at }: Entry, { text }: RequirementsFile): Span | undefined {
  const start = spelt === "" ? -1 : text.slice(at.start, at.end).lastIndexOf(spelt);
  return start < 0 ? undefined : { start: at.start + start, end: at.start + start + spelt.length };
}

function urlsIn({ at }: Entry, { text }: RequirementsFile): Reference[] {
  const found = text.slice(at.start, at.end).matchAll(/(?:(?:git|hg|svn|bzr)\+)?https?:\/\/[^\s"'\\]+/gi);
  return [...found].flatMap((match) => {
    const spelt = match[0];
    const url = pageOf(spelt);
    const start = at.start + match.index;
    return url === undefined ? [] : [{ at: { start, end: start + spelt.length }, url }];
  });
}

/** What a browser can open: without the version control system, its revision, and names or passwords. */
function pageOf(spelt: string): string | undefined {
  const isRepository = /^[a-z]+\+/i.test(spelt);
  // An environment variable stands for what only pip's caller knows.
  if (/\$\{\w+\}/.test(withoutCredentials(spelt))) return undefined;
  const plain = withoutCredentials(spelt).replace(/^[a-z]+\+(?=https?:)/i, "");
  const url = isRepository ? plain.replace(/#.*$/, "").replace(/@[^@]*$/, "") : plain;
  return /^https?:\/\/[^\s/]+(\/\S*)?$/i.test(url) ? url : undefined;
}
