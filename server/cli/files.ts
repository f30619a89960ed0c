import { statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { posixPath } from "../host/walk.ts";
import type { Workspace } from "../host/workspace.ts";

/**
 * Takes in folders as the walk finds them, and single files whatever excludes them; tells after each file of a folder
 * how many there were.
 */
export function loadFiles(workspace: Workspace, paths: readonly string[], tell?: (count: number) => void): void {
  let count = 0;
  for (const path of paths) {
    const below = posixPath(workspace.root, resolve(path));
    if (statSync(path).isDirectory()) for (const _ of workspace.scan(below)) tell?.(++count);
    else workspace.add(below);
  }
}

/** A path as the user would write it: below the current folder relative to it, with `/` between its parts. */
export function displayPath(path: string): string {
  const below = relative(process.cwd(), path);
  return (below.startsWith("..") ? path : below).split(sep).join("/");
}
