import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import { configurationOf, isProjectRoot, projectRootOf } from "../host/project-root.ts";
import type { ScanThreads } from "../host/scan-threads.ts";
import { statsOf } from "../host/walk.ts";
import { Workspace } from "../host/workspace.ts";
import { baselineName } from "../project/baseline.ts";
import { readinessReport } from "../report/readiness-report.ts";
import { reportJson } from "../report/report-json.ts";
import { reportMarkdown } from "../report/report-markdown.ts";
import { reportPage } from "../report/report-page.ts";
import { baselineOf } from "./check.ts";
import { displayPath, loadFiles } from "./files.ts";
import type { ExitCode } from "./main.ts";
import { complain } from "./requirements.ts";

const formats = { html: reportPage, md: reportMarkdown, json: reportJson };

/** `groundwork report`: 0, whatever is found; 2 for wrong usage or something unreadable. */
export async function report(
  path: string,
  { format }: { readonly format: keyof typeof formats },
  threads: ScanThreads,
): Promise<ExitCode> {
  if (!statsOf(path)) {
    complain(path, l10n.t("there is no such file or folder"));
    return 2;
  }
  const root = projectRootOf(path, process.cwd());
  const configuration = configurationOf(root);
  for (const problem of configuration.problems) console.error(`groundwork: ${problem}`);
  const workspace = new Workspace(root, configuration.settings);
  if (existsSync(join(root, baselineName))) workspace.baseline = baselineOf(root);
  await loadFiles(workspace, [path], threads);
  if (isProjectRoot(root)) workspace.survey("imports");
  const steps = readinessReport(workspace, {
    name: basename(resolve(path)),
    date: new Date().toISOString().slice(0, 10),
    nameOf: (each) => displayPath(resolve(root, each)),
    foundIn: (each) => workspace.report(each) ?? { findings: [], known: [] },
  });
  let step = steps.next();
  while (!step.done) step = steps.next();
  process.stdout.write(formats[format](step.value));
  for (const error of workspace.errors.values()) complain(error.path, error.message);
  return workspace.errors.size > 0 ? 2 : 0;
}
