import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What pip reads in one logical line; see oracle.py. */
export interface PipEntry {
  readonly line: number;
  readonly endLine: number;
  readonly kind: string;
  readonly name?: string | null;
  readonly extras?: readonly string[];
  readonly specifier?: string | null;
  readonly marker?: string | null;
  readonly url?: string | null;
  readonly hashes?: number;
  /** pip refuses it only because there is no such file here; or what `-r` and `-c` name. */
  readonly path?: boolean | string;
  readonly error?: string;
}

export type PipAnswer = readonly PipEntry[] | { readonly error: string };

const cache = fileURLToPath(new URL("../../.cache/pip/", import.meta.url));
const oracle = fileURLToPath(new URL("oracle.py", import.meta.url));
const unpack = "import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])";

/** The folder of pip 26's code, downloaded once and never installed; undefined where Python or the download is not there. */
export function pipFolder(): string | undefined {
  const folder = join(cache, "unpacked");
  if (existsSync(join(folder, "pip"))) return folder;
  try {
    mkdirSync(cache, { recursive: true });
    const download = ["-m", "pip", "download", "--quiet", "--no-deps", "--dest", cache, "pip==26.*"];
    execFileSync("python3", download, { stdio: "ignore", timeout: 60_000 });
    const wheel = readdirSync(cache).find((name) => /^pip-26.*\.whl$/.test(name));
    if (!wheel) return undefined;
    execFileSync("python3", ["-c", unpack, join(cache, wheel), folder], { timeout: 60_000 });
    return folder;
  } catch {
    return undefined;
  }
}

/** Asks pip about many texts (or the bytes of files) in one process. */
export function askPip(folder: string, texts: readonly (string | Uint8Array)[]): readonly PipAnswer[] {
  const items = texts.map((text) =>
    typeof text === "string" ? text : { base64: Buffer.from(text).toString("base64") },
  );
  const input = JSON.stringify(items);
  const ran = spawnSync("python3", [oracle, folder], { input, encoding: "utf8", maxBuffer: 1 << 28, cwd: cache });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return JSON.parse(ran.stdout);
}
