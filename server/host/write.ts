import * as l10n from "@vscode/l10n";
import iconv from "iconv-lite";
import type { GrammarName } from "../core/grammar.ts";
import { withSources } from "../notebook/write.ts";
import { decodeRequirements, encodeRequirements } from "../requirements/decode.ts";
import { replaceFile } from "./replace.ts";
import { decodePython } from "./source.ts";

/**
 * Replaces a file (`replaceFile`) by a text, in the encoding (and with the byte order mark) of `before`, from which the text was made.
 * Answers with what it wrote. Throws an Error with a localised reason when it cannot be written so.
 */
export async function writeText(
  path: string,
  text: string,
  before: Uint8Array | undefined,
  grammar: GrammarName | undefined,
): Promise<Uint8Array> {
  const old = before ?? Buffer.alloc(0);
  const bytes = grammar === "requirements" ? requirementsBytes(text, old) : pythonBytes(text, old);
  if (!bytes) throw new Error(unencodable());
  await replaceFile(path, bytes, before);
  return bytes;
}

/** Replaces the sources of a notebook's cells by those of a joined text; throws where its cells are others. */
export async function writeNotebook(path: string, joined: string, before: Uint8Array): Promise<void> {
  const json = withSources(Buffer.from(before).toString("utf8"), joined);
  if (json === undefined) throw new Error(l10n.t("its cells changed meanwhile"));
  await replaceFile(path, json, before);
}

/** Replaces a requirements file by a text in UTF-8; throws where its own comment then says otherwise. */
export async function writeAsUtf8(path: string, text: string, before: Uint8Array): Promise<void> {
  const bytes = Buffer.from(text);
  const again = decodeRequirements(bytes);
  if ("error" in again || again.text !== text) throw new Error(unencodable());
  await replaceFile(path, bytes, before);
}

function unencodable(): string {
  return l10n.t("its encoding cannot hold the new text");
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
