import { basename } from "node:path";
import * as l10n from "@vscode/l10n";
import { patience, type ScanEvents, type ScanProgress } from "./folder-scans.ts";
import type { FetchedFiles } from "./platform.ts";

/** Fetches a folder. Once that takes long, the client shows how far it is, with a way to leave out what is not there yet. */
export async function fetchFolder(
  files: FetchedFiles,
  root: string,
  { onBusy, onProblem, startProgress }: ScanEvents,
): Promise<void> {
  let progress: Promise<ScanProgress | undefined> | undefined;
  let isCancelled = false;
  const title = l10n.t("Reading {0}", basename(root));
  const timer = setTimeout(() => {
    progress = startProgress(title);
  }, patience);
  onBusy(true);
  try {
    await files.fetchFolder(root, async (count) => {
      const shown = await progress;
      shown?.report(l10n.t("{0} files", count));
      if (shown?.isCancelled && !isCancelled) {
        isCancelled = true;
        onProblem(l10n.t("Cancelled after {0} files; restart the server to read the others.", count));
      }
      return !isCancelled;
    });
  } finally {
    clearTimeout(timer);
    (await progress)?.done();
    onBusy(false);
  }
}
