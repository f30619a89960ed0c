import {
  BACKSLASH,
  BLANK,
  byteKindOf,
  CLOSING,
  COMMENT,
  DIGIT,
  hashSeed,
  isWordByte,
  LINE_END,
  mixByte,
  OPENING,
  QUOTE,
  WORD,
} from "./bytes";
import { at8, kindAt, passBlanks, passLineEnd, passToLineEnd, place } from "./place";
import { passString, text } from "./strings";
import { BEGINS, roleOf } from "./words";

/** What {@link nextToken} answers. */
export const END: i32 = 0;
export const NAME: i32 = 1;
export const NUMBER: i32 = 2;
export const STRING: i32 = 3;
/** An operator or delimiter; `hash` holds its bytes. */
export const SIGN: i32 = 4;

/** What is known of the token that was answered last, and of the logical line it stands in. */
export class Token {
  hash: i32 = 0;
  /** Byte offset. */
  start: i32 = 0;
  /** Brackets that are open. */
  depth: i32 = 0;
  /** Column of the logical line's first token, where a tab goes to the next multiple of 8. */
  indentation: i32 = 0;
}

export const token: Token = new Token();

/** Goes to the first token of the next logical line; false at the end of the file. */
export function nextLine(): bool {
  let at = place.position;
  token.depth = 0;
  for (;;) {
    let column = 0;
    for (let byte = at8(at); byteKindOf(byte) === BLANK; byte = at8(++at)) {
      column = byte === 32 ? column + 1 : byte === 9 ? (column | 7) + 1 : 0;
    }
    token.indentation = column;
    if (at >= place.length) break;
    const kind = kindAt(at);
    if (kind === COMMENT) at = passToLineEnd(at);
    else if (kind === LINE_END) at = passLineEnd(at);
    else if (kind === BACKSLASH && kindAt(at + 1) === LINE_END) at = passLineEnd(at + 1);
    else break;
  }
  place.position = at;
  return at < place.length;
}

/** The next token of the logical line, or END, behind the line's end. */
export function nextToken(): i32 {
  let at = place.position;
  while (true) {
    const byte = at8(at);
    const kind = byteKindOf(byte);
    if (kind === WORD) return passName(at);
    if (kind === BLANK) at++;
    else if (kind <= DIGIT) {
      if (at >= place.length) break;
      if (kind === DIGIT || (byte === 46 && kindAt(at + 1) === DIGIT)) return passNumber(at);
      return passSign(at, byte);
    } else if (kind === LINE_END) {
      at = passLineEnd(at);
      if (token.depth === 0 || isUnclosed(at)) break;
    } else if (kind === COMMENT) at = passToLineEnd(at);
    else if (kind === BACKSLASH) {
      if (kindAt(at + 1) !== LINE_END) return passSign(at, byte);
      at = passLineEnd(at + 1);
    } else if (kind === QUOTE) {
      text.fieldWordCount = 0;
      return passed(STRING, at, passString(at, hashSeed, false, 0), text.hash);
    } else {
      if (kind === OPENING) token.depth++;
      else if (kind === CLOSING && token.depth > 0) token.depth--;
      return passed(SIGN, at, at + 1, byte);
    }
  }
  place.position = min(at, place.length);
  return END;
}

/** The offset of the next byte behind the last token that is not blank. */
export function following(): i32 {
  return passBlanks(place.position);
}

function passed(kind: i32, start: i32, end: i32, hash: i32): i32 {
  token.start = start;
  token.hash = hash;
  place.position = end;
  return kind;
}

function passName(start: i32): i32 {
  let hash = hashSeed;
  let at = start;
  let byte = at8(at);
  do {
    hash = mixByte(hash, byte);
    byte = at8(++at);
  } while (isWordByte(byte));
  const isPrefix = at - start <= 2 && byteKindOf(byte) === QUOTE && isPrefixOfString(start, at);
  if (!isPrefix) return passed(NAME, start, at, hash);
  text.fieldWordCount = 0;
  return passed(STRING, start, passString(at, hash, isFormat(start) || isFormat(at - 1), 0), text.hash);
}

function isPrefixOfString(start: i32, end: i32): bool {
  for (let at = start; at < end; at++) {
    const letter = at8(at) | 32;
    if (letter !== 114 && letter !== 98 && letter !== 117 && !isFormat(at)) return false;
  }
  return true;
}

/** Whether a letter makes a string one with replacement fields. */
function isFormat(at: i32): bool {
  const letter = at8(at) | 32;
  return letter === 102 || letter === 116;
}

function passNumber(start: i32): i32 {
  let hash = hashSeed;
  let at = start;
  let byte = at8(at);
  let points = 0;
  for (;;) {
    hash = mixByte(hash, byte);
    if (byte === 46) points++;
    const before = byte | 32;
    byte = at8(++at);
    if (isWordByte(byte) || (byte === 46 && points === 0)) continue;
    const signed = (byte === 43 || byte === 45) && before === 101;
    if (!signed || (at8(start + 1) | 32) === 120) break;
  }
  return passed(NUMBER, start, at, hash);
}

function passSign(start: i32, byte: u32): i32 {
  let at = start + 1;
  let code = byte;
  const second = at8(at);
  const doubled = second === byte && (byte === 42 || byte === 47 || byte === 60 || byte === 62);
  if (byte !== 44 && (doubled || second === 61 || (byte === 45 && second === 62))) {
    code = (code << 8) | second;
    at++;
    if (doubled && at8(at) === 61) {
      code = (code << 8) | 61;
      at++;
    }
  }
  return passed(SIGN, start, at, code);
}

/** Whether a line inside brackets begins a statement: then a bracket was left open, as while somebody types. */
function isUnclosed(lineStart: i32): bool {
  let at = passBlanks(lineStart);
  const start = at;
  const first = at8(at);
  if (first < 97 || first > 119) return false;
  let hash = hashSeed;
  for (; kindAt(at) === WORD && at - start < 9; at++) hash = mixByte(hash, at8(at));
  return !isWordByte(at8(at)) && (roleOf(hash) & BEGINS) !== 0;
}
