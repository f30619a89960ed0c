// Throw-away workspaces, so that no test writes into the repository.
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { repositoryRoot } from "../../scripts/editor-host.ts";

/** A copy of a folder of the repository, such as `examples/churn`; the copy has the folder's name. */
export function copyOf(folder: string): string {
  const copy = join(emptyFolder(), basename(folder));
  cpSync(join(repositoryRoot, folder), copy, { recursive: true });
  return copy;
}

/** A new workspace with these files: paths with forward slashes, and what is in them. */
export function workspaceWith(files: Readonly<Record<string, string>>): string {
  const workspace = join(emptyFolder(), "workspace");
  mkdirSync(workspace);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    writeFileSync(join(workspace, path), text);
  }
  return workspace;
}

/** The real path, because an editor reports paths without symbolic links. It goes when this process ends. */
function emptyFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "groundwork-workspace-")));
  if (folders.length === 0) process.once("exit", removeFolders);
  folders.push(folder);
  return folder;
}

const folders: string[] = [];

function removeFolders(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
