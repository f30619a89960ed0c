import type { CloneClass, Copy } from "../../clones/clone-class.ts";
import { isTestPath } from "../../clones/test-path.ts";
import type { Lines } from "../../core/text.ts";
import { codeLinesIn, endsHead, isDeclaration, isTable, rowsIn, shareOfSubstance, shareOfWork } from "./substance.ts";

/** Weighted tokens that one function in place of the copies must save: what is less is quicker read twice. */
const leastSaved = 48;
/** Tests that differ are read alone, and say more by being whole. */
const leastSavedInTests = 96;
/** Copies of which more has changed are on their way to be something else. */
const leastAlike = 0.85;
/** Lines that two functions say alike by chance. */
const mostAlike = 4;
/** Of the lines of a whole function, those that pass one argument after the other on. */
const mostRows = 0.4;
/** Of the lines of a whole function. */
const mostChanged = 0.3;
/** What a call costs, and each statement that differs: an argument, or where statements come and go, one more call. */
const callCost = 10;
const differenceCost = { exact: 0, renamed: 6, gapped: 10 } as const;

/**
 * Would the author of the code be glad to be told of this class? The engine finds every copy; told is what a function
 * would shorten once its calls and arguments are counted. Read on well-kept packages (docs/precision.md).
 */
export function isWorthExtracting(found: CloneClass, copy: Copy, lines: Lines): boolean {
  if ((found.similarity ?? 1) < leastAlike || isTable(copy, lines) || isDeclaration(copy, lines)) return false;
  const isOfTests = found.kind !== "exact" && found.copies.every(({ path }) => isTestPath(path));
  if (isOfTests) return savedBy(found, found.tokens * shareOfWork(copy, lines)) >= leastSavedInTests;
  return savedBy(found, found.tokens * shareOfSubstance(copy, lines)) >= leastSaved;
}

/** Would one function do for all of these? Where most lines hold values of their own it would be a shell around arguments. */
export function isWorthSharing({ kind }: CloneClass, copy: Copy, lines: Lines): boolean {
  const { range, differences = [] } = copy;
  if (kind === "exact") return true;
  const code = codeLinesIn(lines, range);
  const body = lengthOf(code);
  if (rowsIn(code.slice(code.length - body)) >= body * mostRows) return false;
  const changed = differences.flatMap((each) => codeLinesIn(lines, each)).filter((line) => value.test(line));
  return body > mostAlike && changed.length <= body * mostChanged;
}

/** Does a method only say in which order a layer's parts work? Every layer says it of its own parts. */
export function isShortLayer(name: string, { range }: Copy, lines: Lines): boolean {
  return /^(?:forward|call|__call__)$/.test(name) && lengthOf(codeLinesIn(lines, range)) <= mostAlike;
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
