// `node scripts/check-tokens.ts PYTHON FOLDER…`: our tokens of every Python file below against those of that CPython.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { crc32 } from "node:zlib";
import { END, NAME, NUMBER, SIGN, STRING, Tokenizer } from "../server/clones/tokenizer.ts";

const names: Readonly<Record<number, string>> = {
  [NAME]: "name",
  [NUMBER]: "number",
  [STRING]: "string",
  [SIGN]: "sign",
};

class Recorder extends Tokenizer {
  /** As `test/clones/tokens.py`: the number of tokens and a checksum of their places; columns in UTF-16 units. */
  checksum(bytes: Uint8Array): string {
    const starts = lineStarts(bytes);
    const places: string[] = [];
    let count = 0;
    let row = 0;
    const place = (offset: number) => {
      while ((starts[row + 1] ?? Number.POSITIVE_INFINITY) <= offset) row++;
      return `${row} ${this.unitsBetween(starts[row] ?? 0, offset)} `;
    };
    this.open(bytes);
    while (this.nextStatement()) {
      for (let token = this.next(); token !== END; token = this.next()) {
        places.push(`${names[token]} ${place(this.start)}${place(this.position)}`);
        count++;
      }
      // `a; b` is one logical line of two statements to Python, and one to this tokenizer.
      places.push(";");
    }
    return `${count} ${crc32(places.join(""))}`;
  }
}

/** Offsets at which lines start, behind a byte order mark. */
function lineStarts(bytes: Uint8Array): number[] {
  const starts = [bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0];
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === 10 || (bytes[at] === 13 && bytes[at + 1] !== 10)) starts.push(at + 1);
  }
  return starts;
}

/** What became of some files: those of them that were compared, and those whose tokens differ. */
export interface TokenCheck {
  readonly compared: number;
  readonly tokens: number;
  readonly different: readonly string[];
}

/**
 * Compares the tokens of files with those of a CPython. Files that it does not compile are left out, and those where it
 * counts columns otherwise: with characters beyond the BMP, or in an encoding that is not UTF-8.
 */
export function checkTokens(python: string, files: readonly string[]): TokenCheck {
  const script = fileURLToPath(new URL("../test/clones/tokens.py", import.meta.url));
  const options = { input: files.join("\n"), maxBuffer: 1 << 30, encoding: "utf8" as const };
  const answers = execFileSync(python, ["-W", "ignore", script], options).trimEnd().split("\n");
  const recorder = new Recorder();
  const different: string[] = [];
  let compared = 0;
  let tokens = 0;
  for (const [at, file] of files.entries()) {
    const bytes = readFileSync(file);
    if (answers[at] === "null" || !isComparable(bytes)) continue;
    const own = recorder.checksum(bytes);
    compared++;
    tokens += Number.parseInt(own, 10);
    if (own !== answers[at]) different.push(file);
  }
  return { compared, tokens, different };
}

function isComparable(bytes: Uint8Array): boolean {
  try {
    return !/[\u{10000}-\u{10ffff}]/u.test(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return false;
  }
}

/** Every Python file below a folder, ordered by path. */
export function pythonFilesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".py"))
    .sort()
    .map((name) => join(folder, name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [python = "python3", ...folders] = process.argv.slice(2);
  const { compared, tokens, different } = checkTokens(python, folders.flatMap(pythonFilesIn));
  for (const file of different) console.log(`different: ${file}`);
  console.log(`${compared} files, ${tokens} tokens, ${different.length} files different`);
}
