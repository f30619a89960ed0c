import type { CloneClass, Copy } from "../../clones/clone-class.ts";
import { hashOf } from "../../clones/hashes.ts";
import { bytesOf } from "../../clones/text-bytes.ts";
import { END, NAME, NUMBER, SIGN, STRING, Tokenizer } from "../../clones/tokenizer.ts";
import type { Lines } from "../../core/text.ts";
import { shapeOf } from "../../python/shape.ts";
import { type LogicalLine, logicalLinesIn, textIn } from "./logical-lines.ts";

/** Where so much of a copy is rows that hold values of its own, a function would be a shell around its arguments. */
const mostRows = 0.5;
/** So many statements of one shape, each with another value, are rows of a table. */
const fewestRows = 3;

/**
 * Are most statements of a copy that is not exact rows which hold values of its own: names for plain values, or one step that is taken for
 * several (`city = found.get("town", "")`)?
 */
export function isOfOwnValues(copy: Copy, { kind }: CloneClass, lines: Lines): boolean {
  if (kind === "exact") return false;
  const own = [...(copy.differences ?? []), ...(copy.respelt ?? [])]
    .flatMap((range) => logicalLinesIn(range, lines))
    .filter(({ literals }) => literals.length > 0);
  const values = new Map<string, Set<string>>();
  for (const { text, literals } of own) {
    const shape = shapeOf(text);
    values.set(shape, (values.get(shape) ?? new Set()).add(literals.join()));
  }
  const isRow = ({ text }: LogicalLine) => (values.get(shapeOf(text))?.size ?? 0) >= fewestRows;
  const rows = own.filter((each) => isPlain(each) || isRow(each)).length;
  return rows > 0 && rows >= logicalLinesIn(copy.range, lines).length * mostRows;
}

/** `self.shape = (224, 224)` */
function isPlain({ text, literals }: LogicalLine): boolean {
  const value = /^[\w.]+(?:\s*:[^=]+)?\s*=(?!=)(.*)$/s.exec(text)?.[1];
  if (value === undefined) return false;
  const rest = literals.reduce((left, literal) => left.replace(literal, ""), value);
  return !/\w/.test(rest);
}

/**
 * The lines that a copy's own values take beyond their first: a string, or a list, tuple, dictionary or set mostly of
 * literals, over several lines, in a statement that other copies spell otherwise. A function in place of the copies would take it as one argument.
 */
export function linesOfOwnValues({ differences = [], respelt = [] }: Copy, lines: Lines): number {
  return [...differences, ...respelt]
    .filter(({ start, end }) => end.line > start.line)
    .reduce((sum, range) => sum + reader.linesOfValues(textIn(range, lines)), 0);
}

const comprehension = hashOf("for");
/** Words that a display may follow; any other name is called or subscripted. */
const before = new Set("and assert await else from if in is lambda not or return yield".split(" ").map(hashOf));
const [opening, closing] = ["([{", ")]}"].map((signs) => new Set([...signs].map((sign) => sign.charCodeAt(0))));

/** What is known of brackets that are open, or of a whole statement. */
interface Scope {
  readonly line: number;
  /** Whether it may be a list, tuple, dictionary or set: no arguments, subscript or comprehension. */
  isDisplay: boolean;
  names: number;
  literals: number;
  /** The lines that values inside of it take beyond their first. */
  further: number;
}

class Reader extends Tokenizer {
  linesOfValues(text: string): number {
    let further = 0;
    this.open(bytesOf(text));
    while (this.nextStatement()) further += this.#linesOfValuesInStatement();
    return further;
  }

  #linesOfValuesInStatement(): number {
    const scopes = [scopeAt(this.line, false)];
    let [last, lastLine] = [SIGN, this.line];
    for (let token = this.next(); token !== END; token = this.next()) {
      let scope = scopes.at(-1) ?? scopeAt(this.line, false);
      const isClosing = token === SIGN && closing?.has(this.hash) === true;
      if (isClosing && scopes.length > 1) {
        scopes.pop();
        scope = closedInto(scopes.at(-1), scope, this.line) ?? scope;
      }
      if (token === NAME) scope.names++;
      if (token === NUMBER || token === STRING) scope.literals++;
      if (token === STRING) scope.further += last === STRING ? this.line - lastLine : this.#linesInside();
      if (token === NAME && this.hash === comprehension) scope.isDisplay = false;
      if (token === SIGN && opening?.has(this.hash)) scopes.push(scopeAt(this.line, last === SIGN));
      const isCallable = isClosing || (token === NAME && !before.has(this.hash));
      [last, lastLine] = [isCallable ? NAME : token === NAME ? SIGN : token, this.line];
    }
    return scopes[0]?.further ?? 0;
  }

  /** The line ends in the token that was answered last. */
  #linesInside(): number {
    let count = 0;
    for (let at = this.start; at < this.position; at++) if (this.bytes[at] === lineEnd) count++;
    return count;
  }
}

function scopeAt(line: number, isDisplay: boolean): Scope {
  return { line, isDisplay, names: 0, literals: 0, further: 0 };
}

/** Counts a scope that closes at a line for the one around it. */
function closedInto(around: Scope | undefined, { line, isDisplay, names, literals, further }: Scope, end: number) {
  if (!around) return undefined;
  around.names += names;
  around.literals += literals;
  around.further += isDisplay && literals > names ? end - line : further;
  return around;
}

const lineEnd = 10;
const reader = new Reader();
