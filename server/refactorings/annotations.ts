import { textOf } from "../python/syntax.ts";
import { methodStatement } from "./function-place.ts";
import type { MethodPlace } from "./method-place.ts";
import type { Selection } from "./selection.ts";

/**
 * The annotations of the host's parameters, by name, that the new function can carry over: where it stands right
 * before the host in the same suite, so that each name in them means the same and is bound; where evaluating them
 * twice does nothing; and where the name is never bound to anything else.
 */
export function annotationsOf(selection: Selection, method: MethodPlace | undefined): ReadonlyMap<string, string> {
  const { host, syntax, top } = selection;
  const found = new Map<string, string>();
  const statement = host.node.parent?.type === "decorated_definition" ? host.node.parent : host.node;
  const standsBefore = method ? methodStatement(selection, method) === statement.start : statement === top;
  if (host.kind !== "function" || !standsBefore) return found;
  for (const parameter of host.node.child("parameters")?.named ?? []) {
    const name = parameter.type === "typed_parameter" ? parameter.named[0] : parameter.child("name");
    const type = parameter.child("type");
    if (name?.type !== "identifier" || !type || ![...type.descendants()].every(({ type: kind }) => plain.has(kind)))
      continue;
    const text = textOf(syntax, name);
    const annotation = textOf(syntax, type);
    if ((host.bindings.get(text)?.length ?? 0) === 1 && !annotation.includes("\n")) found.set(text, annotation);
  }
  return found;
}

/** Nodes whose evaluation has no effect but for look-ups. */
const plain = new Set(
  (
    "type identifier attribute subscript generic_type type_parameter union_type member_type binary_operator | . , [ ] " +
    "none string string_start string_content string_end list ellipsis constrained_type"
  ).split(" "),
);
