import { BLANK, byteKindOf, DIGIT, hashOf, hashSeed, mixByte, QUOTE, WORD } from "../clones/bytes.ts";
import { type ScanListener, UnitScanner } from "../clones/scanner.ts";
import { END, NAME, SIGN, Tokenizer } from "../clones/tokenizer.ts";

import type { LearningFacts } from "./terms.ts";
import { hasVersions } from "./versioned-names.ts";

/** One module that a Python file imports with an absolute name; relative imports are the project's own. */
export interface Import {
  /** The top-level module: `google` of `google.cloud.storage`. */
  readonly module: string;
  /** The whole dotted name; for `from a import b`, `a`. */
  readonly name: string;
  /** Line from 0 and UTF-16 column of the name. */
  readonly line: number;
  readonly column: number;
  /**
   * Whether the file also works without the module, or only sometimes needs it: below a `try` that catches
   * ImportError, `if TYPE_CHECKING`, a condition on the platform or on whether the module is there.
   */
  readonly isGuarded: boolean;
  /** Whether it stands below something, as in a function that is called only where the module is wanted. */
  readonly isNested: boolean;
}

/** What one Python file tells about its dependencies. */
export interface ImportFacts {
  readonly imports: readonly Import[];
  /** The words that begin its string literals: settings, plugins and drivers are named so. Each once. */
  readonly words: readonly string[];
  /** Whether it speaks of `sys.path`, so that modules may lie anywhere. */
  readonly touchesPath: boolean;
  /** Whether it defines a function whose name makes it a version of another one's. */
  readonly hasVersions?: boolean;
  /** Whether it has the marks of nbconvert. */
  readonly isExported?: boolean;
  /** Of a file that learns from data or serves what was learnt. */
  readonly learning?: LearningFacts;
}

/** The imports of a Python file from its bytes in UTF-8, without a tree; it never fails. */
export function importsIn(bytes: Uint8Array): ImportFacts {
  reader.open(bytes);
  units.scan(bytes, reader);
  return reader.facts();
}

const words = {
  import: hashOf("import"),
  from: hashOf("from"),
  try: hashOf("try"),
  except: hashOf("except"),
  if: hashOf("if"),
  elif: hashOf("elif"),
  with: hashOf("with"),
  as: hashOf("as"),
  sys: hashOf("sys"),
  path: hashOf("path"),
} as const;

/** What a statement that may hold nothing but an import begins with. */
const importing = new Set([words.import, words.from]);
const defining = new Set([hashOf("def"), hashOf("async")]);
const clauses = new Set(["else", "elif", "except", "finally"].map(hashOf));
/** What a statement that may guard an import begins with. */
const guarding = new Set([...clauses, words.try, words.if, words.with]);
/** What an `except` names when it catches a failed import; a bare `except:` does so too. */
const importErrors = new Set(["ImportError", "ModuleNotFoundError", "Exception", "BaseException"].map(hashOf));
const conditions = new Set(
  "TYPE_CHECKING platform version_info hexversion implementation_name python_implementation find_spec"
    .split(" ")
    .map(hashOf),
);
/** How conditions are called that tell whether a module is there, or which Python runs. */
const guardName = /(?:^|_)(?:has|have|with|use)_|_available$|_installed$|^(?:is_|_)?py[23]/i;
/** `os.name`: only there is `name` a platform. */
const [operatingSystem, nameOfSystem] = [hashOf("os"), hashOf("name")];

const PLUS = 43;
const HYPHEN = 45;
const DOT = 46;
const COMMA = 44;
const COLON = 58;
const SEMICOLON = 59;
const LETTER_A = 97;

/** A compound statement whose body is being read. */
interface Block {
  readonly indentation: number;
  /** How many imports there were before it. */
  readonly from: number;
  readonly isTry: boolean;
  guards: boolean;
}

/** Columns of a noted statement: its place, its indentation, and the least of those passed since the one before. */
const columns = 5;
const none = 0x7fffffff;

/**
 * Gathers what one file after the other tells about its dependencies while somebody else scans it: `open` before the
 * scan, `facts` after it. Strings are taken as they pass; the few statements that import, and those around them that
 * may guard an import, are noted and read when the scan is over.
 */
export class ImportReader implements ScanListener {
  #bytes: Uint8Array = new Uint8Array();
  #words = new Map<number, string>();
  readonly #imports = new Places();
  /** Those that import and those that may guard them. */
  readonly #all = new Places();
  #isNested = false;
  readonly #functions = new Set<string>();

  open(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#words = new Map();
    this.#functions.clear();
    this.#imports.clear();
    this.#all.clear();
    this.#isNested = false;
  }

  facts(): ImportFacts {
    const places = this.#isNested ? this.#all : this.#imports;
    const { imports, touchesPath } = scanner.scan(this.#bytes, places);
    const found = new Set(this.#words.values());
    found.delete("");
    const facts = { imports, words: [...found], touchesPath };
    return hasVersions(this.#functions) ? { ...facts, hasVersions: true } : facts;
  }

  statement(start: number, line: number, lineStart: number, indentation: number, tells: boolean): void {
    if (this.#begins(start, defining)) this.#noteFunction(start);
    if (tells && (indentation > 0 || !this.#begins(start, importing))) this.#isNested = true;
    if (tells) this.#imports.note(start, line, lineStart, indentation);
    if (tells || this.#begins(start, guarding)) this.#all.note(start, line, lineStart, indentation);
    else this.#all.pass(indentation);
  }

  /** Keeps the name behind `def` or `async def`. */
  #noteFunction(start: number): void {
    const bytes = this.#bytes;
    const passWord = (from: number) => {
      let at = from;
      while (byteKindOf(bytes[at] ?? 0) === WORD || byteKindOf(bytes[at] ?? 0) === DIGIT) at++;
      return at;
    };
    const passBlanks = (from: number) => {
      let at = from;
      while (byteKindOf(bytes[at] ?? 0) === BLANK) at++;
      return at;
    };
    let name = passBlanks(passWord(start));
    if (bytes[start] === LETTER_A) {
      if (!this.#begins(name, defining)) return; // `async with`, `async for`
      name = passBlanks(passWord(name));
    }
    this.#functions.add(ascii(bytes, name, passWord(name)));
  }

  /** Keeps the dotted word at the start of a string, and the driver of a URL such as `postgresql+psycopg2://`. */
  string(hash: number, start: number, end: number): void {
    if (end - start > 120 || this.#words.has(hash)) return;
    const bytes = this.#bytes;
    let from = start;
    while (byteKindOf(bytes[from] ?? 0) === WORD) from++;
    while (byteKindOf(bytes[from] ?? 0) === QUOTE) from++;
    const behind = byteKindOf(bytes[from] ?? 0) === WORD ? this.#wordEnd(from, end) : from;
    const driver = bytes[behind] === PLUS ? this.#wordEnd(behind + 1, end) : behind;
    const isDriver = driver > behind + 1 && bytes[driver] === COLON;
    this.#words.set(hash, isDriver ? ascii(bytes, behind + 1, driver) : ascii(bytes, from, behind));
  }

  /** Behind the letters, digits, dots and hyphens from an offset on, of which the last is a letter or digit. */
  #wordEnd(from: number, limit: number): number {
    let end = from;
    for (let at = from; at < limit; at++) {
      const byte = this.#bytes[at] ?? 0;
      const kind = byteKindOf(byte);
      if (byte < 128 && (kind === WORD || kind === DIGIT)) end = at + 1;
      else if (byte !== DOT && byte !== HYPHEN) break;
    }
    return end;
  }

  /** Does a statement begin with one of these words? */
  #begins(start: number, words: ReadonlySet<number>): boolean {
    const bytes = this.#bytes;
    const first = bytes[start] ?? 0;
    if (first < LETTER_A || first > 119) return false; // No such word begins behind `w`.
    let hash = hashSeed;
    for (let at = start; byteKindOf(bytes[at] ?? 0) === WORD && at - start < 8; at++)
      hash = mixByte(hash, bytes[at] ?? 0);
    return words.has(hash | 0);
  }
}

/** Statements by their places, five numbers each. */
class Places {
  count = 0;
  #numbers = new Int32Array(columns * 64);
  #least = none;

  clear(): void {
    this.count = 0;
    this.#least = none;
  }

  /** A statement of this indentation passes. */
  pass(indentation: number): void {
    if (indentation < this.#least) this.#least = indentation;
  }

  note(start: number, line: number, lineStart: number, indentation: number): void {
    const at = this.count * columns;
    if (at === this.#numbers.length) {
      const grown = new Int32Array(at * 2);
      grown.set(this.#numbers);
      this.#numbers = grown;
    }
    this.#numbers[at] = start;
    this.#numbers[at + 1] = line;
    this.#numbers[at + 2] = lineStart;
    this.#numbers[at + 3] = indentation;
    this.#numbers[at + 4] = this.#least;
    this.#least = none;
    this.count++;
  }

  number(place: number, column: number): number {
    return this.#numbers[place * columns + column] ?? 0;
  }
}

function ascii(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}

class ImportScanner extends Tokenizer {
  #imports: (Omit<Import, "isGuarded"> & { isGuarded: boolean })[] = [];
  #blocks: Block[] = [];
  #touchesPath = false;

  scan(bytes: Uint8Array, places: Places): Omit<ImportFacts, "words"> {
    this.#imports = [];
    this.#blocks = [];
    this.#touchesPath = false;
    if (places.count > 0) this.open(bytes);
    for (let place = 0; place < places.count; place++) {
      this.position = places.number(place, 0);
      this.line = places.number(place, 1);
      this.lineStart = places.number(place, 2);
      this.indentation = places.number(place, 3);
      this.#closeBlocks(places.number(place, 4));
      this.depth = 0;
      this.#statement();
    }
    this.#closeBlocks(-1);
    return { imports: this.#imports, touchesPath: this.#touchesPath };
  }

  /** One logical line, which may hold several simple statements, or a compound one with its body. */
  #statement(): void {
    const indentation = this.indentation;
    let token = this.next();
    this.#enter(indentation, token === NAME ? this.hash : 0);
    while (token !== END) {
      token = this.#simple(token);
      if (token === SIGN && (this.hash === SEMICOLON || this.hash === COLON)) token = this.next();
    }
  }

  /** Closes the blocks that this line ends, and opens one when its first word does. */
  #enter(indentation: number, first: number): void {
    const isClause = clauses.has(first);
    this.#closeBlocks(isClause ? indentation + 1 : indentation);
    const open = this.#blocks.at(-1);
    const continues = isClause && open?.indentation === indentation;
    if (first !== words.try && first !== words.if && first !== words.with && !isClause) return;
    if (!continues) {
      const from = this.#imports.length;
      this.#blocks.push({ indentation, from, isTry: first === words.try, guards: false });
    }
  }

  /** From the first token of a simple statement or of a header to the token that ends it. */
  #simple(first: number): number {
    if (first === NAME && this.hash === words.import) return this.#importStatement();
    if (first === NAME && this.hash === words.from) return this.#fromStatement();
    const word = first === NAME ? this.hash : 0;
    const block = this.#blocks.at(-1);
    const isExcept = word === words.except && block?.isTry === true;
    const isCondition = word === words.if || word === words.elif || word === words.with;
    let before = 0;
    let token = first;
    let count = 0;
    for (;;) {
      if (token === END) return END;
      if (token === SIGN && this.depth === 0 && (this.hash === SEMICOLON || this.hash === COLON)) break;
      if (token === NAME) {
        if (block && isExcept && importErrors.has(this.hash)) block.guards = true;
        if (block && isCondition && this.#isGuard(before)) block.guards = true;
        if (before === words.sys && this.hash === words.path) this.#touchesPath = true;
        before = this.hash;
      }
      count++;
      token = this.next();
    }
    if (block && isExcept && count === 1 && this.hash === COLON) block.guards = true;
    return token;
  }

  #isGuard(before: number): boolean {
    if (conditions.has(this.hash) || importErrors.has(this.hash)) return true;
    if (before === operatingSystem && this.hash === nameOfSystem) return true;
    return guardName.test(ascii(this.bytes, this.start, this.position));
  }

  /** `import a.b as c, d` */
  #importStatement(): number {
    let token = this.next();
    for (;;) {
      token = this.#dottedName(token);
      while (token === NAME) token = this.next();
      if (token !== SIGN || this.hash !== COMMA) return this.#toEnd(token);
      token = this.next();
    }
  }

  /** `from a.b import c`; a dot in front is the project's own. */
  #fromStatement(): number {
    return this.#toEnd(this.#dottedName(this.next()));
  }

  /** Reads a dotted name, takes it as an import, and answers the token behind it. */
  #dottedName(first: number): number {
    if (first !== NAME || this.hash === words.import) return first;
    const { line, start } = this;
    const column = this.unitsBetween(this.lineStart, start);
    let name = this.#name(start, this.position);
    let token = this.next();
    while (token === SIGN && this.hash === DOT) {
      token = this.next();
      if (token !== NAME) break;
      name += `.${this.#name(this.start, this.position)}`;
      token = this.next();
    }
    const module = name.split(".", 1)[0] ?? name;
    const isGuarded = this.#blocks.some((block) => block.guards);
    this.#imports.push({ module, name, line, column, isGuarded, isNested: this.indentation > 0 });
    return token;
  }

  #toEnd(from: number): number {
    let token = from;
    while (token !== END && !(token === SIGN && this.depth === 0 && this.hash === SEMICOLON)) {
      token = this.next();
    }
    return token;
  }

  #closeBlocks(indentation: number): void {
    for (;;) {
      const block = this.#blocks.at(-1);
      if (!block || block.indentation < indentation) return;
      this.#blocks.pop();
      if (!block.guards) continue;
      for (const found of this.#imports.slice(block.from)) found.isGuarded = true;
    }
  }

  #name(start: number, end: number): string {
    const bytes = this.bytes.subarray(start, end);
    if (bytes.every((byte) => byte < 128)) return String.fromCharCode(...bytes);
    try {
      return decodeURIComponent([...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""));
    } catch {
      // No UTF-8: Python refuses the file, so the name is nobody's.
      return String.fromCharCode(...bytes);
    }
  }
}

const scanner = new ImportScanner();
const reader = new ImportReader();
const units = new UnitScanner();
