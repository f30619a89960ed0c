import * as l10n from "@vscode/l10n";
import { URI } from "vscode-uri";
import { isRecord } from "../core/json.ts";
import { explainRule, listFindings } from "../host/model-tools.ts";
import type { Session } from "./session.ts";

/** Answers a language model with text: what `host/model-tools.ts` lists, of the editor's documents as they stand. */
export async function modelToolCommand(session: Session, [tool, given]: readonly unknown[]): Promise<string> {
  const input = isRecord(given) ? given : {};
  if (tool === "explain_rule") return explainRule(String(input.rule));
  await session.folders.settled();
  const uri = typeof input.uri === "string" ? input.uri : undefined;
  const places = session.folders.workspaces.flatMap((workspace) => {
    if (uri === undefined) return [{ workspace, path: "." }];
    // The folder itself is no place in it.
    if (URI.parse(uri).fsPath === workspace.root) return [{ workspace, path: "." }];
    const place = session.folders.placeOf(uri);
    return place?.workspace === workspace ? [place] : [];
  });
  if (places.length === 0) return l10n.t("{0} is not in the project's folder", uri ?? "");
  const { rule, limit } = input;
  const lists = places.map(({ workspace, path }) => ({
    folder: workspace.root,
    ...listFindings(workspace, {
      path,
      ...(typeof rule === "string" && { rule }),
      ...(typeof limit === "number" && { limit }),
    }),
  }));
  return JSON.stringify(lists.length === 1 ? lists[0] : lists);
}
