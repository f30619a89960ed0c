import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import { applyEdits } from "../core/edit.ts";
import { lockName, withoutUnused } from "../host/move-unused.ts";
import { configurationOf, projectRootOf } from "../host/project-root.ts";
import { posixPath, reasonOf } from "../host/walk.ts";
import { Workspace } from "../host/workspace.ts";
import { writeText } from "../host/write.ts";
import { readRequirements } from "../requirements/reader.ts";
import { chosenEnvironment, type EnvironmentOptions } from "./chosen-environment.ts";
import type { ExitCode } from "./main.ts";
import { complain, deliver, read } from "./requirements.ts";

interface MoveOptions extends EnvironmentOptions {
  readonly write?: boolean;
}

/** `groundwork move-unused`: 0 moved, 1 there was nothing to move or it was refused, 2 unreadable. */
export async function moveUnused(path: string, options: MoveOptions): Promise<ExitCode> {
  const source = read(path);
  if (!source) return 2;
  const folder = dirname(resolve(path));
  const lockPath = join(folder, lockName);
  const lock = existsSync(lockPath) ? read(lockPath) : { text: "", bytes: undefined };
  if (!lock) return 2;
  const workspace = await projectAround(path, options);
  using file = readRequirements(posixPath(workspace.root, resolve(path)), source.text);
  const split = withoutUnused(file, lock.text, workspace);
  if (!split || "refused" in split) {
    complain(path, l10n.t("it was left as it is: {0}", split?.refused ?? ""));
    if (!options.write) process.stdout.write(source.text);
    return 1;
  }
  // The lock first: should the other file then not be writable, it only says more than it must.
  if (options.write && split.lock !== lock.text && !(await writeLock(lockPath, split.lock, lock.bytes))) return 2;
  const names = split.moved.map(({ name }) => name ?? "").join(", ");
  if (!(await deliver(path, source, applyEdits(source.text, split.edits), options.write === true))) return 2;
  if (options.write) console.error(l10n.t("Moved to {0}: {1}.", lockName, names));
  else complain(basename(path), l10n.t("with --write, these go to {0}: {1}", lockName, names));
  return 0;
}

/** What the project's files declare and import, with the environment that tells what comes from where. */
async function projectAround(path: string, options: EnvironmentOptions): Promise<Workspace> {
  const root = projectRootOf(path, process.cwd());
  const workspace = new Workspace(root, configurationOf(root).settings);
  workspace.environment = await chosenEnvironment([dirname(resolve(path)), root], options);
  workspace.survey("imports");
  return workspace;
}

async function writeLock(path: string, text: string, before: Uint8Array | undefined): Promise<boolean> {
  try {
    await writeText(path, text, before, "requirements");
    return true;
  } catch (error) {
    complain(path, l10n.t("it was left as it was: {0}", reasonOf(error)));
    return false;
  }
}
