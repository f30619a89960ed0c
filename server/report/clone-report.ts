import * as l10n from "@vscode/l10n";
import type { CloneClass, Copy } from "../clones/clone-class.ts";
import type { Range } from "../core/text.ts";
import type { Workspace } from "../host/workspace.ts";
import { isNotebook } from "../languages.ts";
import { cellAtLine, cellsOf } from "../notebook/cells.ts";

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

/** How much is duplicated, and what of. */
export function shareOf(report: CloneReport): string {
  const { duplicated, counted, base } = report;
  const percent = String(rounded(percentOf(report))).replace(".", decimalSign());
  if (!base) return l10n.t("Duplicated lines: {0} of {1} ({2} %).", duplicated, counted, percent);
  return l10n.t(
    "Duplicated lines: {0} of {1} that were added since {2} ({3} %).",
    duplicated,
    counted,
    base.revision,
    percent,
  );
}

function decimalSign(): string {
  return l10n.t({ message: ".", args: [], comment: ["The sign between 38 and 6 of 38.6."] });
}

export function kindName(kind: CloneClass["kind"]): string {
  if (kind === "exact") return l10n.t("exact copies");
  return kind === "renamed" ? l10n.t("renamed copies") : l10n.t("copies with gaps");
}

interface ReportedClones {
  readonly classes: readonly CloneClass[];
  /** How a file is called, by its path relative to the root. */
  nameOf(path: string): string;
  readonly base?: CloneReport["base"];
  /** With a base: the lines (from 0) that the change adds or alters, and whether it made a copy. */
  linesOf?(path: string): ReadonlySet<number>;
  isNew?(copy: Copy): boolean;
}

/** What a workspace's classes of copies are reported as. */
export function cloneReport(workspace: Workspace, clones: ReportedClones): CloneReport {
  const { classes, nameOf, base, linesOf, isNew } = clones;
  const paths = workspace.paths.filter((path) => workspace.languageOf(path)?.grammar === "python");
  const nameAt = new Map(paths.map((path) => [path, nameOf(path)]));
  const names = new Map([...nameAt].map(([path, name]) => [name, path]));
  return {
    classes: classes.map(({ kind, tokens, copies }) => ({
      kind,
      tokens,
      copies: copies.map((copy) => reportedCopy(workspace, copy, nameAt.get(copy.path) ?? copy.path, isNew?.(copy))),
    })),
    files: [...names.keys()],
    lines: workspace.lines,
    duplicated: linesCovered(classes, linesOf),
    counted: linesOf ? [...names.values()].reduce((sum, path) => sum + linesOf(path).size, 0) : workspace.lines,
    base,
    textOf: (file) => workspace.textOf(names.get(file) ?? file),
  };
}

function reportedCopy(workspace: Workspace, { path, range }: Copy, file: string, isNew = false): ReportedCopy {
  const { cell, line } = placeInCell(workspace, path, range.start.line);
  const endLine = line + range.end.line - range.start.line;
  return { file, ...(cell !== undefined && { cell }), startLine: line, endLine, range, isNew };
}

/** A line (from 0) of a file's text as people count: from 1, in a notebook within the cell. */
export function placeInCell(workspace: Workspace, path: string, line: number): { cell?: number; line: number } {
  const cell = isNotebook(path) ? cellAtLine(cellsOf(workspace.textOf(path) ?? ""), line) : undefined;
  return cell ? { cell: cell.index + 1, line: Math.max(0, line - cell.line) + 1 } : { line: line + 1 };
}

function linesCovered(classes: readonly CloneClass[], linesOf: ReportedClones["linesOf"]): number {
  const byPath = new Map<string, Range[]>();
  for (const { copies } of classes) {
    for (const { path, range } of copies) {
      const known = byPath.get(path);
      if (known) known.push(range);
      else byPath.set(path, [range]);
    }
  }
  let covered = 0;
  for (const [path, ranges] of byPath) {
    const lines = linesOf?.(path);
    let end = 0;
    for (const range of ranges.sort((a, b) => a.start.line - b.start.line)) {
      for (let line = Math.max(end, range.start.line); line <= range.end.line; line++) {
        if (!lines || lines.has(line)) covered++;
      }
      end = Math.max(end, range.end.line + 1);
    }
  }
  return covered;
}
