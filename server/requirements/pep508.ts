import type { Node, Tree } from "web-tree-sitter";
import { parse } from "../core/grammar.ts";
import type { Span } from "../core/text.ts";
import { pythonString } from "./python-string.ts";
import { isSpecifier } from "./version-syntax.ts";

/** A requirement without its marker. Spans count in the text that was parsed. */
export interface Head {
  readonly name: Span;
  readonly extras: readonly Span[];
  /** Behind the name and its extras. */
  readonly nameEnd: number;
  /** Specifiers with their parentheses. */
  readonly specifiers: Span | undefined;
  readonly specifier: string;
  readonly url: Span | undefined;
  /** Where a marker may follow. */
  readonly end: number;
}

/** Reads a whole text as a requirement without marker; undefined when it is none, or has invalid versions. */
export function readHead(text: string): Head | undefined {
  return plainHead(text) ?? withRequirement(text, (node) => headOf(node, text));
}

const word = "[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?";
const clause = "(?:[=!<>~]=|[<>])[ \\t]*[0-9][A-Za-z0-9.!+*_-]*";
const plain = new RegExp(
  [
    `^(?<name>${word})[ \\t]*(?<extras>\\[${word}(?:[ \\t]*,[ \\t]*${word})*\\])?[ \\t]*`,
    `(?:(?<clauses>${clause}(?:[ \\t]*,[ \\t]*${clause})*)|@[ \\t]*(?<url>[!-:<-\\[\\]-~]+))?$`,
  ].join(""),
);

/**
 * `name[extra]>=1.2,<2` and `name @ URL`, as nearly all requirements are spelt: nothing that a tree could tell better,
 * and asking one takes ten times longer. Undefined for every other text.
 */
function plainHead(text: string): Head | undefined {
  const found = plain.exec(text)?.groups;
  if (!found) return undefined;
  const { name = "", extras, clauses, url } = found;
  if (clauses !== undefined && !clauses.split(",").every((each) => isSpecifier(each.trim()))) return undefined;
  const bracket = extras === undefined ? -1 : text.indexOf("[", name.length);
  const nameEnd = extras === undefined ? name.length : bracket + extras.length;
  const last = (part: string | undefined) => part && { start: text.length - part.length, end: text.length };
  return {
    name: { start: 0, end: name.length },
    extras: extras === undefined ? [] : wordsIn(extras, bracket),
    nameEnd,
    specifiers: last(clauses) || undefined,
    specifier: clauses ?? "",
    url: last(url) || undefined,
    end: clauses === undefined && url === undefined ? nameEnd : text.length,
  };
}

function wordsIn(text: string, offset: number): Span[] {
  const words = text.matchAll(/[A-Za-z0-9._-]+/g);
  return [...words].map(({ index, 0: found }) => ({ start: offset + index, end: offset + index + found.length }));
}

/** Whether a whole text is a marker (PEP 508) whose strings Python can read. */
export function isMarker(text: string): boolean {
  if (text.includes("\0") || isTooDeep(text)) return false;
  const prefix = "x;";
  return (
    withRequirement(prefix + text, (node) => {
      const marker = node.childForFieldName("marker");
      return marker?.endIndex === prefix.length + text.length && hasValidStrings(marker) ? true : undefined;
    }) ?? false
  );
}

/** Whether parentheses nest deeper than Python's own limit of recursion lets pip read them (about 490). */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === "(") depth++;
    else if (character === ")") depth--;
    if (depth > 400) return true;
  }
  return false;
}

/** The values of a `requirement` node that is the whole text; undefined where a version is not valid. */
function headOf(node: Node, text: string): Head | undefined {
  if (node.endIndex !== text.length) return undefined;
  const parts = new Map(node.namedChildren.map((child) => [child.type, child] as const));
  const [name, extras, specifiers, url] = ["name", "extras", "specifiers", "url"].map((type) => parts.get(type));
  if (!name) return undefined;
  const specifier = specifiers ? specifierText(specifiers, text) : "";
  if (specifier === undefined) return undefined;
  return {
    name: spanOf(name),
    extras: (extras?.namedChildren ?? []).filter((extra) => extra.type === "extra").map(spanOf),
    nameEnd: (extras ?? name).endIndex,
    specifiers: specifiers && spanOf(specifiers),
    specifier,
    url: url && spanOf(url),
    end: (url ?? specifiers ?? extras ?? name).endIndex,
  };
}

/** Whether Python can read all string literals of a marker. */
function hasValidStrings(marker: Node): boolean {
  return marker.descendantsOfType("string").every((node) => pythonString(node.text) !== undefined);
}

function spanOf(node: Node): Span {
  return { start: node.startIndex, end: node.endIndex };
}

/** Parses a text of one requirement and calls `read` with its node; undefined when the text is anything else. */
export function withRequirement<Result>(text: string, read: (node: Node) => Result | undefined): Result | undefined {
  // tree-sitter takes a NUL for the end of the text.
  const tree: Tree = parse("requirements", text.replaceAll("\0", "\ufffd"));
  try {
    const [node, ...others] = tree.rootNode.namedChildren;
    if (tree.rootNode.hasError || others.length > 0 || node?.type !== "requirement" || node.startIndex > 0) {
      return undefined;
    }
    return read(node);
  } finally {
    tree.delete();
  }
}

/** The specifiers without their parentheses, or undefined when one is not valid (PEP 440). */
function specifierText(specifiers: Node, text: string): string | undefined {
  const clauses = specifiers.namedChildren.filter((child) => child.type === "specifier");
  for (const clause of clauses) {
    // `===` takes everything up to a blank, commas included; packaging splits there only afterwards.
    const spelt = text.slice(clause.startIndex, clause.endIndex);
    const parts = spelt.startsWith("===") ? spelt.split(",") : [spelt];
    if (!parts.every((part, index) => (index > 0 && part === "") || isSpecifier(part))) return undefined;
  }
  const [first] = clauses;
  const last = clauses.at(-1);
  return first && last ? text.slice(first.startIndex, last.endIndex) : "";
}
