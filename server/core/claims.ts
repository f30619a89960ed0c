import { farthestSaid, headOf } from "./foreign.ts";

/** What the README of a folder, or its package's `__init__.py`, says of all the code in it; or a module of itself. */
export type Claim = "taken over" | "deprecated";

const readme = /(?:^|\/)(?:README|readme)(?:\.(?:md|rst|txt))?$/;
const packageFile = /(?:^|\/)__init__\.py$/;

/** Is a file (POSIX path) a README that may speak of a folder? */
export function isReadme(path: string): boolean {
  return readme.test(path);
}

/** What a claim of a file (POSIX path) is about: a folder with a slash at its end (empty for the root), or the module itself. */
export function subjectOf(path: string): string {
  return isReadme(path) || packageFile.test(path) ? path.slice(0, path.lastIndexOf("/") + 1) : path;
}

/** As far as a module warns of itself, in bytes or UTF-16 units: whoever imports it is to read it first. */
export const farthestClaimed = 4000;

/** What a README or Python file (POSIX path) claims. */
export function claimIn(path: string, text: string): Claim | undefined {
  const isPackage = packageFile.test(path);
  const start = text.slice(0, farthestClaimed);
  if (!isPackage && !isReadme(path)) return isDeprecated(start, moduleWarning) ? "deprecated" : undefined;
  if (isTakenOver(isPackage ? headOf(text) : text.slice(0, farthestSaid))) return "taken over";
  return isDeprecated(start, packageWarning) ? "deprecated" : undefined;
}

function isDeprecated(text: string, warning: RegExp): boolean {
  return text.includes("eprecat") && (deprecated.test(headOf(text)) || warning.test(text));
}

/** An address of a place where programs lie, which is no single file, or a release: within the next words. */
const place = String.raw`(?=[^\n]{0,80}(?:\n[ \t#]*[^\n]{0,60})?(?:https?:\/\/\S*(?:git|bitbucket|launchpad|\bhg\b|svn|code|pypi)(?!\S*\.py\b)|\b(?:Python|version|release) v?\d+\.\d))`;
/** A sentence on the code of a folder. */
const takenOver = new RegExp(
  String.raw`(?:^|[.:] )[\s#"'*>]*(?:(?:this|the|all|most of the)\s+(?:[\w+-]+\s+){0,3})?(?:(?:code|files|folder|directory|(?:sub-?)?package|library|modules?|scripts|sources|implementation)(?:\s+(?:here|below|in\s+this\s+\w+))?(?:\s+(?:is|are|was|were|has\s+been|have\s+been))?|an?\s+(?:\w+\s+)?(?:subset|copy|fork|version)\s+of\s+\S+)(?:\s+\w+ly)?\s+(?:adapted|taken|copied|forked|vendored|borrowed)(?:\s+and\s+\w+)?\s+from\b${place}`,
  "im",
);
/** Who says so of a part says nothing of the rest. */
const partly = /\b(?:parts?|some|portions?|part(?:ial)?ly|few|lot|ideas?|inspired|tests?|data|images?|figures?)\b/i;

const holdsOthers =
  /\bthis (?:folder|directory|(?:sub-?)?package) (?:contains|includes|holds) (?:vendored|third[- ]party)\b/i;

function isTakenOver(text: string): boolean {
  const [sentence] = takenOver.exec(text) ?? [];
  return (sentence !== undefined && !partly.test(sentence)) || holdsOthers.test(text);
}

const deprecated = /\bthis\s+(?:(?:sub-?)?package|module|library)\s+(?:is|has\s+been|was)\s+(?:now\s+)?deprecated\b/i;
/** Calls that every import makes: one that hands a module's name on, or one that warns … */
const warns = String.raw`^(?:\w{1,40}\.){0,4}\w{0,40}deprecat\w{0,40}(?:\.\w{1,40}){0,4}\(\s*__name__(?:,\s*["'][^"'\n]{0,80}["']){0,4}\s*\)|^(?:warnings\.)?warn\((?=[^)]{0,400}\bdeprecated\b)`;
const moduleWarning = new RegExp(warns, "m");
/** … and, where a package may as well warn of what it works with, names itself. */
const packageWarning = new RegExp(String.raw`${warns}(?=[^)]{0,400}\b(?:package|module|library|__name__)\b)`, "m");
