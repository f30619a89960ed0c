import { missing, readdirSync, readFileSync, statSync } from "./node-fs.ts";
import { remote } from "./remote-files.ts";

// What the host reads and writes with `node:fs/promises`; the build puts it in its place.

export async function readFile(path: string, encoding: "utf8"): Promise<string> {
  return readFileSync(path, encoding);
}

export async function stat(path: string): Promise<ReturnType<typeof statSync>> {
  return statSync(path);
}

export const lstat = stat;

export async function readdir(path: string): Promise<string[]> {
  return readdirSync(path);
}

export async function access(path: string): Promise<void> {
  statSync(path);
}

export async function realpath(path: string): Promise<string> {
  statSync(path);
  return path;
}

export async function writeFile(path: string, data: string | Uint8Array): Promise<void> {
  await remote.write(path, typeof data === "string" ? new TextEncoder().encode(data) : data, true);
}

export async function rm(path: string): Promise<void> {
  await remote.remove(path);
}

/** The client makes the folders of what it writes. */
export async function mkdir(): Promise<undefined> {
  return undefined;
}

export async function rmdir(path: string): Promise<void> {
  throw missing("rmdir", path);
}

export async function mkdtemp(path: string): Promise<string> {
  throw missing("mkdtemp", path);
}

export async function rename(path: string): Promise<void> {
  throw missing("rename", path);
}
