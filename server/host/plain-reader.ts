import { isUtf8 } from "node:buffer";
import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { declaredEncoding, isUtf8Name } from "../core/coding-comment.ts";
import type { FileRecord } from "./file-record.ts";
import { declares, mayIgnore, PythonReader } from "./python-reader.ts";
import type { FoundFile } from "./walk.ts";

/** Reads those Python files of which a record is all that the index needs: nearly all of them. */
export class PlainReader {
  readonly #reader = new PythonReader();
  /** Serves every file: one of its own for each would leave memory in pieces. */
  #buffer = Buffer.allocUnsafeSlow(1 << 18);

  /** Undefined for a file that declares or silences something, is no UTF-8, or cannot be read. */
  read(root: string, { path, size, modified }: FoundFile, needles: readonly string[]): FileRecord | undefined {
    const bytes = this.#bytesAt(join(root, path), size);
    if (!bytes || !isPlain(bytes) || mayIgnore(bytes) || declares(path, bytes)) return undefined;
    return { size, modified, ...this.#reader.read(bytes, needles) };
  }

  /** The bytes of a file that had so many a moment ago; they are written over by the next one. */
  #bytesAt(file: string, size: number): Buffer | undefined {
    if (size >= this.#buffer.length) this.#buffer = Buffer.allocUnsafeSlow(2 * size);
    try {
      return readInto(this.#buffer, file, size);
    } catch {
      // Whoever asked for it tries again, and says why.
      return undefined;
    }
  }
}

/** What a file holds, so many bytes a moment ago; undefined when it does not fit. */
function readInto(buffer: Buffer, file: string, size: number): Buffer | undefined {
  const handle = openSync(file, "r");
  try {
    for (let length = 0; length < buffer.length; ) {
      const count = readSync(handle, buffer, length, buffer.length - length, -1);
      length += count;
      if (count === 0 || length === size) return buffer.subarray(0, length);
    }
    return undefined;
  } finally {
    closeSync(handle);
  }
}

function isPlain(bytes: Uint8Array): boolean {
  const declared = declaredEncoding(bytes, "python");
  return (declared === undefined || isUtf8Name(declared)) && isUtf8(bytes);
}
