import * as l10n from "@vscode/l10n";
import type { CloneClass, Copy } from "../clones/clone-class.ts";

/** What the reporters print; paths are as the user would write them. */
export interface CloneReport {
  readonly classes: readonly ReportedClass[];
  /** The Python files that were looked at, ordered by path. */
  readonly files: readonly string[];
  /** Lines of these files. */
  readonly lines: number;
  /** Lines that lie in a copy, each counted once; with a base only those that the change adds or alters. */
  readonly duplicated: number;
  /** What `duplicated` is a part of: all lines, or those that the change adds or alters. */
  readonly counted: number;
  readonly base: { readonly revision: string; readonly commit: string } | undefined;
  /** The text of a file, or undefined when it cannot be had any more. */
  textOf(file: string): string | undefined;
}

export interface ReportedClass extends Pick<CloneClass, "kind" | "tokens"> {
  readonly copies: readonly ReportedCopy[];
}

export interface ReportedCopy {
  readonly file: string;
  /** In a notebook, the cell from 1, in which the lines are counted. */
  readonly cell?: number;
  /** The first and the last line, from 1. */
  readonly startLine: number;
  readonly endLine: number;
  /** In the file's text, which is that of all cells in a notebook; from 0. */
  readonly range: Copy["range"];
  /** The change made it; always false without a base. */
  readonly isNew: boolean;
}

/** How much is duplicated, from 0 to 100; 0 when there are no lines at all. */
export function percentOf({ duplicated, counted }: CloneReport): number {
  return counted === 0 ? 0 : (100 * duplicated) / counted;
}

/** With at most two digits behind the point. */
export function rounded(percent: number): number {
  return Math.round(percent * 100) / 100;
}

/** What extraction would save: the lines of all copies but one. */
export function linesSavedBy({ copies }: ReportedClass): number {
  const [, ...others] = copies.map(linesIn).sort((a, b) => b - a);
  return others.reduce((sum, lines) => sum + lines, 0);
}

export function linesIn({ startLine, endLine }: ReportedCopy): number {
  return endLine - startLine + 1;
}

/** `train.py:3-9`, `explore.ipynb:cell 2:3-9`. */
export function linesText({ file, cell, startLine, endLine }: ReportedCopy): string {
  return [file, ...(cell === undefined ? [] : [l10n.t("cell {0}", cell)]), `${startLine}-${endLine}`].join(":");
}
