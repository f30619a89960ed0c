import { statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { parsing } from "../host/grammars.ts";
import type { ScanThreads } from "../host/scan-threads.ts";
import { scanInThreads } from "../host/threaded-scan.ts";
import { posixPath } from "../host/walk.ts";
import type { Workspace } from "../host/workspace.ts";

/**
 * Takes in folders as the walk finds them, with threads that help to read, and single files whatever excludes them;
 * tells after each file of a folder how many there were.
 */
export async function loadFiles(
  workspace: Workspace,
  paths: readonly string[],
  threads: ScanThreads,
  tell?: (count: number) => void,
): Promise<void> {
  let count = 0;
  for (const path of paths) {
    const folder = posixPath(workspace.root, resolve(path));
    if (!statSync(path).isDirectory()) await parsing(() => workspace.add(folder));
    else for await (const _ of scanInThreads(workspace, { threads, folder, isHelping: true })) tell?.(++count);
  }
}

/** A path as the user would write it: below the current folder relative to it, with `/` between its parts. */
export function displayPath(path: string): string {
  const below = relative(process.cwd(), path);
  return (below.startsWith("..") ? path : below).split(sep).join("/");
}
