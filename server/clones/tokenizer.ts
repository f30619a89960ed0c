import {
  BACKSLASH,
  BLANK,
  byteKindOf,
  CLOSING,
  COMMENT,
  DIGIT,
  hashSeed,
  LINE_END,
  mixByte,
  OPENING,
  QUOTE,
  WORD,
} from "./bytes.ts";
import { Cursor } from "./cursor.ts";
import { onlyBeginsStatement } from "./words.ts";

/** What {@link Tokenizer.next} answers. */
export const END = 0;
export const NAME = 1;
export const NUMBER = 2;
export const STRING = 3;
/** An operator or delimiter; `hash` holds its bytes. */
export const SIGN = 4;

/**
 * Cuts the bytes of one Python file into logical lines and tokens ("Lexical analysis" in the Python reference), without
 * a tree, in one pass. It never fails: what Python would refuse is cut at the next line. One tokenizer serves many
 * files, one after the other.
 */
export class Tokenizer extends Cursor {
  /** Brackets that are open. */
  depth = 0;
  /** Column of the logical line's first token, where a tab goes to the next multiple of 8. */
  indentation = 0;
  /** Byte offset of the token that was answered last. */
  start = 0;

  open(bytes: Uint8Array): void {
    this.load(bytes);
    this.depth = 0;
  }

  /** Goes to the first token of the next logical line; false at the end of the file. */
  nextStatement(): boolean {
    const bytes = this.bytes;
    let at = this.position;
    this.depth = 0;
    for (;;) {
      let column = 0;
      for (let byte = bytes[at] ?? 0; byteKindOf(byte) === BLANK; byte = bytes[++at] ?? 0) {
        column = byte === 32 ? column + 1 : byte === 9 ? (column | 7) + 1 : 0;
      }
      this.indentation = column;
      if (at >= this.length) break;
      const kind = byteKindOf(bytes[at] ?? 0);
      if (kind === COMMENT) at = this.passToLineEnd(at);
      else if (kind === LINE_END) at = this.passLineEnd(at);
      else if (kind === BACKSLASH && byteKindOf(bytes[at + 1] ?? 0) === LINE_END) at = this.passLineEnd(at + 1);
      else break;
    }
    this.position = at;
    return at < this.length;
  }

  /** The next token of the logical line, or END, behind the line's end. */
  next(): number {
    const bytes = this.bytes;
    let at = this.position;
    for (;;) {
      const byte = bytes[at] ?? 0;
      const kind = byteKindOf(byte);
      if (kind === WORD) return this.#name(at);
      if (kind === BLANK) at++;
      else if (kind <= DIGIT) {
        if (at >= this.length) return this.#endAt(this.length);
        if (kind === DIGIT || (byte === 46 && byteKindOf(bytes[at + 1] ?? 0) === DIGIT)) return this.#number(at);
        return this.#sign(at, byte);
      } else if (kind === LINE_END) {
        at = this.passLineEnd(at);
        if (this.depth === 0 || this.#isUnclosed(at)) return this.#endAt(at);
      } else if (kind === COMMENT) at = this.passToLineEnd(at);
      else if (kind === BACKSLASH) {
        if (byteKindOf(bytes[at + 1] ?? 0) !== LINE_END) return this.#sign(at, byte);
        at = this.passLineEnd(at + 1);
      } else if (kind === QUOTE) {
        this.start = at;
        this.fieldWordCount = 0;
        this.position = this.passString(at, hashSeed, false);
        return STRING;
      } else return this.#bracket(at, byte, kind);
    }
  }

  /** The next byte behind the last token that is not blank, 0 at the end of the file. */
  following(): number {
    return this.bytes[this.passBlanks(this.position)] ?? 0;
  }

  /** The byte behind {@link following}. */
  followingPair(): number {
    return this.bytes[this.passBlanks(this.position) + 1] ?? 0;
  }

  #endAt(at: number): number {
    this.position = at;
    return END;
  }

  #name(start: number): number {
    const bytes = this.bytes;
    let hash = hashSeed;
    let at = start;
    let byte = bytes[at] ?? 0;
    do {
      hash = mixByte(hash, byte);
      byte = bytes[++at] ?? 0;
    } while ((byteKindOf(byte) - 1) >>> 0 < 2);
    this.start = start;
    this.hash = hash | 0;
    this.position = at;
    if (at - start > 2 || byteKindOf(byte) !== QUOTE) return NAME;
    return this.#prefixed(start, at);
  }

  /** A string behind one or two prefix letters, or the name that they are if they are no prefix. */
  #prefixed(start: number, quoteAt: number): number {
    let formatted = false;
    for (let at = start; at < quoteAt; at++) {
      const letter = (this.bytes[at] ?? 0) | 32;
      if (letter === 102 || letter === 116) formatted = true;
      else if (letter !== 114 && letter !== 98 && letter !== 117) return NAME;
    }
    this.fieldWordCount = 0;
    this.position = this.passString(quoteAt, this.hash, formatted);
    return STRING;
  }

  #number(start: number): number {
    const bytes = this.bytes;
    let hash = hashSeed;
    let at = start;
    let byte = bytes[at] ?? 0;
    let points = 0;
    for (;;) {
      hash = mixByte(hash, byte);
      if (byte === 46) points++;
      const before = byte | 32;
      byte = bytes[++at] ?? 0;
      const kind = byteKindOf(byte);
      if (kind === WORD || kind === DIGIT || (byte === 46 && points === 0)) continue;
      const signed = (byte === 43 || byte === 45) && before === 101;
      if (!signed || ((bytes[start + 1] ?? 0) | 32) === 120) break;
    }
    this.start = start;
    this.hash = hash | 0;
    this.position = at;
    return NUMBER;
  }

  #sign(start: number, byte: number): number {
    const bytes = this.bytes;
    let at = start + 1;
    let code = byte;
    const second = bytes[at] ?? 0;
    const doubled = second === byte && (byte === 42 || byte === 47 || byte === 60 || byte === 62);
    if (byte !== 44 && (doubled || second === 61 || (byte === 45 && second === 62))) {
      code = (code << 8) | second;
      at++;
      if (doubled && bytes[at] === 61) {
        code = (code << 8) | 61;
        at++;
      }
    }
    this.start = start;
    this.hash = code;
    this.position = at;
    return SIGN;
  }

  #bracket(start: number, byte: number, kind: number): number {
    if (kind === OPENING) this.depth++;
    else if (kind === CLOSING && this.depth > 0) this.depth--;
    this.start = start;
    this.hash = byte;
    this.position = start + 1;
    return SIGN;
  }

  /** Whether a line inside brackets begins a statement: then a bracket was left open, as while somebody types. */
  #isUnclosed(lineStart: number): boolean {
    const bytes = this.bytes;
    let at = this.passBlanks(lineStart);
    const first = bytes[at] ?? 0;
    if (first < 97 || first > 119) return false;
    let hash = hashSeed;
    const start = at;
    for (; byteKindOf(bytes[at] ?? 0) === WORD && at - start < 9; at++) hash = mixByte(hash, bytes[at] ?? 0);
    const behind = byteKindOf(bytes[at] ?? 0);
    return behind !== WORD && behind !== DIGIT && onlyBeginsStatement(hash | 0);
  }
}
