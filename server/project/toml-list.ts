import * as l10n from "@vscode/l10n";
import { type AST, ParseError, parseTOML } from "toml-eslint-parser";

/** The edited text, or the localised reason why it is left as it is. */
export type TomlResult = { readonly text: string } | { readonly refused: string };

/**
 * A TOML text with an item in the list at a path, before the element `index` or at the end; the list is made where it is
 * missing. Comments, order, layout and other tables stay; inline tables and dotted keys are edited in their own form.
 */
export function withItem(toml: string, path: readonly string[], item: string, index?: number): TomlResult {
  return edited(toml, (document) => {
    const entry = document.entries.find((each) => isSame(each.path, path));
    if (!entry) return withNewList(document, path, `[${JSON.stringify(item)}]`);
    if (entry.node.value.type !== "TOMLArray") return { refused: noList(path) };
    if (entry.node.value.elements.some((each) => stringOf(each) === item)) return { text: toml };
    const next = index === undefined ? undefined : entry.node.value.elements[index];
    if (next) return { text: insertedBefore(toml, next, JSON.stringify(item)) };
    return { text: appended(toml, entry.node.value, JSON.stringify(item)) };
  });
}

/** A TOML text whose list at a path lacks these items; where there is no such list, there is nothing to do. */
export function withoutItems(toml: string, path: readonly string[], items: readonly string[]): TomlResult {
  return edited(toml, (document) => {
    const value = document.entries.find((each) => isSame(each.path, path))?.node.value;
    if (value?.type !== "TOMLArray") return { text: toml };
    const gone = value.elements.flatMap((each, index) => (items.includes(String(stringOf(each))) ? [index] : []));
    return { text: gone.reduceRight((text, index) => removed(text, value.elements, index), toml) };
  });
}

interface Entry {
  readonly path: readonly string[];
  readonly node: AST.TOMLKeyValue;
}

interface Document {
  readonly toml: string;
  readonly tables: readonly AST.TOMLTable[];
  /** Every `key = value`, those of inline tables too. */
  readonly entries: readonly Entry[];
}

function edited(toml: string, edit: (document: Document) => TomlResult): TomlResult {
  try {
    const result = edit(documentOf(toml));
    if ("text" in result && result.text !== toml) parseTOML(result.text);
    return result;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { refused: l10n.t("The configuration does not parse at line {0}; it was left as it is", error.lineNumber) };
  }
}

function documentOf(toml: string): Document {
  const top = parseTOML(toml).body[0];
  const tables = top.body.filter((each) => each.type === "TOMLTable");
  const entries: Entry[] = [];
  const take = (node: AST.TOMLKeyValue, above: readonly string[]) => {
    const path = [...above, ...node.key.keys.map((key) => (key.type === "TOMLBare" ? key.name : key.value))];
    entries.push({ path, node });
    if (node.value.type === "TOMLInlineTable") for (const inner of node.value.body) take(inner, path);
  };
  for (const each of top.body) {
    if (each.type === "TOMLKeyValue") take(each, []);
    else for (const inner of each.body) take(inner, each.resolvedKey.map(String));
  }
  return { toml, tables, entries };
}

function withNewList({ toml, tables, entries }: Document, path: readonly string[], list: string): TomlResult {
  const above = path.slice(0, -1);
  const lineEnd = toml.includes("\r\n") ? "\r\n" : "\n";
  const table = tables.find((each) => isSame(each.resolvedKey.map(String), above));
  if (table?.kind === "standard") {
    const at = lineEndFrom(toml, table.range[1]);
    return { text: inserted(toml, at, `${lineEnd}${keyText(path.slice(-1))} = ${list}`) };
  }
  for (let length = above.length; length > 0; length--) {
    const holder = entries.find((each) => isSame(each.path, path.slice(0, length)))?.node.value;
    if (!holder) continue;
    if (holder.type !== "TOMLInlineTable") return { refused: noList(path) };
    return { text: inlined(toml, holder, `${keyText(path.slice(length))} = ${list}`) };
  }
  const sibling = entries.findLast((each) => startsWith(each.path, above));
  if (sibling) {
    const written = sibling.node.key.keys.length;
    const rest = path.slice(sibling.path.length - written);
    const at = lineEndFrom(toml, sibling.node.range[1]);
    return { text: inserted(toml, at, `${lineEnd}${keyText(rest)} = ${list}`) };
  }
  const gap = toml === "" ? "" : toml.endsWith("\n") ? lineEnd : lineEnd + lineEnd;
  return { text: `${toml}${gap}[${keyText(above)}]${lineEnd}${keyText(path.slice(-1))} = ${list}${lineEnd}` };
}

function inlined(toml: string, table: AST.TOMLInlineTable, entry: string): string {
  const last = table.body.at(-1);
  return last ? inserted(toml, last.range[1], `, ${entry}`) : inserted(toml, table.range[0] + 1, ` ${entry} `);
}

/** One element more, on a line of its own where the last one has one. */
function appended(toml: string, array: AST.TOMLArray, item: string): string {
  const last = array.elements.at(-1);
  if (!last) return inserted(toml, array.range[0] + 1, item);
  const comma = /^[ \t]*,/.exec(toml.slice(last.range[1]))?.[0] ?? "";
  const before = /(\r?\n[ \t]*)$/.exec(toml.slice(0, last.range[0]))?.[1];
  if (before === undefined) return inserted(toml, last.range[1], `, ${item}`);
  const withComma = comma ? toml : inserted(toml, last.range[1], ",");
  const at = lineEndFrom(withComma, last.range[1] + Math.max(comma.length, 1));
  return inserted(withComma, at, `${before}${item}${comma ? "," : ""}`);
}

/** One element more before another; comments directly above that one stay with it. */
function insertedBefore(toml: string, element: AST.TOMLContentNode, item: string): string {
  const [start] = element.range;
  const found = /(\r?\n)((?:[ \t]*#[^\n]*\n)*)([ \t]*)$/.exec(toml.slice(0, start));
  if (!found) return inserted(toml, start, `${item}, `);
  const [all, lineEnd = "", , blanks = ""] = found;
  return inserted(toml, start - all.length + lineEnd.length, `${blanks}${item},${lineEnd}`);
}

/** Without one element, and without its line where it stands alone. */
function removed(toml: string, elements: readonly AST.TOMLContentNode[], index: number): string {
  const element = elements[index];
  if (!element) return toml;
  let [start, end] = element.range;
  const comma = /^[ \t]*,/.exec(toml.slice(end))?.[0];
  const before = elements[index - 1];
  const lineStart = /\r?\n[ \t]*$/.exec(toml.slice(0, start))?.[0];
  end += comma?.length ?? 0;
  if (lineStart !== undefined && /^[ \t]*(#[^\r\n]*)?\r?\n/.test(toml.slice(end))) {
    return toml.slice(0, start - lineStart.length) + toml.slice(lineEndFrom(toml, end));
  }
  if (comma) end += /^[ \t]*/.exec(toml.slice(end))?.[0].length ?? 0;
  else if (before && /^[ \t]*,[ \t]*$/.test(toml.slice(before.range[1], start))) start = before.range[1];
  return toml.slice(0, start) + toml.slice(end);
}

function inserted(text: string, at: number, addition: string): string {
  return text.slice(0, at) + addition + text.slice(at);
}

/** Where the line that holds an offset ends, a comment behind it included. */
function lineEndFrom(text: string, offset: number): number {
  return offset + (/^[^\r\n]*/.exec(text.slice(offset))?.[0].length ?? 0);
}

function keyText(keys: readonly string[]): string {
  return keys.map((key) => (/^[\w-]+$/.test(key) ? key : JSON.stringify(key))).join(".");
}

function stringOf(node: AST.TOMLContentNode): unknown {
  return node.type === "TOMLValue" ? node.value : undefined;
}

function startsWith(path: readonly string[], above: readonly string[]): boolean {
  return path.length > above.length && isSame(path.slice(0, above.length), above);
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index]);
}

function noList(path: readonly string[]): string {
  return l10n.t("The configuration holds no list at `{0}`; it was left as it is", path.join("."));
}
