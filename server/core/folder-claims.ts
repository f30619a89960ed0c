import { farthestSaid, headOf } from "./foreign.ts";

/** What the README of a folder, or its package's `__init__.py`, says of all the code in it. */
export type FolderClaim = "taken over" | "deprecated";

const readme = /(?:^|\/)(?:README|readme)(?:\.(?:md|rst|txt))?$/;
const packageFile = /(?:^|\/)__init__\.py$/;

/** Is a file (POSIX path) a README that may speak of a folder? */
export function isReadme(path: string): boolean {
  return readme.test(path);
}

/** What a file (POSIX path) claims of its folder; files of other names claim nothing. */
export function claimIn(path: string, text: string): FolderClaim | undefined {
  if (packageFile.test(path)) {
    const head = headOf(text);
    if (isTakenOver(head)) return "taken over";
    return deprecated.test(head) || warning.test(text) ? "deprecated" : undefined;
  }
  if (!isReadme(path)) return undefined;
  const start = text.slice(0, farthestSaid);
  if (isTakenOver(start)) return "taken over";
  return deprecated.test(start) ? "deprecated" : undefined;
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

function isTakenOver(text: string): boolean {
  const [sentence] = takenOver.exec(text) ?? [];
  return sentence !== undefined && !partly.test(sentence);
}

const deprecated =
  /\bth(?:is|e)\s+(?:[`\w.]+\s+)?(?:(?:sub-?)?package|module|library)\s+(?:is|has\s+been|was)\s+(?:now\s+)?deprecated\b/i;
/** A call that every import of the package makes, and that names it. */
const warning =
  /^(?:\w+\.)*\w*deprecat\w*(?:\.\w+)*\(\s*__name__(?:,\s*["'][^"'\n]*["'])*\s*\)|^(?:warnings\.)?warn\((?=[^)]{0,400}\bdeprecated\b)(?=[^)]{0,400}\b(?:package|module|library|__name__)\b)/m;
