import { realpathSync } from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import * as l10n from "@vscode/l10n";

/** Does a path below a folder lead out of it, by `..` or by a link? What is not there yet leads where its folder does. */
export function leadsOut(root: string, path: string): boolean {
  const [folder, place] = [realPlace(root), realPlace(join(root, path))];
  return place !== folder && !place.startsWith(join(folder, sep));
}

/** Why nothing is written there, for a sentence that says what was left as it is. */
export function leadsOutReason(path: string): string {
  return l10n.t("{0} leads out of the folder, where nothing is written", path);
}

/** Throws an Error with that reason. */
export function assertWithin(root: string, path: string): void {
  if (leadsOut(root, path)) throw new Error(leadsOutReason(path));
}

function realPlace(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(realPlace(folder), basename(path));
  }
}
