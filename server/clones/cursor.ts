import { BACKSLASH, BLANK, byteKindOf, COMMENT, DIGIT, hashSeed, LINE_END, mixByte, QUOTE, WORD } from "./bytes.ts";

const LF = 10;
const CR = 13;
const BRACE_OPEN = 123;
const BRACE_CLOSE = 125;
const DOT = 46;
/** Replacement fields nest no deeper than this; beyond it they are plain text. */
const deepestField = 8;
/** Words in the replacement fields of one string that are remembered; further ones are not compared. */
const mostFieldWords = 256;

/** What a word in a replacement field is: a name, or one that is the same in every copy. */
export const FIELD_NAME = 0;
export const FIELD_CALLEE = 1;
export const FIELD_ATTRIBUTE = 2;
const leastBuffer = 1 << 14;

/**
 * A place in the bytes of one Python file that knows its line, and how to pass a string literal. The bytes are copied
 * in front of a margin of zeros, so that looking a few bytes ahead needs no check.
 */
export class Cursor {
  protected bytes = new Uint8Array();
  protected length = 0;
  /** Byte offset of what is read next. */
  position = 0;
  /** Line of `position`, from 0. */
  line = 0;
  /** Byte offset at which that line starts. */
  lineStart = 0;
  /** Hash of the text that was passed last. */
  hash = 0;
  /** The words in the replacement fields of the string that was passed last: their number, hashes and what they are. */
  fieldWordCount = 0;
  readonly fieldWords: Int32Array = new Int32Array(mostFieldWords);
  readonly fieldWordKinds: Uint8Array = new Uint8Array(mostFieldWords);
  /** Whether the string that was passed last has its closing quote. */
  #closed = false;

  /** Starts at the top of a file, behind its byte order mark. */
  protected load(bytes: Uint8Array): void {
    this.length = bytes.length;
    if (this.bytes.length < bytes.length + 8) this.bytes = new Uint8Array(bytes.length * 2 + leastBuffer);
    this.bytes.set(bytes);
    this.bytes.fill(0, bytes.length, bytes.length + 8);
    const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    this.position = marked ? 3 : 0;
    this.line = 0;
    this.lineStart = this.position;
    this.hash = 0;
  }

  /** The number of UTF-16 code units between two offsets of one line of UTF-8. */
  protected unitsBetween(start: number, end: number): number {
    const bytes = this.bytes;
    let units = end - start;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] ?? 0;
      if (byte >= 0x80) units -= byte < 0xc0 ? 1 : byte >= 0xf0 ? -1 : 0;
    }
    return units;
  }

  /** Passes the LF, CR LF or CR at an offset and answers what is behind it. */
  protected passLineEnd(at: number): number {
    const next = this.bytes[at] === CR && this.bytes[at + 1] === LF ? at + 2 : at + 1;
    this.line++;
    this.lineStart = next;
    return next;
  }

  protected passToLineEnd(from: number): number {
    const bytes = this.bytes;
    const length = this.length;
    let at = from;
    while (at < length && byteKindOf(bytes[at] ?? 0) !== LINE_END) at++;
    return at;
  }

  protected passBlanks(from: number): number {
    const bytes = this.bytes;
    let at = from;
    while (byteKindOf(bytes[at] ?? 0) === BLANK) at++;
    return at;
  }

  /**
   * Passes a string literal from its opening quote and leaves the hash of its text, which starts from `seed`. One that
   * is never closed ends with its line, or with the file when it is triple-quoted.
   */
  protected passString(at: number, seed: number, formatted: boolean, nesting = 0): number {
    const bytes = this.bytes;
    const quote = bytes[at] ?? 0;
    if (bytes[at + 1] === quote && bytes[at + 2] === quote) {
      return this.#passText(at + 3, quote, 3, mixByte(seed, 3), formatted && nesting < deepestField, nesting);
    }
    return this.#passText(at + 1, quote, 1, mixByte(seed, 1), formatted && nesting < deepestField, nesting);
  }

  #passText(from: number, quote: number, quotes: 1 | 3, seed: number, formatted: boolean, nesting: number): number {
    const bytes = this.bytes;
    const length = this.length;
    let hash = seed;
    let at = from;
    let closed = false;
    while (at < length) {
      const byte = bytes[at] ?? 0;
      const kind = byteKindOf(byte);
      if (kind === LINE_END) {
        if (quotes === 1) break;
        at = this.passLineEnd(at);
      } else if (byte === quote && this.#isClosing(at, quote, quotes)) {
        at += quotes;
        closed = true;
        break;
      } else if (kind === BACKSLASH) {
        at = this.#passEscape(at, formatted);
      } else if (byte === BRACE_OPEN && formatted) {
        const end = bytes[at + 1] === BRACE_OPEN ? at + 2 : this.#passField(at + 1, quote, quotes, nesting);
        for (let inside = at; inside < end; inside++) hash = mixByte(hash, bytes[inside] ?? 0);
        at = end;
        continue;
      } else at++;
      hash = mixByte(hash, byte);
    }
    this.hash = hash | 0;
    this.#closed = closed;
    return Math.min(at, length);
  }

  #isClosing(at: number, quote: number, quotes: 1 | 3): boolean {
    return quotes === 1 || (this.bytes[at + 1] === quote && this.bytes[at + 2] === quote);
  }

  /** Passes a backslash and what it protects; it does not protect a replacement field. */
  #passEscape(at: number, formatted: boolean): number {
    const next = this.bytes[at + 1] ?? 0;
    if (byteKindOf(next) === LINE_END) return this.passLineEnd(at + 1);
    return formatted && next === BRACE_OPEN ? at + 1 : at + 2;
  }

  /** Passes a replacement field (PEP 701) from behind its opening brace to behind its closing one. */
  #passField(from: number, quote: number, quotes: 1 | 3, nesting: number): number {
    const bytes = this.bytes;
    const length = this.length;
    let at = from;
    let depth = 0;
    while (at < length) {
      const byte = bytes[at] ?? 0;
      const kind = byteKindOf(byte);
      if (kind === QUOTE) {
        at = this.passString(at, 0, this.#isFormatted(at), nesting + 1);
        if (quotes === 1 && !this.#closed) return at;
        continue;
      }
      if (kind === LINE_END) at = this.passLineEnd(at);
      else if (kind === COMMENT) at = this.passToLineEnd(at);
      else if (kind === WORD || kind === DIGIT) at = this.#passFieldWord(at, kind, depth);
      else at++;
      if (byte === BRACE_CLOSE && depth === 0) return at;
      if (byte === 40 || byte === 91 || byte === BRACE_OPEN) depth++;
      else if (depth > 0 && (byte === 41 || byte === 93 || byte === BRACE_CLOSE)) depth--;
      else if (byte === 58 && depth === 0) return this.#passFormat(at, quote, quotes, nesting);
    }
    return length;
  }

  /** Passes a word or a number in a replacement field and remembers what can be renamed or called. */
  #passFieldWord(start: number, kind: number, depth: number): number {
    const bytes = this.bytes;
    let hash = hashSeed;
    let at = start;
    let behind = kind;
    for (; behind === WORD || behind === DIGIT; behind = byteKindOf(bytes[at] ?? 0)) {
      hash = mixByte(hash, bytes[at++] ?? 0);
    }
    const before = bytes[start - 1] ?? 0;
    const isConversion = before === 33;
    const isWord = kind === WORD && behind !== QUOTE && !isConversion;
    if (!isWord || this.fieldWordCount === mostFieldWords) return at;
    const following = bytes[this.passBlanks(at)] ?? 0;
    const isArgument = depth > 0 && following === 61 && bytes[this.passBlanks(at) + 1] !== 61;
    const isKept = before === DOT || isArgument;
    this.fieldWordKinds[this.fieldWordCount] = isKept ? FIELD_ATTRIBUTE : following === 40 ? FIELD_CALLEE : FIELD_NAME;
    this.fieldWords[this.fieldWordCount++] = hash | 0;
    return at;
  }

  /** Whether the letters before a quote make it an f-string or a t-string. */
  #isFormatted(at: number): boolean {
    const last = (this.bytes[at - 1] ?? 0) | 32;
    const letter = last === 114 ? (this.bytes[at - 2] ?? 0) | 32 : last;
    return letter === 102 || letter === 116;
  }

  /** Passes a format specification, up to the brace that closes its field; quotes in it are plain text. */
  #passFormat(from: number, quote: number, quotes: 1 | 3, nesting: number): number {
    const bytes = this.bytes;
    let at = from;
    while (at < this.length) {
      const byte = bytes[at] ?? 0;
      const kind = byteKindOf(byte);
      if (byte === quote && this.#isClosing(at, quote, quotes)) return at;
      if (byte === BRACE_CLOSE) return at + 1;
      if (kind === LINE_END) {
        if (quotes === 1) return at;
        at = this.passLineEnd(at);
      } else if (kind === BACKSLASH) at = this.#passEscape(at, true);
      else if (byte === BRACE_OPEN && nesting < deepestField) at = this.#passField(at + 1, quote, quotes, nesting + 1);
      else at++;
    }
    return at;
  }
}
