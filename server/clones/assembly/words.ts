import { hashSeed, mixByte } from "./bytes";

/** What a word means to the scanner; 0 is a name like any other. */
export const KEYWORD: i32 = 1;
/** `True`, `False`, `None`: constants that are spelt like keywords. */
export const CONSTANT: i32 = 2;
export const DEF: i32 = 3;
export const CLASS: i32 = 4;
export const ASYNC: i32 = 5;
export const IMPORT: i32 = 6;
export const FROM: i32 = 7;
export const FOR: i32 = 8;
export const AS: i32 = 9;
/** `else`, `elif`, `except`, `finally`: a clause that belongs to the statement before. */
export const CLAUSE: i32 = 10;
/** `match` and `case`, which are keywords only where they stand in front. */
export const MATCH: i32 = 11;
export const CASE: i32 = 12;
export const SELF: i32 = 13;
/** `__name__`, for the `__main__` guard. */
export const MODULE_NAME: i32 = 14;
/** Methods that set up argument parsers and loggers. */
export const SETUP: i32 = 15;
export const SUPER: i32 = 16;
export const IF: i32 = 17;

/** What a word does where a statement begins with it, as bits. It can only begin a statement: */
export const BEGINS: u32 = 1;
/** It defines a function. */
export const DEFINES: u32 = 2;
/** It imports, and maybe does nothing else. */
export const IMPORTS: u32 = 4;
/** It may guard an import. */
export const GUARDS: u32 = 8;
/** Behind an underscore it says at the end of a name that this is a version of something. */
export const VERSIONS: u32 = 16;

const slots: i32 = 2048;
const hashes: usize = memory.data(2048 * 4);
const meanings: usize = memory.data(2048);
const roles: usize = memory.data(2048);

mean(KEYWORD, "and assert await break continue del global in is lambda nonlocal not or pass raise return");
mean(KEYWORD, "try while with yield");
mean(CONSTANT, "True False None");
mean(DEF, "def");
mean(CLASS, "class");
mean(ASYNC, "async");
mean(IMPORT, "import");
mean(FROM, "from");
mean(FOR, "for");
mean(AS, "as");
mean(IF, "if");
mean(CLAUSE, "else elif except finally");
mean(MATCH, "match");
mean(CASE, "case");
mean(MODULE_NAME, "__name__");
mean(SUPER, "super");
mean(SELF, "self cls");
mean(SETUP, "ArgumentParser add_argument add_argument_group add_mutually_exclusive_group add_subparsers");
mean(SETUP, "add_parser parse_args parse_known_args set_defaults add_option OptionParser");
mean(SETUP, "basicConfig getLogger get_logger setLevel setFormatter addHandler StreamHandler FileHandler Formatter");

act(BEGINS, "def class import while try raise return pass assert del global nonlocal break continue");
act(BEGINS, "elif except finally");
act(DEFINES, "def async");
act(IMPORTS, "import from");
act(GUARDS, "else elif except finally try if with");
act(VERSIONS, "new old copy backup bak orig original fixed final improved prev");

/** The meaning of the word with this hash. */
export function meaningOf(hash: i32): i32 {
  return load<u8>(meanings + slotOf(hash));
}

/** What a statement does that begins with the word with this hash. */
export function roleOf(hash: i32): u32 {
  return load<u8>(roles + slotOf(hash));
}

/** The slot of a word, or the one where it would belong. */
function slotOf(hash: i32): i32 {
  let slot = ((hash as u32) >> 7) & (slots - 1);
  let known = load<i32>(hashes + (slot << 2));
  while (known !== hash && known !== 0) {
    slot = (slot + 1) & (slots - 1);
    known = load<i32>(hashes + (slot << 2));
  }
  return slot;
}

function mean(meaning: i32, words: string): void {
  for (let from = 0; from < words.length; ) {
    const end = wordEnd(words, from);
    store<u8>(meanings + slotFor(words, from, end), meaning);
    from = end + 1;
  }
}

function act(role: u32, words: string): void {
  for (let from = 0; from < words.length; ) {
    const end = wordEnd(words, from);
    const slot = slotFor(words, from, end);
    store<u8>(roles + slot, load<u8>(roles + slot) | role);
    from = end + 1;
  }
}

function wordEnd(words: string, from: i32): i32 {
  const end = words.indexOf(" ", from);
  return end < 0 ? words.length : end;
}

function slotFor(words: string, from: i32, end: i32): i32 {
  let hash = hashSeed;
  for (let at = from; at < end; at++) hash = mixByte(hash, words.charCodeAt(at));
  const slot = slotOf(hash);
  store<i32>(hashes + (slot << 2), hash);
  return slot;
}
