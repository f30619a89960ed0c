import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import type { RequirementsText } from "../project/project.ts";
import { decodeRequirements } from "../requirements/decode.ts";
import { statsOf } from "./walk.ts";

/**
 * The requirements file at a path below `root`, which need not be one that a scan finds: `-r` may name any file. An
 * `open` document's text goes before the disk's. Files above `limit` kibibytes, and what cannot be read, count as
 * absent: whoever checks that very file says so.
 */
export function requirementsAt(
  root: string,
  path: string,
  limit: number,
  open: string | undefined,
): RequirementsText | undefined {
  const saved = savedAt(root, path, limit);
  if (open === undefined) return saved;
  return { text: open, encoding: saved?.encoding, guessed: saved?.guessed === true };
}

function savedAt(root: string, path: string, limit: number): RequirementsText | undefined {
  const normal = posix.normalize(path);
  if (normal.startsWith("../") || posix.isAbsolute(normal)) return undefined;
  const full = join(root, normal);
  try {
    const stats = statsOf(full);
    if (!stats?.isFile() || stats.size > limit * 1024) return undefined;
    const decoded = decodeRequirements(readFileSync(full));
    return "error" in decoded ? undefined : decoded;
  } catch {
    return undefined;
  }
}
