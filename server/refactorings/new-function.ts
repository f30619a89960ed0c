import type { Edit } from "../core/edit.ts";
import { annotationsOf } from "./annotations.ts";
import type { Extraction } from "./extraction.ts";
import { lineOfDefinition } from "./function-place.ts";
import type { Selection } from "./selection.ts";
import type { Signature } from "./signature.ts";
import type { SourceLines } from "./source-lines.ts";

/** Puts the call of the new function in place of the selection. */
export function callEdit(extraction: Extraction, signature: Signature, name: string, source: SourceLines): Edit {
  const { selection } = extraction;
  if (selection.expression) return { at: selection.expression, text: callValue(extraction, signature, name) };
  const at = source.extentOf(selection);
  const indentation = at.start < selection.start ? source.indentationAt(selection.start) : "";
  return { at, text: indentation + statementOf(extraction, signature, name) };
}

function callOf({ awaits, yields }: Extraction, { method, parameters }: Signature, name: string): string {
  const callee = method ? `${method.receiver}.${name}` : name;
  return `${awaits ? "await " : ""}${yields ? "yield from " : ""}${callee}(${parameters.join(", ")})`;
}

function statementOf(extraction: Extraction, signature: Signature, name: string): string {
  const { selection, returns, completes, yields } = extraction;
  const call = callOf(extraction, signature, name);
  if (signature.results.length > 0) return `${signature.results.join(", ")} = ${call}`;
  if (yields) return returns ? `return (${call})` : call;
  return returns || (!completes && mayReturn(selection)) ? `return ${call}` : call;
}

/** A call binds as tightly as any expression; only `await`, neighbouring words and a lone generator want parentheses. */
function callValue(extraction: Extraction, signature: Signature, name: string): string {
  const { expression, syntax } = extraction.selection;
  const call = callOf(extraction, signature, name);
  if (!expression) return call;
  const isArguments = expression.field === "arguments";
  const isGlued = /\w/.test(syntax.text[expression.start - 1] ?? "") || /\w/.test(syntax.text[expression.end] ?? "");
  const isAlone = /^(expression_statement|return_statement|assignment|argument_list|keyword_argument)$/;
  const isOperand = extraction.awaits && !isAlone.test(expression.parent?.type ?? "");
  return isArguments || isGlued || isOperand ? `(${call})` : call;
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

/** The new function: its name, what it takes and returns, and the edits of the first copy's text, each within one line. */
export interface Definition {
  readonly name: string;
  readonly signature: Signature;
  /** Comments of other copies, which stand above the body. */
  readonly comments?: readonly string[];
  readonly replaced?: readonly Edit[];
}

/** Puts the new function above the function that holds the first selection. */
export function definitionOf(extractions: readonly Extraction[], definition: Definition, source: SourceLines): Edit {
  const [first] = extractions;
  if (!first) return { at: { start: 0, end: 0 }, text: "" };
  const { method } = definition.signature;
  const place = lineOfDefinition(first.selection, method, source);
  const text = definitionLines(extractions, definition, source, place.indentation);
  const blank = method ? 1 : 2;
  let above = 0;
  while (above < blank && place.line - 1 - above >= 0 && source.isBlank(place.line - 1 - above)) above++;
  const isFirst = place.line - above <= 0 || place.opensSuite;
  const gap = isFirst ? [] : Array.from({ length: blank - above }, () => "");
  const lines = [...gap, ...text, ...Array.from({ length: blank }, () => "")];
  const start = Math.max(source.lines.startOf(place.line), source.lines.text.startsWith("\uFEFF") ? 1 : 0);
  return { at: { start, end: start }, text: lines.map((each) => each + source.lineEnd).join("") };
}

/** The lines of the new function, which is made of the first selection. */
export function definitionLines(
  extractions: readonly Extraction[],
  { name, signature, comments = [], replaced = [] }: Definition,
  source: SourceLines,
  indentation = "",
): readonly string[] {
  const [first] = extractions;
  if (!first) return [];
  const { results, method } = signature;
  const inner = indentation + source.unit;
  return [
    ...(method?.isClassMethod ? [`${indentation}@classmethod`] : []),
    `${indentation}${first.awaits ? "async " : ""}def ${name}(${parametersOf(extractions, signature)}):`,
    ...(first.globals.size > 0 ? [`${inner}global ${[...first.globals].join(", ")}`] : []),
    ...comments.map((comment) => inner + comment),
    ...bodyOf(first.selection, inner, source, replaced),
    ...(results.length > 0 ? [`${inner}return ${results.join(", ")}`] : []),
  ];
}

function bodyOf(
  selection: Selection,
  indentation: string,
  source: SourceLines,
  replaced: readonly Edit[],
): readonly string[] {
  if (selection.expression) return source.valueLines(selection.expression, indentation, "return ");
  return source.moved(source.extentOf(selection), indentation, source.indentationAt(selection.start), replaced);
}

function parametersOf(extractions: readonly Extraction[], { method, parameters }: Signature): string {
  const [first] = extractions;
  const annotations = first && extractions.length === 1 ? annotationsOf(first.selection, method) : undefined;
  const typed = parameters.map((name) => {
    const annotation = annotations?.get(name);
    return annotation === undefined ? name : `${name}: ${annotation}`;
  });
  return [...(method ? [method.receiver] : []), ...typed].join(", ");
}
