import { statementsOf, undecorated } from "../python/syntax.ts";
import type { MethodPlace } from "./method-place.ts";
import type { Selection } from "./selection.ts";
import type { SourceLines } from "./source-lines.ts";

/** Where a definition is inserted: above a line (from 0), with the indentation that it stands at. */
export interface DefinitionLine {
  readonly line: number;
  readonly indentation: string;
  /** Nothing stands above it in its class. */
  readonly opensSuite: boolean;
}

/** Above the function or method that holds the selection, above its decorators and the comment that belongs to it. */
export function lineOfDefinition(
  selection: Selection,
  method: MethodPlace | undefined,
  source: SourceLines,
): DefinitionLine {
  if (!method) return { line: source.firstLineOf(selection.top), indentation: "", opensSuite: false };
  const start = methodStatement(selection, method);
  const members = membersOf(method);
  const statement = members.find((member) => member.start === start);
  return {
    line: source.firstLineOf(statement ?? selection.host.node),
    indentation: source.indentationAt(start),
    opensSuite: members[0]?.start === start,
  };
}

function membersOf(method: MethodPlace) {
  const body = method.class.child("body");
  return body ? statementsOf(body) : [];
}

/** Where the method begins that holds the selection; a property begins with its getter. */
export function methodStatement(selection: Selection, method: MethodPlace): number {
  const nameOf = (start: number, end: number) => selection.syntax.text.slice(start, end);
  const name = selection.host.node.child("name");
  const own = name && nameOf(name.start, name.end);
  const same = membersOf(method).find((member) => {
    const other = undecorated(member).child("name");
    return other && nameOf(other.start, other.end) === own;
  });
  return (same ?? selection.host.node).start;
}
