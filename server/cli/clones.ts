import { resolve } from "node:path";
import { setFlagsFromString } from "node:v8";
import * as l10n from "@vscode/l10n";
import { configurationOf, projectRootOf } from "../host/project-root.ts";
import { changesSince } from "../host/revision.ts";
import { ScanThreads } from "../host/scan-threads.ts";
import { statsOf } from "../host/walk.ts";
import { Workspace } from "../host/workspace.ts";
import { type CloneReport, cloneReport, percentOf, rounded } from "../report/clone-report.ts";
import { addedClones } from "./added-clones.ts";
import { clonesJson } from "./clones-json.ts";
import { clonesPage } from "./clones-page.ts";
import { clonesText } from "./clones-text.ts";
import { displayPath, loadFiles } from "./files.ts";
import type { ExitCode } from "./main.ts";

const reporters = { text: clonesText, json: clonesJson, html: (report: CloneReport) => [clonesPage(report)] };

/** Characters that are written at once. */
const written = 1 << 16;

interface CloneCommandOptions {
  readonly format: keyof typeof reporters;
  /** Per cent. */
  readonly failOver?: number;
  readonly base?: string;
}

/** `groundwork clones`: 0, 1 for more duplication than `--fail-over` allows, 2 for wrong usage or something unreadable. */
export async function clones(path: string | undefined, options: CloneCommandOptions): Promise<ExitCode> {
  const start = path ?? ".";
  if (!statsOf(start)) {
    console.error(`groundwork: ${start}: ${l10n.t("there is no such file or folder")}`);
    return 2;
  }
  useLittleMemory();
  const root = projectRootOf(start, process.cwd());
  const configuration = configurationOf(root);
  for (const problem of configuration.problems) console.error(`groundwork: ${problem}`);
  const workspace = new Workspace(root, configuration.settings, "code");
  // A thread that helps to read would save a tenth of the time, and cost as much memory.
  await loadFiles(workspace, [start], new ScanThreads(0));
  const errors = [...workspace.errors.values()];
  const report = await reportOf(workspace, options.base);
  if ("error" in report) {
    console.error(`groundwork: ${report.error}`);
    return 2;
  }
  write(reporters[options.format](report));
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

/**
 * A young generation that does not grow, and an old one that is cleared before it grows by much: a third less memory for a
 * million lines. Checks keep more and would be slower.
 */
function useLittleMemory(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--heap-growing-percent=20");
}

/** Writes a report while it is made: as one text, that of a large project would be as large as its index. */
function write(parts: Iterable<string>): void {
  let text = "";
  for (const part of parts) {
    text += part;
    if (text.length < written) continue;
    process.stdout.write(text);
    text = "";
  }
  process.stdout.write(text);
}

async function reportOf(workspace: Workspace, revision: string | undefined): Promise<CloneReport | { error: string }> {
  const nameOf = (path: string) => displayPath(resolve(workspace.root, path));
  if (revision === undefined) return cloneReport(workspace, { classes: workspace.clones(), nameOf });
  const changes = await changesSince(workspace.root, revision);
  if ("error" in changes) return changes;
  const added = addedClones(workspace, changes);
  return cloneReport(workspace, { ...added, nameOf, base: { revision, commit: changes.commit } });
}
