import * as l10n from "@vscode/l10n";
import type { Refusal } from "./options.ts";
import { pythonString } from "./python-string.ts";
import { isSpecifier } from "./version-syntax.ts";

/** A text with a position, to find where a reading stops. */
class Scanner {
  readonly text: string;
  position = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Takes what the pattern (sticky) matches here; undefined when it does not. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.text);
    if (!match) return undefined;
    this.position = pattern.lastIndex;
    return match[0];
  }

  skipBlanks(): void {
    this.take(/[ \t]*/y);
  }

  get atEnd(): boolean {
    return this.position >= this.text.length;
  }

  /** The word here, for a message: up to a blank, at least one character. */
  word(): string {
    return /[^ \t][^ \t,;()[\]"']*/uy.exec(this.text.slice(this.position))?.[0] ?? "";
  }

  refuse(message: string, start = this.position, end = start + Math.max(this.word().length, 0)): Refusal {
    return { message, start, end: Math.min(Math.max(end, start), this.text.length) };
  }
}

/**
 * Why a text is no requirement for packaging 26 (PEP 508, without marker), at the place where it stops to be one.
 * `shift` is added to the places.
 */
export function explainHead(text: string, shift = 0): Refusal {
  const refusal = explainKnown(text) ?? explainGrammar(new Scanner(text));
  return { ...refusal, start: Math.max(0, refusal.start + shift), end: Math.max(0, refusal.end + shift) };
}

/** Mistakes that have a name of their own. */
function explainKnown(text: string): Refusal | undefined {
  const whole = { start: 0, end: text.length };
  const mark = text.indexOf("\ufeff");
  if (mark >= 0) {
    return { message: l10n.t("An invisible byte order mark (U+FEFF) stands here"), start: mark, end: mark + 1 };
  }
  if (/^(?:!|%)?(?:python[0-9.]* -m )?(?:pip[0-9.]*|conda|mamba|uv) (?:pip )?(?:install|add) /.test(text)) {
    return { message: l10n.t("This is a command; a requirements file holds only what to install"), ...whole };
  }
  const channel = /^[A-Za-z0-9_.-]+::/.exec(text);
  if (channel) {
    return {
      message: l10n.t("`{0}` is a channel of conda; pip has none", channel[0]),
      start: 0,
      end: channel[0].length,
    };
  }
  return undefined;
}

function explainGrammar(scanner: Scanner): Refusal {
  scanner.skipBlanks();
  const name = scanner.take(/[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?/y);
  if (name === undefined) return scanner.refuse(l10n.t("A requirement starts with a name of letters and digits"));
  scanner.skipBlanks();
  const extras = explainExtras(scanner);
  if (extras) return extras;
  scanner.skipBlanks();
  if (scanner.take(/@/y)) return explainUrl(scanner);
  return explainSpecifiers(scanner) ?? explainRest(scanner, name);
}

function explainExtras(scanner: Scanner): Refusal | undefined {
  const open = scanner.position;
  if (!scanner.take(/\[/y)) return undefined;
  scanner.skipBlanks();
  if (scanner.take(/\]/y)) return undefined;
  while (!scanner.atEnd) {
    scanner.skipBlanks();
    const extra = scanner.take(/[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?/y);
    if (extra === undefined) return scanner.refuse(l10n.t("The name of an extra is expected here"));
    scanner.skipBlanks();
    if (scanner.take(/\]/y)) return undefined;
    if (!scanner.atEnd && !scanner.take(/,/y)) return scanner.refuse(l10n.t("A comma is missing between the extras"));
  }
  return scanner.refuse(l10n.t("The bracket of the extras is not closed"), open, scanner.text.length);
}

function explainUrl(scanner: Scanner): Refusal {
  scanner.skipBlanks();
  if (!scanner.take(/[^ \t]+/y)) return scanner.refuse(l10n.t("A URL is expected behind `@`"), scanner.position - 1);
  scanner.skipBlanks();
  return scanner.refuse(l10n.t("`{0}` is not expected behind the URL", scanner.word()));
}

function explainSpecifiers(scanner: Scanner): Refusal | undefined {
  const open = scanner.position;
  const parenthesized = scanner.take(/\(/y) !== undefined;
  scanner.skipBlanks();
  for (let more = !(parenthesized && /\)/y.test(scanner.text.slice(scanner.position))); more; ) {
    const refusal = explainSpecifier(scanner);
    if (refusal === "none") break;
    if (refusal) return refusal;
    scanner.skipBlanks();
    more = scanner.take(/,/y) !== undefined;
    scanner.skipBlanks();
  }
  if (!parenthesized || scanner.take(/\)/y)) return undefined;
  if (!scanner.atEnd) return explainRest(scanner, scanner.text.slice(0, open));
  return scanner.refuse(l10n.t("The parenthesis is not closed"), open, scanner.text.length);
}

function explainSpecifier(scanner: Scanner): Refusal | "none" | undefined {
  const start = scanner.position;
  const operator = scanner.take(/[=<>!~≤≥≠＝]+/uy);
  if (operator === undefined) return "none";
  if (!/^(?:===?|~=|!=|<=|>=|<|>)$/.test(operator)) {
    const meant = meantOperator(operator);
    const message = meant
      ? l10n.t("`{0}` is no operator; did you mean `{1}`?", operator, meant)
      : l10n.t("`{0}` is no operator for versions", operator);
    return scanner.refuse(message, start, scanner.position);
  }
  const blanks = scanner.take(/[\t \x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]*/uy) ?? "";
  const version = scanner.take(operator === "===" ? /[^ \t;)]*/y : /[^ \t,;()]*/y) ?? "";
  const clauses = operator === "===" ? (operator + version).split(",") : [operator + blanks + version];
  if (clauses.every((clause, index) => (index > 0 && clause === "") || isSpecifier(clause))) return undefined;
  return scanner.refuse(explainVersion(operator, version), start, scanner.position);
}

function meantOperator(operator: string): string | undefined {
  const meant: Readonly<Record<string, string>> = {
    "=": "==",
    "=>": ">=",
    "=<": "<=",
    "=~": "~=",
    "~": "~=",
    "~==": "~=",
    "!": "!=",
    "!==": "!=",
    "<>": "!=",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "＝": "==",
    "＝＝": "==",
    ">==": ">=",
    "<==": "<=",
  };
  return meant[operator];
}

function explainVersion(operator: string, version: string): string {
  if (version === "") return l10n.t("A version is missing behind `{0}`", operator);
  if (/[=<>!~]/.test(version)) return l10n.t("A comma is missing between the versions");
  const isEquality = operator === "==" || operator === "!=";
  if (!isEquality && isSpecifier(`==${version}`)) {
    if (version.endsWith(".*")) return l10n.t("`.*` goes only with `==` and `!=`");
    if (version.includes("+")) return l10n.t("A local version (`+…`) goes only with `==` and `!=`");
    if (operator === "~=") return l10n.t("`~=` needs at least two numbers, such as `~={0}.0`", version);
  }
  if (isEquality && version.endsWith(".*") && isSpecifier(operator + version.slice(0, -2))) {
    return l10n.t("`.*` goes only behind numbers, such as `1.2.*`");
  }
  return l10n.t("`{0}` is no version (PEP 440)", version);
}

/** What stands where nothing more is expected. */
function explainRest(scanner: Scanner, name: string): Refusal {
  const word = scanner.word();
  if (word.startsWith("#")) return scanner.refuse(l10n.t("A comment needs a blank before its `#`"));
  if (/^[0-9]/.test(word)) {
    return scanner.refuse(l10n.t("An operator is missing before `{0}`; did you mean `=={0}`?", word));
  }
  const words = scanner.text.trim().split(/[ \t]+/).length;
  if (words > 2 && !/[=<>]/.test(scanner.text)) {
    return { message: l10n.t("This is no requirement; a comment starts with `#`"), start: 0, end: scanner.text.length };
  }
  return scanner.refuse(l10n.t("`{0}` is not expected behind `{1}`", word, name.trim()));
}

/** Why a text is no marker for packaging 26 (PEP 508), at the place where it stops to be one. */
export function explainMarker(text: string): Refusal {
  const scanner = new Scanner(text);
  const refusal = explainExpression(scanner);
  if (refusal) return refusal;
  return scanner.refuse(l10n.t("`and`, `or` or the end is expected here"), scanner.position, text.length);
}

function explainExpression(scanner: Scanner): Refusal | undefined {
  do {
    const refusal = explainAtom(scanner);
    if (refusal) return refusal;
    scanner.skipBlanks();
  } while (scanner.take(/\b(?:and|or)\b/y));
  return undefined;
}

function explainAtom(scanner: Scanner): Refusal | undefined {
  scanner.skipBlanks();
  const open = scanner.position;
  if (!scanner.take(/\(/y)) return explainComparison(scanner);
  const refusal = explainExpression(scanner);
  if (refusal) return refusal;
  scanner.skipBlanks();
  if (scanner.take(/\)/y)) return undefined;
  return scanner.refuse(l10n.t("The parenthesis is not closed"), open, scanner.text.length);
}

function explainComparison(scanner: Scanner): Refusal | undefined {
  const left = explainOperand(scanner);
  if (left) return left;
  scanner.skipBlanks();
  const operator = scanner.take(/===|==|~=|!=|<=|>=|<(?!>)|>|\bin\b|\bnot[ \t]+in\b/y);
  if (operator === undefined) {
    const found = scanner.take(/[=<>!~]+/y);
    if (found === undefined) {
      return scanner.refuse(l10n.t("A comparison is expected here: `==`, `<`, `in`, `not in` …"));
    }
    const meant = meantOperator(found) ?? "==";
    const start = scanner.position - found.length;
    return scanner.refuse(l10n.t("`{0}` is no operator; did you mean `{1}`?", found, meant), start, scanner.position);
  }
  scanner.skipBlanks();
  return explainOperand(scanner);
}

const variable =
  /\b(?:python_version|python_full_version|os[._]name|sys[._]platform|platform_(?:release|system)|platform[._](?:version|machine|python_implementation)|python_implementation|implementation_(?:name|version)|extras?|dependency_groups)\b/y;

function explainOperand(scanner: Scanner): Refusal | undefined {
  const start = scanner.position;
  const string = scanner.take(/'[^']*'|"[^"]*"/y);
  if (string !== undefined) {
    if (pythonString(string) !== undefined) return undefined;
    return scanner.refuse(l10n.t("Python cannot read the backslash in this string"), start, scanner.position);
  }
  if (scanner.take(variable)) return undefined;
  if (scanner.take(/['"]/y)) {
    return scanner.refuse(l10n.t("The quotation mark is not closed"), start, scanner.text.length);
  }
  const word = scanner.take(/[A-Za-z0-9_.]+/y);
  if (word === undefined) return scanner.refuse(l10n.t("A marker variable or a quoted string is expected here"));
  const message = /^[0-9]/.test(word)
    ? l10n.t('A version in a marker is quoted: `"{0}"`', word)
    : l10n.t("`{0}` is no marker variable; a text is quoted", word);
  return scanner.refuse(message, start, scanner.position);
}
