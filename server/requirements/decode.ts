import * as l10n from "@vscode/l10n";
import iconv from "iconv-lite";
import { declaredEncoding } from "../core/coding-comment.ts";

/** A text with what is needed to write it back: its encoding as Python names it, and whether it had a BOM. */
export interface DecodedRequirements {
  /** Without its byte order mark. */
  readonly text: string;
  readonly encoding: string;
  readonly bom: boolean;
  /** The file is no UTF-8 and declares nothing: pip reads it in the locale's encoding, and only Latin-1 never fails. */
  readonly guessed: boolean;
}

interface ByteOrderMark {
  readonly bytes: readonly number[];
  readonly encoding: string;
}

// The order matters: the mark of UTF-16-LE begins that of UTF-32-LE.
const byteOrderMarks: readonly ByteOrderMark[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: "utf-8-sig" },
  { bytes: [0xff, 0xfe, 0, 0], encoding: "utf-32-le" },
  { bytes: [0, 0, 0xfe, 0xff], encoding: "utf-32-be" },
  { bytes: [0xff, 0xfe], encoding: "utf-16-le" },
  { bytes: [0xfe, 0xff], encoding: "utf-16-be" },
];

/**
 * Decodes a requirements file as pip does (`_decode_req_file`): byte order mark, PEP 263 comment in the first two lines,
 * UTF-8, else the locale. Answers `error`, one localised sentence, where pip cannot decode the file.
 */
export function decodeRequirements(bytes: Uint8Array): DecodedRequirements | { readonly error: string } {
  const mark = byteOrderMarks.find((candidate) => candidate.bytes.every((byte, index) => bytes[index] === byte));
  if (mark) {
    const text = decode(bytes.subarray(mark.bytes.length), mark.encoding);
    return text === undefined
      ? undecodable(mark.encoding)
      : { text, encoding: mark.encoding, bom: true, guessed: false };
  }
  const declared = declaredEncoding(bytes, "pip")?.toLowerCase();
  if (declared !== undefined) {
    if (!isTextEncoding(iconvName(declared))) {
      return { error: l10n.t("The file declares the encoding `{0}`, which is not known", declared) };
    }
    const text = decode(bytes, declared);
    return text === undefined ? undecodable(declared) : { text, encoding: declared, bom: false, guessed: false };
  }
  const text = decode(bytes, "utf-8");
  if (text !== undefined) return { text, encoding: "utf-8", bom: false, guessed: false };
  return { text: iconv.decode(bytes, "latin1"), encoding: "latin-1", bom: false, guessed: true };
}

/** The bytes of a text in an encoding as {@link decodeRequirements} names it; undefined when it cannot hold the text. */
export function encodeRequirements(text: string, encoding: string, bom: boolean): Uint8Array | undefined {
  const name = iconvName(encoding);
  if (!isTextEncoding(name)) return undefined;
  const body: Uint8Array = iconv.encode(text, name, { addBOM: false });
  if (decode(body, encoding) !== text) return undefined;
  const mark = bom ? (byteOrderMarks.find((candidate) => candidate.encoding === encoding)?.bytes ?? []) : [];
  const bytes = new Uint8Array(mark.length + body.length);
  bytes.set(mark);
  bytes.set(body, mark.length);
  return bytes;
}

function undecodable(encoding: string): { readonly error: string } {
  return { error: l10n.t("The file is not valid {0}", encoding) };
}

/** Decodes strictly: undefined where Python would raise UnicodeDecodeError. */
function decode(bytes: Uint8Array, encoding: string): string | undefined {
  const name = iconvName(encoding);
  const text = iconv.decode(bytes, name, { stripBOM: false });
  if (/^utf-?(?:16|32)/.test(name) && (/\p{Surrogate}/u.test(text) || !isSame(text, bytes, name))) return undefined;
  if (text.includes("\ufffd") && !isSame(text, bytes, name)) return undefined;
  if (name === "ascii" && bytes.some((byte) => byte > 0x7f)) return undefined;
  return text;
}

function isSame(text: string, bytes: Uint8Array, name: string): boolean {
  const again: Uint8Array = iconv.encode(text, name, { addBOM: false });
  return again.length === bytes.length && again.every((byte, index) => byte === bytes[index]);
}

/** iconv-lite also knows ways to spell bytes, which are no encodings of text. */
function isTextEncoding(name: string): boolean {
  return iconv.encodingExists(name) && !/^(?:base64|hex|binary|ucs2)$/.test(name);
}

/** iconv-lite's name of an encoding of Python. */
function iconvName(encoding: string): string {
  const name = encoding.toLowerCase().replaceAll("_", "-");
  if (/^(?:utf-?8-sig|u8|utf)$/.test(name)) return "utf-8";
  if (/^(?:us-?)?ascii$|^646$/.test(name)) return "ascii";
  if (/^(?:latin-?1|l1|iso-?8859-1|8859|cp819)$/.test(name)) return "latin1";
  return name.replace(/^mac-/, "mac").replace(/^utf-(16|32)-([lb]e)$/, "utf-$1$2");
}
