import { basename, dirname, join, relative, sep } from "node:path";
import ignore from "ignore";
import { isFile, isFolder, textOf } from "./layout.ts";

/**
 * The line that keeps an environment in the folder out of git; `undefined` when there is no git, when the environment
 * lies elsewhere, and when it is ignored already: by the folder's `.gitignore` or, as venv and uv do it, by its own.
 */
export async function missingIgnoreLine(folder: string, prefix: string): Promise<string | undefined> {
  const path = relative(folder, prefix).split(sep).join("/");
  if (path === "" || path.startsWith("..") || !(await hasGit(folder))) return undefined;
  const own = await textOf(join(prefix, ".gitignore"));
  if (own !== undefined && /^\*\s*$/m.test(own)) return undefined;
  const rules = ignore().add((await textOf(join(folder, ".gitignore"))) ?? "");
  return rules.ignores(`${path}/`) ? undefined : `/${path}/`;
}

/** A repository's root holds `.git`, a folder, or a file in worktrees and submodules. */
async function hasGit(folder: string): Promise<boolean> {
  for (let place = folder; ; place = dirname(place)) {
    if ((await isFolder(join(place, ".git"))) || (await isFile(join(place, ".git")))) return true;
    if (basename(place) === "") return false;
  }
}
