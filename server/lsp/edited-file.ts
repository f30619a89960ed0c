import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Lines } from "../core/text.ts";
import type { EditedFile } from "./convert.ts";
import type { Place } from "./folders.ts";
import type { Session } from "./session.ts";

/** A file that is edited: the open document with its version, else the text as the workspace reads it from the disk. */
export function editedFile(session: Session, { workspace, path }: Place): EditedFile {
  const open = session.documents.at(workspace, path);
  if (open) return open;
  const full = join(workspace.root, path);
  const text = workspace.textOf(path) ?? (existsSync(full) ? readFileSync(full, "utf8") : "");
  return { uri: session.folders.uriOf(workspace, path), version: null, lines: new Lines(text) };
}
