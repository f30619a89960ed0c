import { BLANK, byteKindOf, LINE_END } from "./bytes";

const LF: u32 = 10;
const CR: u32 = 13;

/** The bytes of one Python file, with zeros behind them, and a place in them that knows its line. */
export class Place {
  /** Where the bytes begin in memory. */
  input: usize = 0;
  length: i32 = 0;
  /** Byte offset of what is read next. */
  position: i32 = 0;
  /** Line of `position`, from 0. */
  line: i32 = 0;
  /** Byte offset at which that line starts. */
  lineStart: i32 = 0;
}

export const place: Place = new Place();

/** The byte at an offset. */
export function at8(at: i32): u32 {
  return load<u8>(place.input + at);
}

export function kindAt(at: i32): u32 {
  return byteKindOf(at8(at));
}

/** Goes to the top of the file, behind its byte order mark. */
export function rewind(): void {
  const marked = at8(0) === 0xef && at8(1) === 0xbb && at8(2) === 0xbf;
  place.position = marked ? 3 : 0;
  place.line = 0;
  place.lineStart = place.position;
}

/** The number of UTF-16 code units between two offsets of one line of UTF-8. */
export function unitsBetween(start: i32, end: i32): i32 {
  let units = end - start;
  for (let at = start; at < end; at++) {
    const byte = at8(at);
    if (byte >= 0x80) units -= byte < 0xc0 ? 1 : byte >= 0xf0 ? -1 : 0;
  }
  return units;
}

/** Passes the LF, CR LF or CR at an offset and answers what is behind it. */
export function passLineEnd(at: i32): i32 {
  const next = at8(at) === CR && at8(at + 1) === LF ? at + 2 : at + 1;
  place.line++;
  place.lineStart = next;
  return next;
}

export function passToLineEnd(from: i32): i32 {
  const length = place.length;
  let at = from;
  while (at < length && kindAt(at) !== LINE_END) at++;
  return at;
}

export function passBlanks(from: i32): i32 {
  let at = from;
  while (kindAt(at) === BLANK) at++;
  return at;
}
