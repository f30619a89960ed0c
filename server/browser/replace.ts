import * as l10n from "@vscode/l10n";
import { readFileSync } from "./node-fs.ts";
import { remote } from "./remote-files.ts";

/** `server/host/replace.ts`, where the client replaces the file. */
export async function replaceFile(
  path: string,
  content: string | Uint8Array,
  before?: string | Uint8Array,
): Promise<void> {
  const there = bytesAt(path);
  if (!Buffer.from(there ?? "").equals(Buffer.from(before ?? ""))) throw new Error(l10n.t("it was changed meanwhile"));
  await remote.write(path, Buffer.from(content), there !== undefined);
}

export function bytesAt(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
