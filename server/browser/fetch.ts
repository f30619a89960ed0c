import { basename, join } from "node:path";
import { defaultSettings } from "../core/settings.ts";
import { isExcluded } from "../core/stages.ts";
import { isDependencySource } from "../host/dependency-facts.ts";
import { configurationOf } from "../host/project-root.ts";
import { isLeftOut } from "../host/walk.ts";
import { languageOf } from "../languages.ts";
import type { FetchedFiles } from "../lsp/platform.ts";
import { files } from "./file-table.ts";
import { remote } from "./remote-files.ts";

/** What is read besides the files of our languages and those that tell of dependencies. */
const configuration = /^(?:\.gitignore|\.env|(?:\.?ruff|groundwork|pyproject)\.toml|groundwork-baseline\.json)$/;

/** Requirements files may include such, under any name. */
const maybeIncluded = /\.(?:txt|in)$/;
/** Bytes; a longer one is data. */
const includedLimit = 64 * 1024;

/** So many folders are asked for at the same time. */
const together = 16;

export const fetchedFiles: FetchedFiles = {
  connect: (connection) => remote.connect(connection),

  /** Level by level, many folders at the same time: each of them costs two questions' time. */
  async fetchFolder(root, goesOn) {
    files.remove(root);
    files.addFolder(root);
    let count = 0;
    const waiting = [""];
    while (waiting.length > 0) {
      const parts = await Promise.all(waiting.splice(0, together).map((below) => fetchLevel(root, below)));
      for (const { fetched, folders } of parts) {
        count += fetched;
        waiting.push(...folders);
      }
      if (!(await goesOn(count))) return;
    }
  },

  async fetchFiles(root, paths) {
    await read(
      root,
      paths.filter((path) => isWanted(path)),
    );
  },
};

/** Fetches the files of one folder; answers with how many these were, and the folders in it, if it is the project's. */
async function fetchLevel(
  root: string,
  below: string,
): Promise<{ readonly fetched: number; readonly folders: readonly string[] }> {
  const entries = await remote.list(join(root, below));
  const at = (name: string) => (below === "" ? name : `${below}/${name}`);
  const names = entries.filter(({ kind }) => kind === "file").map(({ name }) => at(name));
  const folders = entries.filter(({ kind }) => kind === "folder").map(({ name }) => at(name));
  const isConfiguration = (path: string) => configuration.test(basename(path));
  for (const path of names.filter((each) => !isConfiguration(each)))
    files.set(join(root, path), { size: 0, modified: 0 });
  for (const path of folders) files.addFolder(join(root, path));
  // They say what of the others is the project's.
  await readInto(root, names.filter(isConfiguration), defaultSettings.maxFileSize * 1024);
  const { settings } = configurationOf(root);
  const isOurs = (path: string, kind: "file" | "folder") => !isExcluded(path, settings) && !isLeftOut(root, path, kind);
  if (below !== "" && !isOurs(below, "folder")) return { fetched: 0, folders: [] };
  const wanted = names.filter((path) => isWanted(path) && !isConfiguration(path) && isOurs(path, "file"));
  await read(root, wanted);
  return { fetched: wanted.length, folders };
}

async function read(root: string, paths: readonly string[]): Promise<void> {
  const limit = configurationOf(root).settings.maxFileSize * 1024;
  const isText = (path: string) => maybeIncluded.test(path) && languageOf(path) === undefined;
  await Promise.all([
    readInto(root, paths.filter(isText), includedLimit),
    readInto(
      root,
      paths.filter((path) => !isText(path)),
      limit,
    ),
  ]);
}

async function readInto(root: string, paths: readonly string[], limit: number): Promise<void> {
  if (paths.length === 0) return;
  const full = paths.map((path) => join(root, path));
  const found = await remote.read(full, limit);
  for (const [index, path] of full.entries()) {
    const file = found[index];
    if (file) files.set(path, file);
    else files.remove(path);
  }
}

function isWanted(path: string): boolean {
  const isSource = languageOf(path) !== undefined || isDependencySource(path) || maybeIncluded.test(path);
  return isSource || configuration.test(basename(path));
}
