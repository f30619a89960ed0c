// What runs in WebAssembly: one pass over the bytes of a Python file, in AssemblyScript. `node scripts/scanner.ts` compiles
// it into ../scanner-program.ts, and tokenizer.ts and scanner.ts there know what is exported.
import { names } from "./names";
import { notes } from "./notes";
import { at8, place, rewind, unitsBetween } from "./place";
import { rows } from "./rows";
import { statement } from "./statement";
import { suites } from "./suites";
import { nextLine, nextToken, token } from "./tokens";

/** Bytes of a file in which comments may say that. */
const longestHeader: i32 = 1024;

/** Whether the comments at the file's top, so many bytes, say that a program wrote it. */
declare function isGenerated(end: i32): bool;

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
  let generated = false;
  while (nextLine()) {
    const position = place.position;
    const line = place.line;
    const lineStart = place.lineStart;
    const indentation = token.indentation;
    suites.indent(indentation);
    if (suites.depth === 0) guarded = false;
    if (!generated && rows.count === 0 && line > 0) generated = mayBeGenerated(position) && isGenerated(position);
    if (statement.read()) guarded = true;
    if (!guarded && !generated) statement.push(line, position - lineStart);
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

/** Whether the bytes in front of an offset hold one of the words that such comments have. */
function mayBeGenerated(end: i32): bool {
  for (let at = 0; at < min(end, longestHeader); at++) {
    const letter = at8(at) | 32;
    if (letter === 103 ? isWordAt("generated", at) : letter === 110 && isWordAt("not", at)) return true;
  }
  return false;
}

/** Whether an ASCII word in lower case stands at an offset, in whatever case. */
function isWordAt(word: string, at: i32): bool {
  for (let index = 0; index < word.length; index++) {
    if ((at8(at + index) | 32) !== word.charCodeAt(index)) return false;
  }
  return true;
}

export { unitsBetween };
