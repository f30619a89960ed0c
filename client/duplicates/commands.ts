import * as vscode from "vscode";
import type { Server } from "../server.ts";
import { compareCopies, compareFiles, compareVersions, registerCopyDocuments } from "./compare.ts";
import { type CopyAt, copyAtHand, nextCopy, showCopy } from "./copies.ts";
import { copyOf, type DuplicateNode, DuplicatesView } from "./duplicates-view.ts";
import { watchCopies } from "./on-copy.ts";

/** Everything about copied blocks: the view, the commands at a copy, and the documents that they are compared in. */
export function duplicates(server: Server): vscode.Disposable {
  const view = new DuplicatesView(server);
  const atHand = (node: DuplicateNode | undefined) => (node ? copyOf(node) : copyAtHand(server));
  const register = (name: string, run: (at: CopyAt) => Promise<unknown>) =>
    vscode.commands.registerCommand(name, async (node?: DuplicateNode) => {
      const at = await atHand(node);
      if (at) await run(at);
    });
  return vscode.Disposable.from(
    view,
    watchCopies(),
    registerCopyDocuments(),
    register("groundwork.goToNextCopy", (at) => showCopy(nextCopy(at))),
    register("groundwork.compareWithCopy", (at) => compareCopies(at)),
    register("groundwork.ignoreCopies", (at) => ignoreCopies(server, at)),
    vscode.commands.registerCommand("groundwork.compareVersions", compareVersions),
    vscode.commands.registerCommand("groundwork.compareFiles", compareFiles),
    vscode.commands.registerCommand("groundwork.showCopy", (at: CopyAt) => showCopy(at)),
  );
}

/** The comment is shown where it is written. */
async function ignoreCopies(server: Server, at: CopyAt): Promise<void> {
  const { copy } = at;
  await showCopy(at);
  await server.execute("groundwork.server.ignoreCopies", copy.uri, copy.range.start.line, copy.cell);
}
