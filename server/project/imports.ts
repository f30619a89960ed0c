import { hashOf } from "../clones/hashes.ts";
import { lettersOf } from "../clones/text-bytes.ts";
import { END, NAME, SIGN, Tokenizer } from "../clones/tokenizer.ts";
import { packer, type ScanListener, type ScanNotes, statementColumns } from "../clones/unit-packer.ts";
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
  /** What it imports below a `try` that catches ImportError, by the names that the file gives it. Each once. */
  readonly fallbacks?: readonly string[];
  /** Of a file that learns from data or serves what was learnt. */
  readonly learning?: LearningFacts;
}

/** The imports of a Python file from its bytes in UTF-8, without a tree; it never fails. */
export function importsIn(bytes: Uint8Array): ImportFacts {
  reader.open(bytes);
  packer.pack(bytes, reader);
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

const clauses = new Set(["else", "elif", "except", "finally"].map(hashOf));
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

const DOT = 46;
const COMMA = 44;
const COLON = 58;
const SEMICOLON = 59;

/** A compound statement whose body is being read. */
interface Block {
  readonly indentation: number;
  /** How many imports there were before it. */
  readonly from: number;
  /** How many names were imported below a `try` before it. */
  readonly fromName: number;
  readonly isTry: boolean;
  guards: boolean;
}

/**
 * Gathers what one file after the other tells about its dependencies while somebody else scans it: `open` before the
 * scan, `facts` after it. The few statements that import, and those around them that may guard an import, are noted and
 * read when the scan is over.
 */
export class ImportReader implements ScanListener {
  #bytes: Uint8Array = new Uint8Array();
  readonly #words = new Set<string>();
  readonly #functions = new Set<string>();
  #statements: Int32Array = new Int32Array();

  open(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#words.clear();
    this.#functions.clear();
    this.#statements = new Int32Array();
  }

  hear({ words, functions, statements }: ScanNotes): void {
    for (const word of words) this.#words.add(word);
    for (const name of functions) this.#functions.add(name);
    if (statements.length === 0) return;
    const known = this.#statements;
    this.#statements = new Int32Array(known.length + statements.length);
    this.#statements.set(known);
    this.#statements.set(statements, known.length);
  }

  facts(): ImportFacts {
    const facts = { ...scanner.scan(this.#bytes, this.#statements), words: [...this.#words] };
    return hasVersions(this.#functions) ? { ...facts, hasVersions: true } : facts;
  }
}

/** Of a character for each byte the text that the bytes are in UTF-8. */
function decoded(letters: string): string {
  try {
    return decodeURIComponent(
      [...letters].map((letter) => `%${letter.charCodeAt(0).toString(16).padStart(2, "0")}`).join(""),
    );
  } catch {
    // Python refuses the file, so the name is nobody's.
    return letters;
  }
}

/** The statements that a scan noted, by their columns, see {@link statementColumns}. */
class Noted {
  readonly #numbers: Int32Array;
  readonly count: number;

  constructor(numbers: Int32Array) {
    this.#numbers = numbers;
    this.count = numbers.length / statementColumns;
  }

  column(row: number, column: number): number {
    return this.#numbers[row * statementColumns + column] ?? 0;
  }

  /** Behind the statements from a row on that may belong together: nothing at the module's level parts them. */
  groupEnd(from: number): number {
    let end = from + 1;
    while (end < this.count && this.column(end, 4) > 0 && !this.#isPlain(end)) end++;
    return end;
  }

  /** Does one of these rows import below something? */
  hasNested(from: number, end: number): boolean {
    for (let row = from; row < end; row++) if (this.column(row, 5) === 2) return true;
    return false;
  }

  /** Is this an import at the module's level? */
  #isPlain(row: number): boolean {
    return this.column(row, 5) === 1;
  }
}

class ImportScanner extends Tokenizer {
  #imports: (Omit<Import, "isGuarded"> & { isGuarded: boolean })[] = [];
  #blocks: Block[] = [];
  #touchesPath = false;
  /** Names that are imported below a `try`, while it is open. */
  #tried: string[] = [];
  readonly #fallbacks = new Set<string>();

  /** Reads the statements that a scan noted; those that may guard only where something stands below them. */
  scan(bytes: Uint8Array, numbers: Int32Array): Omit<ImportFacts, "words"> {
    this.#imports = [];
    this.#blocks = [];
    this.#touchesPath = false;
    this.#tried = [];
    this.#fallbacks.clear();
    const noted = new Noted(numbers);
    if (noted.count > 0) this.open(bytes);
    for (let row = 0; row < noted.count; ) {
      const end = noted.groupEnd(row);
      const isNested = noted.hasNested(row, end);
      for (; row < end; row++) {
        if (!isNested && noted.column(row, 5) === 0) continue;
        const indentation = noted.column(row, 3);
        this.seek(noted.column(row, 0), noted.column(row, 1), noted.column(row, 2), indentation);
        this.#closeBlocks(noted.column(row, 4));
        this.#statement(indentation);
      }
    }
    this.#closeBlocks(-1);
    const facts = { imports: this.#imports, touchesPath: this.#touchesPath };
    return this.#fallbacks.size > 0 ? { ...facts, fallbacks: [...this.#fallbacks] } : facts;
  }

  /** One logical line, which may hold several simple statements, or a compound one with its body. */
  #statement(indentation: number): void {
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
      const [from, fromName] = [this.#imports.length, this.#tried.length];
      this.#blocks.push({ indentation, from, fromName, isTry: first === words.try, guards: false });
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
    return guardName.test(this.#name());
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
    const token = this.#dottedName(this.next());
    return this.#blocks.some(({ isTry }) => isTry) ? this.#triedNames(token) : this.#toEnd(token);
  }

  /** Reads a dotted name, takes it as an import, and answers the token behind it. */
  #dottedName(first: number): number {
    if (first !== NAME || this.hash === words.import) return first;
    const { line, start } = this;
    const column = this.unitsBetween(this.lineStart, start);
    let name = this.#name();
    let token = this.next();
    while (token === SIGN && this.hash === DOT) {
      token = this.next();
      if (token !== NAME) break;
      name += `.${this.#name()}`;
      token = this.next();
    }
    const module = name.split(".", 1)[0] ?? name;
    const isGuarded = this.#blocks.some((block) => block.guards);
    this.#imports.push({ module, name, line, column, isGuarded, isNested: this.indentation > 0 });
    return token;
  }

  /** `import b as c, d`, from the dots in front of it or its first word on. */
  #triedNames(from: number): number {
    let token = from;
    let name: string | undefined;
    while (token !== END && !(token === SIGN && this.depth === 0 && this.hash === SEMICOLON)) {
      if (token === NAME) name = this.hash === words.import ? undefined : this.#name();
      else if (this.hash === COMMA && name !== undefined) this.#tried.push(name);
      token = this.next();
    }
    if (name !== undefined) this.#tried.push(name);
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
      const names = block.isTry ? this.#tried.splice(block.fromName) : [];
      if (!block.guards) continue;
      for (const name of names) this.#fallbacks.add(name);
      for (const found of this.#imports.slice(block.from)) found.isGuarded = true;
    }
  }

  /** The token at hand. */
  #name(): string {
    const letters = lettersOf(this.bytes.subarray(this.start, this.position));
    return /[\x80-\xff]/.test(letters) ? decoded(letters) : letters;
  }
}

const scanner = new ImportScanner();
const reader = new ImportReader();
