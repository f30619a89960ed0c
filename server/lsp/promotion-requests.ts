import * as l10n from "@vscode/l10n";
import type { Position } from "../core/text.ts";
import { fixesOfObstacle, promotionOf } from "../host/promotion.ts";
import { promotionPage } from "../project/promotion.ts";
import { toRange } from "./convert.ts";
import { makeEdits } from "./edits.ts";
import type { Session } from "./session.ts";
import { markedAt } from "./stage-commands.ts";

/** The checklist of a file or folder, with the same as a Markdown page; undefined outside of every folder. */
export async function promotionAt(session: Session, uri: string): Promise<unknown> {
  await session.folders.settled();
  const marked = markedAt(session, uri);
  if (!marked) return undefined;
  const { workspace } = marked;
  const uriOf = (path: string) => session.folders.uriOf(workspace, path);
  const promotion = promotionOf(workspace, marked);
  const page = promotionPage(promotion);
  const rows = promotion.rows.map(({ obstacles, ...row }) => ({
    ...row,
    obstacles: obstacles.map((each) => ({ ...each, uri: uriOf(each.path), range: toRange(each.range) })),
  }));
  return { uri, path: promotion.path, stage: promotion.stage, rows, page };
}

/**
 * [uri, rule, start of the obstacle, its cell]: applies the fix of an obstacle of a checklist, whatever stage its folder
 * is in. Answers with the command that the client is to run, where the fix is one.
 */
export async function fixObstacleCommand(
  session: Session,
  [uri, rule, start, cell]: readonly unknown[],
): Promise<unknown> {
  const { window } = session.connection;
  const place = session.folders.placeOf(String(uri));
  if (!place) return undefined;
  const { workspace, path } = place;
  const at = { rule: String(rule), start: fromLsp(start), ...(typeof cell === "number" && { cell }) };
  const fixes = fixesOfObstacle(workspace, path, at);
  const fix = fixes.find(({ refused }) => refused === undefined);
  if (!fix) {
    const [refused] = fixes;
    window.showInformationMessage(
      refused?.refused === undefined
        ? l10n.t("The code has changed meanwhile: judge again.")
        : l10n.t("Nothing was changed: {0}", refused.refused),
    );
    return undefined;
  }
  if (fix.edits.length > 0 && !(await makeEdits(session, workspace, fix))) return undefined;
  const [target, ...rest] = fix.command?.arguments ?? [];
  const created = fix.edits.find(({ creates }) => creates)?.path;
  return {
    ...(fix.command && {
      command: { name: fix.command.name, arguments: [session.folders.uriOf(workspace, String(target)), ...rest] },
    }),
    ...(created !== undefined && { created: session.folders.uriOf(workspace, created) }),
  };
}

function fromLsp(start: unknown): Position {
  const { line, character } = start as { line: number; character: number };
  return { line, column: character };
}
