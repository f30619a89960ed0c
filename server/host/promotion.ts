import { analyze, fixesOf } from "../analyze.ts";
import type { Fix } from "../core/rule.ts";
import { Lines, type Position, type Span } from "../core/text.ts";
import { isNotebook } from "../languages.ts";
import { cellAtLine, cellsOf } from "../notebook/cells.ts";
import { type Marked, stageOfMarked } from "../project/mark-stage.ts";
import type { Project } from "../project/project.ts";
import { type Obstacle, type Promotion, type PromotionStep, promotionRows, stepOf } from "../project/promotion.ts";
import { TestIndex } from "./test-index.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Judges a file or folder as if it were in production already: its code, and the files that declare the environment
 * in the folders around it. Recorded findings count, too: they were put off, not settled.
 */
export function promotionOf(workspace: Workspace, marked: Marked): Promotion {
  const project = promotedProject(workspace, marked);
  const obstacles: (Obstacle & { readonly step: PromotionStep })[] = [];
  for (const path of workspace.paths) {
    const language = workspace.languageOf(path);
    const isDeclaration = language?.grammar !== "python";
    const isMeant = isWithin(path, marked) || (isDeclaration && isAbove(path, marked));
    if (!language || !isMeant || !language.concerns(path, project)) continue;
    const text = workspace.textOf(path);
    if (text === undefined) continue;
    const places = placesIn(path, text);
    const { findings, offers } = analyze({ path, text }, project, { language, offering: true });
    for (const finding of findings) {
      const { rule, message } = finding;
      const title = offers?.get(finding)?.[0]?.title;
      const fix = title === undefined ? {} : { fix: title };
      obstacles.push({ path, ...places(finding.at), rule, message, ...fix, step: stepOf(finding) });
    }
  }
  return { path: marked.path, stage: stageOfMarked(marked, workspace.settings), rows: promotionRows(obstacles) };
}

/** The fixes of the obstacle of a rule that starts at a place, computed on the file's present text. */
export function fixesOfObstacle(
  workspace: Workspace,
  path: string,
  { rule, start, cell }: { readonly rule: string; readonly start: Position; readonly cell?: number },
): readonly Fix[] {
  const language = workspace.languageOf(path);
  const text = workspace.textOf(path);
  if (!language || text === undefined) return [];
  const project = promotedProject(workspace, { path, isFolder: false });
  const places = placesIn(path, text);
  const { findings } = analyze({ path, text }, project, { language });
  const found = findings.find((finding) => {
    const place = places(finding.at);
    const isThere = place.range.start.line === start.line && place.range.start.column === start.column;
    return finding.rule === rule && isThere && place.cell === cell;
  });
  return found ? (fixesOf({ path, text }, [found], project, { language })[0] ?? []) : [];
}

/** The project as it would be with everything in production; only what is marked is told that there are no tests. */
function promotedProject(workspace: Workspace, marked: Marked): Project {
  const promoted = { ...workspace.settings, stagesProduction: ["**"], stagesExperimental: [] };
  const sources = { ...workspace.testSources(), settings: promoted, isAsked: (path: string) => isWithin(path, marked) };
  const tests = new TestIndex(sources).facts();
  return { ...workspace.project, settings: promoted, tests: () => tests };
}

/** Where spans of a text are for a person: in a notebook, within their cell. */
function placesIn(path: string, text: string): (span: Span) => Pick<Obstacle, "range" | "cell"> {
  const lines = new Lines(text);
  const cells = isNotebook(path) ? cellsOf(text) : [];
  return (span) => {
    const range = lines.rangeOf(span);
    const cell = cellAtLine(cells, range.start.line);
    if (!cell) return { range };
    const within = ({ line, column }: Position) => ({ line: Math.max(0, line - cell.line), column });
    return { range: { start: within(range.start), end: within(range.end) }, cell: cell.index };
  };
}

/** Whether a file declares the environment of what is marked: it lies in a folder around it. */
function isAbove(path: string, marked: Marked): boolean {
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/") + 1) : "";
  return `${marked.path}/`.startsWith(folder);
}

function isWithin(path: string, marked: Marked): boolean {
  return marked.isFolder ? marked.path === "" || path.startsWith(`${marked.path}/`) : path === marked.path;
}
