import { hashOf } from "./bytes.ts";

/** What a word means to the tokenizer; 0 is a name like any other. */
export const KEYWORD = 1;
/** `True`, `False`, `None`: constants that are spelt like keywords. */
export const CONSTANT = 2;
export const DEF = 3;
export const CLASS = 4;
export const ASYNC = 5;
export const IMPORT = 6;
export const FROM = 7;
export const FOR = 8;
export const AS = 9;
/** `else`, `elif`, `except`, `finally`: a clause that belongs to the statement before. */
export const CLAUSE = 10;
/** `match` and `case`, which are keywords only where they stand in front. */
export const MATCH = 11;
export const CASE = 12;
export const SELF = 13;
/** `__name__`, for the `__main__` guard. */
export const MODULE_NAME = 14;
/** Methods that set up argument parsers and loggers. */
export const SETUP = 15;
export const SUPER = 16;
export const IF = 17;

const meanings: Readonly<Record<string, number>> = {
  ...kind(KEYWORD, "and assert await break continue del global in is lambda nonlocal not or pass raise return"),
  ...kind(KEYWORD, "try while with yield"),
  ...kind(CONSTANT, "True False None"),
  ...{ def: DEF, class: CLASS, async: ASYNC, import: IMPORT, from: FROM, for: FOR, as: AS, if: IF },
  ...kind(CLAUSE, "else elif except finally"),
  ...{ match: MATCH, case: CASE, __name__: MODULE_NAME, super: SUPER },
  ...kind(SELF, "self cls"),
  ...kind(SETUP, "ArgumentParser add_argument add_argument_group add_mutually_exclusive_group add_subparsers"),
  ...kind(SETUP, "add_parser parse_args parse_known_args set_defaults add_option OptionParser"),
  ...kind(
    SETUP,
    "basicConfig getLogger get_logger setLevel setFormatter addHandler StreamHandler FileHandler Formatter",
  ),
};

/** Words that can only begin a statement: one inside brackets tells that a bracket was never closed. */
const beginnings = new Set(
  "def class import while try raise return pass assert del global nonlocal break continue elif except finally"
    .split(" ")
    .map(hashOf),
);

const slots = 2048;
const slotHashes = new Int32Array(slots);
const slotMeanings = new Uint8Array(slots);
for (const [word, meaning] of Object.entries(meanings)) {
  const hash = hashOf(word);
  let slot = (hash >>> 7) & (slots - 1);
  while (slotMeanings[slot] !== 0) slot = (slot + 1) & (slots - 1);
  slotHashes[slot] = hash;
  slotMeanings[slot] = meaning;
}

/** The meaning of the word with this hash. */
export function meaningOf(hash: number): number {
  let slot = (hash >>> 7) & (slots - 1);
  for (;;) {
    const meaning = slotMeanings[slot] ?? 0;
    if (meaning === 0 || slotHashes[slot] === hash) return meaning;
    slot = (slot + 1) & (slots - 1);
  }
}

export function onlyBeginsStatement(hash: number): boolean {
  return beginnings.has(hash);
}

function kind(meaning: number, words: string): Record<string, number> {
  return Object.fromEntries(words.split(" ").map((word) => [word, meaning]));
}
