import { finish, hashOf, mix } from "./bytes";
import { names } from "./names";
import { notes } from "./notes";
import { at8, place, unitsBetween } from "./place";
import { rows } from "./rows";
import { FIELD_ATTRIBUTE, FIELD_CALLEE, text } from "./strings";
import { suites } from "./suites";
import { END, following, NAME, nextToken, SIGN, STRING, token } from "./tokens";
import {
  AS,
  ASYNC,
  CASE,
  CLASS,
  CLAUSE,
  CONSTANT,
  DEF,
  FOR,
  FROM,
  IF,
  IMPORT,
  KEYWORD,
  MATCH,
  MODULE_NAME,
  meaningOf,
  SELF,
  SETUP,
  SUPER,
} from "./words";

/** What stands in a logical line, as the surrounding program's `units.ts` has it. */
const STATEMENT: i32 = 0;
const DEFINITION: i32 = 1;
const DECORATOR: i32 = 2;
const CONTINUATION: i32 = 3;
const IMPORTING: i32 = 4;
const CLASS_HEADER: i32 = 5;

const seed: i32 = 0x2545f491;
const nameMark: i32 = 0x4e61;
const numberMark: i32 = 0x4e75;
const stringMark: i32 = 0x5374;
const DOT: i32 = 46;
const EQUALS: u32 = 61;
const OPEN: u32 = 40;
const system: i32 = hashOf("sys");
const path: i32 = hashOf("path");

/** One logical line: its tokens folded into hashes, and what is counted to weigh it. */
export class Statement {
  private first: i32 = 0;
  private kind: i32 = 0;
  private exact: i32 = 0;
  private normal: i32 = 0;
  /** As `normal`, but literals keep their value. */
  private spelt: i32 = 0;
  private shape: i32 = 0;
  private tokens: i32 = 0;
  private identifiers: i32 = 0;
  private kept: i32 = 0;
  private literals: i32 = 0;
  private keywords: i32 = 0;
  private forwarded: i32 = 0;
  private setsUp: bool = false;
  private callsSuper: bool = false;
  /** Hash of the last sign, 0 when the last token was none. */
  private sign: i32 = 0;
  private target: i32 = 0;
  /** Hash of the last keyword argument's name. */
  private argument: i32 = 0;
  /** Hash of the last name. */
  private last: i32 = 0;
  private endLine: i32 = 0;
  private endStart: i32 = 0;
  private end: i32 = 0;
  /** Whether it has the keyword `import`, or speaks of `sys.path`. */
  tells: bool = false;

  /** Reads a statement; true when it is a `__main__` guard. */
  read(): bool {
    this.begin();
    let guard = false;
    for (let kind = nextToken(); kind !== END; kind = nextToken()) {
      this.endLine = place.line;
      this.endStart = place.lineStart;
      this.end = place.position;
      if (kind === NAME) {
        const meaning = this.sign === DOT ? this.attributeMeaning() : meaningOf(token.hash);
        if (meaning === MODULE_NAME && this.tokens === 1 && this.first === IF) guard = suites.depth === 0;
        if (meaning === 0 || meaning >= MATCH) this.name(meaning);
        else this.keyword(meaning);
      } else if (kind === SIGN) this.operator();
      else this.literal(kind);
    }
    return guard;
  }

  private begin(): void {
    this.first = 0;
    this.kind = STATEMENT;
    this.exact = seed;
    this.normal = seed;
    this.spelt = seed;
    this.shape = 0;
    this.tokens = 0;
    this.identifiers = 0;
    this.kept = 0;
    this.literals = 0;
    this.keywords = 0;
    this.forwarded = 0;
    this.setsUp = false;
    this.callsSuper = false;
    this.sign = 0;
    this.target = 0;
    this.argument = 0;
    this.last = 0;
    this.tells = false;
    names.count = 0;
  }

  private attributeMeaning(): i32 {
    if (token.hash === path && this.last === system) this.tells = true;
    return meaningOf(token.hash) === SETUP ? SETUP : 0;
  }

  private add(exact: i32, normal: i32, shape: i32, spelt: i32): void {
    this.tokens++;
    this.exact = mix(this.exact, exact);
    this.normal = mix(this.normal, normal);
    this.spelt = mix(this.spelt, spelt);
    if (token.depth === 0) this.shape = mix(this.shape, shape);
  }

  private keyword(meaning: i32): void {
    const hash = token.hash;
    if (this.tokens === 0 || (this.tokens === 1 && this.first === ASYNC)) this.open(meaning);
    if (meaning !== CONSTANT) this.keywords++;
    if (meaning === IMPORT) this.tells = true;
    this.target = meaning === FOR || meaning === AS ? meaning : 0;
    this.add(hash, hash, hash, hash);
    this.sign = 0;
  }

  private open(meaning: i32): void {
    this.first = meaning;
    if (meaning === IMPORT || meaning === FROM) this.kind = IMPORTING;
    else if (meaning === CLAUSE) this.kind = CONTINUATION;
    else if (meaning === CLASS) this.kind = CLASS_HEADER;
    else if (meaning === DEF) {
      this.kind = DEFINITION;
      suites.enterFunction();
    }
  }

  private name(meaning: i32): void {
    const hash = token.hash;
    this.last = hash;
    if (this.tokens === 0) {
      this.first = meaning;
      if (meaning === CASE && suites.opener === MATCH) this.kind = CONTINUATION;
    }
    if (meaning === SETUP) this.setsUp = true;
    else if (meaning === SUPER) this.callsSuper = true;
    this.identifiers++;
    if (this.sign === EQUALS && hash === this.argument) this.forwarded += 3;
    if (meaning === SELF || this.isKept(hash)) {
      if (meaning !== SELF) this.kept++;
      this.add(hash, hash, token.depth === 0 && at8(following()) === OPEN ? hash : nameMark, hash);
    } else {
      const number = names.numberOf(hash);
      this.add(hash, number, nameMark, number);
    }
    this.sign = 0;
  }

  /** Whether a name is the same in every copy: an attribute, a function from elsewhere, a keyword argument. */
  private isKept(hash: i32): bool {
    if (this.sign === DOT) return true;
    const inSignature = isDefinition(this.kind);
    if (inSignature && this.identifiers === 1) return false;
    const behind = following();
    const next = at8(behind);
    if (next === OPEN) return !names.isLocal(hash);
    const isEqual = next === EQUALS && at8(behind + 1) === EQUALS;
    if (next === EQUALS && token.depth > 0 && !inSignature) {
      if (isEqual) return false;
      this.argument = hash;
      this.identifiers--;
      return true;
    }
    const isAssigned = (next === EQUALS && !isEqual) || next === 44 || (next === 58 && this.tokens === 0);
    if ((token.depth === 0 && isAssigned) || inSignature || this.target !== 0) names.bind(hash);
    return false;
  }

  private operator(): void {
    const hash = token.hash;
    if (this.tokens === 0 && hash === 64) this.kind = DECORATOR;
    if (this.target === AS) this.target = 0;
    this.add(hash, hash, hash, hash);
    this.sign = hash;
  }

  private literal(kind: i32): void {
    this.literals++;
    const mark = kind === STRING ? stringMark : numberMark;
    this.add(token.hash, mark, mark, token.hash);
    if (kind === STRING) {
      notes.string(token.start, place.position);
      for (let index = 0; index < text.fieldWordCount; index++) this.field(text.fieldWord(index), index);
    }
    this.sign = 0;
  }

  /** The names in an f-string are renamed as those outside of it. */
  private field(hash: i32, index: i32): void {
    const kind = text.fieldWordKind(index);
    const meaning = kind === FIELD_ATTRIBUTE ? 0 : meaningOf(hash);
    const isKeyword = meaning !== 0 && meaning < MATCH;
    const isElsewhere = kind === FIELD_CALLEE && !names.isLocal(hash);
    const isKept = kind === FIELD_ATTRIBUTE || isKeyword || meaning === SELF || isElsewhere;
    this.normal = mix(this.normal, isKept ? hash : names.numberOf(hash));
  }

  /** Adds the statement to the units of its file, unless it is a bare string; it begins at a line and column. */
  push(line: i32, column: i32): void {
    if (this.tokens === 0 || (this.tokens === this.literals && this.kind === STATEMENT)) return;
    if (this.sign === 58) suites.expect(this.first === 0 ? KEYWORD : this.first);
    for (let number = 1; number <= names.count; number++) rows.addName(names.numberInFile(names.named(number)));
    const row = rows.add();
    store<i32>(row, finish(this.normalForm()));
    store<i32>(row, finish(this.exact), 4);
    store<i32>(row, rows.nameCount, 8);
    store<i32>(row, line, 12);
    store<u16>(row, min(this.endLine - line, 65_535), 16);
    store<u16>(row, min(column, 65_535), 18);
    store<u16>(row, min(unitsBetween(this.endStart, this.end), 65_535), 20);
    store<u8>(row, suites.depth, 22);
    store<u8>(row, min(this.weight(), 255), 23);
    store<u8>(row, this.kind, 24);
    store<u8>(row, finish(this.shape), 25);
  }

  /** Names are numbers, literals their kind; but what is mostly literals is told apart by them, and imports by all. */
  private normalForm(): i32 {
    if (this.kind === IMPORTING) return this.exact;
    return this.literals >= 4 && this.literals > this.identifiers ? this.spelt : this.normal;
  }

  /** The tokens that count: declarations, plain data and what only forwards hardly do. */
  private weight(): i32 {
    if (this.kind === IMPORTING) return 0;
    if (isDefinition(this.kind) || this.kind === DECORATOR) return 2;
    if (this.setsUp) return 1;
    if (this.kept === 0 && this.keywords === 0 && this.identifiers <= 1) return 1;
    if (suites.opener === CLASS && this.keywords === 0) return 1;
    if (this.first === SELF && this.tokens === 5 && this.identifiers === 3) return 1;
    if (this.callsSuper) return 2;
    if (this.literals >= 4 && this.literals > this.identifiers) return min(this.tokens, 6);
    return max(1, this.tokens - this.forwarded);
  }
}

export const statement: Statement = new Statement();

function isDefinition(kind: i32): bool {
  return kind === DEFINITION || kind === CLASS_HEADER;
}
