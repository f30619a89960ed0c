import { files } from "./file-table.ts";

// What the host reads with `node:fs`, answered from the table; the build puts it in its place.

interface Stats {
  readonly size: number;
  readonly mtimeMs: number;
  isFile(): boolean;
  isDirectory(): boolean;
}

interface Entry {
  readonly name: string;
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

export const constants = { X_OK: 1 } as const;

export function existsSync(path: string): boolean {
  return files.isFolder(path) || files.get(path) !== undefined;
}

export function statSync(path: string, options?: { readonly throwIfNoEntry?: boolean }): Stats | undefined {
  const file = files.get(path);
  const isFolder = files.isFolder(path);
  if (file || isFolder) {
    const { size = 0, modified = 0 } = file ?? {};
    return { size, mtimeMs: modified, isFile: () => file !== undefined, isDirectory: () => isFolder };
  }
  if (options?.throwIfNoEntry === false) return undefined;
  throw missing("stat", path);
}

export function readFileSync(path: string): Buffer;
export function readFileSync(path: string, encoding: "utf8"): string;
export function readFileSync(path: string, encoding?: "utf8"): Buffer | string {
  const bytes = files.get(path)?.bytes;
  if (!bytes) throw missing("open", path);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return encoding ? buffer.toString(encoding) : buffer;
}

export function readdirSync(path: string): string[];
export function readdirSync(path: string, options: { readonly withFileTypes: true }): Entry[];
export function readdirSync(path: string, options?: { readonly withFileTypes: true }): string[] | Entry[] {
  const names = files.namesIn(path);
  if (!names) throw missing("scandir", path);
  if (!options) return [...names];
  return names.map((name) => {
    const isFolder = files.isFolder(`${path}/${name}`);
    return { name, isFile: () => !isFolder, isDirectory: () => isFolder, isSymbolicLink: () => false };
  });
}

/** There are no links. */
export function realpathSync(path: string): string {
  return path;
}

/** Files of data are not fetched. */
export function openSync(path: string): number {
  throw missing("open", path);
}

export function readSync(): number {
  throw missing("read", "");
}

export function closeSync(): void {}

/** As Node says it, so that whoever asks tells a file that is not there from another failure. */
export function missing(call: string, path: string): Error {
  const error = new Error(`ENOENT: no such file or directory, ${call} '${path}'`);
  return Object.assign(error, { code: "ENOENT" });
}
