import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import * as l10n from "@vscode/l10n";
import { isGone } from "./walk.ts";

/**
 * Replaces a file as a whole or not at all, and only while it holds `before` (without one: nothing, or is not there), so
 * that nobody's edit is lost. Owner and rights stay; of a link, which stays too, what it leads to is replaced. Throws
 * an Error that says why not; the file is then as it was, and nothing lies beside it.
 */
export async function replaceFile(
  path: string,
  content: string | Uint8Array,
  before?: string | Uint8Array,
): Promise<void> {
  const target = bytesAt(path) === undefined ? path : realpathSync(path);
  const scratch = join(dirname(target), `.${basename(target)}.${crypto.randomUUID()}`);
  const there = statSync(target, { throwIfNoEntry: false });
  // A new file in its place would not ask for the right to write to the old one.
  if (there) accessSync(target, constants.W_OK);
  try {
    const file = openSync(scratch, "wx");
    try {
      // Only root may give a file to somebody else.
      if (there && process.getuid?.() === 0) fchownSync(file, there.uid, there.gid);
      if (there) fchmodSync(file, there.mode);
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (!Buffer.from(bytesAt(path) ?? "").equals(Buffer.from(before ?? ""))) {
      throw new Error(l10n.t("it was changed meanwhile"));
    }
    renameSync(scratch, target);
  } catch (error) {
    rmSync(scratch, { force: true });
    throw error;
  }
}

/** What a file holds now; undefined where there is none. */
export function bytesAt(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}
