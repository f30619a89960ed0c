import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import type { Finding, Offer } from "../core/rule.ts";
import type { Range } from "../core/text.ts";
import { fixFile } from "../host/fix-file.ts";
import { loadBundledGrammars, parsing } from "../host/grammars.ts";
import { configurationOf, isProjectRoot, projectRootOf } from "../host/project-root.ts";
import { bytesAt, replaceFile } from "../host/replace.ts";
import type { ScanThreads } from "../host/scan-threads.ts";
import { reasonOf, statsOf } from "../host/walk.ts";
import { leadsOut, leadsOutReason } from "../host/within.ts";
import { Workspace } from "../host/workspace.ts";
import { isNotebook } from "../languages.ts";
import { cellAtLine, cellsOf, type PlacedCell } from "../notebook/cells.ts";
import { jsonLinesOf } from "../notebook/json-lines.ts";
import { type Baseline, baselineName, baselineText, readBaseline } from "../project/baseline.ts";
import { displayPath, loadFiles } from "./files.ts";
import type { ExitCode } from "./main.ts";
import { reportJson } from "./report-json.ts";
import { reportJunit } from "./report-junit.ts";
import { reportSarif } from "./report-sarif.ts";
import { reportText } from "./report-text.ts";
import { TerminalProgress } from "./terminal.ts";

/** What a reporter prints; paths are as the user would write them, relative to the current folder. */
export interface Report {
  readonly files: readonly FileReport[];
  readonly errors: readonly { readonly file: string; readonly message: string }[];
  readonly skipped: readonly string[];
  /** How many files were looked at. */
  readonly checked: number;
}

export interface FileReport {
  readonly file: string;
  readonly text: string;
  readonly findings: readonly (Finding & { readonly fixes: readonly Offer[] })[];
  /** The path a user would write for a path relative to the project's root. */
  display(path: string): string;
  /** The cells of a notebook, by its path relative to the project's root; none of another file. */
  cellsOf(path: string): readonly PlacedCell[];
  /** The lines of a notebook's JSON (from 1) that a range of its joined text stands on. */
  linesInNotebook(path: string, range: Range): readonly [number, number];
  /** Its own path, relative to the project's root. */
  readonly path: string;
}

const reporters = { text: reportText, json: reportJson, sarif: reportSarif, junit: reportJunit };

interface CheckOptions {
  readonly format: keyof typeof reporters;
  readonly fix?: boolean;
  /** Tell only what the baseline file does not hold. */
  readonly baseline?: boolean;
  /** Write everything into the baseline file instead of telling it. */
  readonly recordBaseline?: boolean;
}

/** `groundwork check`: 0 clean, 1 findings, 2 wrong usage or something unreadable. */
export async function check(paths: readonly string[], options: CheckOptions, threads: ScanThreads): Promise<ExitCode> {
  const roots = new Map<string, string[]>();
  const errors: Report["errors"][number][] = [];
  for (const path of paths.length > 0 ? paths : ["."]) {
    if (!statsOf(path)) {
      errors.push({ file: path, message: l10n.t("there is no such file or folder") });
      continue;
    }
    const root = projectRootOf(path, process.cwd());
    roots.set(root, [...(roots.get(root) ?? []), path]);
  }
  const files: FileReport[] = [];
  const skipped: string[] = [];
  let checked = 0;
  for (const [root, below] of roots) {
    const report = await checkRoot(root, below, options, threads);
    files.push(...report.files);
    errors.push(...report.errors);
    skipped.push(...report.skipped);
    checked += report.checked;
  }
  process.stdout.write(reporters[options.format]({ files, errors, skipped, checked }));
  if (errors.length > 0) return 2;
  return files.length > 0 ? 1 : 0;
}

async function checkRoot(
  root: string,
  paths: readonly string[],
  options: CheckOptions,
  threads: ScanThreads,
): Promise<Report> {
  const { fix } = options;
  if (fix) await loadBundledGrammars();
  const configuration = configurationOf(root);
  for (const problem of configuration.problems) console.error(`groundwork: ${problem}`);
  const workspace = new Workspace(root, configuration.settings);
  if (options.baseline) workspace.baseline = baselineOf(root);
  using progress = new TerminalProgress();
  await loadFiles(workspace, paths, threads, (count) => progress.tell(() => l10n.t("Reading files: {0}", count)));
  // A requirements file is judged by all that the project imports; code only by what the project declares.
  const isAll = workspace.paths.some((path) => workspace.languageOf(path)?.grammar === "requirements");
  if (isProjectRoot(root)) await parsing(() => workspace.survey(isAll ? "imports" : "declarations"));
  const display = (path: string) => displayPath(resolve(root, path));
  const files: FileReport[] = [];
  const total = workspace.paths.length;
  for (const [index, path] of workspace.paths.entries()) {
    progress.tell(() => l10n.t("Checking files: {0} of {1}", index, total));
    if (fix && workspace.check(path).length > 0) await fixFile(workspace, path);
    const report = await parsing(() => workspace.report(path, undefined, { offering: true }));
    if (!report || report.findings.length === 0) continue;
    const findings = report.findings.map((finding) => ({ ...finding, fixes: report.offers?.get(finding) ?? [] }));
    files.push({ path, file: display(path), text: report.text, findings, display, ...notebooksOf(workspace) });
  }
  if (options.baseline) tellStale(workspace);
  if (options.recordBaseline && leadsOut(root, baselineName)) {
    workspace.errors.set(baselineName, { path: baselineName, message: leadsOutReason(baselineName) });
  } else if (options.recordBaseline) {
    if (await record(workspace, files)) files.length = 0;
  }
  return {
    files,
    errors: [...workspace.errors.values()].map((error) => ({ file: display(error.path), message: error.message })),
    skipped: [...workspace.skipped].map(display),
    checked: workspace.paths.length,
  };
}

function notebooksOf(workspace: Workspace): Pick<FileReport, "cellsOf" | "linesInNotebook"> {
  const cells = (path: string) => (isNotebook(path) ? cellsOf(workspace.textOf(path) ?? "") : []);
  return {
    cellsOf: cells,
    linesInNotebook(path, range) {
      const lineOf = jsonLinesOf(readFileSync(join(workspace.root, path), "utf8"));
      const [first = 0, last = 0] = [range.start.line, range.end.line].map((line) => {
        const cell = cellAtLine(cells(path), line);
        return lineOf(cell?.index ?? 0, Math.max(0, line - (cell?.line ?? 0))) + 1;
      });
      return [first, Math.max(first, last)];
    },
  };
}

/** Without a readable baseline everything is new, and the reason is told. */
export function baselineOf(root: string): Baseline | undefined {
  const path = join(root, baselineName);
  const baseline = existsSync(path) ? readBaseline(readFileSync(path, "utf8")) : { error: noBaseline() };
  if (!("error" in baseline)) return baseline;
  console.error(`groundwork: ${baseline.error}`);
  return undefined;
}

function noBaseline(): string {
  return l10n.t("there is no {0}; `groundwork check --record-baseline` makes one", baselineName);
}

/** Recorded findings that are no more, also those of files that are gone. */
function tellStale(workspace: Workspace): void {
  const { baseline, gone } = workspace;
  let count = 0;
  for (const path of baseline?.keys() ?? []) {
    if (!existsSync(join(workspace.root, path)) || workspace.languageOf(path)) {
      count += gone.get(path) ?? recordedIn(baseline, path);
    }
  }
  if (count === 1) console.error(l10n.t("{0}: one recorded finding is gone; record it again", baselineName));
  if (count > 1) console.error(l10n.t("{0}: {1} recorded findings are gone; record it again", baselineName, count));
}

function recordedIn(baseline: Baseline | undefined, path: string): number {
  const counts = [...(baseline?.get(path)?.values() ?? [])].flatMap((marks) => [...marks.values()]);
  return counts.reduce((sum, count) => sum + count, 0);
}

async function record(workspace: Workspace, files: readonly FileReport[]): Promise<boolean> {
  const path = join(workspace.root, baselineName);
  try {
    await replaceFile(path, baselineText(files), bytesAt(path));
    console.error(l10n.t("Findings recorded in {0}: {1}.", baselineName, countOf(files)));
    return true;
  } catch (error) {
    const message = l10n.t("it was left as it was: {0}", reasonOf(error));
    workspace.errors.set(baselineName, { path: baselineName, message });
    return false;
  }
}

function countOf(files: readonly FileReport[]): number {
  return files.reduce((sum, { findings }) => sum + findings.length, 0);
}
