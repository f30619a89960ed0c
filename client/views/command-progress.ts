import * as vscode from "vscode";
import type { WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport } from "vscode-languageclient";

type Value = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

/**
 * Shows what the server tells of a command's progress as a notification which can cancel it. The language client's own
 * way is a text in the status bar, without a button.
 */
export class CommandProgress implements vscode.Disposable {
  readonly #cancel: () => void;
  #show: ((value: WorkDoneProgressReport) => void) | undefined;
  #latest: WorkDoneProgressReport | undefined;
  #end: () => void = () => undefined;

  constructor(cancel: () => void) {
    this.#cancel = cancel;
  }

  take(value: Value): void {
    if (value.kind === "begin") {
      this.#begin(value.title);
      return;
    }
    if (value.kind === "end") {
      this.#end();
      return;
    }
    this.#latest = value;
    this.#show?.(value);
  }

  dispose(): void {
    this.#end();
  }

  #begin(title: string): void {
    const ended = new Promise<void>((resolve) => {
      this.#end = resolve;
    });
    const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title };
    void vscode.window.withProgress(options, (progress, token) => {
      token.onCancellationRequested(this.#cancel);
      let done = 0;
      this.#show = ({ message, percentage = done }) => {
        progress.report({ increment: percentage - done, ...(message === undefined ? {} : { message }) });
        done = percentage;
      };
      // It opens a moment after it was asked for.
      if (this.#latest) this.#show(this.#latest);
      return ended;
    });
  }
}
