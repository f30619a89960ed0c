import { condaBuild, fromCommand, oneByOne } from "./correction-steps.ts";
import type { Entry, RequirementsFile } from "./model.ts";
import { readRequirements } from "./reader.ts";
import { meantOperator } from "./scanner.ts";

/** One known mistake and its cure; a step that does not apply answers with the line as it is. */
type Step = (line: string) => string;

/** So many mistakes on one line are cured one after the other. */
const mostSteps = 6;

/**
 * What was obviously meant by an entry that pip refuses, one requirement a line, in place of its text; undefined where
 * that is not certain. pip accepts every answer.
 */
export function correctionOf(entry: Entry, file: RequirementsFile): string | undefined {
  if (entry.line !== entry.endLine) return undefined;
  let line = file.text.slice(entry.at.start, entry.at.end);
  for (let count = 0; count < mostSteps; count++) {
    const before = line;
    for (const step of steps) {
      line = step(before);
      if (line !== before) break;
    }
    if (line === before) return undefined;
    if (isAccepted(line)) return line;
  }
  return undefined;
}

/** Whether a URL or path names a place at all: pip takes whatever stands behind `@`, and fails only when it goes there. */
export function isPlace(url: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/|^file:|^(?:git|hg|svn|bzr)\+\w+:|^\.{0,2}\/|\$\{[A-Z0-9_]+\}/i.test(url);
}

function isAccepted(line: string): boolean {
  using file = readRequirements("requirements.txt", line);
  return (
    file.entries.length > 0 &&
    file.entries.every(
      (entry) =>
        entry.error === undefined && entry.kind !== "error" && isPlace(entry.url ?? "file:") && !isBlank(entry),
    )
  );
}

/** `- numpy`: an option line without options, which says nothing. */
function isBlank(entry: Entry): boolean {
  return entry.kind === "option" && entry.options.length === 0;
}

const name = "[A-Za-z0-9](?:[\\w.-]*\\w)?(?:\\s*\\[[^\\]]*\\])?";
const isLink = (line: string) => /:\/\/|^[\w.-]+:\S/.test(line);
/** A step that must not touch URLs. */
const unlessLink =
  (step: Step): Step =>
  (line) =>
    isLink(line) ? line : step(line);

/** In this order; each assumes that those before it do not apply. */
const steps: readonly Step[] = [
  (line) => line.replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, "").trim(),
  fromCommand,
  (line) => line.replace(/^[A-Za-z0-9_.-]+::/, ""),
  (line) => line.replace(/^(?:[*•·‣]|\d+[.)])\s+/, ""),
  straightDashes,
  (line) => line.replace(/^--\w+(?:[_-]\w+)+/, (option) => option.replaceAll("_", "-")),
  unquoted,
  unlessLink((line) => line.replace(/(?<=[\w\])'"])#/, "  #")),
  unlessLink((line) => line.replace(/(?<=[\w\])'"])\s*\/\/\s?/, "  # ")),
  condaBuild,
  unlessLink((line) => line.replace(/([=<>!~])\s+(?==)/g, "$1")),
  unlessLink((line) => line.replace(/[=<>!~≤≥≠＝]+/gu, (operator) => meantOperator(operator) ?? operator)),
  unlessLink((line) => line.replace(/(>=|<(?!=))(\s*v?\d[\w!]*(?:\.\d\w*)*)(?:\.\*)+/g, "$1$2")),
  unlessLink((line) => line.replace(/(?:\.\*){2,}/g, ".*")),
  unlessLink((line) => line.replace(/(~=\s*\d+)(?=\s*(?:$|[,;)]))/g, "$1.0")),
  unlessLink((line) => line.replace(/((?:[<>]|[=!~<>]=)\s*[\w.*+!]+)\s+(?=[=<>!~]{1,2}\s*\d)/g, "$1,")),
  (line) => line.replace(new RegExp(`^(${name})\\s*(?:@\\s*v?|\\s|:\\s*)(?=\\d+(?:\\.\\d+)+\\w*$)`), "$1=="),
  unlessLink(quotedMarker),
  (line) => line.replace(/^([A-Za-z0-9][\w.-]*\[\w[\w.-]*(?:\s*,\s*\w[\w.-]*)*)(?=\s*(?:$|[=<>!~;]))/, "$1]"),
  nameBeforeUrl,
  oneByOne,
  (line) => line.replace(/(?<=\w)[,;.]+$/, ""),
];

/** Word processors make one dash of two. */
function straightDashes(line: string): string {
  return line.replace(/^[-–—]*[–—][-–—]*(?=(\w[\w-]*))/, (_, word: string) => (word.length === 1 ? "-" : "--"));
}

/** Quotation marks around everything, as in Python or JSON, and curly ones anywhere. */
function unquoted(line: string): string {
  const inner = /^(["'“”‘’`]{1,3})([^"'“”‘’`]+)["'“”‘’`]{0,3},?$/.exec(line)?.[2];
  return inner?.trim() ?? line.replace(/[“”„]/g, '"').replace(/[‘’‚]/g, "'");
}

/** The right sides of a marker's comparisons are texts. */
function quotedMarker(line: string): string {
  const semicolon = line.indexOf(";");
  if (semicolon < 0) return line;
  const marker = line
    .slice(semicolon)
    .replace(
      /\b((?:python_(?:full_)?version|sys_platform|platform_(?:system|machine)|os_name)\s*(?:[=!<>~]=|[<>])\s*)([\w.]+)/g,
      '$1"$2"',
    )
    .replace(/^([^'"]*(?:(["'])[^'"]*\2[^'"]*)*)(["'])([\w.]+)$/, "$1$3$4$3");
  return line.slice(0, semicolon) + marker;
}

/**
 * `…#egg=name[extra]` and `…#egg=name==1.0` were allowed once; now name and extras stand in front (PEP 508), and the
 * version is what the URL leads to.
 */
function nameBeforeUrl(line: string): string {
  const [, editable, url = "", fragment] = /^(-e\s+|--editable[\s=]+)?(\S+:\/\/[^\s#]+)#(\S+)$/.exec(line) ?? [];
  const parts = fragment?.split("&") ?? [];
  const egg = parts.find((part) => part.startsWith("egg="));
  const named = egg && /^egg=([\w.-]+(?:\[[\w.,-]+\])?)(?:[=<>!~]=?[\w.*]+)?$/.exec(egg)?.[1];
  if (!named) return line;
  const rest = parts.filter((part) => part !== egg);
  const place = rest.length > 0 ? `${url}#${rest.join("&")}` : url;
  return editable === undefined ? `${named} @ ${place}` : `-e "${named} @ ${place}"`;
}
