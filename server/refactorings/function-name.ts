import type { Scope } from "../python/scope.ts";
import { nameOf, type Syntax, textOf } from "../python/syntax.ts";
import type { Extraction } from "./extraction.ts";
import { calledName, ownNodesIn } from "./selection.ts";

/** Calls that tell nothing about what a piece of code is for. */
const trivial = new Set(
  (
    "print len range int str float bool list dict set tuple append extend add update items keys values get join format " +
    "strip split super cls self isinstance hasattr getattr setattr zip enumerate sorted min max sum abs round open type map " +
    "filter next iter any all repr info debug warning error exception"
  ).split(" "),
);

/** A free name for the code of the copies: the common part of their hosts' names, or their main call. */
export function proposedName(copies: readonly Extraction[], taken: ReadonlySet<string>): string {
  const rest = copies.length > 1 ? ["shared", "steps"] : ["extracted"];
  const words = commonHostWords(copies) ?? mainCallWords(copies[0]) ?? resultWords(copies) ?? rest;
  return freeName(`_${words.slice(0, 4).join("_")}`, taken);
}

/** The name, or the first of `name_2`, `name_3`, … that is free. */
export function freeName(base: string, taken: ReadonlySet<string>): string {
  let name = base;
  for (let count = 2; taken.has(name); count++) name = `${base}_${count}`;
  return name;
}

/**
 * Every identifier of the file and every word of its strings (`getattr`, `mock.patch`): a new name among them might
 * mean something already. Includes Python's keywords and builtins.
 */
export function namesIn(syntax: Syntax): ReadonlySet<string> {
  const names = new Set(reserved);
  for (const node of syntax.ofType("identifier")) names.add(nameOf(syntax, node));
  for (const node of syntax.ofType("string_content")) {
    for (const [word] of textOf(syntax, node).matchAll(/[\p{L}_][\p{L}\p{N}_]*/gu)) names.add(word);
  }
  return names;
}

/** Every name that means a variable in a scope or in one inside it: a further local name must be none of them. */
export function variablesIn(host: Scope): ReadonlySet<string> {
  const names = new Set(reserved);
  for (const scope of host.all()) {
    for (const list of [scope.bindings.keys(), scope.reads, scope.globals, scope.nonlocals]) {
      for (const name of list) names.add(name);
    }
  }
  return names;
}

/** May a person choose this name? Test runners collect `test…`, and Python itself uses `__…`. */
export function isFreeName(name: string, taken: ReadonlySet<string>): boolean {
  return (
    /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) &&
    name === name.normalize("NFKC") &&
    !/^(__|[tT]est)/.test(name) &&
    !taken.has(name)
  );
}

function commonHostWords(copies: readonly Extraction[]): readonly string[] | undefined {
  const names = new Set(
    copies.map(({ selection: { host, syntax } }) => {
      const name = host.node.child("name");
      return name ? textOf(syntax, name) : "";
    }),
  );
  if (names.size < 2 || names.has("")) return undefined;
  const all = [...names].map(wordsOf);
  const shortest = Math.min(...all.map((words) => words.length));
  const isCommon = (at: (words: readonly string[]) => string | undefined) =>
    new Set(all.map(at)).size === 1 && all[0] !== undefined && at(all[0]) !== undefined;
  let head = 0;
  while (head < shortest && isCommon((words) => words[head])) head++;
  let tail = 0;
  while (tail < shortest - head && isCommon((words) => words.at(-1 - tail))) tail++;
  const [first = []] = all;
  const common = [...first.slice(0, head), ...first.slice(first.length - tail)].filter((word) => word !== "test");
  while (/^(of|for|from|to|in|into|with|and|or|by|on|at)$/.test(common.at(-1) ?? "")) common.pop();
  return head > 0 && common.length > 0 ? common : undefined;
}

function mainCallWords(copy: Extraction | undefined): readonly string[] | undefined {
  if (!copy) return undefined;
  const counts = new Map<string, number>();
  for (const node of ownNodesIn(copy.selection)) {
    if (node.type !== "call") continue;
    const name = calledName(copy.selection.syntax, node);
    const tells =
      /^[A-Za-z_]\w*$/.test(name) &&
      /[A-Za-z]/.test(name) &&
      !trivial.has(name) &&
      !/(Error|Exception|Warning)$/.test(name);
    if (tells) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const [main] = [...counts].sort(([, left], [, right]) => right - left);
  if (!main) return undefined;
  const words = wordsOf(main[0]);
  return /^[A-Z]/.test(main[0]) ? ["make", ...words] : words;
}

function resultWords(copies: readonly Extraction[]): readonly string[] | undefined {
  const [name] = copies[0]?.results ?? [];
  return name && /^[A-Za-z_]\w*$/.test(name) ? ["compute", ...wordsOf(name)] : undefined;
}

export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split("_")
    .filter((word) => word !== "");
}

export const reserved = (
  "False None True and as assert async await break class continue def del elif else except finally for from global if " +
  "import in is lambda nonlocal not or pass raise return try while with yield match case type print abs aiter all any " +
  "anext ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr dict dir divmod " +
  "enumerate eval exec filter float format frozenset getattr globals hasattr hash help hex id input int isinstance " +
  "issubclass iter len list locals map max memoryview min next object oct open ord pow property range repr reversed " +
  "round set setattr slice sorted staticmethod str sum super tuple vars zip _"
).split(" ");
