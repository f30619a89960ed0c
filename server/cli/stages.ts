import { join, posix, resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import type { Stage } from "../core/rule.ts";
import { configurationFileOf, configurationOf, projectRootOf, ruffFileOf } from "../host/project-root.ts";
import { promotionOf } from "../host/promotion.ts";
import { replaceFile } from "../host/replace.ts";
import { posixPath, reasonOf, statsOf } from "../host/walk.ts";
import { assertWithin } from "../host/within.ts";
import { Workspace } from "../host/workspace.ts";
import type { ConfigurationFile } from "../project/configuration-file.ts";
import { markedStage, stageOfMarked } from "../project/mark-stage.ts";
import { promotionPage } from "../project/promotion.ts";
import { withRuffRules } from "../project/ruff-rules.ts";
import { type SuggestedStage, suggestedStages } from "../project/suggested-stages.ts";
import { displayPath } from "./files.ts";
import type { ExitCode } from "./main.ts";
import { promoteToModule } from "./notebook-to-module.ts";
import { complain } from "./requirements.ts";

/** `groundwork mark`: 0 written (or so already), 1 refused with the reason, 2 nothing there or not writable. */
export async function mark(stage: Stage, paths: readonly string[]): Promise<ExitCode> {
  for (const path of paths) {
    const found = statsOf(path);
    if (!found) {
      complain(path, l10n.t("there is no such file or folder"));
      return 2;
    }
    const refusal = await markedIn(projectRootOf(path, process.cwd()), resolve(path), stage);
    if (refusal) {
      complain(path, refusal.reason);
      return refusal.code;
    }
  }
  return 0;
}

/** Writes the stage of a path into the configuration; or, localised, why that was left as it was: refused (1) or not to be had (2). */
export async function markedIn(
  root: string,
  path: string,
  stage: Stage,
): Promise<{ readonly code: 1 | 2; readonly reason: string } | undefined> {
  const isFolder = statsOf(path)?.isDirectory();
  if (isFolder === undefined) return { code: 2, reason: l10n.t("there is no such file or folder") };
  const file = configurationFileOf(root);
  const result = markedStage(file, { path: posixPath(root, path), isFolder }, stage);
  if ("refused" in result) return { code: 1, reason: result.refused };
  if (result.text === file.text) return undefined;
  try {
    assertWithin(root, file.name);
    await replaceFile(join(root, file.name), result.text, file.text);
    return undefined;
  } catch (error) {
    return { code: 2, reason: l10n.t("it was left as it was: {0}", reasonOf(error)) };
  }
}

interface PromoteOptions {
  readonly toModule?: boolean;
  readonly write?: boolean;
}

/** `groundwork promote`: the checklist as Markdown; 0 nothing stands in the way, 1 something does, 2 nothing is there. */
export function promote(path: string, options: PromoteOptions): ExitCode | Promise<ExitCode> {
  const found = statsOf(path);
  if (!found) {
    complain(path, l10n.t("there is no such file or folder"));
    return 2;
  }
  if (options.toModule) return promoteToModule(path, options);
  const root = projectRootOf(path, process.cwd());
  const workspace = new Workspace(root, configurationOf(root).settings);
  for (const _ of workspace.scan());
  const marked = { path: posixPath(root, resolve(path)), isFolder: found.isDirectory() };
  const promotion = promotionOf(workspace, marked);
  process.stdout.write(promotionPage(promotion, (each) => `${each.path}#L${each.range.start.line + 1}`));
  return promotion.rows.every(({ obstacles }) => obstacles.length === 0) ? 0 : 1;
}

/** `groundwork ruff`: 0 written (or so already), 1 refused with the reason, 2 not writable. */
export async function enableRuff(path: string): Promise<ExitCode> {
  const root = projectRootOf(path, process.cwd());
  const file = ruffFileOf(root);
  const result = withRuffRules(file, configurationOf(root).settings);
  if ("refused" in result) {
    complain(path, result.refused);
    return 1;
  }
  return result.text === file.text || (await write(root, file, result.text)) ? 0 : 2;
}

/** `groundwork stages`: 0, or 2 when there is no such folder. */
export function stages(path: string, { format }: { readonly format: "text" | "json" }): ExitCode {
  if (!statsOf(path)?.isDirectory()) {
    complain(path, l10n.t("it is no folder"));
    return 2;
  }
  const root = projectRootOf(path, process.cwd());
  const { settings } = configurationOf(root);
  const workspace = new Workspace(root, settings);
  for (const _ of workspace.scan());
  const code = workspace.sources.filter((each) => /\.(?:pyi?|ipynb)$/.test(each));
  const folders = [...new Set(code.map((each) => posix.dirname(each)))].sort().map((folder) => {
    const marked = { path: folder === "." ? "" : folder, isFolder: true };
    return { folder: displayPath(join(root, folder)) || ".", stage: stageOfMarked(marked, settings) };
  });
  const suggestions = suggestedStages(workspace.sources, settings);
  if (format === "json") process.stdout.write(`${JSON.stringify({ folders, suggestions })}\n`);
  else process.stdout.write([...folders.map(lineOf), ...suggestions.map(suggestionLine)].join(""));
  return 0;
}

function lineOf({ folder, stage }: { readonly folder: string; readonly stage: Stage }): string {
  return `${folder}: ${stageName(stage)}\n`;
}

function suggestionLine({ folder, stage, reason }: SuggestedStage): string {
  const why = reason === "notebooks" ? l10n.t("it holds notebooks") : l10n.t("it is a package with tests and a build");
  return `${l10n.t("{0} could be marked as {1}: {2}", folder, stageName(stage), why)}\n`;
}

function stageName(stage: Stage): string {
  if (stage === "production") return l10n.t("production");
  return stage === "experimental" ? l10n.t("experimental") : l10n.t("undecided");
}

async function write(root: string, { name, text: before }: ConfigurationFile, text: string): Promise<boolean> {
  try {
    assertWithin(root, name);
    await replaceFile(join(root, name), text, before);
    return true;
  } catch (error) {
    complain(join(root, name), l10n.t("it was left as it was: {0}", reasonOf(error)));
    return false;
  }
}
