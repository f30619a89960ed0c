import type { Kind } from "./table.ts";

/** A string literal of Python. */
export function literal(text: string): string {
  // JSON's escapes are Python's, too; what lies beyond ASCII may stand as it is.
  return JSON.stringify(text);
}

/** The longest line of the files, as ruff and black have it. */
const lineLength = 88;

/** `name(arguments)` as ruff formats it: on one line where it fits, else indented, else one argument a line. */
export function callText(before: string, parts: readonly string[], after = ")", indent = ""): string {
  const line = `${indent}${before}${parts.join(", ")}${after}`;
  if (line.length <= lineLength) return line;
  const inner = `${indent}    ${parts.join(", ")}`;
  const open = `${indent}${before}`;
  const close = `${indent}${after}`;
  if (inner.length <= lineLength) return `${open}\n${inner}\n${close}`;
  return `${open}\n${parts.map((part) => `${indent}    ${part},`).join("\n")}\n${close}`;
}

/** The text of a docstring: nothing in it may end it. */
export function docstring(text: string, indent = ""): string {
  const safe = text.replaceAll("\\", "\\\\").replaceAll('"""', "'''");
  const words = safe.split(" ");
  const lines: string[] = [];
  let line = `${indent}"""`;
  for (const [index, word] of words.entries()) {
    const joined = index === 0 ? `${line}${word}` : `${line} ${word}`;
    if (joined.length > lineLength - 3 && index > 0) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = joined;
  }
  lines.push(line);
  return lines.length === 1 ? `${lines[0]}"""` : `${lines.join("\n")}\n${indent}"""`;
}

/** A comment, broken where the line is full. */
export function comment(text: string, indent = ""): string {
  const lines: string[] = [];
  let line = `${indent}#`;
  for (const word of text.split(" ")) {
    if (`${line} ${word}`.length > lineLength && line.trim() !== "#") {
      lines.push(line);
      line = `${indent}#`;
    }
    line = `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}

/** The type of a value as Pydantic knows it. */
export function pythonType(kind: Kind): string {
  return { integer: "int", number: "float", boolean: "bool", text: "str" }[kind];
}

/** The type of a column as pandas knows it. */
export function pandasType(kind: Kind): string {
  return { integer: "int64", number: "float64", boolean: "bool", text: "object" }[kind];
}
