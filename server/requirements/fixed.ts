import type { Entry } from "./model.ts";
import { pinnedVersion } from "./specifier.ts";

/**
 * Whether a requirement always installs the same version: one `==` or `===` without `*`, or a URL of one commit or
 * one archive. A path names what lies there and counts as fixed.
 */
export function isFixed(entry: Entry): boolean {
  if (entry.kind !== "requirement" || entry.options.some((option) => option.startsWith("--hash"))) return true;
  if (entry.url === undefined) return entry.path !== undefined || pinnedVersion(entry.specifier) !== undefined;
  if (/^file:/i.test(entry.url) || pinnedVersion(entry.specifier) !== undefined) return true;
  return isVersionControlled(entry.url) ? hasCommit(entry.url) : isOneArchive(entry.url);
}

/** Whether a URL names a repository: `git+https://…`. */
export function isVersionControlled(url: string): boolean {
  return /^(?:git|hg|svn|bzr)\+/i.test(url);
}

/** Behind the `@` of the path: a commit, or a tag that is a version; branches move. */
function hasCommit(url: string): boolean {
  const path = url.replace(/#.*$/s, "").replace(/^[^:]+:\/\/[^/]*/, "");
  const reference = /@([^@]+)$/.exec(path)?.[1] ?? "";
  if (/^(?:svn|bzr)/i.test(url) && /^\d+$/.test(reference)) return true;
  return /^[0-9a-f]{7,40}$/i.test(reference) || /(?:^|[-_/])v?\d+(?:\.\d+)+[\w.+-]*$/i.test(reference);
}

/** A digest, a commit or a version in the address; `…/archive/main.zip` is another one tomorrow. */
function isOneArchive(url: string): boolean {
  return (
    /#(?:.*&)?(?:sha\d+|md5)=/.test(url) ||
    /\d+\.\d+/.test(url.replace(/^[^:]+:\/\/[^/]*/, "")) ||
    /[0-9a-f]{40}/i.test(url)
  );
}
