/** What a byte can begin in Python source. */
export const OPERATOR = 0;
export const WORD = 1;
export const DIGIT = 2;
export const BLANK = 3;
export const LINE_END = 4;
export const QUOTE = 5;
export const COMMENT = 6;
export const BACKSLASH = 7;
export const OPENING = 8;
export const CLOSING = 9;

const kinds = new Uint8Array(256);
const groups: readonly (readonly [number, string])[] = [
  [WORD, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"],
  [DIGIT, "0123456789"],
  [BLANK, " \t\f"],
  [LINE_END, "\n\r"],
  [QUOTE, "\"'"],
  [COMMENT, "#"],
  [BACKSLASH, "\\"],
  [OPENING, "([{"],
  [CLOSING, ")]}"],
];
for (const [kind, characters] of groups) {
  for (const character of characters) kinds[character.charCodeAt(0)] = kind;
}
kinds.fill(WORD, 128);

export function byteKindOf(byte: number): number {
  return kinds[byte] ?? OPERATOR;
}

/** FNV-1a, one byte at a time. */
export const hashSeed = 0x811c9dc5 | 0;

export function mixByte(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193);
}

/** The hash of an ASCII word as the tokenizer computes it. */
export function hashOf(word: string): number {
  let hash = hashSeed;
  for (let at = 0; at < word.length; at++) hash = mixByte(hash, word.charCodeAt(at));
  return hash | 0;
}

/** Folds one more 32-bit value into a hash of a sequence. */
export function mix(hash: number, value: number): number {
  const product = Math.imul(hash ^ value, 0x9e3779b1);
  return ((product << 13) | (product >>> 19)) + value;
}

/** Spreads the bits of a finished hash (MurmurHash3's finaliser). */
export function finish(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) | 0;
}
