import * as l10n from "@vscode/l10n";
import type { Edit } from "../../core/edit.ts";
import { Lines } from "../../core/text.ts";
import type { PythonModule } from "../../python/module.ts";
import type { SyntaxNode } from "../../python/syntax.ts";
import type { Call } from "../../python/value.ts";
import type { ValueFlow } from "../../python/value-flow.ts";

/** The edit that gives a call one more keyword argument, before its closing parenthesis. */
export function keywordEdit(call: Call, keyword: string, text: string): Edit | undefined {
  const list = call.node.child("arguments");
  const last = list?.named.at(-1);
  if (list?.type !== "argument_list") return undefined;
  if (!last) return { at: { start: list.end - 1, end: list.end - 1 }, text: keyword };
  const hasComma = text.slice(last.end, list.end).replace(/#.*/g, "").includes(",");
  const at = { start: last.end, end: last.end };
  if (!hasComma) return { at, text: `, ${keyword}` };
  const comma = text.indexOf(",", last.end) + 1;
  const isOwnLine = /\n/.test(text.slice(comma, list.end));
  const indentation = new Lines(text).positionAt(last.start).column;
  const before = isOwnLine ? `\n${" ".repeat(indentation)}` : " ";
  return { at: { start: comma, end: comma }, text: isOwnLine ? `${before}${keyword},` : `${before}${keyword}` };
}

/** The edit that puts lines below a statement, as deep as it stands. */
export function linesBelow(module: PythonModule, statement: SyntaxNode, lines: readonly string[]): Edit {
  const { column, line } = module.lines.positionAt(statement.start);
  const indentation = module.lines.lineText(line).slice(0, column).replace(/\S/g, " ");
  const last = module.lines.lineAt(statement.end);
  const end = module.lines.startOf(last) + module.lines.lineText(last).trimEnd().length;
  const newLine = module.text.includes("\r\n") ? "\r\n" : "\n";
  return { at: { start: end, end }, text: lines.map((each) => `${newLine}${each && indentation}${each}`).join("") };
}

/** Why names of a module cannot be imported for what is written at a place: one of them is bound to something else there. */
export function importRefusal(
  { names: known }: ValueFlow,
  from: string,
  names: readonly string[],
  at: SyntaxNode,
): { readonly refused: string } | undefined {
  const taken = names.find((name) => known.isElse(name, from, at));
  return taken === undefined ? undefined : { refused: l10n.t("the name `{0}` is not that of {1} here", taken, from) };
}

/**
 * The edit that imports names from a module, unless they are imported; below the last import of the file's top, of those
 * above a statement. To be asked where there is no {@link importRefusal}.
 */
export function importEdits(
  module: PythonModule,
  flow: ValueFlow,
  from: string,
  names: readonly string[],
  above?: SyntaxNode,
): readonly Edit[] {
  const known = flow.scopes.module.bindings;
  const missing = names.filter((name) => !known.get(name)?.some((each) => each.start < (above?.start ?? Infinity)));
  if (missing.length === 0) return [];
  const last = flow.syntax.root.named.findLast(
    (each) => /^(?:future_)?import(?:_from)?_statement$/.test(each.type) && each.start < (above?.start ?? Infinity),
  );
  const line = `from ${from} import ${missing.join(", ")}`;
  if (!last) return [{ at: { start: 0, end: 0 }, text: `${line}\n` }];
  return [linesBelow(module, last, [line])];
}
