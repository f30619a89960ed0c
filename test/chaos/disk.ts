// Disks that refuse: what a command was about to write is then as it was, nothing lies beside it, and it says why.
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { defaultSettings } from "../../server/core/settings.ts";
import { indexCacheOf, readIndexCache, writeIndexCache } from "../../server/host/index-cache.ts";
import { Workspace } from "../../server/host/workspace.ts";
import { program } from "../command-line.ts";
import { grammars } from "../grammars.ts";
import { folderWith } from "../lsp-client.ts";

const files = {
  "pyproject.toml": "[tool.groundwork.stages]\nexperimental = ['lab/**']\n",
  "requirements.txt": `${Array.from({ length: 400 }, (_, index) => `package-${999 - index}==1.0`).join("\n")}\n`,
  "train.py": [
    "import joblib\nimport pandas as pd\nfrom sklearn.linear_model import LogisticRegression\n",
    'data = pd.read_csv("a.csv")\nmodel = LogisticRegression().fit(data[["age", "fee"]], data["left"])\n',
    'joblib.dump(model, "model.joblib")\n',
  ].join(""),
};

/** Commands that replace a file, and those that make one. */
const commands: Readonly<Record<"replaces" | "creates", readonly (readonly string[])[]>> = {
  replaces: [
    ["sort", "--write", "requirements.txt"],
    ["check", "--fix", "requirements.txt"],
    ["mark", "production", "train.py"],
    ["refactor", "extract-variable", "train.py", "--range", "4:8-4:28", "--name", "table", "--write"],
  ],
  creates: [
    ["check", "--record-baseline"],
    ["scaffold", "service", "train.py"],
  ],
};

/** A disk that is full, mounted in memory; only root can do that. */
export function* onFullDisk(): Generator<string> {
  using disk = smallDisk();
  if (!disk) yield "a full disk was not tried: only root can mount one";
  else yield* tried([...commands.replaces, ...commands.creates], disk.root, "no space is left on the disk", fill);
}

/** What the server keeps on such a disk: the cache of before stays, and nothing beside it. */
export async function cacheOnFullDisk(): Promise<string | undefined> {
  using disk = smallDisk();
  if (!disk) return undefined;
  await grammars();
  const project = folderWith(files);
  const workspace = new Workspace(project.root, defaultSettings);
  for (const _ of workspace.scan());
  const records = [...workspace.records()].map(([path, record]) => [path, { ...record, modified: 0 }] as const);
  const cache = indexCacheOf(disk.root, project.root);
  await writeIndexCache(cache, project.root, records);
  fill(disk.root);
  const before = contentsOf(disk.root);
  const error = await writeIndexCache(cache, project.root, records).catch((reason: unknown) => reason);
  const known = await readIndexCache(cache, project.root);
  project.dispose();
  if (!(error instanceof Error)) return "a cache was written where nothing fits";
  if (!isDeepStrictEqual(contentsOf(disk.root), before)) return `after ${error} the files are others`;
  return known.size === records.length ? undefined : "the cache of before tells nothing any more";
}

function smallDisk(): { readonly root: string; [Symbol.dispose](): void } | undefined {
  const { root, dispose } = folderWith({});
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", "size=256k", "groundwork-chaos", root]);
  if (status === 0) {
    return {
      root,
      [Symbol.dispose]() {
        spawnSync("umount", [root]);
        dispose();
      },
    };
  }
  dispose();
  return undefined;
}

/** Files that may not be written to, in a folder that may. */
export function* onReadOnlyFiles(): Generator<string> {
  const folder = folderWith({});
  yield* tried(commands.replaces, folder.root, "permission denied", (root) => rights(root, 0o777, 0o444));
  folder.dispose();
}

/** A folder that may not be written to, with files that may. */
export function* onReadOnlyFolders(): Generator<string> {
  const folder = folderWith({});
  const all = [...commands.replaces, ...commands.creates];
  yield* tried(all, folder.root, "permission denied", (root) => rights(root, 0o555, 0o666));
  chmodSync(folder.root, 0o755);
  folder.dispose();
}

/** Tells what it tries; throws an Error where a file is another one afterwards, or the reason is not told. */
function* tried(
  all: readonly (readonly string[])[],
  root: string,
  reason: string,
  close: (root: string) => void,
): Generator<string> {
  for (const args of all) {
    chmodSync(root, 0o755);
    for (const name of readdirSync(root)) rmSync(join(root, name), { recursive: true, force: true });
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    close(root);
    const before = contentsOf(root);
    const { status, output } = asOther(root, args);
    const told = `${args.join(" ")}: ${output.trim().split("\n").at(-1)}`;
    if (JSON.stringify(contentsOf(root)) !== JSON.stringify(before)) throw new Error(`${told}\nfiles are others now`);
    if (status === 0 || !output.includes(reason)) throw new Error(`${told}\nends with ${status} and does not say why`);
    yield told;
  }
}

/** Rights are nothing to root: then it runs as nobody. */
function asOther(cwd: string, args: readonly string[]): { readonly status: number | null; readonly output: string } {
  const nobody = 65534;
  const other = process.getuid?.() === 0 && !isMount(cwd) ? { uid: nobody, gid: nobody } : {};
  const env = { ...process.env, LC_ALL: "C", NO_COLOR: "1", HOME: cwd };
  const options = { cwd, env, encoding: "utf8", ...other } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], options);
  return { status, output: stdout + stderr };
}

function isMount(path: string): boolean {
  return readFileSync("/proc/mounts", "utf8").includes(` ${path} `);
}

function rights(root: string, folder: number, file: number): void {
  for (const name of Object.keys(files)) chmodSync(join(root, name), file);
  chmodSync(root, folder);
}

/** Until not one byte more fits. */
function fill(root: string): void {
  const file = openSync(join(root, "filling"), "w");
  try {
    for (;;) writeSync(file, Buffer.alloc(4096));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
  } finally {
    closeSync(file);
  }
}

function contentsOf(root: string): readonly (readonly [string, string])[] {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return entries
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => [path, path.endsWith("filling") || !isFile(path) ? "" : readFileSync(path, "latin1")]);
}

function isFile(path: string): boolean {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false;
  }
}
