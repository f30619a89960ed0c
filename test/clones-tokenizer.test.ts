import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { END, NAME, NUMBER, SIGN, STRING, Tokenizer } from "../server/clones/tokenizer.ts";

const names = { [NAME]: "name", [NUMBER]: "number", [STRING]: "string", [SIGN]: "sign" } as Record<number, string>;

class Recorder extends Tokenizer {
  /** First line and column, last line and column of each logical line; columns in code points of bytes read as UTF-8. */
  logicalLines(bytes: Uint8Array): number[][] {
    this.open(bytes);
    const lines: number[][] = [];
    while (this.nextStatement()) {
      const first = [this.line, this.unitsBetween(this.lineStart, this.position)];
      let last = first;
      while (this.next() !== END) last = [this.line, this.unitsBetween(this.lineStart, this.position)];
      lines.push([...first, ...last]);
    }
    return lines;
  }

  /** `kind text` of each token, a line break between logical lines. */
  tokens(source: string | Uint8Array): string {
    const bytes = typeof source === "string" ? new TextEncoder().encode(source) : source;
    this.open(bytes);
    const result: string[] = [];
    while (this.nextStatement()) {
      for (let token = this.next(); token !== END; token = this.next()) {
        result.push(`${names[token]} ${new TextDecoder().decode(bytes.subarray(this.start, this.position))}`);
      }
      result.push("");
    }
    return result.join("\n").trimEnd();
  }
}

const recorder = new Recorder();

test("logical lines agree with CPython over its own library", () => {
  const library = execFileSync("python3", ["-c", "import sysconfig; print(sysconfig.get_path('stdlib'))"]);
  const files = pythonFilesIn(process.env["GROUNDWORK_TOKENIZE"] ?? library.toString().trim());
  const step = process.env["GROUNDWORK_TOKENIZE"] ? 1 : Math.max(1, Math.floor(files.length / 300));
  const sample = files.filter((_, index) => index % step === 0);
  const script = new URL("clones/logical-lines.py", import.meta.url).pathname;
  const answers = execFileSync("python3", ["-W", "ignore", script], {
    input: sample.join("\n"),
    maxBuffer: 1 << 30,
    encoding: "utf8",
  });
  let compared = 0;
  for (const [index, answer] of answers.trimEnd().split("\n").entries()) {
    const path = sample[index] ?? "";
    const expected: number[][] | null = JSON.parse(answer);
    const bytes = readFileSync(path);
    if (expected === null || hasAstralOrLatin(bytes)) continue;
    assert.deepEqual(recorder.logicalLines(bytes), expected, path);
    compared++;
  }
  assert.ok(compared > Math.min(100, sample.length / 2), `only ${compared} files compared`);
});

/** Files whose columns Python counts otherwise: characters beyond the BMP, and encodings that are not UTF-8. */
function hasAstralOrLatin(bytes: Uint8Array): boolean {
  try {
    return /[\u{10000}-\u{10ffff}]/u.test(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return true;
  }
}

function pythonFilesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".py") && !/(site|dist)-packages/.test(name))
    .sort()
    .map((name) => join(folder, name));
}
