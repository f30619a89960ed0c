import { basename } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { CancellationToken } from "vscode-languageserver";
import type { Workspace } from "../host/workspace.ts";
import { type ReadinessReport, type ReportedPlace, readinessReport } from "../report/readiness-report.ts";
import { reportJson } from "../report/report-json.ts";
import { reportMarkdown } from "../report/report-markdown.ts";
import { reportPage } from "../report/report-page.ts";
import { workspaceOf } from "./create-requirements-command.ts";
import type { Session } from "./session.ts";

/** How long the report may hold up a keystroke, in milliseconds. */
const slice = 8;

export interface ReportParams {
  /** Of a folder, or of a file in it. */
  readonly uri: string;
  /** `panel` is the page for a client that has the command `groundwork.showFinding`; `html` needs nothing. */
  readonly format: "panel" | "html" | "md" | "json";
}

/** The answer to `groundwork/report`: the report of a folder as a text; null outside of every folder. */
export async function reportOf(
  session: Session,
  { uri, format }: ReportParams,
  token: CancellationToken,
): Promise<string | null> {
  const workspace = workspaceOf(session, uri);
  if (!workspace) return null;
  await session.folders.settled();
  const report = await judged(session, workspace, token);
  if (!report) return null;
  if (format === "json") return reportJson(report);
  if (format === "md") return reportMarkdown(report);
  if (format === "html") return reportPage(report);
  return reportPage(report, { nonce: crypto.randomUUID(), linkOf: (place) => commandLink(session, workspace, place) });
}

/** Nothing is computed anew that the diagnostics know. */
async function judged(
  { diagnostics }: Session,
  workspace: Workspace,
  token: CancellationToken,
): Promise<ReadinessReport | undefined> {
  const steps = readinessReport(workspace, {
    name: basename(workspace.root),
    date: new Date().toISOString().slice(0, 10),
    nameOf: (path) => path,
    foundIn: (path) => diagnostics.resultOf({ workspace, path }),
  });
  let started = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - started < slice) continue;
    await nextTurn();
    if (token.isCancellationRequested) return undefined;
    started = performance.now();
  }
}

function commandLink(
  { folders }: Session,
  workspace: Workspace,
  place: Pick<ReportedPlace, "path" | "line" | "cell">,
): string {
  const start = { line: place.line - 1, character: 0 };
  const cell = place.cell === undefined ? {} : { cell: place.cell - 1 };
  const values = [{ uri: folders.uriOf(workspace, place.path), range: { start, end: start }, ...cell }];
  return `command:groundwork.showFinding?${encodeURIComponent(JSON.stringify(values))}`;
}
