import { isUtf8 } from "node:buffer";
import * as l10n from "@vscode/l10n";
import iconv from "iconv-lite";
import { declaredEncoding, isUtf8Name } from "../core/coding-comment.ts";
import { joinCells } from "../notebook/cells.ts";
import { readNotebook } from "../notebook/read.ts";

/** A text, decoded when it is asked for, with the encoding to write it back in. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: string;
  readonly bom: boolean;
}

/**
 * Decodes Python source as the language reference says (section 2.1.4, PEP 263): a UTF-8 byte order mark, else the
 * encoding that a comment in the first two lines declares, else UTF-8. Or `error`: why the bytes are no text.
 */
export function decodePython(bytes: Uint8Array): DecodedText | { readonly error: string } {
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const declared = declaredEncoding(bytes, "python");
  const encoding = bom || declared === undefined ? "utf-8" : declared;
  if (bom && declared !== undefined && !isUtf8Name(declared)) {
    return { error: l10n.t("the byte order mark says UTF-8, the coding comment {0}", declared) };
  }
  if (isUtf8Name(encoding)) {
    if (!isUtf8(bytes)) return { error: l10n.t("it is not valid UTF-8 and declares no other encoding") };
    return {
      encoding: "utf-8",
      bom,
      get text() {
        return new TextDecoder("utf-8", { ignoreBOM: false }).decode(bytes);
      },
    };
  }
  const name = encoding.replaceAll("_", "-");
  if (!iconv.encodingExists(name) || /^(utf-?(16|32)|ucs|base64|hex|binary)/i.test(name)) {
    return { error: l10n.t("its coding comment names an unknown encoding, {0}", encoding) };
  }
  return { text: iconv.decode(Buffer.from(bytes), name), encoding: name, bom: false };
}

/** The cells of a notebook on disk, which nbformat keeps as JSON in UTF-8, joined to one text. */
export function decodeNotebook(bytes: Uint8Array): DecodedText | { readonly error: string } {
  if (!isUtf8(bytes)) return { error: l10n.t("it is no notebook: its bytes are not UTF-8") };
  const cells = readNotebook(new TextDecoder().decode(bytes));
  if (!cells) return { error: l10n.t("it is no notebook: its text is not the JSON of one") };
  return { text: joinCells(cells), encoding: "utf-8", bom: false };
}
