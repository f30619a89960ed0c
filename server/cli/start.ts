// What `groundwork` starts: runs the program beside it with what V8 compiled in earlier runs. Node's own compile cache
// (`module.enableCompileCache`) keeps only what is compiled before a program runs, which of ours is little; Node 20 has none.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { wrap } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { getHeapCodeStatistics } from "node:v8";
import { Script } from "node:vm";
import { crc32 } from "node:zlib";

/** A digest of the program, which the build puts in: what was compiled of another one counts for nothing. */
declare const programDigest: string;

/** The checksum of the rest, and how many bytes of compiled code there were when it was written. */
const headLength = 8;
const monthInMilliseconds = 30 * 24 * 60 * 60 * 1000;

const program = join(__dirname, "groundwork.cjs");
const folder = cacheFolder();
const file = folder && join(folder, `${programDigest}-${process.versions.v8}-${process.arch}`);
const known = file === undefined ? undefined : readCache(file);
// The build leaves nothing but ASCII.
const script = new Script(wrap(readFileSync(program, "latin1")), { filename: program, cachedData: known?.code });
if (folder !== undefined && file !== undefined) process.once("exit", () => keep(folder, file));
script.runInThisContext()(exports, require, module, program, __dirname);

/** Where Node would keep its own, or among the person's caches; nowhere where that is not wanted. */
function cacheFolder(): string | undefined {
  const { env, platform } = process;
  if (env.NODE_DISABLE_COMPILE_CACHE || typeof crc32 !== "function") return undefined;
  if (env.NODE_COMPILE_CACHE) return join(env.NODE_COMPILE_CACHE, "groundwork");
  if (platform === "win32") return env.LOCALAPPDATA && join(env.LOCALAPPDATA, "groundwork", "Cache");
  const caches = platform === "darwin" ? join(homedir(), "Library", "Caches") : join(homedir(), ".cache");
  return join(env.XDG_CACHE_HOME || caches, "groundwork");
}

/** Undefined for one that is not there or damaged; V8 itself refuses that of another V8. */
function readCache(file: string): { readonly code: Buffer; readonly size: number } | undefined {
  try {
    const bytes = readFileSync(file);
    const isWhole = bytes.length > headLength && crc32(bytes.subarray(4)) === bytes.readUInt32LE(0);
    return isWhole ? { code: bytes.subarray(headLength), size: bytes.readUInt32LE(4) } : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps what is compiled now, unless it is little more than before. */
function keep(folder: string, file: string): void {
  const size = getHeapCodeStatistics().bytecode_and_metadata_size;
  if (known && !script.cachedDataRejected && size < known.size * 1.1) return;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const bytes = Buffer.concat([Buffer.alloc(headLength), script.createCachedData()]);
    bytes.writeUInt32LE(size, 4);
    bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0);
    replace(file, bytes);
    removeOld(folder);
  } catch {
    // The next run compiles again.
  }
}

/** As a whole or not at all. */
function replace(file: string, bytes: Uint8Array): void {
  const scratch = `${file}.${process.pid}`;
  try {
    writeFileSync(scratch, bytes);
    renameSync(scratch, file);
  } catch (error) {
    rmSync(scratch, { force: true });
    throw error;
  }
}

/** Those of programs that are perhaps no longer there; one that is in use is made anew. */
function removeOld(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).mtimeMs < Date.now() - monthInMilliseconds) rmSync(path, { force: true });
  }
}
