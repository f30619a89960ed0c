import type { Copy } from "../../clones/clone-class.ts";
import type { Lines, Range } from "../../core/text.ts";
import { shapeOf } from "../../python/shape.ts";
import { type LogicalLine, logicalLinesIn } from "./logical-lines.ts";

/** Methods of as many lines say what their class is, and each class says it itself. */
const mostLines = 3;
/** So many lines of one shape are rows of a table, and a table where so much of a block is rows. */
const fewestRows = 3;
const mostRepeated = 0.65;
/** Statements of each of several short tests: what is given, what is expected, a call, a check. */
const mostStepsInRow = 4;

/**
 * The share, from 0 to 1, of a copy that one function could hold. Of several methods in a row those count that do more
 * than pass on, compare or store: an interface is implemented, and the fields of a value are written down, in every class.
 */
export function shareOfSubstance({ range }: Copy, lines: Lines): number {
  const code = codeLinesIn(lines, range);
  const own = withoutOverloads(code);
  const written = own.length / Math.max(1, code.length);
  const methods = methodsIn(own);
  if (methods.length < 2) return written;
  const all = methods.reduce((sum, { length }) => sum + length, 0);
  const large = methods.filter(({ name, length }) => length > mostLines && !ofValues.test(name));
  return (written * large.reduce((sum, { length }) => sum + length, 0)) / Math.max(1, all);
}

/** The lines without the headers that only tell type checkers how a function is called. */
function withoutOverloads(code: readonly string[]): string[] {
  let isOverload = false;
  return code.filter((line) => {
    if (/^\s*@(?:\w+\.)?overload\b/.test(line)) isOverload = true;
    const wasOverload = isOverload;
    if (endsHead.test(line)) isOverload = false;
    return !wasOverload;
  });
}

/** The share, from 0 to 1, of statements that only say what a test expects. That stands in each test, and may be alike. */
export function shareOfExpectations({ range }: Copy, lines: Lines): number {
  const statements = logicalLinesIn(range, lines);
  return statements.filter(({ text }) => expectation.test(text)).length / Math.max(1, statements.length);
}

/**
 * Is a copy a row of short tests or fixtures, each of which gives values of its own to a helper and says what it expects? What they
 * share has a name already; the order in which they follow each other says nothing.
 */
export function isRowOfTests({ range }: Copy, lines: Lines): boolean {
  const statements = logicalLinesIn(range, lines);
  const isFixture = (index: number) => /^@(?:\w+\.)*fixture\b/.test(statements[index - 1]?.text ?? "");
  const tests = statements.filter(
    ({ text }, index) => testHead.test(text) || (/^(?:async\s+)?def\b/.test(text) && isFixture(index)),
  ).length;
  const others = statements.filter(({ text }) => !/^(?:@|class\b)/.test(text)).length - tests;
  return tests > 1 && others <= tests * mostStepsInRow;
}

const testHead = /^(?:async\s+)?def\s+test/;

const expectation =
  /^(?:@|(?:\w+\.)*(?:assert|check|verify|expect)|with\s+(?:self\.assertRaises|pytest\.raises|raises)|(?:async\s+)?def\s+test)/;

/** Is most of a copy the same few lines with other names and values, as checks of many fields are? */
export function isTable({ range }: Copy, lines: Lines): boolean {
  const code = codeLinesIn(lines, range);
  const shapes = new Map<string, number>();
  for (const shape of code.map(shapeOf)) shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
  const rows = [...shapes.values()].filter((count) => count >= fewestRows).reduce((sum, count) => sum + count, 0);
  return rows >= code.length * mostRepeated;
}

/** Does a copy only give names to values in a module, as settings do? What a function or method computes is a step. */
export function isDeclaration({ range }: Copy, lines: Lines): boolean {
  if (range.start.column > 0) return false;
  return codeLinesIn(lines, range).every(
    (line) =>
      /^(?:[A-Za-z_]\w*\s*(?:=[^=]|:)|[)\]}]|\s)/.test(line) && !compound.test(line.trimStart()) && !step.test(line),
  );
}

/**
 * Does a copy only make things with helpers and add them where they belong, as `parser.add_option(options.quiet())` does? What is the
 * same in what is added has a name already, and the list itself says what is there and in which order.
 */
export function isRegistration({ range }: Copy, lines: Lines): boolean {
  const statements = logicalLinesIn(range, lines);
  const added = statements.filter(({ text }) => adds.test(text)).length;
  return (
    added * 2 >= statements.length &&
    statements.every(
      ({ text, literals }) => (adds.test(text) || makes.test(text)) && literals.every((each) => each === "0"),
    )
  );
}

const adds = /^(?:\w+\.)+(?:add|insert|register)_\w+\(|^(?:\w+\.)*(?:add|register)_\w+\(/;
const makes = /^\w+\s*=\s*[\w.]+\(/;

/** A call, but of a class or of what makes plain values. */
const step =
  /\.\s*[A-Za-z_]\w*\s*\(|(?<![.\w])(?!(?:bool|dict|float|frozenset|int|len|list|max|min|range|set|sorted|str|sum|tuple)\b)[a-z_]\w*\s*\(/;

/** The share, from 0 to 1, of a copy's lines that do more than pass a value on under its own name. */
export function shareOfOwn({ range }: Copy, lines: Lines): number {
  const code = codeLinesIn(lines, range);
  const passing = code.filter((line) => argument.test(line)).length + linesOfFields(logicalLinesIn(range, lines));
  return 1 - Math.min(1, passing / Math.max(1, code.length));
}

/**
 * The lines of statements that keep an entry of a table in an attribute of the same name: `self.rate = options["rate"]`, also
 * below `if "rate" in options:`. Each class has such fields, and says which.
 */
function linesOfFields(statements: readonly LogicalLine[]): number {
  return statements.reduce((sum, { text, lines }, index) => {
    if (field.test(text)) return sum + lines;
    const next = statements[index + 1];
    const name = asked.exec(text)?.[1];
    const isKept = next && name !== undefined && kept.exec(next.text)?.[1] === name;
    return isKept ? sum + lines + next.lines - argumentLinesIn(next) : sum;
  }, 0);
}

/** Such lines are counted as passing already. */
function argumentLinesIn({ text }: LogicalLine): number {
  return text.split("\n").filter((line) => argument.test(line)).length;
}

const asked = /^if\s+["'](\w+)["']\s+in\s+\w+\s*:$/;
/** `self._rate = numberOf(options["rate"])` */
const kept = /^self\._?\w+\s*=\s*(?:[\w.]+\()?[^()]*?\w+\[["'](\w+)["']\](?:,?\s*\))?$/;
const field = /^self\._?(\w+)\s*=\s*\w+(?:\[["']\1["']\]|\.get\(["']\1["'][^()]*\))$/;

/** How many lines of code pass a parameter on: as an argument, or into a table where it is given. */
export function passingLinesIn(code: readonly string[]): number {
  return code.filter((line) => argument.test(line) || entry.test(line) || given.test(line)).length;
}

/** Of a call that a formatter spread over lines. */
const argument = /^\s*(?:\*{1,2}\w+|(\w+)(?:\s*=\s*(?:self\._?)?\1)?),?\s*$/;
const entry = /^\s*\w+(?:\[["'](\w+)["']\]|\.(\w+))\s*=\s*(?:\1|\2)\s*$/;
const given = /^\s*if\s+\w+(?:\s+is\s+not\s+None)?\s*:\s*$/;

const compound = /^(?:async|for|while|if|elif|else|with|try|except|finally|def|class|match|return|raise)\b/;

/** The lines of a range that are neither blank, comment nor docstring. */
export function codeLinesIn(lines: Lines, { start, end }: Range): string[] {
  const all = Array.from({ length: end.line - start.line + 1 }, (_, index) => lines.lineText(start.line + index));
  return withoutText(all);
}

const ofValues = /^__(?:init|eq|ne|lt|le|gt|ge|hash|repr|str|reduce|getstate|setstate|copy|deepcopy)__$/;
const header = /^([ \t]+)(?:async[ \t]+)?def[ \t]+(\w+)/;
/** The last line of the head of a function. */
export const endsHead = /:\s*(?:#.*)?$|\)\s*(?:->[^:]*)?:\s+\S/;

interface Method {
  readonly name: string;
  /** Lines of code below its head. */
  readonly length: number;
}

/** The methods that lines of code of a class consist of; none where anything else stands between them. */
function methodsIn(lines: readonly string[]): Method[] {
  const methods: { name: string; length: number }[] = [];
  let margin: string | undefined;
  let isHead = false;
  for (const line of lines) {
    const [, indentation, name = ""] = header.exec(line) ?? [];
    const last = methods.at(-1);
    if (indentation !== undefined && (margin ?? indentation) === indentation) {
      margin = indentation;
      isHead = !endsHead.test(line);
      methods.push({ name, length: /:\s*(?:#.*)?$/.test(line) || isHead ? 0 : 1 });
    } else if (isHead) isHead = !endsHead.test(line);
    else if (last && line.startsWith(`${margin} `)) last.length++;
    else if (!/^\s*(?:class\b|@)/.test(line)) return [];
  }
  return methods;
}

function withoutText(lines: readonly string[]): string[] {
  const code: string[] = [];
  let open: { readonly quotes: string; readonly isValue: boolean } | undefined;
  for (const line of lines) {
    const text = line.trim();
    if (open !== undefined) {
      if (open.isValue && text !== "") code.push(line);
      if (text.includes(open.quotes)) open = undefined;
      continue;
    }
    const [, quotes] = /^[rbuRBU]*("""|''')/.exec(text) ?? [];
    if (quotes === undefined && text !== "" && !text.startsWith("#")) code.push(line);
    const unclosed = ['"""', "'''"].find((each) => text.split(each).length % 2 === 0);
    if (unclosed !== undefined && !text.startsWith("#")) open = { quotes: unclosed, isValue: quotes === undefined };
  }
  return code;
}
