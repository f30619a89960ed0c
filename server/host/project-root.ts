import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { type Configuration, hasConfiguration, readConfiguration } from "../project/configuration.ts";
import type { ConfigurationFile } from "../project/configuration-file.ts";
import { statsOf } from "./walk.ts";

const configurationFiles = ["groundwork.toml", "pyproject.toml"];

/** Files that lie in the folder of a project, and not below it. */
const projectFiles = ["pyproject.toml", "requirements.txt", "setup.py", "setup.cfg", "environment.yml", "Pipfile"];

/**
 * The folder that the globs of a path's settings are relative to: the nearest one upwards that configures Groundwork,
 * else `fallback` when it holds the path, else the path's own folder; or, in a repository, the nearest one from there
 * upwards that says what a project needs.
 */
export function projectRootOf(path: string, fallback: string): string {
  const start = statsOf(path)?.isDirectory() ? resolve(path) : dirname(resolve(path));
  for (let folder = start; ; folder = dirname(folder)) {
    if (configurationSource(folder)) return folder;
    if (dirname(folder) === folder) break;
  }
  const base = resolve(fallback);
  return projectFolderFrom(start === base || start.startsWith(join(base, "/")) ? base : start);
}

/** Whether a folder is a project's: looking through it whole is then no walk through somebody's home. */
export function isProjectRoot(folder: string): boolean {
  if (resolve(folder) === homedir()) return false;
  return [...projectFiles, ".git", "groundwork.toml"].some((name) => existsSync(join(folder, name)));
}

/** Never outside of a repository: a file that lies about in a home does not make that a project. */
function projectFolderFrom(base: string): string {
  let found: string | undefined;
  for (let folder = base; ; folder = dirname(folder)) {
    if (projectFiles.some((name) => existsSync(join(folder, name)))) found ??= folder;
    if (existsSync(join(folder, ".git"))) return found ?? base;
    if (dirname(folder) === folder) return base;
  }
}

/** The settings of a folder; `overrides` are the editor's. */
export function configurationOf(root: string, overrides: Parameters<typeof readConfiguration>[1] = {}): Configuration {
  return readConfiguration(configurationSource(root, true), overrides);
}

/** The file that a project's settings are written to: the one that holds them, else `pyproject.toml`. */
export function configurationFileOf(root: string): ConfigurationFile {
  return configurationSource(root, true) ?? { name: "pyproject.toml", text: "" };
}

/** The file that ruff reads in a folder: the first of these that there is (ruff's documentation, "Config file discovery"). */
export function ruffFileOf(root: string): ConfigurationFile {
  const name = [".ruff.toml", "ruff.toml"].find((each) => existsSync(join(root, each))) ?? "pyproject.toml";
  const path = join(root, name);
  return { name, text: existsSync(path) ? readFileSync(path, "utf8") : "" };
}

/** With `any`, a file that does not parse counts too, so that its error can be told. */
function configurationSource(folder: string, any = false): ConfigurationFile | undefined {
  for (const name of configurationFiles) {
    const path = join(folder, name);
    if (!existsSync(path)) continue;
    const text = readFileSync(path, "utf8");
    if (any || hasConfiguration(name, text)) return { name, text };
  }
  return undefined;
}
