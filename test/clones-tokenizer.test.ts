import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { checkTokens, pythonFilesIn } from "../scripts/check-tokens.ts";
import { END, NAME, NUMBER, SIGN, STRING, Tokenizer } from "../server/clones/tokenizer.ts";
import { tries } from "./tries.ts";

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

test("every token is where CPython sees it, over packages of its own library", () => {
  const library = execFileSync("python3", ["-c", "import sysconfig; print(sysconfig.get_path('stdlib'))"]);
  const folders = ["email", "asyncio", "json", "concurrent"].map((name) => join(library.toString().trim(), name));
  const { compared, tokens, different } = checkTokens("python3", folders.flatMap(pythonFilesIn));
  assert.deepEqual(different, []);
  assert.ok(compared > 50 && tokens > 50_000, `only ${tokens} tokens of ${compared} files compared`);
});

test("the syntax of every Python from 3.8 to 3.14", () => {
  for (const line of [
    "def f(a, /, b, *, c=(n := 10)): return f'{a=}'",
    "with (open(a) as f, open(b) as g): pass",
    "match point: ",
    "type Pair[T: (int, str) = int, *Ts, **P] = tuple[T, *Ts]",
    "def first[T](values: list[T]) -> T: ...",
    "except* ValueError as group: raise",
    "except ValueError, TypeError: pass",
    "async def g(): return [x async for x in y if await z]",
    "print(f'{', '.join(f'{x!r}' for x in xs)}')",
    "page = t'<p>{name!s:>{width}}</p>' rt'{\\d}'",
    "x = lambda *a, **k: (yield)",
    "x: int = 0x_FF + 1_000.5e-3j @ y",
  ]) {
    const [last = []] = logicalLinesOf(`${line}\n`);
    assert.deepEqual(last, [0, 0, 0, line.trimEnd().length], line);
  }
  assert.equal(tokensOf("page = t'<p>{name!s:>{width}}</p>'").length, 3);
});

function tokensOf(source: string): string[] {
  return recorder.tokens(source).split("\n");
}

function logicalLinesOf(source: string): number[][] {
  return recorder.logicalLines(new TextEncoder().encode(source));
}

test("strings: prefixes, escapes, triple quotes and what is never closed", () => {
  assert.deepEqual(tokensOf("rb'x'+Rb\"y\"+u'z'+Tr'q'"), [
    ...["string rb'x'", "sign +", 'string Rb"y"', "sign +", "string u'z'", "sign +", "string Tr'q'"],
  ]);
  assert.deepEqual(tokensOf("if'x'"), ["name if", "string 'x'"]);
  assert.deepEqual(tokensOf("x = 'a\\'b' 'c\\\\'"), ["name x", "sign =", "string 'a\\'b'", "string 'c\\\\'"]);
  assert.deepEqual(tokensOf("'''a'b''c'''"), ["string '''a'b''c'''"]);
  assert.deepEqual(tokensOf("''+''''''"), ["string ''", "sign +", "string ''''''"]);
  assert.deepEqual(tokensOf("x = 'open\ny"), ["name x", "sign =", "string 'open", "", "name y"]);
  assert.deepEqual(tokensOf("x = '''open"), ["name x", "sign =", "string '''open"]);
  assert.deepEqual(tokensOf("'a\\"), ["string 'a\\"]);
});

test("f-strings nest as PEP 701 has it", () => {
  for (const literal of [
    "f'{x}'",
    "f'{{x'",
    "f'{x['a']}'",
    "f'{f'{f'{1}'}'}'",
    `f"{x:'>10}"`,
    "f'{x!r:>{width}}'",
    "f'{a[1:2]:{b}}'",
    "f'{ {1: 2}[1] }'",
    'f"{d["k"]:{w["n"]}} {e}"',
    "rf'\\{x['a']}'",
    "f'\\N{EM DASH} {x}'",
    "f'{'}'}'",
  ]) {
    assert.deepEqual(tokensOf(`${literal} + y`), [`string ${literal}`, "sign +", "name y"]);
  }
  assert.deepEqual(tokensOf('f"{x"\ny'), ['string f"{x"', "", "name y"]);
  assert.deepEqual(logicalLinesOf("f'{\n  x\n}'\ny"), [
    [0, 0, 2, 2],
    [3, 0, 3, 1],
  ]);
});

test("numbers and operators are one token each", () => {
  assert.deepEqual(tokensOf("1e-5-.5+0xE-1_0j"), [
    ...["number 1e-5", "sign -", "number .5", "sign +", "number 0xE", "sign -", "number 1_0j"],
  ]);
  assert.deepEqual(tokensOf("1..real"), ["number 1.", "sign .", "name real"]);
  assert.deepEqual(tokensOf("a**=b//c>>=d->e!=f:=g"), [
    ...["name a", "sign **=", "name b", "sign //", "name c", "sign >>=", "name d", "sign ->", "name e", "sign !="],
    ...["name f", "sign :=", "name g"],
  ]);
});

test("line ends, byte order mark, form feed, tabs, continuation lines", () => {
  assert.deepEqual(logicalLinesOf("a\rb\r\nc\n"), [
    [0, 0, 0, 1],
    [1, 0, 1, 1],
    [2, 0, 2, 1],
  ]);
  assert.deepEqual(logicalLinesOf("\ufeffa = 1"), [[0, 0, 0, 5]]);
  assert.deepEqual(logicalLinesOf("\f\tx = \\\n  (1,\n # c\n 2)  # d\n\n y"), [
    [0, 2, 3, 3],
    [5, 1, 5, 2],
  ]);
  assert.deepEqual(logicalLinesOf("x = 'é𝄞'"), [[0, 0, 0, 9]]);
  assert.deepEqual(logicalLinesOf("a\0b"), [[0, 0, 0, 3]]);
});

test("a bracket that was never closed ends where a statement begins", () => {
  assert.deepEqual(tokensOf("x = f(1,\ndef g(): pass"), [
    ...["name x", "sign =", "name f", "sign (", "number 1", "sign ,", ""],
    ...["name def", "name g", "sign (", "sign )", "sign :", "name pass"],
  ]);
  assert.equal(logicalLinesOf("x = (yield\n  from y,\n  for_ if a\n  else b)").length, 1);
});

test("any bytes: the tokens cover the text in order and the lines count its line ends", () => {
  const pieces = [
    "f'",
    "{",
    "}",
    '"',
    '"""',
    "'''",
    "\\",
    "\n",
    "\r",
    "\r\n",
    "(",
    "]",
    "def ",
    " ",
    "\t",
    "#",
    ":",
    "é",
  ];
  const piece = fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 4 }));
  const anything = fc.oneof(
    fc.array(piece, { maxLength: 60 }).map((parts) => new TextEncoder().encode(parts.join(""))),
    fc.uint8Array({ maxLength: 200 }),
  );
  fc.assert(
    fc.property(anything, (bytes) => {
      let behind = 0;
      recorder.open(bytes);
      while (recorder.nextStatement()) {
        const before = recorder.position;
        while (recorder.next() !== END) {
          assert.ok(recorder.start >= behind && recorder.position > recorder.start);
          assert.ok(recorder.position <= bytes.length);
          behind = recorder.position;
        }
        assert.ok(recorder.position > before);
      }
      const ends = bytes.filter((byte, at) => byte === 10 || (byte === 13 && bytes[at + 1] !== 10)).length;
      assert.equal(recorder.line, ends);
    }),
    { seed: 20, numRuns: tries(3000) },
  );
});
