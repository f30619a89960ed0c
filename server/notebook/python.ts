import { cellsOf, type PlacedCell } from "./cells.ts";

/** Cell magics whose cell is Python all the same. */
const pythonMagics = new Set(["capture", "debug", "prun", "python", "python3", "pypy", "time", "timeit"]);

/**
 * The Python code of a joined notebook: a text of the same length and the same lines, where headers, cells in other
 * languages, magics and shell lines (IPython's documentation, "Python vs IPython") are blank. Where a line is the only
 * one of a block, `pass` stands in its place.
 */
export function pythonOf(text: string): string {
  let result = "";
  for (const cell of cellsOf(text)) {
    result += blank(text.slice(result.length, cell.start));
    const source = text.slice(cell.start, cell.end);
    result += isPython(cell, source) ? withoutMagics(source) : blank(source);
  }
  return result + text.slice(result.length);
}

/** Is a cell Python code, its magics apart? `%%bash` and the like make it another language. */
export function isPython(cell: PlacedCell, source: string): boolean {
  if (cell.language !== "python") return false;
  const magic = /^\s*%%(\w*)/.exec(source)?.[1];
  return magic === undefined || pythonMagics.has(magic);
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, " ");
}

function withoutMagics(source: string): string {
  const state = new LineState();
  let isMagic = false;
  return source
    .split(/(?<=\n)/)
    .map((line) => {
      const continues = isMagic;
      const content = line.trimEnd();
      const masked = continues ? blank(line) : state.isFresh ? maskedLine(line) : line;
      // Only what was masked at its first word goes on as a magic; an assignment keeps its name.
      isMagic = masked !== line && content.endsWith("\\");
      if (masked === line) state.pass(line);
      return masked;
    })
    .join("");
}

/** A logical line that IPython reads itself, made Python of the same length; any other as it is. */
function maskedLine(line: string): string {
  const timed = /^(\s*)%(time|prun|timeit)(?=\s+[^\s-])/.exec(line);
  if (timed) {
    const [all, indentation = ""] = timed;
    return `${indentation}pass;`.padEnd(all.length) + line.slice(all.length);
  }
  if (/^\s*[%!?]/.test(line) || isHelp(line) || isShell(line)) return placeHolder(line);
  const assigned = /^(\s*[A-Za-z_][\w.,\s]*=\s*)[!%]/.exec(line)?.[1];
  return assigned === undefined ? line : `${assigned}0${blank(line.slice(assigned.length + 1))}`;
}

/** `frame.head?` and `frame??` ask for help. */
function isHelp(line: string): boolean {
  return /^\s*[A-Za-z_][\w.]*\?{1,2}\s*$/.test(line);
}

/** Commands that IPython runs without a sign in front (automagic). */
function isShell(line: string): boolean {
  return /^\s*(?:pip3?|conda|mamba)\s+(?:install|uninstall|list|show|freeze|update|upgrade|download)\b/.test(line);
}

/** A magic may be the only line of a block: something must stay there. */
function placeHolder(line: string): string {
  const [indentation = ""] = /^[^\S\r\n]*/.exec(line) ?? [];
  if (indentation === "") return blank(line);
  const rest = blank(line.slice(indentation.length));
  const room = rest.replace(/[\r\n]/g, "").length;
  const word = room >= 4 ? "pass" : "0";
  return indentation + word + rest.slice(word.length);
}

/** Whether the next line begins a logical one: no bracket, string or backslash is open (language reference 2.1.5). */
class LineState {
  #depth = 0;
  #quote: string | undefined;
  #isContinued = false;

  get isFresh(): boolean {
    return this.#depth === 0 && this.#quote === undefined && !this.#isContinued;
  }

  pass(line: string): void {
    const tokens = /\\.|"""|'''|["'#()[\]{}]|\\$/gs;
    let single: string | undefined;
    this.#isContinued = /\\\r?\n?$/.test(line);
    for (const [token] of line.matchAll(tokens)) {
      if (this.#quote !== undefined) {
        if (token === this.#quote) this.#quote = undefined;
      } else if (single !== undefined) {
        if (token.startsWith(single)) single = undefined;
      } else if (token === "#") {
        this.#isContinued = false;
        return;
      } else if (token === '"""' || token === "'''") this.#quote = token;
      else if (token === '"' || token === "'") single = token;
      else if ("([{".includes(token)) this.#depth++;
      else if (")]}".includes(token)) this.#depth = Math.max(0, this.#depth - 1);
    }
  }
}
