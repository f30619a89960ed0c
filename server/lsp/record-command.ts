import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import * as l10n from "@vscode/l10n";
import type { CancellationToken } from "vscode-languageserver";
import { bytesAt, replaceFile } from "../host/replace.ts";
import { reasonOf } from "../host/walk.ts";
import { leadsOut, leadsOutReason } from "../host/within.ts";
import type { Report as FileReport } from "../host/workspace.ts";
import { baselineName, baselineText } from "../project/baseline.ts";
import { workspaceOf } from "./create-requirements-command.ts";
import { withProgress } from "./progress.ts";
import type { Session } from "./session.ts";

/** Writes every finding of a folder into its baseline file; from then on only new ones are shown. */
export async function recordFindings(
  session: Session,
  [uri]: readonly unknown[],
  token: CancellationToken,
): Promise<unknown> {
  const workspace = workspaceOf(session, String(uri));
  if (!workspace) return undefined;
  const { window } = session.connection;
  if (leadsOut(workspace.root, baselineName)) {
    window.showWarningMessage(l10n.t("Nothing was changed: {0}", leadsOutReason(baselineName)));
    return undefined;
  }
  await session.folders.settled();
  const files: (FileReport & { readonly path: string })[] = [];
  const isWhole = await withProgress(session, l10n.t("Recording findings"), token, async (signal, report) => {
    const { paths } = workspace;
    for (const [index, path] of paths.entries()) {
      const found = workspace.report(path);
      const findings = found ? [...found.findings, ...found.known] : [];
      if (found && findings.length > 0) files.push({ ...found, findings, path });
      if (index % 20 !== 0) continue;
      report(path, (100 * index) / paths.length);
      await nextTurn();
      if (signal.aborted) return false;
    }
    return true;
  });
  if (!isWhole) return undefined;
  const path = join(workspace.root, baselineName);
  try {
    await replaceFile(path, baselineText(files), bytesAt(path));
  } catch (error) {
    window.showErrorMessage(l10n.t("{0} was left as it is: {1}", baselineName, reasonOf(error)));
    return undefined;
  }
  session.folders.reload(workspace);
  session.folders.changed(workspace);
  const count = files.reduce((sum, { findings }) => sum + findings.length, 0);
  window.showInformationMessage(
    l10n.t("Findings recorded in {0}: {1}. From now on only new ones are shown.", baselineName, count),
  );
  return { count };
}
