import { BACKSLASH, byteKindOf, COMMENT, DIGIT, hashSeed, LINE_END, mixByte, QUOTE, WORD } from "./bytes";
import { at8, kindAt, passBlanks, passLineEnd, passToLineEnd, place } from "./place";

const BRACE_OPEN: u32 = 123;
const BRACE_CLOSE: u32 = 125;
const DOT: u32 = 46;
/** Replacement fields nest no deeper than this; beyond it they are plain text. */
const deepestField: i32 = 8;
/** Words in the replacement fields of one string that are remembered; further ones are not compared. */
const mostFieldWords: i32 = 256;

/** What a word in a replacement field is: a name, or one that is the same in every copy. */
export const FIELD_NAME: u32 = 0;
export const FIELD_CALLEE: u32 = 1;
export const FIELD_ATTRIBUTE: u32 = 2;

const fieldWords: usize = memory.data(256 * 4);
const fieldWordKinds: usize = memory.data(256);

/** What is known of the string literal that was passed last. */
export class Text {
  hash: i32 = 0;
  /** The words in its replacement fields. */
  fieldWordCount: i32 = 0;
  /** Whether it has its closing quote. */
  isClosed: bool = false;

  fieldWord(index: i32): i32 {
    return load<i32>(fieldWords + (index << 2));
  }

  fieldWordKind(index: i32): u32 {
    return load<u8>(fieldWordKinds + index);
  }
}

export const text: Text = new Text();

/**
 * Passes a string literal from its opening quote and leaves the hash of its text, which starts from `seed`. One that
 * is never closed ends with its line, or with the file when it is triple-quoted.
 */
export function passString(at: i32, seed: i32, formatted: bool, nesting: i32): i32 {
  const quote = at8(at);
  const hasFields = formatted && nesting < deepestField;
  if (at8(at + 1) === quote && at8(at + 2) === quote) {
    return passText(at + 3, quote, 3, mixByte(seed, 3), hasFields, nesting);
  }
  return passText(at + 1, quote, 1, mixByte(seed, 1), hasFields, nesting);
}

function passText(from: i32, quote: u32, quotes: i32, seed: i32, formatted: bool, nesting: i32): i32 {
  const length = place.length;
  let hash = seed;
  let at = from;
  let isClosed = false;
  while (at < length) {
    const byte = at8(at);
    const kind = byteKindOf(byte);
    if (kind === LINE_END) {
      if (quotes === 1) break;
      at = passLineEnd(at);
    } else if (byte === quote && isClosing(at, quote, quotes)) {
      at += quotes;
      isClosed = true;
      break;
    } else if (kind === BACKSLASH) {
      at = passEscape(at, formatted);
    } else if (byte === BRACE_OPEN && formatted) {
      const end = at8(at + 1) === BRACE_OPEN ? at + 2 : passField(at + 1, quote, quotes, nesting);
      for (let inside = at; inside < end; inside++) hash = mixByte(hash, at8(inside));
      at = end;
      continue;
    } else at++;
    hash = mixByte(hash, byte);
  }
  text.hash = hash;
  text.isClosed = isClosed;
  return min(at, length);
}

function isClosing(at: i32, quote: u32, quotes: i32): bool {
  return quotes === 1 || (at8(at + 1) === quote && at8(at + 2) === quote);
}

/** Passes a backslash and what it protects; it does not protect a replacement field. */
function passEscape(at: i32, formatted: bool): i32 {
  const next = at8(at + 1);
  if (byteKindOf(next) === LINE_END) return passLineEnd(at + 1);
  return formatted && next === BRACE_OPEN ? at + 1 : at + 2;
}

/** Passes a replacement field (PEP 701) from behind its opening brace to behind its closing one. */
function passField(from: i32, quote: u32, quotes: i32, nesting: i32): i32 {
  const length = place.length;
  let at = from;
  let depth = 0;
  while (at < length) {
    const byte = at8(at);
    const kind = byteKindOf(byte);
    if (kind === QUOTE) {
      at = passString(at, 0, isFormatted(at), nesting + 1);
      if (quotes === 1 && !text.isClosed) return at;
      continue;
    }
    if (kind === LINE_END) at = passLineEnd(at);
    else if (kind === COMMENT) at = passToLineEnd(at);
    else if (kind === WORD || kind === DIGIT) at = passFieldWord(at, kind, depth);
    else at++;
    if (byte === BRACE_CLOSE && depth === 0) return at;
    if (byte === 40 || byte === 91 || byte === BRACE_OPEN) depth++;
    else if (depth > 0 && (byte === 41 || byte === 93 || byte === BRACE_CLOSE)) depth--;
    else if (byte === 58 && depth === 0) return passFormat(at, quote, quotes, nesting);
  }
  return length;
}

/** Passes a word or a number in a replacement field and remembers what can be renamed or called. */
function passFieldWord(start: i32, kind: u32, depth: i32): i32 {
  let hash = hashSeed;
  let at = start;
  let behind = kind;
  for (; behind === WORD || behind === DIGIT; behind = kindAt(at)) hash = mixByte(hash, at8(at++));
  const before = at8(start - 1);
  const isConversion = before === 33;
  const isWord = kind === WORD && behind !== QUOTE && !isConversion;
  if (!isWord || text.fieldWordCount === mostFieldWords) return at;
  const next = passBlanks(at);
  const following = at8(next);
  const isArgument = depth > 0 && following === 61 && at8(next + 1) !== 61;
  const isKept = before === DOT || isArgument;
  const count = text.fieldWordCount++;
  store<u8>(fieldWordKinds + count, isKept ? FIELD_ATTRIBUTE : following === 40 ? FIELD_CALLEE : FIELD_NAME);
  store<i32>(fieldWords + (count << 2), hash);
  return at;
}

/** Whether the letters before a quote make it an f-string or a t-string. */
function isFormatted(at: i32): bool {
  const last = at8(at - 1) | 32;
  const letter = last === 114 ? at8(at - 2) | 32 : last;
  return letter === 102 || letter === 116;
}

/** Passes a format specification, up to the brace that closes its field; quotes in it are plain text. */
function passFormat(from: i32, quote: u32, quotes: i32, nesting: i32): i32 {
  const length = place.length;
  let at = from;
  while (at < length) {
    const byte = at8(at);
    const kind = byteKindOf(byte);
    if (byte === quote && isClosing(at, quote, quotes)) return at;
    if (byte === BRACE_CLOSE) return at + 1;
    if (kind === LINE_END) {
      if (quotes === 1) return at;
      at = passLineEnd(at);
    } else if (kind === BACKSLASH) at = passEscape(at, true);
    else if (byte === BRACE_OPEN && nesting < deepestField) at = passField(at + 1, quote, quotes, nesting + 1);
    else at++;
  }
  return at;
}
