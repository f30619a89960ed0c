import type { Edit } from "../core/edit.ts";
import { statementsOf, undecorated } from "../python/syntax.ts";
import type { Extraction } from "./extraction.ts";
import type { MethodPlace } from "./method-place.ts";
import type { Selection } from "./selection.ts";
import type { Signature } from "./signature.ts";
import type { SourceLines } from "./source-lines.ts";

/** The statement that calls the new function in place of the selection. */
export function callOf(
  { selection, awaits, returns, completes }: Extraction,
  signature: Signature,
  name: string,
): string {
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
export function definitionOf(
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
