import { finish, hashOf, mix } from "./bytes.ts";
import { FIELD_ATTRIBUTE, FIELD_CALLEE } from "./cursor.ts";
import { isGenerated } from "./generated.ts";
import { LocalNames } from "./local-names.ts";
import { NameTable } from "./name-table.ts";
import { END, NAME, SIGN, STRING, Tokenizer } from "./tokenizer.ts";
import { CLASS, CONTINUATION, DECORATOR, DEFINITION, IMPORTING, isDefinition, STATEMENT, Units } from "./units.ts";
import * as words from "./words.ts";

const nameMark = 0x4e61;
const numberMark = 0x4e75;
const stringMark = 0x5374;
const EQUALS = 61;
const DOT = 46;
const deepestSuite = 250;
const [system, path] = [hashOf("sys"), hashOf("path")];

/** Hears what a scan passes, so that nobody else has to read the file too. Offsets are bytes, lines count from 0. */
export interface ScanListener {
  /** A literal from `start` to `end`; equal ones have equal hashes. */
  string(hash: number, start: number, end: number): void;
  /**
   * A logical line that was passed, by the place and the indentation of its first token. `tells` when it has the
   * keyword `import`, or speaks of `sys.path`.
   */
  statement(start: number, line: number, lineStart: number, indentation: number, tells: boolean): void;
}

/**
 * Cuts a file into units: tokens and their hashes in one pass. Docstrings and other bare strings, `__main__` guards and
 * generated files give none.
 */
export class UnitScanner extends Tokenizer {
  readonly units: Units = new Units(4096);
  /** The numbered names of every unit, one after the other, each the number that its file gave it. */
  names: Uint16Array<ArrayBuffer> = new Uint16Array(1 << 14);
  nameCount = 0;
  readonly #table = new NameTable();
  readonly #names = new LocalNames();
  /** Column of each open suite, and what the statement that opened it was. */
  readonly #columns = new Int32Array(deepestSuite + 2);
  readonly #openers = new Uint8Array(deepestSuite + 2);
  #suite = 0;
  /** Depth of the function whose local names are known, -1 outside of functions. */
  #functionDepth = -1;

  // Of the statement at hand:
  #first = 0;
  #opener = 0;
  #kind = STATEMENT;
  #exact = 0;
  #normal = 0;
  /** As `normal`, but literals keep their value. */
  #spelt = 0;
  #shape = 0;
  #tokens = 0;
  #identifiers = 0;
  #kept = 0;
  #literals = 0;
  #keywords = 0;
  #forwarded = 0;
  #setsUp = false;
  #callsSuper = false;
  /** Hash of the last sign, 0 when the last token was none. */
  #sign = 0;
  #target = 0;
  /** Hash of the last keyword argument's name. */
  #argument = 0;
  #endLine = 0;
  #endStart = 0;
  #end = 0;
  #tells = false;
  /** Hash of the last name. */
  #last = 0;
  #listener: ScanListener | undefined;

  /** Fills `units` with those of a file and answers its number of lines; a line end ends a line and starts none. */
  scan(bytes: Uint8Array, listener?: ScanListener): number {
    this.open(bytes);
    this.#listener = listener;
    this.units.count = 0;
    this.nameCount = 0;
    this.#table.clear();
    this.#suite = 0;
    this.#functionDepth = -1;
    this.#names.forget();
    let guarded = false;
    let generated = false;
    while (this.nextStatement()) {
      this.#indent();
      if (this.#suite === 0) guarded = false;
      const { position, line, lineStart } = this;
      generated ||= this.units.count === 0 && line > 0 && isGenerated(this.bytes, position);
      if (generated && !listener) return this.#passRest();
      guarded = this.#statement() || guarded;
      if (!guarded && !generated) this.#push(line, position - lineStart);
      listener?.statement(position, line, lineStart, this.indentation, this.#tells);
    }
    return this.#lineCount();
  }

  #lineCount(): number {
    const last = this.bytes[this.length - 1];
    return this.length === 0 || last === 10 || last === 13 ? this.line : this.line + 1;
  }

  #passRest(): number {
    for (let at = this.position; at < this.length; ) {
      at = this.passToLineEnd(at);
      if (at < this.length) at = this.passLineEnd(at);
    }
    return this.#lineCount();
  }

  #indent(): void {
    const columns = this.#columns;
    const column = this.indentation;
    while (this.#suite > 0 && (columns[this.#suite] ?? 0) > column) this.#suite--;
    if ((columns[this.#suite] ?? 0) < column && this.#suite < deepestSuite) {
      this.#suite++;
      columns[this.#suite] = column;
      this.#openers[this.#suite] = this.#opener;
    }
    this.#opener = 0;
    if (this.#suite <= this.#functionDepth) {
      this.#functionDepth = -1;
      this.#names.forget();
    }
  }

  /** Reads one statement; true when it is a `__main__` guard. */
  #statement(): boolean {
    this.#reset();
    let guard = false;
    for (let token = this.next(); token !== END; token = this.next()) {
      this.#endLine = this.line;
      this.#endStart = this.lineStart;
      this.#end = this.position;
      if (token === NAME) {
        const meaning = this.#sign === DOT ? this.#attributeMeaning() : words.meaningOf(this.hash);
        if (meaning === words.MODULE_NAME && this.#tokens === 1 && this.#first === words.IF) guard = this.#suite === 0;
        if (meaning === 0 || meaning >= words.MATCH) this.#name(meaning);
        else this.#keyword(meaning);
      } else if (token === SIGN) this.#operator();
      else this.#literal(token);
    }
    return guard;
  }

  #reset(): void {
    this.#first = 0;
    this.#kind = STATEMENT;
    this.#exact = 0x2545f491;
    this.#normal = 0x2545f491;
    this.#spelt = 0x2545f491;
    this.#shape = 0;
    this.#tokens = 0;
    this.#identifiers = 0;
    this.#kept = 0;
    this.#literals = 0;
    this.#keywords = 0;
    this.#forwarded = 0;
    this.#setsUp = false;
    this.#callsSuper = false;
    this.#sign = 0;
    this.#target = 0;
    this.#argument = 0;
    this.#tells = false;
    this.#last = 0;
    this.#names.startStatement();
  }

  #attributeMeaning(): number {
    if (this.hash === path && this.#last === system) this.#tells = true;
    return words.meaningOf(this.hash) === words.SETUP ? words.SETUP : 0;
  }

  #add(exact: number, normal: number, shape: number, spelt = normal): void {
    this.#tokens++;
    this.#exact = mix(this.#exact, exact);
    this.#normal = mix(this.#normal, normal);
    this.#spelt = mix(this.#spelt, spelt);
    if (this.depth === 0) this.#shape = mix(this.#shape, shape);
  }

  #keyword(meaning: number): void {
    const hash = this.hash;
    if (this.#tokens === 0 || (this.#tokens === 1 && this.#first === words.ASYNC)) this.#begin(meaning);
    if (meaning !== words.CONSTANT) this.#keywords++;
    if (meaning === words.IMPORT) this.#tells = true;
    this.#target = meaning === words.FOR || meaning === words.AS ? meaning : 0;
    this.#add(hash, hash, hash);
    this.#sign = 0;
  }

  #begin(meaning: number): void {
    this.#first = meaning;
    if (meaning === words.IMPORT || meaning === words.FROM) this.#kind = IMPORTING;
    else if (meaning === words.CLAUSE) this.#kind = CONTINUATION;
    else if (meaning === words.CLASS) this.#kind = CLASS;
    else if (meaning === words.DEF) {
      this.#kind = DEFINITION;
      if (this.#functionDepth >= 0 && this.#suite > this.#functionDepth) return;
      this.#functionDepth = this.#suite;
      this.#names.forget();
    }
  }

  #name(meaning: number): void {
    const hash = this.hash;
    this.#last = hash;
    if (this.#tokens === 0) {
      this.#first = meaning;
      const inMatch = this.#openers[this.#suite] === words.MATCH;
      if (meaning === words.CASE && inMatch) this.#kind = CONTINUATION;
    }
    if (meaning === words.SETUP) this.#setsUp = true;
    else if (meaning === words.SUPER) this.#callsSuper = true;
    this.#identifiers++;
    const forwards = this.#sign === EQUALS && hash === this.#argument;
    if (forwards) this.#forwarded += 3;
    if (meaning === words.SELF || this.#isKept(hash)) {
      if (meaning !== words.SELF) this.#kept++;
      this.#add(hash, hash, this.depth === 0 && this.following() === 40 ? hash : nameMark);
    } else this.#add(hash, this.#names.numberOf(hash), nameMark);
    this.#sign = 0;
  }

  /** Whether a name is the same in every copy: an attribute, a function from elsewhere, a keyword argument. */
  #isKept(hash: number): boolean {
    if (this.#sign === DOT) return true;
    const next = this.following();
    const inSignature = isDefinition(this.#kind);
    if (inSignature && this.#identifiers === 1) return false;
    if (next === 40) return !this.#names.isLocal(hash);
    if (next === EQUALS && this.depth > 0 && !inSignature) {
      if (this.followingPair() === EQUALS) return false;
      this.#argument = hash;
      this.#identifiers--;
      return true;
    }
    const assigned = this.depth === 0 && this.#isAssigned(next);
    if (assigned || inSignature || this.#target !== 0) this.#names.bind(hash);
    return false;
  }

  #isAssigned(next: number): boolean {
    if (next === EQUALS) return this.followingPair() !== EQUALS;
    return next === 44 || (next === 58 && this.#tokens === 0);
  }

  #operator(): void {
    const hash = this.hash;
    if (this.#tokens === 0 && hash === 64) this.#kind = DECORATOR;
    if (this.#target === words.AS) this.#target = 0;
    this.#add(hash, hash, hash);
    this.#sign = hash;
  }

  #literal(token: number): void {
    this.#literals++;
    const mark = token === STRING ? stringMark : numberMark;
    if (token === STRING) this.#listener?.string(this.hash, this.start, this.position);
    this.#add(this.hash, mark, mark, this.hash);
    if (token === STRING && this.fieldWordCount > 0) this.#fields();
    this.#sign = 0;
  }

  /** The names in an f-string are renamed as those outside of it. */
  #fields(): void {
    for (let at = 0; at < this.fieldWordCount; at++) {
      const hash = this.fieldWords[at] ?? 0;
      const kind = this.fieldWordKinds[at] ?? 0;
      const meaning = kind === FIELD_ATTRIBUTE ? 0 : words.meaningOf(hash);
      const isKeyword = meaning !== 0 && meaning < words.MATCH;
      const isElsewhere = kind === FIELD_CALLEE && !this.#names.isLocal(hash);
      const isKept = kind === FIELD_ATTRIBUTE || isKeyword || meaning === words.SELF || isElsewhere;
      this.#normal = mix(this.#normal, isKept ? hash : this.#names.numberOf(hash));
    }
  }

  #push(line: number, column: number): void {
    if (this.#tokens === 0 || this.#isBareString()) return;
    const units = this.units;
    const at = units.count;
    units.reserve(at + 1);
    units.count = at + 1;
    if (this.#sign === 58) this.#opener = this.#first === 0 ? words.KEYWORD : this.#first;
    units.exact[at] = finish(this.#exact);
    units.normal[at] = finish(this.#normalForm());
    units.nameEnd[at] = this.#storeNames();
    units.line[at] = line;
    units.extent[at] = Math.min(this.#endLine - line, 65_535);
    units.column[at] = Math.min(column, 65_535);
    units.endColumn[at] = Math.min(this.unitsBetween(this.#endStart, this.#end), 65_535);
    units.depth[at] = this.#suite;
    units.kind[at] = this.#kind;
    units.shape[at] = finish(this.#shape);
    units.weight[at] = Math.min(this.#weight(), 255);
  }

  /** Appends the statement's names in the order of their numbers and answers where they end. */
  #storeNames(): number {
    const count = this.#names.count;
    if (this.nameCount + count > this.names.length) {
      const grown = new Uint16Array(this.names.length * 2);
      grown.set(this.names);
      this.names = grown;
    }
    for (let number = 1; number <= count; number++) {
      this.names[this.nameCount++] = this.#table.numberOf(this.#names.named(number));
    }
    return this.nameCount;
  }

  /** Names are numbers, literals their kind; but what is mostly literals is told apart by them, and imports by all. */
  #normalForm(): number {
    if (this.#kind === IMPORTING) return this.#exact;
    return this.#literals >= 4 && this.#literals > this.#identifiers ? this.#spelt : this.#normal;
  }

  #isBareString(): boolean {
    return this.#tokens === this.#literals && this.#kind === STATEMENT;
  }

  /** The tokens that count: declarations, plain data and what only forwards hardly do. */
  #weight(): number {
    const tokens = this.#tokens;
    if (this.#kind === IMPORTING) return 0;
    if (isDefinition(this.#kind) || this.#kind === DECORATOR) return 2;
    if (this.#setsUp) return 1;
    if (this.#kept === 0 && this.#keywords === 0 && this.#identifiers <= 1) return 1;
    if (this.#openers[this.#suite] === words.CLASS && this.#keywords === 0) return 1;
    if (this.#first === words.SELF && tokens === 5 && this.#identifiers === 3) return 1;
    if (this.#callsSuper) return 2;
    if (this.#literals >= 4 && this.#literals > this.#identifiers) return Math.min(tokens, 6);
    return Math.max(1, tokens - this.#forwarded);
  }
}
