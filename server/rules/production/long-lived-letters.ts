import { functionsOf } from "../../python/definitions.ts";
import type { PythonModule } from "../../python/module.ts";
import { isStringStatement } from "../../python/strings.ts";
import { nameOf, type Syntax, type SyntaxNode, syntaxOf, textOf } from "../../python/syntax.ts";

/** A variable of one letter, and over how many lines a reader has to remember what it is. */
export interface LongLivedLetter {
  readonly node: SyntaxNode;
  readonly lines: number;
}

/** From here on the place where a variable got its value is no longer in sight. */
const fewestLines = 40;
/** Mathematics and machine learning have these (matrices, sizes, indices, coordinates, files, errors), however long. */
const usual = /^[A-Zefijklmnt-z_]$/;
/** Values of which formulas are made: there, letters are the usual names. */
const mathematics =
  /^(?:np|numpy|math|cmath|torch|nn|F|tf|jnp|jax|scipy|sp|sympy|random|min|max|sum|abs|len|int|float|round)\b/;
const maybeOne = /^[ \t]+[a-dghopqrs][ \t]*=[^=]/m;

/** Where no more lines are between two places that name it, the second reminds of the first. */
const mostBetween = 12;

/** Local variables of one letter that get one value, which is no number, and are read long after. */
export function longLivedLetters(module: PythonModule): LongLivedLetter[] {
  const { lines } = module;
  if (lines.count < fewestLines || !maybeOne.test(module.text)) return [];
  const syntax = syntaxOf(module);
  const found: LongLivedLetter[] = [];
  for (const { node: host, body } of functionsOf(syntax)) {
    if (lines.lineAt(body.end) - lines.lineAt(host.start) < fewestLines) continue;
    if (!maybeOne.test(module.text.slice(host.start, body.end)) || isOfLiterature(syntax, host, body)) continue;
    for (const [name, first] of lettersIn(syntax, host)) {
      const places = syntax.variablesNamed(name).filter((each) => host.holds(each));
      if (places.some((each) => each !== first && isBinding(each))) continue;
      const life = lines.lineAt(places.at(-1)?.start ?? first.start) - lines.lineAt(first.start);
      if (life >= fewestLines && isForgotten(places.map(({ start }) => lines.lineAt(start))))
        found.push({ node: first, lines: life });
    }
  }
  return found;
}

/** So many operations make a function one that computes. */
const fewestOperations = 8;
/** TeX, or a place in a paper or book: its letters are the names that a reader looks for. */
const literature =
  /\.\. math::|\\(?:d?frac|sum|prod|int|sqrt|math\w+|alpha|beta|gamma|lambda|sigma|infty)\b|\b(?:eq(?:uation|n?\.)s?|sections?|theorem|lemma|corollary|proposition|algorithm|formula)\s+(?:\(?[IVX]*\.?\d|\([a-z\d])/i;

/** Does a function compute what its docstring or a comment in it cites by formula or place? */
function isOfLiterature(syntax: Syntax, host: SyntaxNode, body: SyntaxNode): boolean {
  if (!literature.test(syntax.text.slice(host.start, body.end))) return false;
  const [first] = body.named;
  const docstring = first && isStringStatement(first) ? textOf(syntax, first) : "";
  const comments = syntax.comments.filter(({ start, end }) => host.start < start && end <= host.end);
  const words = [docstring, ...comments.map(({ start, end }) => syntax.text.slice(start, end))];
  const operations = syntax.ofType("binary_operator").filter((each) => host.holds(each)).length;
  return operations >= fewestOperations && words.some((each) => literature.test(each));
}

/** Is a variable that these lines name, in order, out of sight in between? */
function isForgotten(named: readonly number[]): boolean {
  return named.some((line, index) => line - (named[index - 1] ?? line) > mostBetween);
}

/** The letters that a function's own statements give a value which is no part of a formula, with the first such place. */
function lettersIn(syntax: Syntax, host: SyntaxNode): Map<string, SyntaxNode> {
  const found = new Map<string, SyntaxNode>();
  for (const node of syntax.ofType("assignment")) {
    const left = node.child("left");
    if (!host.holds(node) || left?.type !== "identifier" || left.end - left.start !== 1) continue;
    const name = nameOf(syntax, left);
    const holder = [...node.ancestors()].find(({ type }) => /^(?:function|class)_definition$|^lambda$/.test(type));
    if (holder !== host || usual.test(name) || found.has(name)) continue;
    if (isNoFormula(syntax, node) && !isTold(syntax, node, name)) found.set(name, left);
  }
  return found;
}

/** Does a comment beside it say what it is, its value begin with it (`q = Queue()`, `g = G.copy()`), or the width stand beside the height? */
function isTold(syntax: Syntax, assignment: SyntaxNode, name: string): boolean {
  const value = assignment.child("right");
  const called = value?.type === "call" ? value.child("function") : undefined;
  const [last = ""] = called ? (/\w+$/.exec(textOf(syntax, called)) ?? []) : [];
  const words = last.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
  if (words.some((word) => word.toLowerCase().startsWith(name))) return true;
  if (called && new RegExp(`^${name}\\w*\\.copy$`, "i").test(textOf(syntax, called))) return true;
  if (name === "h" && syntax.variablesNamed("w").length > 0) return true;
  const [rest = ""] = /^[^\r\n]*/.exec(syntax.text.slice(assignment.end)) ?? [];
  return /#\s*\w/.test(rest);
}

function isNoFormula(syntax: Syntax, assignment: SyntaxNode): boolean {
  const value = assignment.child("right");
  if (value?.type === "call") return !mathematics.test(textOf(syntax, value));
  return value !== undefined && /^(?:list|dictionary|set|string|dictionary_comprehension)$/.test(value.type);
}

function isBinding({ parent, field }: SyntaxNode): boolean {
  if (parent === undefined || field === "alias") return true;
  if (field === "left" && /assignment|^for_/.test(parent.type)) return true;
  return /parameter|pattern|global|nonlocal|lambda_parameters/.test(parent.type);
}
