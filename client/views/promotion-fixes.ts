import * as vscode from "vscode";
import { showPlace } from "../duplicates/copies.ts";
import type { Server } from "../server.ts";
import type { Obstacle, Promotion, Row } from "./promotion.ts";

/** A command that mends a whole row, where the row speaks of one of these rules. */
interface Mend {
  readonly command: string;
  readonly rules: RegExp;
  /** It works on the file of the obstacle and not on what is promoted. */
  readonly isOfFile?: boolean;
}

const mends: Readonly<Record<string, readonly Mend[]>> = {
  environment: [
    { command: "groundwork.pinAndSortRequirements", rules: /^un(?:pinned|sorted)-requirement/, isOfFile: true },
    { command: "groundwork.moveUnusedRequirements", rules: /^(?:unused|frozen)-requirement/, isOfFile: true },
    { command: "groundwork.createRequirements", rules: /^undeclared-environment$/ },
    { command: "groundwork.createEnvironment", rules: /^(?:undeclared|base)-environment$/ },
  ],
  baseline: [{ command: "groundwork.addBaseline", rules: /^(?:missing-baseline|complex-first)$/, isOfFile: true }],
  serving: [
    { command: "groundwork.notebookToModule", rules: /^(?:notebook-in-production|overlong-cell)$/, isOfFile: true },
    { command: "groundwork.scaffoldService", rules: /^(?!pip-in-notebook)/ },
    { command: "groundwork.scaffoldBatch", rules: /^(?!pip-in-notebook)/ },
  ],
};

/** One thing that can be done about a row. */
interface Remedy extends vscode.QuickPickItem {
  readonly run: () => Thenable<unknown>;
}

/** Can anything be done about a row from here? */
export function isMendable({ step, obstacles }: Row): boolean {
  const commands = (mends[step] ?? []).filter(({ rules }) => obstacles.some((each) => rules.test(each.rule)));
  return commands.length > 0 || obstacles.some(({ fix }) => fix !== undefined);
}

/** Does what mends a row; where there are several things, the person chooses. */
export async function mendRow(server: Server, promotion: Promotion, row: Row): Promise<void> {
  const fixes: Remedy[] = row.obstacles.flatMap((each) =>
    each.fix === undefined
      ? []
      : [{ label: each.fix, description: placeName(each), detail: each.message, run: () => fixObstacle(server, each) }],
  );
  const remedies = [...(await commandsFor(promotion, row)), ...fixes];
  const [only] = remedies;
  const placeHolder = row.title;
  const chosen = remedies.length > 1 ? await vscode.window.showQuickPick(remedies, { placeHolder }) : only;
  await chosen?.run();
}

async function commandsFor({ uri }: Promotion, { step, obstacles }: Row): Promise<readonly Remedy[]> {
  const known = new Set(await vscode.commands.getCommands(true));
  return (mends[step] ?? []).flatMap(({ command, rules, isOfFile }) => {
    const first = obstacles.find((each) => rules.test(each.rule));
    if (!first || !known.has(command)) return [];
    const target = vscode.Uri.parse(isOfFile ? first.uri : uri);
    return [{ label: titleOf(command), run: () => vscode.commands.executeCommand(command, target) }];
  });
}

/** The title that a command has in the palette. */
function titleOf(command: string): string {
  const manifest: { contributes?: { commands?: readonly { command: string; title: string }[] } } =
    vscode.extensions.getExtension("groundwork.groundwork")?.packageJSON ?? {};
  return manifest.contributes?.commands?.find((each) => each.command === command)?.title ?? command;
}

/** Shows an obstacle and applies its fix there, unsaved: what it did can be looked at and undone. */
export async function fixObstacle(server: Server, obstacle: Obstacle): Promise<void> {
  await showPlace(obstacle);
  const { uri, rule, range, cell } = obstacle;
  const done = await server.execute<{
    command?: { name: string; arguments: readonly unknown[] };
    created?: string;
  } | null>("groundwork.server.fixObstacle", uri, rule, range.start, cell);
  if (done?.command) await vscode.commands.executeCommand(done.command.name, ...done.command.arguments);
  if (done?.created) await vscode.window.showTextDocument(vscode.Uri.parse(done.created));
}

/** `train.py:3`, `explore.ipynb:cell 2:3`. */
export function placeName({ path, cell, range }: Obstacle): string {
  const line = range.start.line + 1;
  return cell === undefined ? `${path}:${line}` : `${path}:${vscode.l10n.t("cell {0}", cell + 1)}:${line}`;
}
