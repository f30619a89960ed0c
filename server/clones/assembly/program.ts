// What runs in WebAssembly: one pass over the bytes of a Python file, in AssemblyScript. `node scripts/scanner.ts` compiles
// it into ../scanner-program.ts, and tokenizer.ts and scanner.ts there know what is exported.
import { names } from "./names";
import { notes } from "./notes";
import { at8, place, rewind, unitsBetween } from "./place";
import { rows } from "./rows";
import { statement } from "./statement";
import { suites } from "./suites";
import { nextLine, nextToken, token } from "./tokens";

/** Bytes of a file in which it may say where it comes from. */
const farthestSaid: i32 = 2000;

/** Whether a file says above its code that it comes from elsewhere. */
declare function isForeign(): bool;

/** Numbers that tell the surrounding program where the token at hand is, or after a scan where to find what. */
const state: usize = memory.data(7 * 4);

export function stateAddress(): usize {
  return state;
}

/** Makes room for a file of so many bytes and answers where they belong. */
export function open(length: i32): usize {
  rows.open(length);
  return place.input;
}

/** Goes to the top of the file. */
export function start(): void {
  rewind();
  token.depth = 0;
}

/** Goes somewhere else, to the first token of a logical line. */
export function seek(position: i32, line: i32, lineStart: i32, indentation: i32): void {
  place.position = position;
  place.line = line;
  place.lineStart = lineStart;
  token.indentation = indentation;
  token.depth = 0;
}

export function nextStatement(): bool {
  const isThere = nextLine();
  tell();
  return isThere;
}

export function next(): i32 {
  const kind = nextToken();
  tell();
  return kind;
}

function tell(): void {
  store<i32>(state, place.position);
  store<i32>(state, place.line, 4);
  store<i32>(state, place.lineStart, 8);
  store<i32>(state, token.hash, 12);
  store<i32>(state, token.start, 16);
  store<i32>(state, token.depth, 20);
  store<i32>(state, token.indentation, 24);
}

/** Cuts the file into units and answers its number of lines; a line end ends a line and starts none. */
export function scan(): i32 {
  start();
  names.startFile();
  notes.startFile();
  suites.startFile();
  let guarded = false;
  const foreign = mayBeForeign() && isForeign();
  while (nextLine()) {
    const position = place.position;
    const line = place.line;
    const lineStart = place.lineStart;
    const indentation = token.indentation;
    suites.indent(indentation);
    if (suites.depth === 0) guarded = false;
    if (statement.read()) guarded = true;
    if (!guarded && !foreign) statement.push(line, position - lineStart);
    notes.statement(position, line, lineStart, indentation, statement.tells);
  }
  rows.pack();
  notes.finish();
  store<i32>(state, rows.packed as i32);
  store<i32>(state, rows.count, 4);
  store<i32>(state, rows.names as i32, 8);
  store<i32>(state, rows.nameCount, 12);
  const last = at8(place.length - 1);
  return place.length === 0 || last === 10 || last === 13 ? place.line : place.line + 1;
}

/** Whether the first bytes hold one of the words that such sentences have. */
function mayBeForeign(): bool {
  for (let at = 0; at < min(place.length, farthestSaid); at++) {
    if (isSignAt(at8(at) | 32, at)) return true;
  }
  return false;
}

function isSignAt(letter: i32, at: i32): bool {
  if (letter === 98) return isWordAt("borrowed", at) || isWordAt("backported", at) || isWordAt("bootstrap ", at);
  if (letter === 99) return isWordAt("copied", at) || isWordAt("change this ", at) || isWordAt("changes made ", at);
  if (letter === 101) return isWordAt("edit this ", at);
  if (letter === 102) return isWordAt("fork", at);
  if (letter === 103) return isWordAt("generated", at) || isWordAt("giant blob", at);
  if (letter === 108) return isWordAt("lifted", at);
  if (letter === 109) return isWordAt("modify this ", at);
  if (letter === 112) return isWordAt("produced by ", at) || isWordAt("python software foundation license ", at);
  if (letter === 116) return isWordAt("taken", at);
  return letter === 118 && (isWordAt("vendored", at) || isWordAt("versioneer", at));
}

/** Whether an ASCII word in lower case stands at an offset, in whatever case. */
function isWordAt(word: string, at: i32): bool {
  for (let index = 0; index < word.length; index++) {
    if ((at8(at + index) | 32) !== word.charCodeAt(index)) return false;
  }
  return true;
}

export { unitsBetween };
