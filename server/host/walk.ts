import { existsSync, readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import * as l10n from "@vscode/l10n";
import ignore, { type Ignore } from "ignore";
import { vendoredFolders } from "../core/foreign.ts";
import { isTooWild } from "../core/globs.ts";

/** A file that the walk found; `path` is POSIX, relative to the root. */
export interface FoundFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** When it was last written to, in milliseconds. */
  readonly modified: number;
}

/** A folder or file that could not be looked at, with the operating system's reason. */
export interface UnreadablePath {
  readonly path: string;
  readonly reason: string;
}

export interface WalkOptions {
  /** Is a file worth finding? Asked with a POSIX path relative to the root. */
  readonly accepts: (path: string) => boolean;
  /** Is a file or folder left out by the project's own globs? */
  readonly excludes: (path: string) => boolean;
}

/** Folders that hold no code of the project's own: tools' caches, environments, vendored and built code. */
const foreignFolders = new Set([
  ...vendoredFolders,
  ...".bzr .direnv .eggs .git .hg .ipynb_checkpoints .mypy_cache .nox .pants.d .pixi .pyenv .pytest_cache .pytype .ruff_cache .svn .tox .venv .vscode-test __pycache__ __pypackages__ _build buck-out dist-packages node_modules site-packages venv".split(
    " ",
  ),
]);

/**
 * Every accepted file below a root, in the order of the paths; `.gitignore` files (also those above the root, up to
 * the repository) are obeyed, symbolic links to folders are not followed, so that loops cannot happen. What cannot
 * be read is yielded as {@link UnreadablePath}; what vanishes meanwhile is left out. Synchronous, file by file: the
 * consumer decides when to pause.
 */
export function* walk(root: string, options: WalkOptions): Generator<FoundFile | UnreadablePath> {
  yield* walkFolder(resolve(root), "", gitIgnoresAbove(resolve(root)), options);
}

/** Would the walk leave this file or folder (POSIX path relative to the root) out, apart from the project's own globs? */
export function isLeftOut(root: string, path: string, kind: "file" | "folder" = "file"): boolean {
  let ignores = gitIgnoresAbove(resolve(root));
  const parts = path.split("/");
  for (let depth = 0; depth < parts.length; depth++) {
    const folder = join(root, ...parts.slice(0, depth));
    const isFolder = kind === "folder" || depth < parts.length - 1;
    const full = join(folder, parts[depth] ?? "");
    ignores = [...ignores, ...readGitIgnore(folder, ".gitignore")];
    if (isIgnored(ignores, full, isFolder)) return true;
    if (isFolder && isForeignFolder(full)) return true;
  }
  return false;
}

function isForeignFolder(folder: string): boolean {
  if (foreignFolders.has(basename(folder))) return true;
  const entries = ["pyvenv.cfg", "conda-meta", "__init__.py"].filter((name) => existsSync(join(folder, name)));
  return isForeign(folder, entries);
}

interface GitIgnore {
  readonly folder: string;
  readonly rules: Ignore;
}

/** Looks through the folder at a POSIX path below the root, `""` for the root itself. */
function* walkFolder(
  root: string,
  below: string,
  inherited: readonly GitIgnore[],
  options: WalkOptions,
): Generator<FoundFile | UnreadablePath> {
  const folder = join(root, below);
  let entries: { name: string; isDirectory(): boolean; isFile(): boolean; isSymbolicLink(): boolean }[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (!isGone(error)) yield { path: below || ".", reason: reasonOf(error) };
    return;
  }
  if (
    below !== "" &&
    isForeign(
      folder,
      entries.map((entry) => entry.name),
    )
  )
    return;
  const ignores = entries.some((entry) => entry.name === ".gitignore")
    ? [...inherited, ...readGitIgnore(folder, ".gitignore")]
    : inherited;
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const full = folder + sep + entry.name;
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      if (foreignFolders.has(entry.name) || options.excludes(path) || isIgnored(ignores, full, true)) continue;
      yield* walkFolder(root, path, ignores, options);
    } else if (options.accepts(path) && !options.excludes(path) && !isIgnored(ignores, full, false)) {
      const stats = statsOf(full);
      if (stats?.isFile()) yield { path, size: stats.size, modified: stats.mtimeMs };
    }
  }
}

/**
 * Virtual and conda environments, whatever they are called, and `build` and `dist`, which hold copies of the sources
 * unless they are packages that bear the name.
 */
function isForeign(folder: string, names: readonly string[]): boolean {
  if (names.includes("pyvenv.cfg") || names.includes("conda-meta")) return true;
  return ["build", "dist"].includes(basename(folder)) && !names.includes("__init__.py");
}

function isIgnored(ignores: readonly GitIgnore[], full: string, isFolder: boolean): boolean {
  for (let index = ignores.length - 1; index >= 0; index--) {
    const layer = ignores[index];
    if (!layer) continue;
    const path = posixPath(layer.folder, full) + (isFolder ? "/" : "");
    const verdict = layer.rules.test(path);
    if (verdict.ignored) return true;
    if (verdict.unignored) return false;
  }
  return false;
}

/** Those above a root that was asked for by name, unless they leave it out itself: the person knows better. */
function gitIgnoresAbove(root: string): GitIgnore[] {
  const found: GitIgnore[] = [];
  for (let folder = root; ; folder = dirname(folder)) {
    if (folder !== root) found.unshift(...readGitIgnore(folder, ".gitignore"));
    if (existsSync(join(folder, ".git"))) {
      found.unshift(...readGitIgnore(folder, join(".git", "info", "exclude")));
      return folder !== root && isIgnored(found, root, true) ? [] : found;
    }
    if (dirname(folder) === folder) return [];
  }
}

function readGitIgnore(folder: string, name: string): GitIgnore[] {
  try {
    return [{ folder, rules: ignore().add(tameLines(readFileSync(join(folder, name), "utf8"))) }];
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return [];
  }
}

/** Nobody waits for a line that could keep a matcher busy for ever. */
function tameLines(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => !isTooWild(line));
}

/** A path below a folder with `/` between its parts, on every system. */
export function posixPath(folder: string, path: string): string {
  const below = relative(folder, path);
  return sep === "/" ? below : below.split(sep).join("/");
}

/** What is behind a path; undefined where nothing is that can be looked at, as behind a link to itself. */
export function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Did the file vanish between finding and reading it? */
export function isGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

/** The operating system's reason without Node's decoration; what people meet, in their language. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOSPC" || code === "EDQUOT") return l10n.t("no space is left on the disk");
  if (code === "EACCES" || code === "EPERM") return l10n.t("permission denied");
  if (code === "EROFS") return l10n.t("the disk can only be read");
  return error.message.replace(/^[A-Z]+: /, "").replace(/, \w+( '.*')?$/, "");
}
