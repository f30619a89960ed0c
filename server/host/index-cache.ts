import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { deserialize, serialize } from "node:v8";
import type { FileRecord } from "./file-record.ts";
import { isGone } from "./walk.ts";

type Records = ReadonlyMap<string, FileRecord>;

/** So many files stand in one frame of the cache, so that neither reading nor writing holds up a keystroke. */
const filesInFrame = 64;
/** A file that was written to so few milliseconds before could change again within the clock's grain. */
const grain = 2000;
const digestLength = 20;
const frameHead = 4 + digestLength;

/** The cache of a project folder, in the folder that the client gives for such files. */
export function indexCacheOf(storage: string, root: string): string {
  return join(storage, `index-${createHash("sha1").update(root).digest("hex")}`);
}

/**
 * What a cache knows. A cache that is not there, is damaged, or was written by another version of the program or of
 * Node, for another folder, or on another machine, knows nothing.
 */
export async function readIndexCache(file: string, root: string): Promise<Records> {
  const bytes = await readFile(file).catch((error: unknown) => {
    if (isGone(error)) return Buffer.alloc(0);
    throw error;
  });
  const records = new Map<string, FileRecord>();
  const key = await keyOf(root);
  if (!bytes.subarray(0, key.length).equals(key)) return records;
  for (let at = key.length; at < bytes.length; ) {
    const length = bytes.length - at < frameHead ? Number.POSITIVE_INFINITY : bytes.readUInt32LE(at);
    const frame = bytes.subarray(at + frameHead, at + frameHead + length);
    const isWhole = frame.length === length && digestOf(frame).equals(bytes.subarray(at + 4, at + frameHead));
    if (!isWhole) return new Map();
    for (const [path, record] of deserialize(frame)) records.set(path, record);
    at += frameHead + length;
    await nextTurn();
  }
  return records;
}

/** Replaces a cache by what a workspace knows now: as a whole, or not at all. Rejects when it cannot be written. */
export async function writeIndexCache(
  file: string,
  root: string,
  records: Iterable<readonly [string, FileRecord]>,
): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const scratch = `${file}.${process.pid}`;
  const handle = await open(scratch, "w");
  try {
    const latest = Date.now() - grain;
    await handle.writeFile(await keyOf(root));
    let frame: (readonly [string, FileRecord])[] = [];
    for (const entry of records) {
      if (entry[1].modified > latest) continue;
      frame.push(entry);
      if (frame.length < filesInFrame) continue;
      await handle.writeFile(framed(frame));
      frame = [];
    }
    await handle.writeFile(framed(frame));
    await handle.close();
    await rename(scratch, file);
    await removeLeftovers(file);
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(scratch, { force: true });
    throw error;
  }
}

/** What a server was writing when it was killed is nobody's any more. */
async function removeLeftovers(file: string): Promise<void> {
  const start = `${basename(file)}.`;
  for (const name of await readdir(dirname(file))) {
    if (name.startsWith(start) && !isRunning(Number(name.slice(start.length)))) {
      await rm(join(dirname(file), name), { recursive: true, force: true });
    }
  }
}

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    // One that is somebody else's lives, too.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function framed(entries: readonly (readonly [string, FileRecord])[]): Buffer {
  const frame = serialize(entries);
  const head = Buffer.alloc(4);
  head.writeUInt32LE(frame.length);
  return Buffer.concat([head, digestOf(frame), frame]);
}

function digestOf(frame: Uint8Array): Buffer {
  return createHash("sha1").update(frame).digest();
}

/** The program's own file is its version: what it learns of a file follows from it alone. */
async function keyOf(root: string): Promise<Buffer> {
  const { size, mtimeMs } = await stat(fileURLToPath(import.meta.url));
  const machine = `${process.version} ${process.platform} ${process.arch}`;
  return Buffer.from(`groundwork index\n${machine} ${size} ${mtimeMs}\n${JSON.stringify(root)}\n`);
}
