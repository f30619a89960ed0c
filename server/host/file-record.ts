import type { PythonRecord } from "./python-reader.ts";
import type { FoundFile } from "./walk.ts";
import { statsOf } from "./walk.ts";

/** What tells that a file on the disk is still the same. */
export type FileStamp = Pick<FoundFile, "size" | "modified">;

/** Everything that the index learnt of a Python file, so that it need not be read again. */
export interface FileRecord extends FileStamp, PythonRecord {}

/** The stamp of a file, by its full path; undefined when there is none. */
export function stampAt(file: string): FileStamp | undefined {
  const stats = statsOf(file);
  return stats?.isFile() ? { size: stats.size, modified: stats.mtimeMs } : undefined;
}
