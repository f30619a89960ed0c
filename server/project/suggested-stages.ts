import type { Stage } from "../core/rule.ts";
import type { Settings } from "../core/settings.ts";
import { stageOfMarked } from "./mark-stage.ts";

/** A stage that a folder's contents speak for. A suggestion: the person decides. */
export interface SuggestedStage {
  /** POSIX path relative to the root; empty for the root. */
  readonly folder: string;
  readonly stage: Exclude<Stage, "undecided">;
  readonly reason: "notebooks" | "package";
}

/**
 * Folders of notebooks, which are experiments more often than not, and packages of projects that are built and tested.
 * Only what is undecided so far, in the order of the paths (POSIX, relative to the root).
 */
export function suggestedStages(paths: readonly string[], settings: Settings): SuggestedStage[] {
  const packages = packagesIn(paths);
  const inside = (folder: string) => packages.some((each) => isBelow(folder, each));
  const notebooks = foldersOf(paths.filter((path) => path.endsWith(".ipynb"))).filter(
    (folder) => folder !== "" && !inside(folder),
  );
  const topmost = notebooks.filter((folder) => !notebooks.some((other) => other !== folder && isBelow(folder, other)));
  const suggestions: SuggestedStage[] = [
    ...topmost.map((folder) => ({ folder, stage: "experimental", reason: "notebooks" }) as const),
    ...packages.map((folder) => ({ folder, stage: "production", reason: "package" }) as const),
  ];
  return suggestions
    .filter(({ folder }) => stageOfMarked({ path: folder, isFolder: true }, settings) === "undecided")
    .sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** The outermost packages of folders that are built (`pyproject.toml` or `setup.py` above) and tested. */
function packagesIn(paths: readonly string[]): string[] {
  const known = new Set(paths);
  const isTested = paths.some((path) => /(?:^|\/)(?:test_[^/]*|[^/]*_test)\.py$/.test(path));
  if (!isTested) return [];
  return foldersOf(paths.filter((path) => path.endsWith("/__init__.py"))).filter((folder) => {
    const above = folder.split("/").slice(0, -1).join("/");
    if (/(?:^|\/)(?:tests?|docs?|examples?)(?:\/|$)/.test(folder) || known.has(join(above, "__init__.py")))
      return false;
    const base = above.replace(/(?:^|\/)src$/, "");
    return ["pyproject.toml", "setup.py", "setup.cfg"].some((name) => known.has(join(base, name)));
  });
}

function foldersOf(paths: readonly string[]): string[] {
  return [...new Set(paths.map((path) => path.split("/").slice(0, -1).join("/")))].sort();
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function join(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
