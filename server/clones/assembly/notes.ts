import { DIGIT, hashSeed, isWordByte, mixByte, QUOTE, WORD } from "./bytes";
import { at8, kindAt, passBlanks, place } from "./place";
import { DEFINES, GUARDS, IMPORTS, roleOf, VERSIONS } from "./words";

const LETTER_A: u32 = 97;
const LETTER_W: u32 = 119;
const PLUS: u32 = 43;
const HYPHEN: u32 = 45;
const DOT: u32 = 46;
const COLON: u32 = 58;
const AT_SIGN: u32 = 64;
const UNDERSCORE: u32 = 95;
const LINE_END: u8 = 10;
/** Longer strings name nothing. */
const longestString: i32 = 120;
const none: i32 = 0x7fffffff;

/** How much is noted before the surrounding program takes it: bytes of words, each with a line end, and statements. */
const mostBytes: i32 = 4096;
const mostStatements: i32 = 1024;
const words: usize = memory.data(4096);
const functions: usize = memory.data(4096);
const statements: usize = memory.data(1024 * 24);

const slots: i32 = 1 << 14;
const hashes: usize = memory.data((1 << 14) * 4);
const files: usize = memory.data((1 << 14) * 4);
/** Words of one file that are told apart; further ones are noted each time. */
const mostWords: i32 = 1 << 13;

/** Hands what is noted to the surrounding program: addresses, and how much lies there. */
declare function take(
  words: usize,
  wordBytes: i32,
  functions: usize,
  functionBytes: i32,
  statements: usize,
  statementCount: i32,
): void;

/**
 * What is noted of a file while it is scanned, as byte offsets, for who asks what it depends on: the words that begin
 * its strings, the names of its functions without decorators, and the statements that import or may guard an import.
 */
export class Notes {
  private wordBytes: i32 = 0;
  private functionBytes: i32 = 0;
  private statementCount: i32 = 0;
  /** The least indentation of the statements that passed since one was noted. */
  private least: i32 = none;
  /** Whether the last statement was a decorator. */
  private isDecorator: bool = false;
  /** Whether one of the functions may be a version of another. */
  private hasVersions: bool = false;
  private file: i32 = 0;
  private seenCount: i32 = 0;

  startFile(): void {
    this.file++;
    this.seenCount = 0;
    this.least = none;
    this.isDecorator = false;
    this.hasVersions = false;
  }

  /** Hands everything over that is noted, which happens in between when there is no more room. */
  handOver(): void {
    take(words, this.wordBytes, functions, this.functionBytes, statements, this.statementCount);
    this.wordBytes = 0;
    this.functionBytes = 0;
    this.statementCount = 0;
  }

  /** The end of a file: its functions are told only if one of them may be a version of another. */
  finish(): void {
    if (!this.hasVersions) this.functionBytes = 0;
    this.handOver();
  }

  /** Notes the dotted word at the start of a string, and the driver of a URL such as `postgresql+psycopg2://`. */
  string(start: i32, end: i32): void {
    if (end - start > longestString) return;
    let from = start;
    while (kindAt(from) === WORD) from++;
    while (kindAt(from) === QUOTE) from++;
    const behind = kindAt(from) === WORD ? wordEnd(from, end) : from;
    const driver = at8(behind) === PLUS ? wordEnd(behind + 1, end) : behind;
    if (driver > behind + 1 && at8(driver) === COLON) this.word(behind + 1, driver);
    else if (behind > from) this.word(from, behind);
  }

  private word(start: i32, end: i32): void {
    let hash = hashSeed;
    for (let at = start; at < end; at++) hash = mixByte(hash, at8(at));
    if (this.isSeen(hash)) return;
    if (this.wordBytes + end - start >= mostBytes) this.handOver();
    this.wordBytes = copied(start, end, words, this.wordBytes);
  }

  private isSeen(hash: i32): bool {
    let slot = <u32>(hash * 0x9e3779b1) >> 18;
    while (load<i32>(files + (slot << 2)) === this.file) {
      if (load<i32>(hashes + (slot << 2)) === hash) return true;
      slot = (slot + 1) & (slots - 1);
    }
    if (this.seenCount === mostWords) return false;
    this.seenCount++;
    store<i32>(files + (slot << 2), this.file);
    store<i32>(hashes + (slot << 2), hash);
    return false;
  }

  /**
   * A logical line that was passed, by the place and the indentation of its first token. `tells` when it has the keyword
   * `import`, or speaks of `sys.path`.
   */
  statement(start: i32, line: i32, lineStart: i32, indentation: i32, tells: bool): void {
    const role = roleAt(start);
    const isDecorated = this.isDecorator;
    this.isDecorator = at8(start) === AT_SIGN;
    if ((role & DEFINES) !== 0 && !isDecorated) this.function(start);
    if (!tells && (role & GUARDS) === 0) {
      this.least = min(this.least, indentation);
      return;
    }
    if (this.statementCount === mostStatements) this.handOver();
    const at = statements + this.statementCount++ * 24;
    store<i32>(at, start);
    store<i32>(at, line, 4);
    store<i32>(at, lineStart, 8);
    store<i32>(at, indentation, 12);
    store<i32>(at, this.least, 16);
    const isNested = indentation > 0 || (role & IMPORTS) === 0;
    store<i32>(at, !tells ? 0 : isNested ? 2 : 1, 20);
    this.least = none;
  }

  /** Notes the name behind `def` or `async def`. */
  private function(start: i32): void {
    let name = passBlanks(passWord(start));
    if (at8(start) === LETTER_A) {
      if ((roleAt(name) & DEFINES) === 0) return; // `async with`, `async for`
      name = passBlanks(passWord(name));
    }
    const end = passWord(name);
    if (end - name >= mostBytes) return;
    if (this.functionBytes + end - name >= mostBytes) {
      this.hasVersions = true;
      this.handOver();
    }
    if (!this.hasVersions) this.hasVersions = mayBeVersion(name, end);
    this.functionBytes = copied(name, end, functions, this.functionBytes);
  }
}

export const notes: Notes = new Notes();

/** Appends the bytes between two offsets and a line end to so many, and answers how many these are. */
function copied(start: i32, end: i32, to: usize, count: i32): i32 {
  memory.copy(to + count, place.input + start, end - start);
  store<u8>(to + count + end - start, LINE_END);
  return count + end - start + 1;
}

/** Whether a name ends with a digit, or with a word that tells versions apart. */
function mayBeVersion(start: i32, end: i32): bool {
  if (kindAt(end - 1) === DIGIT) return true;
  let from = end;
  while (from > start && at8(from - 1) !== UNDERSCORE) from--;
  let hash = hashSeed;
  for (let at = from; at < end; at++) hash = mixByte(hash, at8(at));
  return from > start && (roleOf(hash) & VERSIONS) !== 0;
}

/** Behind the letters, digits, dots and hyphens from an offset on, of which the last is a letter or digit. */
function wordEnd(from: i32, limit: i32): i32 {
  let end = from;
  for (let at = from; at < limit; at++) {
    const byte = at8(at);
    if (byte < 128 && isWordByte(byte)) end = at + 1;
    else if (byte !== DOT && byte !== HYPHEN) break;
  }
  return end;
}

function passWord(from: i32): i32 {
  let at = from;
  while (isWordByte(at8(at))) at++;
  return at;
}

/** What the word at the beginning of a statement does there. */
function roleAt(start: i32): u32 {
  const first = at8(start);
  if (first < LETTER_A || first > LETTER_W) return 0; // No such word begins behind `w`.
  let hash = hashSeed;
  for (let at = start; kindAt(at) === WORD && at - start < 8; at++) hash = mixByte(hash, at8(at));
  return roleOf(hash);
}
