import { analyze } from "../analyze.ts";
import { isTestPath } from "../clones/test-path.ts";
import { Lines } from "../core/text.ts";
import { type Marked, stageOfMarked } from "../project/mark-stage.ts";
import type { Project } from "../project/project.ts";
import { type Obstacle, type Promotion, type PromotionStep, promotionRows, stepOf } from "../project/promotion.ts";
import { testFactsOf } from "./test-facts.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Judges a file or folder as if it were in production already: its code, and the files that declare the environment
 * in the folders around it. Recorded findings count, too: they were put off, not settled.
 */
export function promotionOf(workspace: Workspace, marked: Marked): Promotion {
  const { settings } = workspace;
  const promoted = { ...settings, stagesProduction: ["**"], stagesExperimental: [] };
  const within = workspace.paths.filter((path) => isWithin(path, marked) || isTestPath(path));
  const tests = testFactsOf(within, promoted, (path) => workspace.textOf(path));
  const project: Project = { ...workspace.project, settings: promoted, tests: () => tests };
  const obstacles: (Obstacle & { readonly step: PromotionStep })[] = [];
  for (const path of workspace.paths) {
    const language = workspace.languageOf(path);
    const isDeclaration = language?.grammar !== "python";
    const isMeant = isWithin(path, marked) || (isDeclaration && isAbove(path, marked));
    if (!language || !isMeant || !language.concerns(path, project)) continue;
    const text = workspace.textOf(path);
    if (text === undefined) continue;
    const lines = new Lines(text);
    for (const finding of analyze({ path, text }, project, { language }).findings) {
      const { rule, message } = finding;
      obstacles.push({ path, range: lines.rangeOf(finding.at), rule, message, step: stepOf(finding) });
    }
  }
  return { path: marked.path, stage: stageOfMarked(marked, settings), rows: promotionRows(obstacles) };
}

/** Whether a file declares the environment of what is marked: it lies in a folder around it. */
function isAbove(path: string, marked: Marked): boolean {
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/") + 1) : "";
  return `${marked.path}/`.startsWith(folder);
}

function isWithin(path: string, marked: Marked): boolean {
  return marked.isFolder ? marked.path === "" || path.startsWith(`${marked.path}/`) : path === marked.path;
}
