import * as l10n from "@vscode/l10n";
import type { Refusal } from "./options.ts";
import { isTooDeep } from "./pep508.ts";
import { pythonString } from "./python-string.ts";
import { meantOperator, Scanner } from "./scanner.ts";

/** Why a text is no marker for packaging 26 (PEP 508), at the place where it stops to be one. */
export function explainMarker(text: string): Refusal {
  const scanner = new Scanner(text);
  if (isTooDeep(text)) return scanner.refuse(l10n.t("The parentheses nest too deeply"), 0, text.length);
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
