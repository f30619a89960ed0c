import type { CloneClass, Copy } from "../../clones/clone-class.ts";
import { isTestPath } from "../../clones/test-path.ts";
import type { Settings } from "../../core/settings.ts";
import type { Lines } from "../../core/text.ts";
import type { Project } from "../../project/project.ts";
import { linesOfCode, linesOfOwnValues } from "./own-values.ts";
import { areOfOneExample, isShown } from "./shown.ts";
import { codeLinesIn, endsHead, isTable, shareOfSubstance } from "./substance.ts";

/** Weighted tokens that one function in place of the copies must save: what is less is quicker read twice. */
const leastSaved = 48;
/** What three copies of a part of tests must save that are not exact: short runs of the same steps say what each test does. */
const leastSavedInTests = 1.5 * leastSaved;
/** A test's name is no argument, and of a whole test a few values are written beside each other as its cases. */
const [freeInTest, freeInWholeTest] = [1, 3];
/** Copies of which more has changed are on their way to be something else. */
const leastAlike = 0.85;
/** Lines that two functions say alike by chance. */
const mostAlike = 4;
/** Of the lines of a whole function. */
const mostChanged = 0.3;
/** What a call costs, and each statement that differs: an argument, or where statements come and go, one more call. */
const callCost = 10;
const differenceCost = { exact: 0, renamed: 6, gapped: 10 } as const;

/**
 * Would the author of the code be glad to be told of this class? The engine finds every copy; told is what a function
 * would shorten once its calls and arguments are counted. Read on well-kept packages (docs/precision.md).
 */
export function isWorthExtracting(found: CloneClass, copy: Copy, lines: Lines, settings: Settings): boolean {
  if ((found.similarity ?? 1) < leastAlike || isTable(copy, lines) || !isLongEnough(copy, lines, settings))
    return false;
  const saved = savedBy(found, found.tokens * shareOfSubstance(copy, lines));
  if (found.kind === "exact" || !areTests(found)) return saved >= leastSaved;
  const isManyParts = found.copies.length > 2 && found.whole === undefined;
  return saved - costOfValues(found) >= (isManyParts ? leastSavedInTests : leastSaved);
}

/** Has a copy enough lines where its own values over several lines are one? */
function isLongEnough(copy: Copy, lines: Lines, settings: Settings): boolean {
  const further = linesOfOwnValues(copy, lines);
  const least = isTestPath(copy.path) ? settings.duplicatesMinLinesInTests : settings.duplicatesMinLines;
  return further === 0 || linesOfCode(copy.range, lines) - further >= least;
}

export function areTests({ copies }: CloneClass): boolean {
  return copies.every(({ path }) => isTestPath(path));
}

/** What the arguments cost for statements that copies with changed ones spell otherwise. */
function costOfValues({ whole, copies }: CloneClass): number {
  const free = whole ? freeInWholeTest : freeInTest;
  return differenceCost.renamed * Math.max(0, (copies[0]?.respelt?.length ?? 0) - free) * copies.length;
}

/** Would one function do for all of these? Where most lines hold values of their own it would be a shell around arguments. */
export function isWorthSharing({ kind }: CloneClass, { range, differences = [] }: Copy, lines: Lines): boolean {
  if (kind === "exact") return true;
  const code = codeLinesIn(lines, range);
  const body = code.length - 1 - code.findIndex((line) => endsHead.test(line));
  const changed = differences.flatMap((each) => codeLinesIn(lines, each)).filter((line) => value.test(line));
  return body > mostAlike && changed.length <= body * mostChanged;
}

const value = /["']|\b\d|\b[A-Z][A-Z_\d]+\b/;

/** The weighted tokens that one function saves, once its calls and arguments are counted. */
function savedBy({ kind, copies }: CloneClass, tokens: number): number {
  const differences = Math.max(0, ...copies.map((copy) => copy.differences?.length ?? 0));
  // One gap is free: what stands before or behind it can be the function.
  const further = kind === "gapped" ? Math.max(0, differences - 1) : differences;
  const cost = callCost + differenceCost[kind] * further;
  return tokens * (copies.length - 1) - cost * copies.length;
}

/**
 * Are all other copies parallel to one of a file on purpose: the `async` twin of a function, an older interface that is
 * kept beside the new one, implementations of one interface, comparisons that a class needs each of, templates, examples
 * and locales of which each must be whole?
 */
export function isParallel(copy: Copy, { copies }: CloneClass, lines: Lines, { isFile }: Project): boolean {
  const isApart = ({ path }: Copy) =>
    (isShown(copy.path) || isShown(path)) && !areOfOneExample(copy.path, path, isFile);
  return copies.every((other) => other === copy || isApart(other) || areParallel(copy, other, lines));
}

/** Is a whole function the step of a visitor? Others that walk the same structure have the same steps, each its own. */
export function isVisit(name: string, copy: Copy, { copies }: CloneClass): boolean {
  return /^(?:visit|leave|depart)_\w/.test(name) && copies.every((other) => other === copy || other.path !== copy.path);
}

function areParallel(copy: Copy, other: Copy, lines: Lines): boolean {
  if (retired.test(copy.path) || template.test(copy.path)) return true;
  if (locale.test(copy.path) && locale.test(other.path)) return true;
  if (copy.path !== other.path) {
    const isOtherKind = asynchronous.test(copy.path) !== asynchronous.test(other.path);
    return isOtherKind || kept.test(copy.path) !== kept.test(other.path) || areImplementations(copy.path, other.path);
  }
  const [own, theirs] = [copy, other].map((each) => headersAround(lines, each.range.start.line));
  const isAsync = (headers: readonly string[] = []) => headers.some((each) => /^async\b|^class \w*Async/.test(each));
  const isComparison = (headers: readonly string[] = []) => /^def __(?:eq|ne|lt|le|gt|ge)__/.test(headers[0] ?? "");
  return isAsync(own) !== isAsync(theirs) || (isComparison(own) && isComparison(theirs));
}

const asynchronous = /async|(?:^|[/_])(?:aio|asgi)(?:[/_.]|$)/i;
/** An interface that is kept beside the new one for those who use it. Other versions are copies. */
const kept = /(?:^|\/)(?:api\/v\d+|_?(?:legacy|deprecated)\w*|_?compat)(?=[/.])/;
/** Code that waits to be deleted. */
const retired = /(?:^|\/)_?(?:legacy|deprecated)\w*(?=[/.])/;
/** Files that a program writes into the projects of others. */
const template = /(?:^|\/)(?:\w+_)?(?:templates?|skeletons?|scaffolds?)\//;

/** What one country or language needs of the same. */
const locale = /(?:^|\/)(?:[a-z]{2,3}_[A-Z]{2}|locales?|i18n)(?=[/.])/;

/** Folders whose children do the same in different ways, by design. */
const implementations =
  /^(.*(?:^|\/)_?(?:adapters?|backends?|connectors?|dialects?|drivers?|implementations?|platforms?|providers?))\/([^/]+)/;

/** `h11_impl.py` beside `httptools_impl.py`. */
const implementation = /^(.*\/)?\w+?(_impl(?:ementation)?)\.py$/;

/** Are they in two implementations of one interface, of which each must be read alone? */
function areImplementations(one: string, other: string): boolean {
  const [named, otherNamed] = [one, other].map((path) => implementation.exec(path)?.slice(1).join(""));
  if (named !== undefined && named === otherNamed) return true;
  const [, around, own] = implementations.exec(one) ?? [];
  const [, otherAround, theirs] = implementations.exec(other) ?? [];
  return around !== undefined && around === otherAround && own !== theirs;
}

/** The `def` and `class` lines that a line stands in, or is, the nearest first. */
function headersAround(lines: Lines, line: number): readonly string[] {
  const found: string[] = [];
  let margin = Number.MAX_SAFE_INTEGER;
  for (let at = line; at >= 0 && margin > 0; at--) {
    const text = lines.lineText(at);
    const code = text.trimStart();
    const indentation = text.length - code.length;
    if (code === "" || indentation >= margin || code.startsWith("#") || /^[)\]}]/.test(code)) continue;
    if (/^(?:async\s+def|def|class)\b/.test(code)) found.push(code);
    margin = indentation;
  }
  return found;
}
