import { nameOf, type Syntax, type SyntaxNode, textOf } from "../../python/syntax.ts";
import {
  columnOf,
  hasComment,
  isBuiltin,
  type Neighbours,
  occurrences,
  operand,
  type ShortForm,
} from "./short-form.ts";

/** A counter that is set before a loop and goes up at the end of each turn. */
export function enumerateForm({ syntax, statements, index, owner }: Neighbours): ShortForm | undefined {
  const [start, loop] = [statements[index], statements[index + 1]];
  const assignment = start?.type === "expression_statement" ? start.named[0] : undefined;
  const left = assignment?.type === "assignment" && !assignment.child("type") ? assignment.child("left") : undefined;
  const first = assignment?.child("right");
  if (!owner || !start || left?.type !== "identifier" || first?.type !== "integer" || loop?.type !== "for_statement")
    return undefined;
  const name = nameOf(syntax, left);
  const body = loop.child("body")?.named ?? [];
  const [last, before] = [body.at(-1), body.at(-2)];
  const [target, iterable] = [loop.child("left"), loop.child("right")];
  if (!last || !before || !target || !iterable || loop.child("alternative") || loop.hasToken("async")) return undefined;
  // Numbers beside numbers are no easier to read.
  if (/^range\(/.test(textOf(syntax, iterable))) return undefined;
  if (!new RegExp(`^${name}\\s*\\+=\\s*1$`).test(textOf(syntax, last)) || !isBuiltin(syntax, "enumerate"))
    return undefined;
  const isSeenOutside = occurrences(syntax, owner, name).some((node) => !start.holds(node) && !loop.holds(node));
  if (isSeenOutside || isChangedInside(syntax, loop, last, name) || skipsEnd(loop)) return undefined;
  if (
    hasComment(syntax, { start: start.start, end: loop.start }) ||
    hasComment(syntax, { start: before.end, end: last.end })
  )
    return undefined;
  const counted = textOf(syntax, first) === "0" ? "" : `, ${textOf(syntax, first)}`;
  const named =
    target.type === "identifier" ? textOf(syntax, target) : `(${textOf(syntax, target).replace(/^\(|\)$/g, "")})`;
  const header = `for ${name}, ${named} in enumerate(${operand(syntax, iterable)}${counted})`;
  const rest = syntax.text.slice(iterable.end, before.end);
  return { kind: "enumerate", at: { start: start.start, end: last.end }, text: header + rest };
}

/** Whether the counter is bound anywhere else in the loop, read by its iterable, or caught by a function inside. */
function isChangedInside(syntax: Syntax, loop: SyntaxNode, last: SyntaxNode, name: string): boolean {
  const body = loop.child("body");
  return occurrences(syntax, loop, name).some((node) => {
    if (last.holds(node)) return false;
    if (!body?.holds(node)) return true;
    const { parent, field } = node;
    const binds =
      field === "left" ||
      field === "alias" ||
      field === "name" ||
      /pattern|del|global|nonlocal/.test(parent?.type ?? "");
    return (
      binds ||
      [...node.ancestors()].some(
        (each) =>
          loop.holds(each) && /^(?:function_definition|lambda|class_definition|generator_expression)$/.test(each.type),
      )
    );
  });
}

/** A `continue` of this very loop would leave the counter as it was. */
function skipsEnd(loop: SyntaxNode): boolean {
  return [...loop.descendants()].some((node) => {
    if (node.type !== "continue_statement") return false;
    const holder = [...node.ancestors()].find(({ type }) => /^(?:for|while)_statement$/.test(type));
    return holder === loop;
  });
}

/** A file that is opened, used in one statement, and closed. */
export function withForm({ syntax, statements, index, owner }: Neighbours): ShortForm | undefined {
  const [start, use, close] = [statements[index], statements[index + 1], statements[index + 2]];
  const assignment = start?.type === "expression_statement" ? start.named[0] : undefined;
  const left = assignment?.type === "assignment" && !assignment.child("type") ? assignment.child("left") : undefined;
  const call = assignment?.child("right");
  if (!start || !use || !close || left?.type !== "identifier" || call?.type !== "call") return undefined;
  const name = nameOf(syntax, left);
  const opened = call.child("function");
  if (!opened || textOf(syntax, opened) !== "open" || !isBuiltin(syntax, "open")) return undefined;
  if (textOf(syntax, close) !== `${name}.close()` || use.type !== "expression_statement") return undefined;
  if (!textOf(syntax, use).includes(`${name}.`) || /\byield\b|\bawait\b/.test(textOf(syntax, use))) return undefined;
  const at = { start: start.start, end: close.end };
  const within = owner ?? syntax.root;
  const isElsewhere = occurrences(syntax, within, name).some((node) => node.start < at.start || node.start >= at.end);
  if (isElsewhere || hasComment(syntax, at) || textOf(syntax, use).includes("\n")) return undefined;
  const indentation = syntax.text.slice(start.start - columnOf(syntax, start), start.start);
  if (indentation.trim() !== "") return undefined;
  const lineEnd = syntax.text.includes("\r\n") ? "\r\n" : "\n";
  const inner = indentation + (indentation.includes("\t") ? "\t" : "    ");
  const text = `with ${textOf(syntax, call)} as ${name}:${lineEnd}${inner}${textOf(syntax, use)}`;
  return { kind: "with", at, text };
}
