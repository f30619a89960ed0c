import * as l10n from "@vscode/l10n";
import { masked } from "../core/credentials.ts";
import type { Refusal } from "./options.ts";
import { meantOperator, Scanner } from "./scanner.ts";
import { isSpecifier } from "./version-syntax.ts";

/** Why a text is no requirement for packaging 26 (PEP 508, without marker), where it stops to be one. */
export function explainHead(text: string): Refusal {
  return explainLine(text) ?? explainGrammar(new Scanner(text));
}

/** Why the brackets at the end of a text, around `extras`, are none for pip. */
export function explainTrailing(text: string, extras: string): Refusal {
  const scanner = new Scanner(`[${extras}]`);
  const refusal = explainExtras(scanner) ?? scanner.refuse(l10n.t("The name of an extra is expected here"), 0);
  const shift = text.lastIndexOf("[", text.length - 3);
  return { ...refusal, start: shift + refusal.start, end: Math.min(text.length, shift + refusal.end) };
}

/** Why a line is none for pip, where the mistake has a name of its own. */
export function explainLine(text: string): Refusal | undefined {
  const whole = { start: 0, end: text.length };
  const mark = text.indexOf("\ufeff");
  if (mark >= 0) {
    return { message: l10n.t("An invisible byte order mark (U+FEFF) stands here"), start: mark, end: mark + 1 };
  }
  if (/^[!%$]? ?(?:python[0-9.]* -m )?(?:pip[0-9.]*|conda|mamba|uv|poetry) (?:pip )?(?:install|add) /.test(text)) {
    return { message: l10n.t("This is a command; a requirements file holds only what to install"), ...whole };
  }
  if (/^(?:<{7}|={7}|>{7})(?: |$)/.test(text)) {
    return { message: l10n.t("This line is left over from a merge conflict"), ...whole };
  }
  const channel = /^[A-Za-z0-9_.-]+::/.exec(text);
  if (channel) {
    return {
      message: l10n.t("`{0}` is a channel of conda; pip has none", channel[0]),
      start: 0,
      end: channel[0].length,
    };
  }
  if (/^[\w-]+:(?: |$)/.test(text)) {
    return { message: l10n.t("This is YAML, as in a conda environment file; pip does not read it"), ...whole };
  }
  return undefined;
}

function explainGrammar(scanner: Scanner): Refusal {
  scanner.skipBlanks();
  const name = scanner.take(/[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?/y);
  if (name === undefined) {
    const isQuoted = /^["'“”‘’`]/.test(scanner.word());
    if (isQuoted) return scanner.refuse(l10n.t("A requirement stands without quotation marks"));
    return scanner.refuse(l10n.t("A requirement starts with a name of letters and digits"));
  }
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
  const at = scanner.position - 1;
  scanner.skipBlanks();
  if (!scanner.take(/[^ \t]+/y)) return scanner.refuse(l10n.t("A URL is expected behind `@`"), at, at + 1);
  scanner.skipBlanks();
  return scanner.refuse(l10n.t("`{0}` is not expected behind the URL", masked(scanner.word())));
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

function explainVersion(operator: string, version: string): string {
  if (version.includes("#")) return l10n.t("A comment needs a blank before its `#`");
  if (version === "") return l10n.t("A version is missing behind `{0}`", operator);
  const unset = /\$\{[A-Z0-9_]+\}/.exec(version)?.[0];
  if (unset) return l10n.t("pip refuses this line where `{0}` is not set", unset);
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
  if (/^[=<>!~]/.test(word)) return scanner.refuse(l10n.t("A comma is missing between the versions"));
  if (word.startsWith(",") && !/[=<>@]/.test(scanner.text.slice(0, scanner.position))) {
    return scanner.refuse(l10n.t("Only one requirement fits on a line"), scanner.position, scanner.text.length);
  }
  if (isSpecifier(`==${word}`)) {
    return scanner.refuse(l10n.t("An operator is missing before `{0}`; did you mean `=={0}`?", word));
  }
  const words = scanner.text.trim().split(/[ \t]+/).length;
  if (words > 2 && !/[=<>]/.test(scanner.text)) {
    return { message: l10n.t("This is no requirement; a comment starts with `#`"), start: 0, end: scanner.text.length };
  }
  return scanner.refuse(l10n.t("`{0}` is not expected behind `{1}`", masked(word), name.trim()));
}
