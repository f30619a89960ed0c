import * as l10n from "@vscode/l10n";
import iconv from "iconv-lite";
import writeFileAtomic from "write-file-atomic";
import type { GrammarName } from "../core/grammar.ts";
import { withSources } from "../notebook/write.ts";
import { decodeRequirements, encodeRequirements } from "../requirements/decode.ts";
import { decodePython } from "./source.ts";

/**
 * Replaces a file atomically by a text, in the encoding (and with the byte order mark) that `before`, its present
 * bytes, has. Throws an Error with a localised sentence when the text cannot be written so; the file is then untouched.
 */
export async function writeText(
  path: string,
  text: string,
  before: Uint8Array,
  grammar: GrammarName | undefined,
): Promise<void> {
  const bytes = grammar === "requirements" ? requirementsBytes(text, before) : pythonBytes(text, before);
  if (!bytes) throw new Error(l10n.t("{0} was left as it is: its encoding cannot hold the new text", path));
  await writeFileAtomic(path, Buffer.from(bytes));
}

/** Replaces the sources of a notebook's cells atomically by those of a joined text; throws where its cells are others. */
export async function writeNotebook(path: string, joined: string, before: string): Promise<void> {
  const json = withSources(before, joined);
  if (json === undefined) throw new Error(l10n.t("{0} was left as it is: its cells changed meanwhile", path));
  await writeFileAtomic(path, json);
}

/** Replaces a requirements file atomically by a text in UTF-8; throws where its own comment then says otherwise. */
export async function writeAsUtf8(path: string, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  const again = decodeRequirements(bytes);
  if ("error" in again || again.text !== text) {
    throw new Error(l10n.t("{0} was left as it is: its encoding cannot hold the new text", path));
  }
  await writeFileAtomic(path, bytes);
}

function requirementsBytes(text: string, before: Uint8Array): Uint8Array | undefined {
  const decoded = decodeRequirements(before);
  return "error" in decoded ? undefined : encodeRequirements(text, decoded.encoding, decoded.bom);
}

function pythonBytes(text: string, before: Uint8Array): Uint8Array | undefined {
  const decoded = decodePython(before);
  if ("error" in decoded) return undefined;
  const bytes = iconv.encode(decoded.bom ? `\ufeff${text}` : text, decoded.encoding);
  const again = decodePython(bytes);
  return "text" in again && again.text === text ? bytes : undefined;
}
