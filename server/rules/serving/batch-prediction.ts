import * as l10n from "@vscode/l10n";
import type { Edit } from "../../core/edit.ts";
import type { Fix } from "../../core/rule.ts";
import type { PythonModule } from "../../python/module.ts";
import { type Syntax, type SyntaxNode, textOf } from "../../python/syntax.ts";
import type { Call } from "../../python/value.ts";
import { dataOf, statementOf } from "../baseline/estimators.ts";

/** One call for the whole table, where a loop, a comprehension or `apply` does nothing but predict its rows. */
export function batchPrediction(module: PythonModule, syntax: Syntax, call: Call): Fix {
  const common = { title: l10n.t("Predict the table in one call"), kind: "quickfix", safe: false } as const;
  const edit = syntax.comments.some((each) => statementOf(call.node).holds(each)) ? undefined : editFor(syntax, call);
  if (!edit) return { ...common, edits: [], refused: l10n.t("the loop does more than to predict whole rows") };
  return { ...common, edits: [{ path: module.path, edits: [edit] }] };
}

function editFor(syntax: Syntax, call: Call): Edit | undefined {
  const answer = firstOf(call.node);
  const method = textOf(syntax, call.node.child("function") ?? call.node);
  const around = answer?.parent;
  if (!answer || !around) return undefined;
  if (around.type === "list_comprehension") return fromComprehension(syntax, call, around, method);
  if (around.type === "lambda") return fromApply(syntax, call, around, method);
  const loop = [...call.node.ancestors()].find(({ type }) => type === "for_statement");
  return loop && fromLoop(syntax, call, { answer, loop, method });
}

/** `model.predict([row])[0]`: the answer for the only row. */
function firstOf(call: SyntaxNode): SyntaxNode | undefined {
  const { parent } = call;
  const [object, index, ...more] = parent?.type === "subscript" ? parent.named : [];
  return parent && object === call && index?.type === "integer" && more.length === 0 ? parent : undefined;
}

/** `[model.predict([row])[0] for row in X]` */
function fromComprehension(syntax: Syntax, call: Call, node: SyntaxNode, method: string): Edit | undefined {
  const [, clause, ...more] = node.named;
  const [left, right] = [clause?.child("left"), clause?.child("right")];
  if (!left || !right || more.length > 0 || textOf(syntax, firstOf(call.node) ?? node) === "") return undefined;
  const table = tableOf(syntax, call, left, right);
  return table === undefined ? undefined : { at: node, text: `list(${method}(${table}))` };
}

/** `table.apply(lambda row: model.predict([row])[0], axis=1)` */
function fromApply(syntax: Syntax, call: Call, lambda: SyntaxNode, method: string): Edit | undefined {
  const apply = lambda.parent?.parent;
  const callee = apply?.child("function");
  const [row, ...more] = lambda.child("parameters")?.named ?? [];
  const object = callee?.child("object");
  const isByRow = apply !== undefined && /\baxis\s*=\s*(?:1|["']columns["'])/.test(textOf(syntax, apply));
  if (!apply || !row || more.length > 0 || !object || !isByRow || !/\.apply$/.test(textOf(syntax, callee ?? apply)))
    return undefined;
  const table = rowIs(syntax, call, textOf(syntax, row), textOf(syntax, object));
  return table === undefined ? undefined : { at: apply, text: `${method}(${table})` };
}

interface InLoop {
  readonly answer: SyntaxNode;
  readonly loop: SyntaxNode;
  readonly method: string;
}

/** A loop whose only statement keeps the answer: by `append`, or in a column of the table that it walks through. */
function fromLoop(syntax: Syntax, call: Call, { answer, loop, method }: InLoop): Edit | undefined {
  const [left, right] = [loop.child("left"), loop.child("right")];
  const [only, ...more] = loop.child("body")?.named ?? [];
  const expression = only?.named[0];
  if (!left || !right || !only || more.length > 0 || !expression || loop.child("alternative")) return undefined;
  const table = tableOf(syntax, call, left, right);
  if (table === undefined) return undefined;
  if (expression.type === "call" && answer.parent?.parent === expression) {
    const callee = expression.child("function");
    const list = callee && /^(\w+)\.append$/.exec(textOf(syntax, callee))?.[1];
    return list ? { at: loop, text: `${list}.extend(${method}(${table}))` } : undefined;
  }
  if (expression.type !== "assignment" || answer.parent !== expression) return undefined;
  const place = textOf(syntax, expression.child("left") ?? expression);
  const [, frame, index, column] = /^(\w+)\.(?:loc|at)\[(\w+), (["'][^"']*["'])\]$/.exec(place) ?? [];
  const [name] = left.named;
  if (!frame || textOf(syntax, right) !== `${frame}.iterrows()` || !name || textOf(syntax, name) !== index)
    return undefined;
  return { at: loop, text: `${frame}[${column}] = ${method}(${table})` };
}

/** The table whose whole rows, or the same columns of them, are predicted; as an expression. */
function tableOf(syntax: Syntax, call: Call, left: SyntaxNode, right: SyntaxNode): string | undefined {
  const iterable = textOf(syntax, right);
  const named = /^(\w+)\.iterrows\(\)$/.exec(iterable)?.[1];
  if (named !== undefined) {
    const [, row] = left.named;
    return row && rowIs(syntax, call, textOf(syntax, row), named);
  }
  const counted = /^range\((?:0, )?(?:len\((\w+)\)|(\w+)\.shape\[0\])\)$/.exec(iterable);
  const table = counted?.[1] ?? counted?.[2];
  if (table !== undefined) return atPosition(syntax, call, textOf(syntax, left), table);
  return left.type === "identifier" && /^\w+(?:\.values|\.to_numpy\(\))?$/.test(iterable)
    ? rowIs(syntax, call, textOf(syntax, left), iterable)
    : undefined;
}

/** `[row]`, `[row[columns]]`, `row.to_frame().T` or `row.reshape(1, -1)` is the row as a table of one. */
function rowIs(syntax: Syntax, call: Call, row: string, table: string): string | undefined {
  const data = textOf(syntax, dataOf(call, 0)?.node ?? call.node);
  const escaped = row.replace(/\W/g, "\\$&");
  if (
    new RegExp(
      `^(?:\\[${escaped}\\]|${escaped}\\.to_frame\\(\\)\\.T|${escaped}(?:\\.values)?\\.reshape\\(1, -1\\))$`,
    ).test(data)
  )
    return table;
  const columns = new RegExp(`^\\[${escaped}(\\[(?:\\w+|\\[[^\\[\\]]*\\])\\])\\]$`).exec(data)?.[1];
  return columns === undefined || /\.values|to_numpy/.test(table) ? undefined : `${table}${columns}`;
}

/** `X[i:i + 1]`, `X[i].reshape(1, -1)`, `[X[i]]` or `X.iloc[[i]]` */
function atPosition(syntax: Syntax, call: Call, index: string, table: string): string | undefined {
  const data = textOf(syntax, dataOf(call, 0)?.node ?? call.node).replace(/\s+/g, "");
  const forms = ["", ".iloc"].flatMap((indexer) => {
    const place = `${table}${indexer}`;
    return [
      `${place}[${index}:${index}+1]`,
      `${place}[${index}:${index}+1,:]`,
      `${place}[${index}].reshape(1,-1)`,
      `[${place}[${index}]]`,
      `${place}[[${index}]]`,
    ];
  });
  return forms.includes(data) ? table : undefined;
}
