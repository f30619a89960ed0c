import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { normalizedName, type PythonEnvironment } from "../project/project.ts";
import { readRequirements } from "../requirements/reader.ts";
import { pinnedVersion } from "../requirements/specifier.ts";
import type { Workspace } from "./workspace.ts";

/** A distribution that a project already knows, and from where. */
export interface KnownDistribution {
  /** As it is spelt there. */
  readonly name: string;
  /** Installed, locked or pinned; undefined where nothing fixes one. */
  readonly version: string | undefined;
  readonly isInstalled: boolean;
}

const lockFiles = ["uv.lock", "poetry.lock", "pdm.lock", "pylock.toml"];

/**
 * The distributions of a project by normalised name: those of this environment, those that its lock files hold, and
 * those that its requirements files name, but for the one at `except`. The first who knows one tells its version.
 */
export function knownDistributions(
  workspace: Workspace,
  except: string,
  environment: PythonEnvironment | undefined,
): ReadonlyMap<string, KnownDistribution> {
  const known = new Map<string, KnownDistribution>();
  const add = (name: string, version: string | undefined, isInstalled: boolean) => {
    const key = normalizedName(name);
    if (!known.has(key)) known.set(key, { name, version, isInstalled });
  };
  for (const { name, version } of environment?.distributions.values() ?? []) add(name, version, true);
  for (const { name, version } of lockedIn(workspace.root)) add(name, version, false);
  for (const path of workspace.paths) {
    if (path === except || workspace.languageOf(path)?.grammar !== "requirements") continue;
    using file = readRequirements(path, workspace.textOf(path) ?? "");
    for (const { name, specifier } of file.entries) if (name) add(name, pinnedVersion(specifier), false);
  }
  return known;
}

/** Lock files are TOML, long, and always written by a tool: their tables are looked for by their first lines. */
function lockedIn(root: string): { name: string; version: string }[] {
  return lockFiles.flatMap((lock) => {
    const path = join(root, lock);
    if (!existsSync(path)) return [];
    const tables = readFileSync(path, "utf8").matchAll(
      /^\[\[packages?\]\]\r?\nname = "([^"\n]+)"\r?\nversion = "([^"\n]+)"/gm,
    );
    return [...tables].map(([, name = "", version = ""]) => ({ name, version }));
  });
}
