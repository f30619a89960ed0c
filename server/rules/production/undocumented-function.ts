import * as l10n from "@vscode/l10n";
import { isTestPath } from "../../clones/test-path.ts";
import type { Problem, Rule } from "../../core/rule.ts";
import { docstringOf, type FunctionFacts, functionsOf } from "../../python/definitions.ts";
import { functionSize } from "../../python/function-size.ts";
import type { PythonModule } from "../../python/module.ts";
import { parametersOf } from "../../python/parameters.ts";
import { type Syntax, type SyntaxNode, syntaxOf, textOf } from "../../python/syntax.ts";
import { docstringSkeleton } from "../../refactorings/docstring.ts";
import { isRetired } from "./retired.ts";
import { isShown } from "./shown.ts";
import { isOfOthers } from "./taken-over.ts";

const mostStatements = 15;
/** Of a function whose annotations say what it takes and gives. */
const mostStatementsAnnotated = 30;
const fewestParameters = 4;
/** So many are read as quickly as a docstring, whatever they take. */
const mostObvious = 3;
/** The same where the names of all parameters say what they are. */
const mostObviousNamed = 10;
/** So many lines of comment right above or below the head say what a docstring would. */
const fewestComments = 2;
/** So many words are a sentence. */
const fewestWords = 8;
/** So many say what a function is for that has no more than `mostStatements`. */
const fewestWordsOfSmall = 5;

export const undocumentedFunction: Rule<PythonModule> = {
  name: "undocumented-function",
  topic: "production",
  severity: { production: "hint" },
  summary: () => l10n.t("A large public function has no docstring"),
  why: () =>
    l10n.t(
      "Whoever calls a function with four parameters, or one that does twenty things, has to read its body to learn what to pass, in which unit, and what comes back. A docstring says it once, where editors show it.\n\nA small function with a good name needs none, nor does one that keeps the promise of the method it overrides, or whose comments or complete annotations say it. Documentation is part of what the tutorial *Código para produção* asks of whoever wants to build something solid.",
    ),
  example: {
    path: "shop/prices.py",
    bad: `def total(prices, taxes, discounts, shipping):
    cost = 0
    for price, tax in zip(prices, taxes):
        cost += price
        if tax is not None:
            cost += tax
    for discount in discounts:
        cost -= discount
    cost = max(cost, 0)
    if cost < 3000:
        cost += shipping
    return round(cost)
`,
    good: `def total(prices, taxes, discounts, shipping):
    """What a customer pays, in cents, for goods that weigh less than 30 kg."""
    cost = 0
    for price, tax in zip(prices, taxes):
        cost += price
        if tax is not None:
            cost += tax
    for discount in discounts:
        cost -= discount
    cost = max(cost, 0)
    if cost < 3000:
        cost += shipping
    return round(cost)
`,
  },
  alsoAskedAs: ["D102", "D103", "C0116", "missing-function-docstring"],
  concerns: (path, project) =>
    !isTestPath(path) &&
    !isShown(path) &&
    !isRetired(path, project) &&
    !ranByHand.test(path) &&
    !/\.pyi$|(?:^|\/)_[^/]*(?:\.py$|\/)/.test(path),
  *check(module) {
    const syntax = syntaxOf(module);
    const functions = functionsOf(syntax);
    const found = functions
      .flatMap((each) => problemOf(syntax, each, functions) ?? [])
      .filter(({ at }) => !isOfOthers(module.lines, module.lines.lineAt(at.start)));
    if (found.length === 0) return;
    // Where several are not, that is a habit of the module, and told once, where most has to be read.
    const first = found.reduce((largest, each) => (each.statements > largest.statements ? each : largest));
    const others = found.filter((each) => each !== first);
    const related = others.map(({ at, message }) => ({ path: module.path, range: module.lines.rangeOf(at), message }));
    const { at, message } = first;
    yield others.length > 0 ? { at, message: messageOf(textOf(syntax, at), others.length), related } : { at, message };
  },
  *fixes(module, problem) {
    const syntax = syntaxOf(module);
    const found = functionsOf(syntax).find(({ nameNode }) => nameNode.start === problem.at.start);
    const edit = found && docstringSkeleton(module, syntax, found);
    if (!edit) return;
    const edits = [{ path: module.path, edits: [edit] }];
    yield { title: l10n.t("Insert a docstring to fill in"), kind: "quickfix", safe: false, edits };
  },
};

/** What runs by itself or for tests, and is called by nobody else. */
const ranByHand =
  /^tools\/|(?:^|\/)(?:migrations|scripts?|bin|ci|contrib|maint|bench(?:es)?|testing)\/|(?:^|\/)(?:setup|conf|noxfile|tasks|fabfile|hubconf|[^/]*test(?:s|ing|utils?|helpers?)?)\.py$/;

function messageOf(name: string, others: number): string {
  if (others === 1) return l10n.t("`{0}` and one other function here have no docstring", name);
  return l10n.t("`{0}` and {1} other functions here have no docstring", name, others);
}

interface Undocumented extends Problem {
  readonly statements: number;
}

function problemOf(syntax: Syntax, found: FunctionFacts, others: readonly FunctionFacts[]): Undocumented | undefined {
  if (!isPublic(syntax, found) || isPromised(found) || docstringOf(found.body)) return undefined;
  const given = parametersOf(syntax, found);
  const parameters = given.filter(({ name }) => !name.startsWith("**")).length;
  // Annotations say what is passed and what comes back, if not what for; that one is missing is no matter.
  const hasTypes = given.filter(({ type }) => type === undefined).length <= (given.length >= fewestParameters ? 1 : 0);
  const isAnnotated = hasTypes && found.node.child("return_type") !== undefined;
  // So does the name of a conversion that takes nothing.
  const isConversion = given.length === 0 && /^(?:as|to)_[a-z]/.test(found.name);
  const most = isAnnotated || isConversion ? mostStatementsAnnotated : mostStatements;
  const takesMany = parameters >= fewestParameters && !hasTypes;
  // The first is the thing itself, or one of two.
  const things = given[0]?.name === "a" && given[1]?.name === "b" ? 2 : 1;
  const obvious = given.slice(things).every(({ name }) => isTelling(name)) ? mostObviousNamed : mostObvious;
  // Statements have lines of their own, or nearly so.
  if (syntax.text.slice(found.body.start, found.body.end).split("\n").length * 2 < (takesMany ? obvious : most))
    return undefined;
  const { statements } = functionSize(syntax, found);
  const isWide = takesMany && statements > obvious;
  if (statements <= most && !isWide) return undefined;
  if (
    isTold(syntax, found, statements > mostStatements ? fewestWords : fewestWordsOfSmall) ||
    (given.length === 0 && isValidation(syntax, found)) ||
    (!found.owner && !isListed(found.name, syntax.text)) ||
    isPartOf(found, others) ||
    isNumberedStep(found, others) ||
    (isWide && isOneOfMany(syntax, found, others))
  )
    return undefined;
  return {
    at: { start: found.nameNode.start, end: found.nameNode.end },
    statements,
    message: isWide
      ? l10n.t("`{0}` takes {1} parameters and says nothing about them", found.name, parameters)
      : l10n.t("`{0}` has {1} statements and no docstring", found.name, statements),
  };
}

/** Is a parameter's name a word, or what everybody calls such a thing? */
function isTelling(name: string): boolean {
  return /[A-Za-z]{3}/.test(name) || conventional.test(name.replace(/^[*_]+|_+$/g, ""));
}

const conventional = /^(?:[xynkhw]|ax|cb|db|df|dt|eps|fd|fn|fp|fs|id|io|ip|lr|ms|ns|os|pk|qs|tz|wd|ws)\d?$/i;

/** `flow_impl` does what `flow` says. */
function isPartOf({ name, owner }: FunctionFacts, others: readonly FunctionFacts[]): boolean {
  const whole = /^(.+)_(?:impl|implementation|inner|internal)$/.exec(name)?.[1];
  return whole !== undefined && others.some((each) => each.name === whole && each.owner === owner);
}

/** Functions that take the same are called by the same program, which says what it gives. */
function isOneOfMany(syntax: Syntax, found: FunctionFacts, others: readonly FunctionFacts[]): boolean {
  const taken = (each: FunctionFacts) =>
    parametersOf(syntax, each)
      .map(({ name }) => name)
      .join();
  const own = taken(found);
  return others.filter((each) => !isOverload(each) && taken(each) === own).length >= fewestOfMany;
}

const fewestOfMany = 3;

function isOverload({ decorators }: FunctionFacts): boolean {
  return decorators.some((each) => /^(?:\w+\.)?overload$/.test(each));
}

/** The steps `convert_1_2`, `convert_2_3` and so on say in their numbers what each is for. */
function isNumberedStep({ name, owner }: FunctionFacts, others: readonly FunctionFacts[]): boolean {
  const seriesOf = (of: string) => of.replace(/\d+/g, "0");
  const steps = others.filter((each) => each.owner === owner && seriesOf(each.name) === seriesOf(name));
  return /\d/.test(name) && steps.length >= fewestOfMany;
}

/** By a docstring that is assigned below, or by comments that stand above the function or begin its body. */
function isTold({ text }: Syntax, { node, name, body }: FunctionFacts, words: number): boolean {
  if (text.includes(`\n${name}.__doc__ = `)) return true;
  const head = node.parent?.type === "decorated_definition" ? node.parent : node;
  // Blank lines may divide the comments from the code.
  const begins = text.indexOf("\n", text.slice(0, body.start).trimEnd().length) + 1;
  if ([begins, head.start].some((offset) => commentLinesAbove(text, offset, words) >= fewestComments)) return true;
  return isOfGrammar(text, head.start);
}

/**
 * Is the nearest comment between functions above an offset a grammar (`list ::= item*`)? It says what each function below it, up to the
 * next comment, reads or writes.
 */
function isOfGrammar(text: string, offset: number): boolean {
  const lines = text.slice(0, offset).split("\n");
  const margin = lines.pop() ?? "";
  for (let isIn = false; lines.length > 0; ) {
    const line = lines.pop() ?? "";
    const isComment = line.startsWith(`${margin}#`);
    if (isComment && line.includes("::=")) return true;
    if ((isIn && !isComment) || (!isComment && /\S/.test(line) && !line.startsWith(margin))) return false;
    isIn ||= isComment;
  }
  return false;
}

/** A call or an assignment, which is no sentence. */
const commentedCode = /^[ \t]*#[ \t]*[\w.]+(?:\(.*\)| = .*)$/;

/** The lines of comment that end right above the line of an offset; a sentence of so many words counts as several. */
function commentLinesAbove(text: string, offset: number, words: number): number {
  let count = 0;
  let end = text.lastIndexOf("\n", offset - 1);
  while (end > 0) {
    const start = text.lastIndexOf("\n", end - 1);
    const line = text.slice(start + 1, end);
    if (!/^[ \t]*#/.test(line)) break;
    const isSentence = !commentedCode.test(line) && (line.match(/[^\s#]+/g)?.length ?? 0) >= words;
    count += isSentence ? fewestComments : 1;
    end = start;
  }
  return count;
}

/** A method `-> None` of assertions, with what they need: its name says all. */
function isValidation(syntax: Syntax, { node, owner, body }: FunctionFacts): boolean {
  const result = node.child("return_type");
  if (!owner || !result || textOf(syntax, result) !== "None") return false;
  const steps = [...body.descendants()].filter(({ type }) => /^(?:expression|return|delete)_statement$/.test(type));
  const locals = new Set(steps.flatMap((step) => localOf(syntax, step) ?? []));
  return (
    syntax.ofType("assert_statement").some((each) => body.holds(each)) &&
    steps.every((each) => {
      const called = each.named[0]?.type === "call" ? each.named[0].child("function") : undefined;
      if (!called) return localOf(syntax, each) !== undefined;
      const text = textOf(syntax, called);
      return validates.test(text) || locals.has(text.split(".")[0] ?? text);
    })
  );
}

const validates = /(?:^|[._])(?:assert|check|validate|verify)/;

/** The variable that a statement assigns. */
function localOf(syntax: Syntax, { named: [inner] }: SyntaxNode): string | undefined {
  const left = inner?.type === "assignment" || inner?.type === "augmented_assignment" ? inner.child("left") : undefined;
  return left?.type === "identifier" ? textOf(syntax, left) : undefined;
}

/** Whether others may call it: neither it nor what holds it is private, and no main program or test. */
function isPublic(syntax: Syntax, { name, owner, isNested }: FunctionFacts): boolean {
  if (name.startsWith("_") || isNested || /^(?:main(?:_|$)|(?:py)?test)/.test(name)) return false;
  const className = owner?.child("name");
  return !className || !textOf(syntax, className).startsWith("_");
}

/** A list of names and nothing else, which nothing adds to. */
const all = /^__all__\s*(?::[^=\n]*)?=\s*[[(]([\w\s,"'#]*)[\])]\s*(?:#.*)?$/m;
const added = /^__all__\s*\+=|\b__all__\.\w/m;

/** Does a module offer a function, as far as its `__all__` tells (PEP 8, "Public and internal interfaces")? */
function isListed(name: string, text: string): boolean {
  const [, names] = text.includes("__all__") && !added.test(text) ? (all.exec(text) ?? []) : [];
  return names === undefined || new RegExp(`["']${name}["']`).test(names);
}

/** Methods of lists, dictionaries and files, and of layers, do what they do everywhere. */
const known =
  /^(?:forward|append|extend|insert|setdefault|popitem|read|readline|readlines|readinto|write|writelines|seek|tell|flush|truncate)$/;

/** What it does is said elsewhere: by the method it overrides, or by its decorators. */
function isPromised({ owner, name, decorators }: FunctionFacts): boolean {
  if (owner && (owner.child("superclasses") || known.test(name))) return true;
  return (
    decorators.length > 0 &&
    !decorators.every((each) =>
      /^(?:staticmethod|classmethod|(?:functools\.)?(?:lru_cache|cache|wraps)\b.*|contextmanager|contextlib\..*|jit.*|njit.*|torch\..*|tf\.function.*)$/s.test(
        each,
      ),
    )
  );
}
