import type * as vscode from "vscode";
import type { Server } from "../server.ts";

/** Has a list of the whole workspace asked for again when findings changed: not before somebody looks at it. */
export function keepFresh(server: Server, view: vscode.TreeView<unknown>, ask: () => void): vscode.Disposable[] {
  let isOutdated = false;
  let isBusy = false;
  const refresh = () => {
    isOutdated = !view.visible;
    if (view.visible) ask();
  };
  return [
    server.onFindingsChange(refresh),
    server.onStatus(({ busy }) => {
      // A server that was started again knows of no list.
      if (isBusy && !busy) refresh();
      isBusy = busy;
    }),
    view.onDidChangeVisibility(() => isOutdated && refresh()),
  ];
}
