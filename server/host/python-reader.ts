import { posix } from "node:path";
import type { PackedFile } from "../clones/unit-index.ts";
import { packer } from "../clones/unit-packer.ts";
import { claimIn, farthestClaimed } from "../core/claims.ts";
import type { FileFacts } from "../project/dependency-index.ts";
import { type ImportFacts, ImportReader } from "../project/imports.ts";
import { learningIn } from "../project/terms.ts";

/** What the index keeps of a Python file, which follows from its bytes alone. */
export interface PythonRecord {
  readonly units: PackedFile;
  readonly facts: FileFacts;
  /** The needles of the rules (`Rule.needles`) that it holds. */
  readonly mentions: readonly string[];
}

/** Reads Python files into records, each in one pass and without a tree. It serves one file after the other. */
export class PythonReader {
  readonly #imports = new ImportReader();

  /** The record of a file from its code in UTF-8, but for what it {@link declares}. */
  read(bytes: Uint8Array, needles: readonly string[]): PythonRecord {
    this.#imports.open(bytes);
    const units = packer.pack(bytes, this.#imports);
    const facts = { code: codeFacts(this.#imports.facts(), bytes) };
    return { units, facts, mentions: mentionsIn(bytes, needles) };
  }
}

/** The needles that a file holds. */
export function mentionsIn(bytes: Uint8Array, needles: readonly string[]): readonly string[] {
  const buffer = bufferOf(bytes);
  return needles.filter((needle) => buffer.includes(needle));
}

/** What a file tells by its code, from its imports and its code in UTF-8. */
export function codeFacts(imported: ImportFacts, bytes: Uint8Array): ImportFacts {
  const buffer = bufferOf(bytes);
  const learning = learningIn(bytes, imported.imports, (word) => buffer.includes(word));
  const isExported = buffer.includes("# In[");
  return learning || isExported ? { ...imported, ...(learning && { learning }), isExported } : imported;
}

/** Whether a Python file (POSIX path) may declare dependencies or claim something, which its record does not tell. */
export function declares(path: string, bytes: Uint8Array): boolean {
  const name = posix.basename(path);
  const start = bufferOf(bytes.subarray(0, farthestClaimed));
  const mayClaim = name === "__init__.py" || start.includes("eprecat");
  if (mayClaim && claimIn(path, start.toString("utf8"))) return true;
  return name === "setup.py" || bufferOf(bytes).includes("# /// script");
}

/** Whether a file may hold comments that silence findings. */
export function mayIgnore(bytes: Uint8Array): boolean {
  return bufferOf(bytes).includes("groundwork:");
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
