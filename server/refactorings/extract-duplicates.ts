import { applyEdits, type Edit } from "../core/edit.ts";
import { parse, treeEdit } from "../core/grammar.ts";
import type { RefactoringResult } from "../core/refactoring.ts";
import type { Span } from "../core/text.ts";
import type { PythonModule } from "../python/module.ts";
import { readScopes, type Scopes } from "../python/scopes.ts";
import { readSyntax, type Syntax, statementsOf, textOf, undecorated } from "../python/syntax.ts";
import { type Extraction, extractionOf } from "./extraction.ts";
import { isFreeName, namesIn, proposedName } from "./function-name.ts";
import { type MethodPlace, methodPlaceOf } from "./method-place.ts";
import { type Refusal, refuse } from "./refusals.ts";
import { hasWholePairs, isSameCode, steeringComments } from "./same-code.ts";
import { isInside, type Selection, selectionAt } from "./selection.ts";
import { SourceLines } from "./source-lines.ts";

/** More parameters or results than these make the cure worse than the clone (pylint and ruff count alike). */
const mostParameters = 6;
const mostResults = 5;

/** The signature that serves every copy. */
interface Signature {
  readonly parameters: readonly string[];
  readonly results: readonly string[];
  readonly method: MethodPlace | undefined;
}

/**
 * Replaces identical copies in one file by calls of one new function, all of them or none. A copy is a span of
 * consecutive whole statements of one suite. The result keeps what the code does: values, exceptions, output, order
 * of effects; line numbers and frames in tracebacks are no part of that.
 */
export function extractDuplicates(
  module: PythonModule,
  copies: readonly Span[],
  options: { readonly name?: string } = {},
): RefactoringResult {
  const syntax = module.once(readSyntax, () => readSyntax(module));
  const scopes = module.once(readScopes, () => readScopes(syntax));
  const extractions = extractionsOf(syntax, scopes, copies);
  if (isRefusal(extractions)) return extractions;
  const source = new SourceLines(syntax);
  const comments = extractions.map(({ selection }) => commentsIn(syntax, source.extentOf(selection)));
  const refusal = textRefusal(extractions, comments, source);
  if (refusal) return refusal;
  const signature = signatureOf(extractions);
  if (isRefusal(signature)) return signature;
  const taken = namesIn(syntax);
  const name = options.name ?? proposedName(extractions, taken);
  if (!isFreeName(name, taken)) return refuse("NAME_TAKEN", [name]);
  const result = written(extractions, signature, name, source, otherComments(comments));
  return result.applied && breaks(module, result.edits) ? refuse("BROKEN") : result;
}

function isRefusal(value: object | undefined): value is Refusal {
  return value !== undefined && "code" in value;
}

function extractionsOf(syntax: Syntax, scopes: Scopes, copies: readonly Span[]): readonly Extraction[] | Refusal {
  const extractions: Extraction[] = [];
  const ordered = [...copies].sort((left, right) => left.start - right.start);
  for (const copy of ordered) {
    const selection = selectionAt(syntax, scopes, copy);
    if (isRefusal(selection)) return selection;
    const previous = extractions.at(-1)?.selection;
    if (previous && selection.start < previous.end) return refuse("CLONE_OVERLAP");
    if (previous && !isSameCode(previous, selection)) return refuse("CLONE_SHAPE");
    const extraction = extractionOf(selection);
    if (isRefusal(extraction)) return extraction;
    extractions.push(extraction);
  }
  if (extractions.length < 2) return refuse("CLONE_OVERLAP");
  return differingNames(extractions) ?? extractions;
}

/** The copies are spelt alike; now each name must also mean the same kind of thing in all of them. */
function differingNames(extractions: readonly Extraction[]): Refusal | undefined {
  const [first] = extractions;
  for (const other of extractions) {
    if (other.selection.host.kind !== first?.selection.host.kind) return refuse("CLONE_SCOPE");
    if (other.awaits !== first.awaits) return refuse("YIELD");
    const globals = difference(other.globals, first.globals);
    if (globals.length > 0) return refuse("CLONE_GLOBAL_WRITE", globals);
    const inputs = difference(other.inputs, first.inputs);
    if (inputs.length > 0) return refuse("CLONE_DATAFLOW", inputs);
  }
  return undefined;
}

function difference(left: ReadonlySet<string>, right: ReadonlySet<string>): readonly string[] {
  return [...left, ...right].filter((name) => left.has(name) !== right.has(name));
}

function textRefusal(
  extractions: readonly Extraction[],
  comments: readonly (readonly string[])[],
  source: SourceLines,
): Refusal | undefined {
  if (!extractions.every(({ selection }) => source.isIndentedEvenly(selection))) return refuse("PARTIAL");
  if (!comments.every(hasWholePairs)) return refuse("PARTIAL");
  const steering = new Set(comments.map((list) => steeringComments(list).join("\n")));
  return steering.size > 1 ? refuse("CLONE_COMMENTS") : undefined;
}

function signatureOf(extractions: readonly Extraction[]): Signature | Refusal {
  const [first] = extractions;
  if (!first) return refuse("CLONE_OVERLAP");
  const results = new Set(extractions.flatMap((extraction) => [...extraction.results]));
  const partly = first.unboundAtEnd(results, first.inputs);
  for (const { isBoundAtStart } of extractions) {
    const unbound = [...partly].filter((name) => !isBoundAtStart(name));
    if (unbound.length > 0) return refuse("MAYBE_UNBOUND_OUT", unbound);
  }
  const inputs = new Set([...first.inputs, ...partly]);
  const lost = first.unboundAtEnd(results, inputs);
  if (lost.size > 0) return refuse("MAYBE_UNBOUND_OUT", lost);
  const undeclared = extractions.flatMap((extraction) => namesLosingTheirScope(extraction, results, extractions));
  if (undeclared.length > 0) return refuse("MAYBE_UNBOUND_OUT", undeclared);
  const method = methodPlaceOf(extractions);
  if (isRefusal(method)) return method;
  const inOrder = orderedByUse(first.selection);
  const isReceiver = (name: string) => name === "self" || name === "cls";
  const ordered = inOrder(inputs).filter((name) => name !== method?.receiver);
  const parameters = [...ordered.filter(isReceiver), ...ordered.filter((name) => !isReceiver(name))];
  if (parameters.length > mostParameters) return refuse("CLONE_PARAMS", [String(parameters.length)]);
  if (results.size > mostResults) return refuse("CLONE_PARAMS", [String(results.size)]);
  return { parameters, results: inOrder(results), method };
}

/** Variables of the host that it goes on to mention, though every place that made them its own moves away. */
function namesLosingTheirScope(
  { selection, assigned, readsOf }: Extraction,
  results: ReadonlySet<string>,
  extractions: readonly Extraction[],
): readonly string[] {
  const { host } = selection;
  const stays = (node: Span) => !extractions.some((other) => isInside(node, other.selection));
  return [...assigned].filter(
    (name) =>
      host.kind !== "module" &&
      !results.has(name) &&
      !host.parameters.has(name) &&
      !host.bindings.get(name)?.some(stays) &&
      readsOf(name).some(stays),
  );
}

/** Sorts names by where they first occur in the selection. */
function orderedByUse({ syntax, statements }: Selection): (names: Iterable<string>) => string[] {
  const order = new Map<string, number>();
  for (const node of statements.flatMap((statement) => [...statement.descendants()])) {
    const name = node.type === "identifier" ? textOf(syntax, node).normalize("NFKC") : undefined;
    const isOther = node.field === "attribute" || (node.field === "name" && node.parent?.type === "keyword_argument");
    if (name !== undefined && !isOther && !order.has(name)) order.set(name, node.start);
  }
  return (names) => [...names].sort((left, right) => (order.get(left) ?? 0) - (order.get(right) ?? 0));
}

function commentsIn(syntax: Syntax, extent: Span): readonly string[] {
  return syntax.comments
    .filter((comment) => isInside(comment, extent))
    .map((comment) => textOf(syntax, comment).trim());
}

/** What the other copies' comments say and the first copy's do not. */
function otherComments([own = [], ...others]: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(others.flat())].filter((comment) => !own.includes(comment));
}

function written(
  extractions: readonly Extraction[],
  signature: Signature,
  name: string,
  source: SourceLines,
  comments: readonly string[],
): RefactoringResult {
  const definition = definitionOf(extractions, signature, name, source, comments);
  const replaced = extractions.map((extraction): Edit => {
    const at = source.extentOf(extraction.selection);
    return { at, text: callOf(extraction, signature, name) };
  });
  const edits = [definition, ...replaced];
  const before = source.lines.text;
  const after = applyEdits(before, edits);
  if (codeLines(after) >= codeLines(before)) return refuse("NOT_SHORTER");
  const start = definition.at.start + definition.text.indexOf(`def ${name}(`) + "def ".length;
  return { applied: true, edits, name: { start, end: start + name.length } };
}

/** Whether the edited text no longer parses; only what the edits touch is parsed again. */
function breaks(module: PythonModule, edits: readonly Edit[]): boolean {
  const { text, lines } = module;
  const edited = module.tree.copy();
  for (const { at, text: inserted } of [...edits].sort((left, right) => right.at.start - left.at.start)) {
    edited.edit(treeEdit(lines, at, inserted));
  }
  const after = parse("python", applyEdits(text, edits), edited);
  const isBroken = after.rootNode.hasError;
  edited.delete();
  after.delete();
  return isBroken;
}

/** Lines that are neither blank nor comments. */
function codeLines(text: string): number {
  return text.split("\n").filter((line) => /^\s*[^\s#]/.test(line)).length;
}

function callOf({ selection, awaits, returns, completes }: Extraction, signature: Signature, name: string): string {
  const { method, parameters, results } = signature;
  const callee = method ? `${method.receiver}.${name}` : name;
  const call = `${awaits ? "await " : ""}${callee}(${parameters.join(", ")})`;
  if (results.length > 0) return `${results.join(", ")} = ${call}`;
  return returns || (!completes && mayReturn(selection)) ? `return ${call}` : call;
}

/** Code that never completes is returned, for readers and checkers; not where Python forbids or questions it. */
function mayReturn({ host, first, syntax }: Selection): boolean {
  if (host.kind === "module" || host.node.hasToken("async")) return false;
  return [...first.ancestors()].every(
    (node) =>
      !host.node.holds(node) ||
      (node.type !== "finally_clause" && !/^except\s*\*/.test(syntax.text.slice(node.start, node.start + 12))),
  );
}

/** The new function's text, and the empty span above the first copy's function where it goes. */
function definitionOf(
  extractions: readonly Extraction[],
  { parameters, results, method }: Signature,
  name: string,
  source: SourceLines,
  comments: readonly string[],
): Edit {
  const [first] = extractions;
  if (!first) return { at: { start: 0, end: 0 }, text: "" };
  const line = lineAbove(first.selection, method, source);
  const outer = method ? source.indentationAt(methodStatement(first.selection, method)) : "";
  const inner = outer + source.unit;
  const named = [...(method ? [method.receiver] : []), ...parameters];
  const text = [
    ...(method?.isClassMethod ? [`${outer}@classmethod`] : []),
    `${outer}${first.awaits ? "async " : ""}def ${name}(${named.join(", ")}):`,
    ...(first.globals.size > 0 ? [`${inner}global ${[...first.globals].join(", ")}`] : []),
    ...comments.map((comment) => inner + comment),
    ...source.moved(source.extentOf(first.selection), inner),
    ...(results.length > 0 ? [`${inner}return ${results.join(", ")}`] : []),
  ];
  const blank = method ? 1 : 2;
  let above = 0;
  while (above < blank && line - 1 - above >= 0 && source.isBlank(line - 1 - above)) above++;
  const isFirst = line - above <= 0 || (method !== undefined && opensSuite(first.selection, method));
  const gap = isFirst ? [] : Array.from({ length: blank - above }, () => "");
  const lines = [...gap, ...text, ...Array.from({ length: blank }, () => "")];
  const start = Math.max(source.lines.startOf(line), source.lines.text.startsWith("\uFEFF") ? 1 : 0);
  return { at: { start, end: start }, text: lines.map((each) => each + source.lineEnd).join("") };
}

function lineAbove(selection: Selection, method: MethodPlace | undefined, source: SourceLines): number {
  if (!method) return source.firstLineOf(selection.top);
  const start = methodStatement(selection, method);
  const statement = classMembers(method).find((member) => member.start === start);
  return source.firstLineOf(statement ?? selection.host.node);
}

function classMembers(method: MethodPlace) {
  const body = method.class.child("body");
  return body ? statementsOf(body) : [];
}

/** Where the method begins that holds the selection; a property begins with its getter. */
function methodStatement(selection: Selection, method: MethodPlace): number {
  const nameOf = (start: number, end: number) => selection.syntax.text.slice(start, end);
  const name = selection.host.node.child("name");
  const own = name && nameOf(name.start, name.end);
  const same = classMembers(method).find((member) => {
    const other = undecorated(member).child("name");
    return other && nameOf(other.start, other.end) === own;
  });
  return (same ?? selection.host.node).start;
}

function opensSuite(selection: Selection, method: MethodPlace): boolean {
  return classMembers(method)[0]?.start === methodStatement(selection, method);
}
