// Inputs that nobody wrote: changed seeds, pieces of several, and plain noise; the same for the same chance.
import type { Chance } from "../refactorings/random-places.ts";

/** What parsers stumble over. */
const pieces = [
  ...["\0", "\r", "\r\n", "\n", "\f", "\v", "\t", "\u2028", "\ufeff", "\ud800", "\udc00", "é", "😀", "\\", "\\\n"],
  ...[
    '"',
    "'",
    '"""',
    "'''",
    "`",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "{{",
    "}}",
    "<",
    ">",
    "=",
    "==",
    "===",
    "~=",
    "!",
    "!=",
  ],
  ...[
    "#",
    "#!",
    "# type:",
    "# groundwork: ignore[",
    "-",
    "--",
    "-r ",
    "-c ",
    "-e ",
    "@",
    ";",
    ":",
    ",",
    ".",
    "*",
    "**",
  ],
  ...[
    "0",
    "1",
    "-1",
    "1e309",
    "9007199254740993",
    "99999999999999999999999999",
    "0x",
    "0b",
    "1_0",
    "NaN",
    "null",
    "true",
  ],
  ...[
    "__proto__",
    "constructor",
    "toString",
    "length",
    "../",
    "/",
    "//",
    "C:\\",
    "file:///",
    "$",
    "$\u007bA}",
    "%s",
    "%00",
  ],
  ...[
    "def f(",
    "class A:",
    "lambda",
    "async ",
    "await ",
    "yield ",
    "match x:",
    "case _:",
    "if ",
    "else:",
    "import ",
    "from ",
  ],
  ...[
    "f'",
    "rb'",
    "\\N{",
    "\\x",
    "\\u12",
    "- ",
    "key: ",
    "[[a]]",
    "[a.b]",
    "a = ",
    "and ",
    "or ",
    "not in ",
    "python_version",
  ],
];

export function mutated(seeds: readonly string[], chance: Chance): string {
  if (chance() < 0.05) return noise(chance);
  let text = one(seeds, chance);
  const steps = 1 + Math.floor(chance() * 4);
  for (let step = 0; step < steps; step++) text = changed(text, seeds, chance);
  return text;
}

/** Bytes likewise: those of a changed text, with a few that are none. */
export function mutatedBytes(seeds: readonly string[], chance: Chance): Uint8Array {
  const bytes = Buffer.from(mutated(seeds, chance), chance() < 0.1 ? "utf16le" : "utf8");
  const count = chance() < 0.5 ? 0 : Math.ceil(chance() * 4);
  for (let each = 0; each < count && bytes.length > 0; each++) bytes[at(bytes.length, chance)] = at(256, chance);
  return bytes;
}

function changed(text: string, seeds: readonly string[], chance: Chance): string {
  const start = at(text.length + 1, chance);
  const end = Math.min(text.length, start + at(chance() < 0.5 ? 4 : 40, chance));
  const kind = at(8, chance);
  if (kind === 0) return text.slice(0, start) + text.slice(end);
  if (kind === 1) return text.slice(0, end) + text.slice(start);
  if (kind === 2) return text.slice(0, start);
  if (kind === 3) return text.slice(0, start) + one(seeds, chance).slice(at(text.length + 1, chance));
  if (kind === 4) return text.slice(0, start) + text.slice(start, end).repeat(at(30, chance)) + text.slice(end);
  if (kind === 5)
    return (
      text.slice(0, start) + one(pieces, chance).repeat(1 + at(chance() < 0.1 ? 200 : 3, chance)) + text.slice(end)
    );
  if (kind === 6)
    return text.slice(0, start) + String.fromCharCode(at(chance() < 0.7 ? 128 : 65536, chance)) + text.slice(end);
  return text.slice(0, start) + one(pieces, chance) + text.slice(start);
}

function noise(chance: Chance): string {
  const top = chance() < 0.5 ? 128 : 65536;
  return Array.from({ length: at(60, chance) }, () =>
    chance() < 0.3 ? one(pieces, chance) : String.fromCharCode(at(top, chance)),
  ).join("");
}

export function one<Item>(items: readonly Item[], chance: Chance): Item {
  if (items.length === 0) throw new Error("nothing to choose from");
  return items[at(items.length, chance)] as Item;
}

export function at(count: number, chance: Chance): number {
  return Math.floor(chance() * count);
}
