import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { declaredEncoding, isUtf8Name } from "../core/coding-comment.ts";
import type { FileRecord } from "./file-record.ts";
import { declares, mayIgnore, PythonReader } from "./python-reader.ts";
import type { FoundFile } from "./walk.ts";

/** Reads those Python files of which a record is all that the index needs: nearly all of them. */
export class PlainReader {
  readonly #reader = new PythonReader();

  /** Undefined for a file that declares or silences something, is no UTF-8, or cannot be read. */
  read(root: string, { path, size, modified }: FoundFile, needles: readonly string[]): FileRecord | undefined {
    const bytes = bytesAt(join(root, path));
    if (!bytes || !isPlain(bytes) || mayIgnore(bytes) || declares(path, bytes)) return undefined;
    return { size, modified, ...this.#reader.read(bytes, needles) };
  }
}

function bytesAt(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch {
    // Whoever asked for it tries again, and says why.
    return undefined;
  }
}

function isPlain(bytes: Uint8Array): boolean {
  const declared = declaredEncoding(bytes, "python");
  return (declared === undefined || isUtf8Name(declared)) && isUtf8(bytes);
}
