import { statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { posixPath } from "../host/walk.ts";
import type { Workspace } from "../host/workspace.ts";

/** Takes in folders as the walk finds them, and single files whatever excludes them. */
export function loadFiles(workspace: Workspace, paths: readonly string[]): void {
  for (const path of paths) {
    const below = posixPath(workspace.root, resolve(path));
    if (statSync(path).isDirectory()) for (const _ of workspace.scan(below));
    else workspace.add(below);
  }
}

/** A path as the user would write it: below the current folder relative to it, with `/` between its parts. */
export function displayPath(path: string): string {
  const below = relative(process.cwd(), path);
  return (below.startsWith("..") ? path : below).split(sep).join("/");
}
