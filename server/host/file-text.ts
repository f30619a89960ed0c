import { readFileSync } from "node:fs";
import { isNotebook, type Language } from "../languages.ts";
import { decodeRequirements } from "../requirements/decode.ts";
import { type DecodedText, decodeNotebook, decodePython } from "./source.ts";
import { isGone, reasonOf } from "./walk.ts";

/** A file from the disk; `utf8` is its code for the index: the very bytes where they are UTF-8 already. */
export interface FileText {
  readonly decoded: DecodedText;
  readonly utf8: Uint8Array;
}

/** Reads a file (its full path) of a language. Undefined when it is gone, or `error`: why it cannot be had. */
export function readText(file: string, language: Language): FileText | { readonly error: string } | undefined {
  try {
    const bytes = readFileSync(file);
    if (isNotebook(file)) return readNotebookText(language, bytes);
    const decoded = language.grammar === "python" ? decodePython(bytes) : decodeRequirements(bytes);
    if ("error" in decoded) return decoded;
    return { decoded, utf8: decoded.encoding === "utf-8" ? bytes : Buffer.from(decoded.text) };
  } catch (error) {
    return isGone(error) ? undefined : { error: reasonOf(error) };
  }
}

function readNotebookText(language: Language, bytes: Uint8Array): FileText | { readonly error: string } {
  const decoded = decodeNotebook(bytes);
  return "error" in decoded ? decoded : { decoded, utf8: Buffer.from(language.codeOf(decoded.text)) };
}
