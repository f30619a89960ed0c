import type { CloneClass, Copy } from "../../clones/clone-class.ts";
import { isTestPath } from "../../clones/test-path.ts";
import { isCopied } from "../../core/foreign.ts";
import type { Lines } from "../../core/text.ts";
import type { Project } from "../../project/project.ts";
import { type Header, headersAround } from "./headers.ts";

/** As many lines below a header as its docstring is looked for. */
const farthest = 12;
/** The address of a place where programs lie, on the same line or the next. */
const address = String.raw`[^\n]{0,100}(?:\n[ \t#]*[^\n]{0,60})?https?:\/\/\S*(?:git|bitbucket|launchpad|\bhg\b|svn|code|pypi|\.py\b)`;
/** A label, and an address of more than a project's home. */
const label = String.raw`^[ \t#"'*]*(?:source|original)(?: code)?:(?=\s*<?https?:\/\/(?:gist\b|(?:[^\s\/]+\/){3}\S))`;
/** Words on where code was taken from, as it was or changed. */
const takes = String.raw`\b(?:adapted|ported|copied|taken|borrowed)\b(?:\s+\S+){0,6}?\s+(?:from|on|of)\b|\b(?:modified|altered)\s+version\s+of\b|${label}`;
const taken = new RegExp(`(?:${takes})${address}`, "im");
/** What is only built on something else is so in a part that says it, and in tests. */
const origin = new RegExp(
  String.raw`(?:${takes}|\b(?:derived|based)\b(?:\s+\S+){0,6}?\s+(?:from|on|of)\b)${address}`,
  "im",
);
const firstDefinition = /^(?:@|(?:async\s+)?def\b|class\b)/m;
/**
 * Is a copy in what a module took over and keeps as it was? A comment or docstring says from where, and all copies are within
 * it: in a function or class, or in a file. Or one of two modules imports the same class or function where it can, and works without.
 */
export function isTakenOver(copy: Copy, { copies }: CloneClass, lines: Lines, project: Project): boolean {
  const headers = headersAround(lines, copy.range.start.line);
  const name = /^(?:(?:async\s+)?def|class)\s+(\w+)/.exec(headers.at(-1)?.code ?? "")?.[1] ?? "";
  const isFallback = ({ path }: Copy) => project.hasFallbackFor(path, name);
  if (copies.every((other) => other === copy || (other.path !== copy.path && [copy, other].some(isFallback))))
    return true;
  if (copies.some(({ path }) => path !== copy.path)) return false;
  if ((isTestPath(copy.path) ? origin : taken).test(headOf(lines.text))) return true;
  return headers.some(
    (header) =>
      (origin.test(wordsOf(header, lines)) || isOfOthers(lines, header.line)) &&
      copies.every(({ range }) => headersAround(lines, range.start.line).some(({ line }) => line === header.line)),
  );
}

function headOf(text: string): string {
  return text.slice(0, firstDefinition.exec(text)?.index);
}

/** The comments above a function or class, and what it begins with. */
function wordsOf({ line }: Header, lines: Lines): string {
  let first = line;
  while (first > 0 && /^\s*[#@]/.test(lines.lineText(first - 1))) first--;
  const end = Math.min(lines.count - 1, line + farthest);
  return lines.text.slice(lines.startOf(first), lines.endOf(end));
}

/**
 * Do comments above the line of a function or class say that it was copied as it is, or whose it is? A blank line may stand
 * between; the comments that a file begins with are the file's.
 */
export function isOfOthers(lines: Lines, line: number): boolean {
  let end = line;
  while (end > 0 && /^\s*@/.test(lines.lineText(end - 1))) end--;
  if (end > 0 && lines.lineText(end - 1).trim() === "") end--;
  let first = end;
  while (first > 0 && /^\s*#/.test(lines.lineText(first - 1))) first--;
  if (first === end) return false;
  const comment = lines.text.slice(lines.startOf(first), lines.startOf(end));
  if (!copyright.test(comment)) return isCopied(comment);
  return /^\s*[^\s#]/m.test(lines.text.slice(0, lines.startOf(first)));
}

const copyright = /\bcopyright\b.*\b\d{4}\b/i;
