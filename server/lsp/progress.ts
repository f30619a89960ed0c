import type { CancellationToken, Connection, WorkDoneProgressReporter } from "vscode-languageserver";
import type { Session } from "./session.ts";

export type Report = (message: string, percentage?: number) => void;

/** Does long work with the editor's progress and cancel button; cancelling either way aborts the signal. */
export async function withProgress<Result>(
  { connection, workDone }: Session,
  title: string,
  token: CancellationToken,
  work: (signal: AbortSignal, report: Report) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  token.onCancellationRequested(() => controller.abort());
  const progress = workDone ?? (await openProgress(connection, controller));
  progress.begin(title, undefined, undefined, true);
  try {
    return await work(controller.signal, (message, percentage) => {
      if (percentage === undefined) progress.report(message);
      else progress.report(Math.round(percentage), message);
    });
  } finally {
    progress.done();
  }
}

async function openProgress(connection: Connection, controller: AbortController): Promise<WorkDoneProgressReporter> {
  const progress = await connection.window.createWorkDoneProgress();
  progress.token.onCancellationRequested(() => controller.abort());
  return progress;
}
