import { statSync } from "node:fs";
import { resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import type { CloneClass, Copy } from "../clones/clone-class.ts";
import { configurationOf, projectRootOf } from "../host/project-root.ts";
import { changesSince } from "../host/revision.ts";
import type { ScanThreads } from "../host/scan-threads.ts";
import { Workspace } from "../host/workspace.ts";
import { isNotebook } from "../languages.ts";
import { cellsOf } from "../notebook/cells.ts";
import { type AddedClones, addedClones } from "./added-clones.ts";
import { type CloneReport, percentOf, type ReportedCopy, rounded } from "./clone-report.ts";
import { clonesJson } from "./clones-json.ts";
import { clonesPage } from "./clones-page.ts";
import { clonesText } from "./clones-text.ts";
import { displayPath, loadFiles } from "./files.ts";
import type { ExitCode } from "./main.ts";
import { placeOf } from "./place.ts";

const reporters = { text: clonesText, json: clonesJson, html: clonesPage };

interface CloneCommandOptions {
  readonly format: keyof typeof reporters;
  /** Per cent. */
  readonly failOver?: number;
  readonly base?: string;
}

/** `groundwork clones`: 0, 1 for more duplication than `--fail-over` allows, 2 for wrong usage or something unreadable. */
export async function clones(
  path: string | undefined,
  options: CloneCommandOptions,
  threads: ScanThreads,
): Promise<ExitCode> {
  const start = path ?? ".";
  if (!statSync(start, { throwIfNoEntry: false })) {
    console.error(`groundwork: ${start}: ${l10n.t("there is no such file or folder")}`);
    return 2;
  }
  const root = projectRootOf(start, process.cwd());
  const configuration = configurationOf(root);
  for (const problem of configuration.problems) console.error(`groundwork: ${problem}`);
  const workspace = new Workspace(root, configuration.settings);
  await loadFiles(workspace, [start], threads);
  const errors = [...workspace.errors.values()];
  const report = await reportOf(workspace, options.base);
  if ("error" in report) {
    console.error(`groundwork: ${report.error}`);
    return 2;
  }
  process.stdout.write(reporters[options.format](report));
  for (const error of errors) console.error(`groundwork: ${error.path}: ${error.message}`);
  if (errors.length > 0) return 2;
  const share = percentOf(report);
  if (options.failOver === undefined || share <= options.failOver) return 0;
  const limit = l10n.t(
    "{0} % of the lines are duplicated, more than the {1} % allowed",
    rounded(share),
    options.failOver,
  );
  console.error(`groundwork: ${limit}`);
  return 1;
}

async function reportOf(workspace: Workspace, revision: string | undefined): Promise<CloneReport | { error: string }> {
  const changes = revision === undefined ? undefined : await changesSince(workspace.root, revision);
  if (changes && "error" in changes) return changes;
  const added = changes && addedClones(workspace, changes);
  const classes = added?.classes ?? workspace.clones();
  const names = new Map(
    workspace.paths
      .filter((path) => workspace.languageOf(path)?.grammar === "python")
      .map((path) => [displayPath(resolve(workspace.root, path)), path]),
  );
  return {
    classes: classes.map(({ kind, tokens, copies }) => ({
      kind,
      tokens,
      copies: copies.map((copy) => ({ ...reportedCopy(workspace, copy), isNew: added?.isNew(copy) === true })),
    })),
    files: [...names.keys()],
    lines: workspace.lines,
    duplicated: linesCovered(classes, added),
    counted: added ? [...names.values()].reduce((sum, path) => sum + added.linesOf(path).size, 0) : workspace.lines,
    base: changes && revision !== undefined ? { revision, commit: changes.commit } : undefined,
    textOf: (file) => workspace.textOf(names.get(file) ?? file),
  };
}

function reportedCopy(workspace: Workspace, { path, range }: Copy): Omit<ReportedCopy, "isNew"> {
  const cells = isNotebook(path) ? cellsOf(workspace.textOf(path) ?? "") : [];
  const { cell, line } = placeOf(range.start, undefined, cells);
  const endLine = line + range.end.line - range.start.line;
  const file = displayPath(resolve(workspace.root, path));
  return { file, ...(cell !== undefined && { cell }), startLine: line, endLine, range };
}

function linesCovered(classes: readonly CloneClass[], added: AddedClones | undefined): number {
  const covered = new Map<string, Set<number>>();
  for (const { path, range } of classes.flatMap(({ copies }) => copies)) {
    const lines = covered.get(path) ?? new Set();
    covered.set(path, lines);
    for (let line = range.start.line; line <= range.end.line; line++) {
      if (!added || added.linesOf(path).has(line)) lines.add(line);
    }
  }
  return [...covered.values()].reduce((sum, lines) => sum + lines.size, 0);
}
