import * as l10n from "@vscode/l10n";
import { stripEnd } from "./blanks.ts";
import type { Refusal } from "./options.ts";
import { isVersion } from "./version-syntax.ts";

const vcsSchemes =
  /^(?:git\+(?:http|https|ssh|git|file)|hg\+(?:file|http|https|ssh|static-http)|svn\+(?:ssh|http|https|svn|file)|bzr\+(?:http|https|ssh|sftp|ftp|lp|file))$/;
const urlSchemes = /^(?:http|https|file|ftp)$/;
const archive = /\.(?:whl|zip|tar\.bz2|tbz|tar\.gz|tgz|tar|tar\.xz|txz|tlz|tar\.lz|tar\.lzma)$/i;

/** The parts of a URL that pip looks at, as Python's `urlsplit` finds them. */
interface UrlParts {
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
}

/** Whether pip takes a text for a URL by its scheme (`is_url`). */
export function isUrl(text: string): boolean {
  if (!text.includes(":")) return false;
  const { scheme } = urlParts(text);
  return urlSchemes.test(scheme) || vcsSchemes.test(scheme);
}

/** Whether a URL names a repository of a version control system (`Link.is_vcs`). */
export function isVcsUrl(url: string): boolean {
  return vcsSchemes.test(urlParts(url).scheme);
}

/** The project name in a URL's `#egg=` with its offset, or undefined. */
export function eggOf(url: string): { name: string; start: number } | undefined {
  const match = /[#&]egg=([^&]*)/.exec(url);
  return match?.[1] === undefined
    ? undefined
    : { name: match[1], start: match.index + match[0].length - match[1].length };
}

/** The project and version that the file name of a wheel tells (PEP 427); undefined when the URL names no wheel. */
export function wheelOf(url: string): { name: string; version: string } | undefined {
  const file = fileName(url);
  if (!/[^.].*\.whl$/.test(file)) return undefined;
  const [name = "", version = ""] = file.slice(0, -4).split("-");
  return { name, version };
}

/** Whether the path of a file ends like an archive that pip can install (`is_archive_file`). */
export function isArchive(path: string): boolean {
  return archive.test(lastComponent(normalizedPath(path)).replace(/^\.+/, ""));
}

/** A path with `.`, `..` and doubled slashes resolved, as `os.path.normpath` does below some absolute folder. */
export function normalizedPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** Why Python cannot split a text that may be a URL; offsets count in `text`. */
export function refuseHost(text: string): Refusal | undefined {
  if (!text.includes("/") || isHost(urlParts(text).host)) return undefined;
  return { message: l10n.t("The host of this URL is not valid"), start: 0, end: text.length };
}

/** Why pip refuses a URL before it is ever fetched; offsets count in `url`. */
export function refuseUrl(url: string): Refusal | undefined {
  return refuseLink(url) ?? refuseFileUrl(url);
}

/** The same for a URL that stands alone: pip rewrites a relative one of a file to a path, whatever its host. */
export function refuseBareUrl(url: string): Refusal | undefined {
  return refuseLink(url) ?? (isRelativeFile(url) ? undefined : refuseFileUrl(url));
}

/** Whether pip rewrites the URL to a path, which loses the fragment. */
export function isRelativeFile(url: string): boolean {
  return urlParts(url).scheme === "file" && url.includes("../");
}

function refuseLink(url: string): Refusal | undefined {
  const invalidHost = refuseHost(url);
  if (invalidHost) return invalidHost;
  const egg = eggOf(url);
  if (!egg || /^[A-Z0-9](?:[A-Z0-9._-]*[A-Z0-9])?$/i.test(egg.name)) return undefined;
  const message = l10n.t("`#egg=` takes only a project name; write extras as `name[extra] @ URL`");
  return { message, start: egg.start, end: egg.start + egg.name.length };
}

function refuseFileUrl(url: string): Refusal | undefined {
  const { scheme, host } = urlParts(url);
  if (scheme !== "file") return undefined;
  const whole = { start: 0, end: url.length };
  if (host !== "" && host !== "localhost") {
    return { message: l10n.t("A `file:` URL on another machine works on Windows only"), ...whole };
  }
  if (url.startsWith("file:")) return undefined;
  return { message: l10n.t("pip wants the scheme in lower case: `file:`"), ...whole };
}

/** Why pip refuses the file name of a wheel (PEP 427), for a URL or a path; offsets count in `url`. */
export function refuseWheel(url: string): Refusal | undefined {
  if (!wheelOf(url)) return undefined;
  const stem = fileName(url).slice(0, -4);
  const dashes = stem.split("-").length - 1;
  const [name = "", version = "", ...rest] = stem.split("-");
  const build = dashes === 5 ? rest.shift() : "0";
  const [interpreter = "", ...others] = rest.map((tags) => tags.split("."));
  const valid =
    (dashes === 4 || dashes === 5) &&
    !name.includes("__") &&
    /^[\p{L}\p{N}_.]+$/u.test(name) &&
    isVersion(version) &&
    /^\d/.test(build ?? "") &&
    [...interpreter].every((tag) => /^[\p{L}_][\p{L}\p{N}\p{M}_]*$/u.test(tag)) &&
    others.flat().every((tag) => tag !== "");
  if (valid) return undefined;
  const message = l10n.t("The name of a wheel is spelt `name-version-python-abi-platform.whl`");
  return { message, start: 0, end: url.length };
}

function urlParts(text: string): UrlParts {
  // urlsplit drops leading control characters, and tabs anywhere.
  const clean = text.replace(/^[\0-\x20]+/, "").replace(/\t/g, "");
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(clean)?.[1];
  const rest = scheme === undefined ? clean : clean.slice(scheme.length + 1);
  const host = /^\/\/([^/?#]*)/.exec(rest)?.[1];
  const path = rest.slice(host === undefined ? 0 : host.length + 2).replace(/[?#].*$/s, "");
  return { scheme: (scheme ?? "").toLowerCase(), host: host ?? "", path };
}

function isHost(host: string): boolean {
  if (host.includes("[") !== host.includes("]")) return false;
  const bracketed = /\[([^\]]*)/.exec(host)?.[1];
  if (host.includes("]") && !/^(?:[0-9a-f:.]*:[0-9a-f:.]*|v[0-9a-f]+\..+)(?:%.+)?$/i.test(bracketed ?? ""))
    return false;
  const bare = host.replace(/[@:#?]/g, "");
  const normal = bare.normalize("NFKC");
  return bare === normal || !/[/?#@:]/.test(normal);
}

function fileName(url: string): string {
  return lastComponent(
    urlParts(url)
      .path.replace(/(?:%[0-9a-f]{2})+/gi, unquoted)
      .replace(/\/+$/, ""),
  );
}

function unquoted(escapes: string): string {
  try {
    return decodeURIComponent(escapes);
  } catch {
    return escapes;
  }
}

function lastComponent(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** pip's `strip_extras`: a bracketed ending of any path or requirement. */
export function trailingExtras(text: string): { before: string; extras: string } | undefined {
  if (!text.endsWith("]")) return undefined;
  const open = text.lastIndexOf("[", text.length - 3);
  const extras = text.slice(open + 1, -1);
  return open < 1 || extras.includes("]") ? undefined : { before: stripEnd(text.slice(0, open)), extras };
}
