import * as vscode from "vscode";
import type { Done, Server } from "./server.ts";

/** What the walkthrough's steps wait for: a context key, set once the server answers that it was done. */
const milestones: Readonly<Record<string, { readonly key: string; isReached(result: unknown): boolean }>> = {
  "groundwork.server.pinAndSort": { key: "groundwork.didPin", isReached: leavesNothing },
  "groundwork.server.markStage": { key: "groundwork.didMark", isReached: Boolean },
  "groundwork.server.addBaseline": { key: "groundwork.didAddBaseline", isReached: Boolean },
  "groundwork.server.scaffold": { key: "groundwork.didScaffold", isReached: Boolean },
};

/** Remembers across windows which milestones were reached, and tells the walkthrough. */
export function watchMilestones({ globalState }: vscode.ExtensionContext, server: Server): vscode.Disposable {
  const tell = (key: string) => vscode.commands.executeCommand("setContext", key, true);
  for (const { key } of Object.values(milestones)) if (globalState.get(key)) void tell(key);
  return vscode.Disposable.from(
    server.onDone(({ command, result }: Done) => {
      const milestone = milestones[command];
      if (!milestone?.isReached(result)) return;
      void globalState.update(milestone.key, true);
      void tell(milestone.key);
    }),
    server.onStatus(({ folders }) => {
      const isOwn = folders.some(({ environment }) => environment && !/^(?:base|system)$/.test(environment.kind));
      if (isOwn) void tell("groundwork.hasOwnEnvironment");
    }),
  );
}

/** Pinning answers with the requirements that it left without a version. */
function leavesNothing(result: unknown): boolean {
  if (typeof result !== "object" || result === null) return false;
  const left: unknown = Reflect.get(result, "left");
  return Array.isArray(left) && left.length === 0;
}
