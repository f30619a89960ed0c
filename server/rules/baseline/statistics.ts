import * as l10n from "@vscode/l10n";
import { textOf } from "../../python/syntax.ts";
import type { Argument, Call, Value } from "../../python/value.ts";
import type { ValueFlow } from "../../python/value-flow.ts";

/** Is this a model of statsmodels, which is given its data when it is made? */
export function isStatistics(call: Call | undefined): boolean {
  return call?.callee?.startsWith("statsmodels.") === true;
}

/** What a model of statsmodels learns from: rows, then right answers; of a formula both are columns of one table. */
export function learntData(
  models: readonly Value[],
): readonly [Argument | undefined, Argument | undefined] | undefined {
  const call = models.find((each) => isStatistics(each.call))?.call;
  if (!call) return undefined;
  const table = call.keywords.get("data") ?? (isFormula(call) ? call.positional[1] : undefined);
  if (table && isFormula(call)) return [table, table];
  return [call.keywords.get("exog") ?? call.positional[1], call.keywords.get("endog") ?? call.positional[0]];
}

function isFormula({ callee }: Call): boolean {
  return /^statsmodels\.formula\.|\.from_formula$/.test(callee ?? "");
}

/** What a formula takes of a table: its columns, and the one that it explains. */
interface Formula {
  columnsOf(table: string): string;
  targetOf(table: string): string;
}

/** The formula of these models; undefined where they have none, refused where it says more than which columns. */
export function formulaOf(
  models: readonly Value[],
  flow: ValueFlow,
): Formula | { readonly refused: string } | undefined {
  const call = models.find((each) => isStatistics(each.call))?.call;
  if (!call || !isFormula(call)) return undefined;
  const node = (call.keywords.get("formula") ?? call.positional[0])?.values[0]?.node;
  const isPlain = node?.type === "string" && node.named.every(({ type }) => !/interpolation|escape/.test(type));
  const content = isPlain ? node.named.find(({ type }) => type === "string_content") : undefined;
  const [, target, explained] = /^\s*([A-Za-z_]\w*)\s*~(.*)$/s.exec(content ? textOf(flow.syntax, content) : "") ?? [];
  const columns = [...new Set((explained ?? "").match(/(?<![\w.])[A-Za-z_]\w*\b(?!\s*[.(])/g))];
  const refused = l10n.t("the formula is not text here, of which one column is explained by others");
  if (target === undefined || columns.length === 0 || /[`"'{=]|\bQ\(/.test(explained ?? "")) return { refused };
  return {
    columnsOf: (table) => `${table}[[${columns.map((each) => `"${each}"`).join(", ")}]]`,
    targetOf: (table) => `${table}["${target}"]`,
  };
}
