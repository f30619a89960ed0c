/** What a byte can begin in Python source. */
export const OPERATOR: u32 = 0;
export const WORD: u32 = 1;
export const DIGIT: u32 = 2;
export const BLANK: u32 = 3;
export const LINE_END: u32 = 4;
export const QUOTE: u32 = 5;
export const COMMENT: u32 = 6;
export const BACKSLASH: u32 = 7;
export const OPENING: u32 = 8;
export const CLOSING: u32 = 9;

const kinds: usize = memory.data(256);
group(WORD, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_");
group(DIGIT, "0123456789");
group(BLANK, " \t\f");
group(LINE_END, "\n\r");
group(QUOTE, "\"'");
group(COMMENT, "#");
group(BACKSLASH, "\\");
group(OPENING, "([{");
group(CLOSING, ")]}");
memory.fill(kinds + 128, WORD as u8, 128);

function group(kind: u32, characters: string): void {
  for (let at = 0; at < characters.length; at++) store<u8>(kinds + characters.charCodeAt(at), kind);
}

export function byteKindOf(byte: u32): u32 {
  return load<u8>(kinds + byte);
}

/** Whether a byte goes on with a word or a number. */
export function isWordByte(byte: u32): bool {
  return byteKindOf(byte) - WORD < 2;
}

/** FNV-1a, one byte at a time; as `hashOf` of the surrounding program. */
export const hashSeed: i32 = 0x811c9dc5;

export function mixByte(hash: i32, byte: u32): i32 {
  return (hash ^ byte) * 0x01000193;
}

export function hashOf(word: string): i32 {
  let hash = hashSeed;
  for (let at = 0; at < word.length; at++) hash = mixByte(hash, word.charCodeAt(at));
  return hash;
}

/** Folds one more 32-bit value into a hash of a sequence. */
export function mix(hash: i32, value: i32): i32 {
  return rotl<i32>((hash ^ value) * 0x9e3779b1, 13) + value;
}

/** Spreads the bits of a finished hash (MurmurHash3's finaliser). */
export function finish(hash: i32): i32 {
  let mixed: u32 = hash;
  mixed = (mixed ^ (mixed >> 16)) * 0x85ebca6b;
  mixed = (mixed ^ (mixed >> 13)) * 0xc2b2ae35;
  return mixed ^ (mixed >> 16);
}
