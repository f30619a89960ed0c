import type { Copy } from "../clones/clone-class.ts";
import type { PythonModule } from "../python/module.ts";
import type { DuplicatedFunction } from "./duplicated-function.ts";

const header = /^([ \t]*)(?:async[ \t]+)?def[ \t]+(\w+)/;
const quotes = /"""|'''/g;
/** More lines of signature and docstring are for the tree to read. */
const farthest = 200;

/**
 * The function of a copy, which is one as a whole or the whole body of one, from its lines alone: many files are
 * reported, and few of their findings fixed. Undefined where that takes a tree.
 */
export function functionFromLines(module: PythonModule, { range }: Copy): DuplicatedFunction | undefined {
  const line = headerLine(module, range.start.line, range.start.column);
  const [, indentation = "", name] = line === undefined ? [] : (header.exec(module.lines.lineText(line)) ?? []);
  if (line === undefined || name === undefined) return undefined;
  const above = line > 0 ? module.lines.lineText(line - 1) : "";
  const start = module.lines.startOf(line) + indentation.length;
  // Anything right above may be the end of a decorator.
  const isPlain = indentation === "" && /^\s*(#.*)?$/.test(above);
  return { name, definition: { start, end: module.lines.offsetAt(range.end) }, isPlain };
}

/** The line of `def`: the copy's first, or the nearest above its body, behind signature and docstring. */
function headerLine({ lines }: PythonModule, first: number, column: number): number | undefined {
  if (header.test(lines.lineText(first))) return first;
  if (/^\s*(@|class\b)/.test(lines.lineText(first))) return undefined;
  let isText = false;
  for (let line = first - 1; line >= Math.max(0, first - farthest); line--) {
    const text = lines.lineText(line);
    if ((text.match(quotes)?.length ?? 0) % 2 === 1) isText = !isText;
    const found = isText ? undefined : header.exec(text)?.[1];
    if (found !== undefined && found.length < column) return line;
  }
  return undefined;
}
