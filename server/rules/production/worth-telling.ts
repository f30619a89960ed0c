import type { CloneClass, Copy } from "../../clones/clone-class.ts";
import { isTestPath } from "../../clones/test-path.ts";
import type { Settings } from "../../core/settings.ts";
import type { Lines } from "../../core/text.ts";
import { headersAround } from "./headers.ts";
import { logicalLinesIn, textIn } from "./logical-lines.ts";
import { isOfOwnValues, linesOfOwnValues } from "./own-values.ts";
import { bodyOf, isPartOfLayer } from "./short-methods.ts";
import {
  codeLinesIn,
  endsHead,
  isDeclaration,
  isRegistration,
  isRowOfTests,
  isTable,
  passingLinesIn,
  shareOfExpectations,
  shareOfOwn,
  shareOfSubstance,
} from "./substance.ts";

/** Weighted tokens that one function in place of the copies must save: what is less is quicker read twice. */
const leastSaved = 48;
/** What three copies of a part of tests must save that are not exact: short runs of the same steps say what each test does. */
const leastSavedInTests = 1.5 * leastSaved;
/** What two such copies must save where so many statements say what is expected: most of it is about the one test. */
const leastSavedInExpectations = 2 * leastSaved;
const mostExpected = 0.4;
/** A test's name is no argument, and of a whole test a few values are written beside each other as its cases. */
const [freeInTest, freeInWholeTest] = [1, 3];
/** Copies of which more has changed are on their way to be something else. */
const leastAlike = 0.85;
/** Lines that two functions say alike by chance. */
const mostAlike = 4;
/** Statements of functions that are shared although they have other names or values inside. */
const fewestStatements = 4;
/** The same where each is documented for itself: two doors to what is shared already. */
const fewestOfDocumented = 7;
/** Of the lines of a whole function, those that pass one argument after the other on. */
const mostPassing = 0.4;
/** A method that does the same in several classes is still each class's own way in to what it passes them on to. */
const mostPassingExact = 0.6;
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
  if ((found.similarity ?? 1) < leastAlike || isTable(copy, lines) || isDeclaration(copy, lines)) return false;
  const saved = savedBy(found, found.tokens * shareOfSubstance(copy, lines) * shareOfOwn(copy, lines));
  if (saved < leastSaved || !isLongEnough(copy, lines, settings)) return false;
  if (isRegistration(copy, lines) || isOfOwnValues(copy, found, lines) || isPartOfLayer(found, copy, lines))
    return false;
  if (found.kind === "exact" || !areTests(found)) return true;
  const expected = shareOfExpectations(copy, lines);
  if (expected === 1 || isRowOfTests(copy, lines)) return false;
  return saved - costOfValues(found) >= leastSavedIn(found, expected);
}

/** What copies in tests must save that are not exact; `expected` is the share of statements that say what a test expects. */
function leastSavedIn({ copies, whole }: CloneClass, expected: number): number {
  if (copies.length === 2) return expected >= mostExpected ? leastSavedInExpectations : leastSaved;
  return whole === undefined ? leastSavedInTests : leastSaved;
}

/** Has a copy enough lines where its own values over several lines are one? */
function isLongEnough(copy: Copy, lines: Lines, settings: Settings): boolean {
  const further = linesOfOwnValues(copy, lines);
  if (further === 0) return true;
  const least = isTestPath(copy.path) ? settings.duplicatesMinLinesInTests : settings.duplicatesMinLines;
  const written = logicalLinesIn(copy.range, lines).reduce((sum, each) => sum + each.lines, 0);
  return written - further >= least;
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
export function isWorthSharing({ kind }: CloneClass, copy: Copy, lines: Lines): boolean {
  const { range, differences = [] } = copy;
  const code = codeLinesIn(lines, range);
  const body = lengthOf(code);
  const passing = passingLinesIn(code.slice(code.length - body));
  if (kind === "exact") return passing < body * mostPassingExact || !isMethod(copy, lines);
  if (passing >= body * mostPassing) return false;
  const isOtherInside = differences.some((each) => bodyOf(logicalLinesIn(each, lines)).length > 0);
  const statements = bodyOf(logicalLinesIn(range, lines)).length;
  if (isOtherInside && statements < (isDocumented(copy, lines) ? fewestOfDocumented : fewestStatements)) return false;
  const changed = differences.flatMap((each) => codeLinesIn(lines, each)).filter((line) => value.test(line));
  return body > mostAlike && changed.length <= body * mostChanged;
}

function isDocumented({ range }: Copy, lines: Lines): boolean {
  return /^[ \t]*[rR]?(?:"{3}|'{3})/m.test(textIn(range, lines));
}

function isMethod({ range }: Copy, lines: Lines): boolean {
  const [own, around] = headersAround(lines, range.start.line);
  return own !== undefined && /^class\b/.test(around?.code ?? "");
}

/** The lines below the head of a whole function. */
function lengthOf(code: readonly string[]): number {
  return code.length - 1 - code.findIndex((line) => endsHead.test(line));
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
